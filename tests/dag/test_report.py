"""Every table and figure of the study is in the report, with a caption in both languages that renders."""

import re
from types import SimpleNamespace

import docutils.core
import jinja2
import pytest

#: Stated in the workbook and beside the results, not pictures of results; long lists behind a table that is shown.
UNSHOWN = {"validation", "validation_cells", "path_chains", "value_added_pairs", "interval_convergence"}


@pytest.fixture(scope="module")
def rules(repo):
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((repo / "workflow" / "rules").glob("*.smk")))


def captions(repo):
    return sorted((repo / "workflow" / "report").glob("*.rst"))


def test_every_table_and_figure_is_marked_for_the_report(repo, rules):
    tables = set(re.findall(r'"<results>/\{year\}/(\w+)\.csv"', rules)) - UNSHOWN
    marked = set(re.findall(r'\w+\(\s*"<results>/\{year\}/(\w+)\.csv",\s*"', rules))
    assert tables == marked and len(tables) > 15
    figures = set(re.findall(r'"(\w+)"', re.search(r"^FIGURES = \[(.*?)\]", rules, re.M | re.S).group(1)))
    assert tables | figures | {"compensation"} <= {path.stem for path in captions(repo)}


def test_every_caption_is_of_something_and_renders_in_both_languages(repo, rules):
    about = SimpleNamespace(
        wildcards=SimpleNamespace(year="2017", register="yuanmou"),
        params=SimpleNamespace(
            carbon_price=100, curve={"preset": "liao2022"}, variant={"definition": "eebt", "resolution": "six"}
        ),
        config={"years": [2012, 2017], "methods": ["eebt"], "resolutions": ["six"], "carbon_price": 100,
                "curve": {"preset": "liao2022"}},
    )  # fmt: skip
    for path in captions(repo):
        assert path.stem == "workflow" or re.search(rf"\b{path.stem}\b", rules), f"nothing has the caption {path.name}"
        text = jinja2.Template(path.read_text(encoding="utf-8")).render(snakemake=about)
        shown = docutils.core.publish_parts(text, writer="html", settings_overrides={"halt_level": 2})["fragment"]
        assert re.search(r"[A-Za-z]{4,}", shown) and re.search(r"[\u4e00-\u9fff]", shown), path.name
