"""The atlas in a real browser: every number it shows or computes is the library's."""

import json

import numpy as np
import pytest
from atlas_study import regions, study
from browsing import as_number, downloaded, put, table_on_page, texts, wait

from mrio.equations.payment import CURVES, compensation, curve_named
from mrio.outputs.columns import column, named

pytestmark = pytest.mark.browser


def test_every_number_of_the_tables_is_on_the_page(page):
    page.execute_script("document.getElementById('columns').click()")
    for number, frame in enumerate(map(named, study().tables.values())):
        page.find_elements("css selector", "#table-choice button")[number].click()
        names, cells = table_on_page(page)
        assert names == frame["province"].tolist()
        shown = frame.drop(columns=["province", "province_zh"])
        assert cells.shape == shown.shape
        for j, name in enumerate(shown):
            if name.endswith("_role"):
                assert cells[:, j].tolist() == shown[name].fillna("").tolist()
                continue
            values = np.array([as_number(cell) for cell in cells[:, j]])
            decimals = len(cells[0, j].strip("%").partition(".")[2])
            scale = 100 if cells[0, j].endswith("%") else 1
            np.testing.assert_allclose(values, scale * shown[name], atol=0.5000001 * 10.0**-decimals, err_msg=name)


def test_a_province_shows_who_emits_for_it_and_for_whom_it_emits(page):
    flows = study().accounts["flows"].sel(resolution="six", definition="mrio")
    put(page, "definition", 1, "change")
    put(page, "province", regions().index("Zhejiang"), "change")
    page.find_element("id", "show-all").click()
    for name, values in (("emits-for", flows.sel(to_region="Zhejiang")), ("emitted-for", flows.sel(region="Zhejiang"))):
        partners = texts(page, f"#{name} tbody th")
        amounts = [as_number(text) for text in texts(page, f"#{name} tbody td:nth-child(3)")]
        expected = sorted(
            ((v, r) for v, r in zip(values.values.tolist(), regions(), strict=True) if r != "Zhejiang"), reverse=True
        )
        assert partners == [region for _, region in expected]
        np.testing.assert_allclose(amounts, [value for value, _ in expected], atol=0.0050001)
    net = study().accounts["net_transfer"].sel(resolution="six", definition="mrio", region="Zhejiang")
    assert as_number(texts(page, "[data-account=net]")[0]) == pytest.approx(float(net), abs=0.0100001)


def test_the_ledger_adds_up_as_printed_in_every_definition_and_province(page):
    hundredths = {}
    for definition in range(3):
        put(page, "definition", definition, "change")
        for province in range(30):
            put(page, "province", province, "change")
            cells = page.execute_script(
                "return [...document.querySelectorAll('#ledger td')].map(e => [e.dataset.account, e.textContent])"
            )
            at = {account: round(100 * as_number(text)) for account, text in cells}
            for account in ("production", "consumption", "net"):
                parts = [
                    value for name, value in at.items() if name.startswith(f"{account}_") and name != "net_transfer"
                ]
                assert sum(parts) == at[account], (definition, province, at)
            hundredths[definition, province] = at
    accounts = study().accounts.sel(resolution="six")
    for (definition, province), at in hundredths.items():
        here = accounts.isel(definition=definition, region=province)
        for account, name in (
            ("production", "production"),
            ("production_outflow", "outflow"),
            ("consumption", "consumption"),
        ):
            assert at[account] == pytest.approx(100 * float(here[name]), abs=1.0001)


@pytest.mark.parametrize(
    ("price", "changes"), [(80, {"b": 1.137}), (250.5, {"a": 2.5, "b": 0.2, "G": 63000}), (100, {"preset": "pearl"})]
)
def test_the_sliders_compute_what_the_library_computes(page, folder, price, changes):
    made = study()
    put(page, "price-number" if price % 1 else "price", price)
    for key, value in changes.items():
        put(page, key, value, "change" if key == "preset" else "input")
    page.find_elements("css selector", "#table-choice button")[2].click()
    used = curve_named({"preset": "liao2022", **changes})
    page.find_element("id", "download").click()
    rows = downloaded(folder, f"table3_compensation_2017_p{price:g}_a{used.a:g}_b{used.b:g}_G{used.G:g}.csv")
    for definition in made.accounts["definition"].values.tolist():
        net = made.accounts["net_transfer"].sel(resolution="six", definition=definition, drop=True)
        money = compensation(net, made.figures["gdp_per_capita"], made.figures["engel"], price, used)
        expected = {
            column("coefficient").name: money["coefficient"].values,
            column("amount", "six", definition).name: money["amount"].values,
            column("balanced", "six", definition).name: money["balanced"].values,
            column("gdp_share", "six", definition).name: (money["amount"] / made.figures["gdp"]).values,
        }
        for name, values in expected.items():
            found = [float(row[name]) for row in rows[:-1]]
            np.testing.assert_allclose(found, values, rtol=1e-7, atol=1e-7, err_msg=name)
        fund = float(rows[-1][column("amount", "six", definition).name])
        assert fund == pytest.approx(-float(money["fund"]), abs=1e-6)
    assert texts(page, "#table-state") == ["Recomputed with the values of the sliders."]
    said = texts(page, "#table-note")[0]
    assert f"at {price:g} yuan per tonne" in said and f"b = {used.b:g}" in said and "liao2022" not in said


def test_the_sliders_go_back_to_the_results(page, folder):
    before = page.find_element("id", "fund-note").text
    put(page, "b", 2)
    wait(lambda: page.find_element("id", "fund-note").text != before, "the fund is recomputed")
    put(page, "price-number", -5)
    assert "0 or more" in page.find_element("id", "money-warning").text
    page.find_element("id", "reset").click()
    wait(lambda: page.find_element("id", "fund-note").text == before, "the fund is as before")
    page.find_elements("css selector", "#table-choice button")[2].click()
    assert "at 100 yuan per tonne and growth curve liao2022" in texts(page, "#table-note")[0]
    page.find_element("id", "download").click()
    rows = downloaded(folder, "table3_compensation_2017.csv")
    for name, values in named(study().tables["table3_compensation"]).items():
        given = [row[name] for row in rows]
        if values.dtype.kind == "f":
            np.testing.assert_allclose([float(text or "nan") for text in given], values, rtol=1e-9)
        else:
            assert given == values.fillna("").tolist()


def test_presets_are_the_librarys(page):
    data = json.loads(page.execute_script("return document.getElementById('data').textContent"))["results"]["2017"]
    assert {k: (v["a"], v["b"], v["G"], v["pearl"]) for k, v in data["curve"]["presets"].items()} == {
        k: (v.a, v.b, v.G, v.pearl) for k, v in CURVES.items()
    }
