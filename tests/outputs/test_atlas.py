"""The atlas as a file: the tables' numbers, both languages complete, labels harmless, nothing asked of anyone."""

import base64
import json
import re

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from atlas_study import CURVE, HOSTILE, PRICE, renamed, study

from mrio.outputs.atlas import Results, build_page
from mrio.outputs.atlas.page import SCRIPTS, template
from mrio.outputs.columns import MARK, named
from mrio.words.atlas_words import ATLAS
from mrio.words.cell_words import CELLS

NOT_SEPARABLE = CELLS.say("not_separable", "en")


@pytest.fixture(scope="module")
def made():
    return study()


@pytest.fixture(scope="module")
def page(made):
    return page_of(made.accounts, made.tables, made.schemes, made.figures)


def page_of(*results, language="en"):
    """Return the page of one year's results."""
    return build_page([Results(*results, carbon_price=PRICE, curve=CURVE)], language=language)


def data_of(page):
    """Return the data of 2017 a browser would find in the page."""
    text = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1)
    return json.loads(text)["results"]["2017"]


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
    assert page_of(made.accounts, made.tables, made.schemes, made.figures) == page


def test_the_file_is_small_and_asks_for_nothing(page):
    assert len(page.encode()) < 1_000_000
    # the name of SVG is no address anyone is asked at
    own = page.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|//[a-z]+\.|@import|url\((?!#)", own)
    assert "default-src 'none'" in own and "connect-src" not in own


def test_the_chart_library_is_what_its_folder_says_it_is_made_of():
    package = json.loads(template("d3/package.json"))
    lock = json.loads(template("d3/package-lock.json"))["packages"]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in package["dependencies"]} == package[
        "dependencies"
    ]
    licences = template("d3/LICENSE")
    shipped = [name for name, of in lock.items() if name.startswith("node_modules/") and not of.get("dev")]
    for name in shipped:
        # a copy of a package inside another is named by the last of the two
        assert f"---- {name.rpartition('node_modules/')[2]} {lock[name]['version']} " in licences, name
    assert not re.search(r"https?://", template("d3/package-lock.json"))


def test_every_word_is_used_and_every_word_used_exists():
    scripts = "\n".join(template(name) for name in SCRIPTS)
    html = template("page.html")
    asked = set(re.findall(r'\bt\("(\w+)"', scripts)) | set(re.findall(r'data-t(?:-label)?="(\w+)"', html))
    assert asked <= set(ATLAS)
    # keys put together from a part, and those used where the data is made
    built = {key for key in ATLAS if re.match(r"production_|consumption_|emits_for|emitted_for|part_|unit_|per_", key)}
    built |= {key for key in ATLAS if key.endswith("_title") and f'title("{key.removesuffix("_title")}")' in html}
    built |= {"no_group", "lead_given", "note_flows_given"}
    assert {key for key in ATLAS if not re.search(rf'["`]{key}["`]', scripts + html)} <= built


def test_the_page_can_be_read_before_any_script_ran(made):
    page = page_of(made.accounts, made.tables, language="zh")
    assert '<html lang="zh-CN" data-opened="zh">' in page
    assert "<title>2017年中国省际隐含碳</title>" in page
    assert re.search(r'<h1 data-t="title">2017年中国省际隐含碳</h1>', page)
    before = page[: page.index('id="data"')]
    assert "{{" not in before and "{province}" not in before and "{year}" not in before


def test_a_label_cannot_leave_the_data(made):
    accounts, tables = renamed(made, "Hebei", HOSTILE)
    page = page_of(accounts, tables)
    assert len(re.findall(r"<script", page, re.I)) == 3 and len(re.findall(r"</script", page, re.I)) == 3
    assert HOSTILE in [r["key"] for r in data_of(page)["regions"]]


