"""A year's folder as people keep it: copies, other names, links to nothing, files of another year's estimate."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mrio.errors import MrioError
from mrio.study.config import read_config
from mrio.study.estimate_files import check_estimate_files
from mrio.study.inputs import Inputs, preflight, read_inputs
from mrio.study.year_folder import year_files
from mrio.table.plausibility.judging import accepted_checks, exchanged
from mrio.table.plausibility.known_figures import provincial_figure
from mrio.table.plausibility.sentences import report_of


@pytest.fixture(scope="module")
def config(repo) -> dict:
    return read_config(repo / "config/config.yaml")


@pytest.fixture
def raw(repo, tmp_path) -> Path:
    """Return a folder of raw files whose year nothing describes."""
    (tmp_path / "raw/2017").mkdir(parents=True)
    for path in (repo / "data/raw/2017").iterdir():
        if path.name != "datapackage.json":
            (tmp_path / "raw/2017" / path.name).symlink_to(path)
    return tmp_path / "raw"


def called(old: str, new: str) -> Callable[[Path], object]:
    return lambda year: (year / old).rename(year / new)


def link_to_nothing(name: str) -> Callable[[Path], object]:
    return lambda year: ((year / name).unlink(), (year / name).symlink_to("/nowhere/x"))


STATISTICS, EMISSIONS, TABLE = "socioeconomic.csv", "emissions_42.csv", "mrio_42.nc"
#: What was done to the folder -> (change, part of the sentence).
REFUSED = {
    "a table downloaded twice": (called(TABLE, "mrio_42 (1).nc"), "found a file mrio_42 (1).nc, expected mrio_42.nc"),
    "a copy alone": (called(EMISSIONS, "emissions_42 - 副本.csv"), "found a file emissions_42 - 副本.csv, exp"),
    "a copy, older": (called(EMISSIONS, "复件 emissions_42.csv"), "save it as emissions_42.csv: it would not be read"),
    "a copy in English": (called(EMISSIONS, "emissions_42 - Copy (2).csv"), "expected emissions_42.csv"),
    "a text ending": (called(EMISSIONS, "emissions_42.csv.txt"), "found a file emissions_42.csv.txt"),
    "a template filled in": (called(STATISTICS, "socioeconomic.template.csv"),
        "found statistics in socioeconomic.template.csv, expected socioeconomic.csv"),
    "statistics misspelt": (called(STATISTICS, "socio-economic.csv"), "found statistics in socio-economic.csv"),
    "statistics with the year": (called(STATISTICS, "socioeconomic_2017.csv"), "save it as socioeconomic.csv"),
    "statistics in Chinese": (called(STATISTICS, "社会经济.csv"), "found statistics in 社会经济.csv"),
    "statistics as workbook": (called(STATISTICS, "socioeconomic.xlsx"), "found a file socioeconomic.xlsx"),
    "a link to nothing": (link_to_nothing(STATISTICS), "found a link to /nowhere/x, which is not there"),
    "emissions as a link to nothing": (link_to_nothing(EMISSIONS), "emissions_42.csv: found a link to /nowhere/x"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_not_be_read_is_said(config, raw, name):
    change, said = REFUSED[name]
    change(raw / "2017")
    with pytest.raises(MrioError) as caught:
        preflight(config, raw)
    assert said in str(caught.value), str(caught.value)


@pytest.mark.slow
def test_a_template_that_is_empty_and_a_copy_beside_are_nobodys_concern(config, raw):
    shutil.copy(raw / "2017" / EMISSIONS, raw / "2017/emissions_42 - 副本.csv")
    (raw / "2017" / STATISTICS).unlink()
    head = "year,region,variable,value,unit,status,source\n2017,Hebei,gdp,,100M CNY,unverified,\n"
    (raw / "2017/socioeconomic.template.csv").write_text("\ufeff" + head, encoding="utf-8")
    assert preflight(config, raw)[2017].socioeconomic is None


@pytest.fixture(scope="module")
def inputs(repo, config) -> dict[int, Inputs]:
    return {year: read_inputs(year_files(repo / f"data/raw/{year}"), year, config) for year in (2012, 2017)}


@pytest.mark.parametrize("year", [2012, 2017])
def test_files_of_the_estimate_that_ship_are_of_their_year(repo, inputs, year):
    assert check_estimate_files(inputs[year], year_files(repo / f"data/raw/{year}")).passed


@pytest.mark.parametrize(("what", "of"), [("account", "table"), ("evidence", "table"), ("alternatives", "emissions")])
def test_files_of_another_years_estimate_are_said(repo, inputs, what, of):
    own, other = (year_files(repo / f"data/raw/{year}") for year in (2017, 2012))
    check = check_estimate_files(inputs[2017], {**own, what: other[what]})
    assert f"2012/{other[what].name} is not, or not wholly, of the {of} of 2017" in check.message
    assert report_of(accepted_checks([check], {})).notes() == [check.message]
    (accepted,) = report_of(accepted_checks([check], {"files of another estimate": "meant"})).notes()
    assert accepted == f"{check.message} (accepted: meant)"


def test_a_damaged_file_of_an_estimate_is_found_before_any_job(repo, inputs, tmp_path):
    files = year_files(repo / "data/raw/2017")
    cut = tmp_path / "estimate_account.csv"
    cut.write_text("\n".join(files["account"].read_text(encoding="utf-8").splitlines()[:40]), encoding="utf-8")
    assert "not wholly, of the table" in check_estimate_files(inputs[2017], {**files, "account": cut}).message
    (tmp_path / "evidence_alternatives.csv").write_text("a,b\n1,x\n", encoding="utf-8")
    with pytest.raises(MrioError, match=r"no column 'alternative'.*run mrio estimate again"):
        check_estimate_files(inputs[2017], {**files, "alternatives": tmp_path / "evidence_alternatives.csv"})


def test_two_provinces_that_have_each_others_figures():
    known = provincial_figure("gdp", 2017).values
    moved = known * [0.97 + 0.01 * (k % 7) for k in range(len(known))]
    assert exchanged(moved, known) == []
    moved[["Hebei", "Henan"]] = moved[["Henan", "Hebei"]].to_numpy()
    assert exchanged(moved, known) == ["Hebei and Henan"]
