"""The atlas as a file: the tables' numbers, both languages complete, labels harmless, nothing asked of anyone."""

import json
import re

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from atlas_study import CURVE, HOSTILE, PRICE, renamed, study

from mrio.outputs.atlas.page import SCRIPTS, build_page, template
from mrio.outputs.columns import MARK, named
from mrio.words.atlas_words import ATLAS
from mrio.words.cell_words import CELLS

NOT_SEPARABLE = CELLS.say("not_separable", "en")
OPTIONS = {"carbon_price": PRICE, "curve": CURVE}


@pytest.fixture(scope="module")
def made():
    return study()


@pytest.fixture(scope="module")
def page(made):
    return build_page(made.accounts, made.tables, made.schemes, **OPTIONS)


def data_of(page):
    """Return the data a browser would find in the page."""
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1))


def test_the_page_holds_the_numbers_of_the_tables(made, page):
    for table in data_of(page)["tables"]:
        frame = named(made.tables[table["key"]])
        assert [c["name"] for c in table["columns"]] == list(frame.columns)
        rows = pd.DataFrame(table["rows"], columns=frame.columns)
        for name in frame.select_dtypes("number"):
            np.testing.assert_allclose(rows[name].astype(float), frame[name], rtol=1e-9)


def test_flows_and_accounts_are_those_of_the_study(made, page):
    data = data_of(page)
    at = [d["key"] for d in data["definitions"]].index("mrio")
    np.testing.assert_allclose(
        data["flows"][0][at], made.accounts["flows"].sel(resolution="six", definition="mrio"), rtol=1e-9
    )
    np.testing.assert_allclose(
        data["accounts"]["exports"][0][at], made.accounts["exports"].sel(resolution="six", definition="mrio"), rtol=1e-9
    )
    assert [r["key"] for r in data["absent"]] == ["Tibet"]


def test_the_same_study_makes_the_same_bytes(made, page):
    assert build_page(made.accounts, made.tables, made.schemes, **OPTIONS) == page


def test_the_file_is_small_and_asks_for_nothing(page):
    assert len(page.encode()) < 8_000_000
    own = page.replace(re.search(r'<script type="text/plain" id="plotly">.*?</script>', page, re.S).group(0), "")
    assert not re.search(r"https?://|//[a-z]+\.|@import|url\(", own)
    assert "default-src 'none'" in own and "connect-src" not in own


def test_every_word_is_used_and_every_word_used_exists():
    scripts = "\n".join(template(name) for name in SCRIPTS)
    html = template("page.html")
    asked = set(re.findall(r'\bt\("(\w+)"', scripts)) | set(re.findall(r'data-t(?:-label)?="(\w+)"', html))
    assert asked <= set(ATLAS)
    # keys put together from a part, and those used where the data is made
    built = {key for key in ATLAS if re.match(r"production_|consumption_|emits_for|emitted_for", key)}
    built |= {"no_group", "lead_given", "note_flows_given"}
    assert {key for key in ATLAS if not re.search(rf'["`]{key}["`]', scripts + html)} <= built


def test_the_page_can_be_read_before_any_script_ran(made):
    page = build_page(made.accounts, made.tables, **OPTIONS, language="zh")
    assert '<html lang="zh-CN">' in page
    assert "<title>2017年中国省际隐含碳</title>" in page
    assert re.search(r'<h1 data-t="title">2017年中国省际隐含碳</h1>', page)
    before = page[: page.index('id="data"')]
    assert "{{" not in before and "{province}" not in before and "{year}" not in before


def test_a_label_cannot_leave_the_data(made):
    accounts, tables = renamed(made, "Hebei", HOSTILE)
    page = build_page(accounts, tables, **OPTIONS)
    assert len(re.findall(r"<script", page, re.I)) == 3 and len(re.findall(r"</script", page, re.I)) == 3
    assert HOSTILE in [r["key"] for r in data_of(page)["regions"]]


def test_a_region_that_is_no_province_has_a_tile_and_a_group(made):
    accounts, tables = renamed(made, "Hebei", "Atlantis")
    data = data_of(build_page(accounts, tables, **OPTIONS))
    region = next(r for r in data["regions"] if r["key"] == "Atlantis")
    assert region["name"] == ["Atlantis", "Atlantis"] and region["tile"][0] > 7
    assert [g["name"] for g in data["groups"] if g["key"] == region["group"]] == [list(ATLAS.both("no_group"))]


def test_provinces_whose_trade_is_not_separable_are_named(made):
    accounts = made.accounts.assign_attrs(not_separable="Hebei, Jilin")
    tables = {k: v.assign(**{MARK: np.where(v["province"].isin(["Hebei", "Jilin"]), NOT_SEPARABLE, "")})
              for k, v in made.tables.items()}  # fmt: skip
    data = data_of(build_page(accounts, tables, **OPTIONS))
    assert data["mixed"] == ["Hebei", "Jilin"]
    assert data["tables"][0]["columns"][-1]["head"] == ["Foreign trade", "对外贸易"]
    assert data["said"][NOT_SEPARABLE][1] == "不可分离"


def test_a_study_without_table_3_has_a_page(made):
    tables = {key: table for key, table in made.tables.items() if key != "table3_compensation"}
    data = data_of(build_page(made.accounts, tables, **OPTIONS))
    assert [t["key"] for t in data["tables"]] == ["table1_transfers", "table2_responsibility"]
    assert data["curve"] is None


def test_a_value_that_is_not_a_number_is_empty_not_nan(made):
    accounts = made.accounts.assign(exports=xr.full_like(made.accounts["exports"], np.nan))
    data = data_of(build_page(accounts, made.tables, **OPTIONS))
    assert set(data["accounts"]["exports"][0][0]) == {None}
