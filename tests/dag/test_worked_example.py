"""The worked example of docs/new-year.md, in both languages, executed: a published workbook from file to Table 3."""

from __future__ import annotations

import re
import shlex
import shutil

import numpy as np
import pandas as pd
import pytest
import yaml
from click.testing import CliRunner
from published_2015 import whole_country, write_published
from tiny_study import run, tiny_study

import mrio
from mrio import labels
from mrio.cli.main import program
from mrio.emissions.inventories import aggregate_emissions
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.netcdf import read_netcdf

pytestmark = pytest.mark.study
BOOK, INVENTORY = "MRIO2015.xlsx", "ceads_prov_2015.xlsx"


def commands(page):
    """Return the commands of the worked example of a page, in order."""
    example = page.read_text(encoding="utf-8").split("\n## ")[1]
    return [shlex.split(line) for line in re.findall(r"^ +\.venv/bin/(.*)$", example, re.M)]


def said(page):
    """Return the output the page shows for the first command."""
    return re.search(r"^ +data/raw/2015\n.*?\n +next: [^\n]*", page.read_text(encoding="utf-8"), re.M | re.S)[0]


def test_both_languages_give_the_same_commands(repo):
    english, chinese = (repo / "docs" / name for name in ("new-year.md", "new-year.zh.md"))
    assert commands(english) == commands(chinese) and said(english) == said(chinese)
    assert [words[:2] for words in commands(english)] == [
        ["mrio", "new-year"], ["mrio", "read"], ["mrio", "emissions"], ["mrio", "new-year"], ["snakemake", "--cores"]
    ]  # fmt: skip


@pytest.fixture(scope="module")
def walked(repo, shared_data, tmp_path_factory):
    """Follow the page in a copy of the project; return it, the table before it was rounded, and what was printed."""
    root = tiny_study(repo, tmp_path_factory.mktemp("walk") / "project")
    settings = yaml.safe_load((root / "config" / "config.yaml").read_text(encoding="utf-8"))
    settings |= {"exclude_regions": ["Tibet"], "uncertainty": None, "resolutions": ["six"], "methods": ["eebt"]}
    (root / "config" / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    exact = whole_country(repo / "data" / "raw" / "2012" / "mrio_42.nc")
    write_published(exact, root / BOOK)
    shutil.copy2(shared_data / "ceads_inventory" / INVENTORY, root / INVENTORY)
    printed = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for words in commands(repo / "docs" / "new-year.md"):
            if words[0] == "mrio":
                done = CliRunner().invoke(program, words[1:])
                assert done.exit_code == 0, done.output
                printed.append(done.output)
                if words[1] == "emissions":
                    fill_figures(root / "data" / "raw" / "2015", repo)
            else:
                done = run(
                    root, "results/2015/table1_transfers.csv", "results/2015/table3_compensation.csv", *words[3:]
                )
                assert done.returncode == 0, done.stderr[-2000:]
    return root, exact, printed


def fill_figures(folder, repo):
    """Fill in the figures as somebody would, from another table of them."""
    figures = pd.read_csv(repo / "data" / "raw" / "2017" / "socioeconomic.csv")
    figures = figures[figures["region"] != "Tibet"].assign(year=2015, status="unverified", source="a test")
    figures.to_csv(folder / "socioeconomic.csv", index=False)


def test_the_page_shows_what_is_printed(repo, walked):
    lines = [line.strip() for line in said(repo / "docs" / "new-year.md").splitlines()]
    assert [line.strip() for line in walked[2][0].splitlines()][: len(lines)] == lines


def test_the_folder_is_checked_at_the_end_and_has_no_template_left(walked):
    root, _, printed = walked
    assert "passed: 30 regions x 42 sectors, 2015" in printed[-1]
    assert re.search(r"gaps of the printed numbers: \d+ rows .* stand in the residual, \d+ columns", printed[-1])
    names = sorted(path.name for path in (root / "data" / "raw" / "2015").iterdir())
    assert names == ["emissions_42.csv", "mrio_42.nc", "socioeconomic.csv"]


def test_rounding_of_the_workbook_moves_no_net_transfer_by_five_kilotonnes(walked):
    root, exact, _ = walked
    folder = root / "data" / "raw" / "2015"
    table = exact.drop_regions(["Tibet"]).aggregate(sectors="six")
    read = read_emissions(folder / "emissions_42.csv", scheme="42-2012")
    six = aggregate_emissions(read, "six")
    expected = mrio.accounts(table, six["F"], six["F_Y"], method="eebt")["net_transfer"].to_series()
    made = pd.read_csv(root / "results" / "2015" / "table1_transfers.csv", encoding="utf-8-sig")
    made = made.set_index("province")["eebt_six_net_transfer_Mt"].reindex(expected.index)
    np.testing.assert_allclose(made, expected, rtol=0, atol=5e-3)
    assert read_netcdf(folder / "mrio_42.nc").scheme == "42-2012"


def test_table_3_is_there_for_every_province(walked):
    rows = pd.read_csv(walked[0] / "results" / "2015" / "table3_compensation.csv", encoding="utf-8-sig")
    assert set(rows["province"]) == {*labels.provinces().index, "Total"} - {"Tibet"}
