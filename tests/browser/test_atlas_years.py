"""The atlas in a real browser: several years, the change between two of them, several stressors, little to show."""

import numpy as np
import pytest
from atlas_study import regions, study, with_stressor
from browsing import as_number, chart_rows, choose, console, opened, table_on_page, texts

from mrio.outputs.columns import column

pytestmark = pytest.mark.browser


def test_one_year_has_no_choice_of_years_and_no_stressors(page):
    for control in ("year", "since", "stressor"):
        assert not page.find_element("id", control).is_displayed()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_year_is_switched_and_stays_in_the_address(browser, folder, language):
    page = opened(browser, folder / "years.html", f"#lang={language}&province=Hebei&definition=mrio")
    assert "2017" in texts(page, "h1")[0]
    choose(page, "year", 2012)
    assert "2012" in texts(page, "h1")[0] and "year=2012" in page.execute_script("return location.hash")
    here = study().accounts.sel(resolution="six", definition="mrio", region="Hebei")
    assert as_number(texts(page, "[data-account=production]")[0]) == pytest.approx(
        0.9 * float(here["production"]), abs=0.02
    )
    address = page.execute_script("return location.hash")
    page = opened(browser, folder / "years.html", address)
    assert "2012" in texts(page, "h1")[0]
    assert console(page) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_change_between_two_years_is_shown_everywhere(browser, folder, language):
    page = opened(browser, folder / "years.html", f"#lang={language}&province=Hebei")
    choose(page, "since", "2012")
    made = study().accounts.sel(resolution="six", definition="eebt")
    # the ledger: then, now, change, which is that of the printed numbers
    for account in ("production", "consumption", "net", "production_outflow"):
        then, now, change = (round(100 * as_number(text)) for text in texts(page, f"[data-account={account}]"))
        assert now - then == change
    assert change == pytest.approx(10 * float(made["outflow"].sel(region="Hebei")), abs=2)
    # every pair of provinces in the matrix, every province in ranking and map
    rows = chart_rows(page, "matrix")[1:]
    flows = 0.1 * made["flows"]
    for origin, destination, value in rows:
        assert value == pytest.approx(float(flows.sel(region=origin, to_region=destination)), abs=1e-7)
    ranking = chart_rows(page, "net")
    assert ranking[0][-1] == "net_transfer_2012"
    for region, now, *_, then in ranking[1:]:
        net = float(made["net_transfer"].sel(region=region))
        assert (now, then) == pytest.approx((net, 0.9 * net), rel=1e-8, abs=1e-8)
    shown = np.array(page.execute_script("return mapValues().values"), dtype=float)
    np.testing.assert_allclose(shown, 0.1 * made["net_transfer"], atol=1e-7)
    assert {"en": "Change of", "zh": "变化"}[language] in texts(page, "#map-title")[0]
    partners = dict(
        zip(texts(page, "#emits-for tbody button"), texts(page, "#emits-for tbody td:nth-child(3)"), strict=False)
    )
    inflow = flows.sel(to_region="Hebei").drop_sel(region="Hebei")
    assert as_number(next(iter(partners.values()))) == pytest.approx(float(inflow.max()), abs=0.00501)
    # another province, another unit, and back again by its year
    choose(page, "province", regions().index("Jilin"))
    choose(page, "per", "head")
    choose(page, "matrix-level", "regions")
    choose(page, "year", 2012)
    assert page.execute_script("return state.since") == "" and texts(page, "#ledger thead th") == []
    assert console(page) == []


def test_stressors_have_tables_of_their_own(browser, folder):
    page = opened(browser, folder / "stressors.html", "#lang=en")
    given = with_stressor(study())["table1_transfers"]
    choose(page, "stressor", 1)
    _, cells = table_on_page(page)
    heads = texts(page, "#table thead tr:last-child th button")
    at = next(i for i, head in enumerate(heads) if head.startswith("Net transfer"))
    assert "(kt)" in heads[at]
    expected = next(given[c] for c in given if getattr(c, "name", "").startswith("SO2_eebt_six_net_transfer"))
    shown = [as_number(cell.split(" [")[0]) for cell in cells[:, at - 1]]
    np.testing.assert_allclose(shown, expected, atol=0.0501)
    assert "SO2" in texts(page, "#table-title")[0] + "".join(texts(page, "#table .groups th"))
    # card, map and money stay with CO2
    assert texts(page, "#figures dd")[0] == texts(opened(browser, folder / "atlas.html", "#lang=en"), "#figures dd")[0]
    page = opened(
        browser, folder / "stressors.html", "#lang=en&stressor=SO2&sort=" + column("household").name + ",down"
    )
    assert texts(page, "#address-note")[0]  # that column is of CO2 alone, and is called otherwise here


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_with_as_little_as_a_study_may_have(browser, folder, language, width):
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500},
    )
    try:
        page = opened(browser, folder / "least.html", f"#lang={language}")
        for section in ("money-section", "payments-section", "sectors-section", "per"):
            assert not page.find_element("id", section).is_displayed()
        choose(page, "province", 3)
        choose(page, "with", 5)
        choose(page, "sankey-level", "provinces")
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
        assert len(chart_rows(page, "net")) == 31
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