def test_a_region_that_is_no_province_has_a_tile_and_a_group(made):
    accounts, tables = renamed(made, "Hebei", "Atlantis")
    data = data_of(page_of(accounts, tables))
    region = next(r for r in data["regions"] if r["key"] == "Atlantis")
    assert region["name"] == ["Atlantis", "Atlantis"] and region["tile"][0] > 7
    assert [g["name"] for g in data["groups"] if g["key"] == region["group"]] == [list(ATLAS.both("no_group"))]


def test_provinces_whose_trade_is_not_separable_are_named(made):
    accounts = made.accounts.assign_attrs(not_separable="Hebei, Jilin")
    tables = {k: v.assign(**{MARK: np.where(v["province"].isin(["Hebei", "Jilin"]), NOT_SEPARABLE, "")})
              for k, v in made.tables.items()}  # fmt: skip
    data = data_of(page_of(accounts, tables))
    assert data["mixed"] == ["Hebei", "Jilin"]
    assert data["tables"][0]["columns"][-1]["head"] == ["Foreign trade", "对外贸易"]
    assert data["said"][NOT_SEPARABLE][1] == "不可分离"


def test_a_study_without_table_3_has_a_page(made):
    tables = {key: table for key, table in made.tables.items() if key != "table3_compensation"}
    data = data_of(page_of(made.accounts, tables))
    assert [t["key"] for t in data["tables"]] == ["table1_transfers", "table2_responsibility"]
    assert data["curve"] is None


def test_a_value_that_is_not_a_number_is_empty_not_nan(made):
    accounts = made.accounts.assign(exports=xr.full_like(made.accounts["exports"], np.nan))
    data = data_of(page_of(accounts, made.tables))
    assert set(data["accounts"]["exports"][0][0]) == {None}


def test_years_stand_side_by_side_and_the_last_opens(made):
    earlier = made.accounts.assign_attrs(year=2012)
    results = [Results(accounts, made.tables, made.schemes, carbon_price=PRICE, curve=CURVE)
               for accounts in (made.accounts, earlier)]  # fmt: skip
    page = build_page(results)
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S).group(1))
    assert data["years"] == [2012, 2017] and data["results"]["2012"]["year"] == 2012
    assert "provinces, 2017</title>" in page


def test_flows_by_sector_are_those_of_the_study(made, page):
    packed = data_of(page)["sectors"]
    order = ("resolution", "definition", "region", "sector", "to_region")
    for name in ("flows_by_origin", "flows_by_product"):
        given = made.accounts[name].transpose(*order).values
        np.testing.assert_allclose(
            np.frombuffer(base64.b64decode(packed[name]), "<f4"), given.ravel(), rtol=1e-6, atol=1e-12
        )
    assert [name[1] for name in packed["names"]][:2] == ["农林牧渔业", "工业"]


def test_tonnes_per_head_and_per_gdp_by_hand(made, page):
    # Beijing 2017: 2171 x 10^4 persons and 28,014.94 x 10^8 yuan; 1 Mt is 1e6/21.71e6 t per head
    per = data_of(page)["per"]
    assert 1 / per["head"][0] == pytest.approx(1e6 / (1e4 * float(made.figures["population"][0])))
    assert 1 / per["gdp"][0] == pytest.approx(1e6 / (float(made.figures["gdp"][0]) * 1e8 / 1e4))
    assert data_of(page_of(made.accounts, made.tables))["per"] == {}


def test_chinese_has_full_width_punctuation_and_units():
    formula = "ρ = K / (1 + a·exp(−b·t))"
    for key in ATLAS:
        chinese = ATLAS.say(key, "zh").replace(formula, "")
        assert not re.search(r"[,:;()]", re.sub(r"\{\w+\}", "", chinese)), (key, chinese)
        assert not re.search(r"\bMt\b", chinese) and "-" not in chinese, (key, chinese)
    assert not [key for key in ATLAS if re.search(r"(^|[ (])-[\d{]", ATLAS.say(key, "en"))]
