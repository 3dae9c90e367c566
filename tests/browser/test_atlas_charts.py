"""The atlas in a real browser: charts answer a click and a pointer, say units, and come as PNG, SVG and CSV."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from atlas_study import regions, study
from browsing import chart_rows, choose, downloaded, opened, put, saved, texts, wait

pytestmark = pytest.mark.browser
CHARTS = ("emissions", "net", "sectors", "matrix", "sankey", "money", "payments")
CLICK = "document.querySelector(arguments[0]).dispatchEvent(new MouseEvent('click', {bubbles: true}))"


@pytest.mark.parametrize("chart", ["emissions", "net", "money", "matrix", "payments", "sankey"])
def test_a_click_on_a_mark_chooses_its_province(browser, folder, chart):
    page = opened(browser, folder / "atlas.html", "#lang=en&sankey=provinces&province=Hainan")
    region = regions().index("Inner Mongolia")
    page.execute_script(CLICK, f"#{chart} [data-region='{region}']")
    assert texts(page, "#province-title") == ["Inner Mongolia"]
    assert "province=Inner+Mongolia" in page.execute_script("return location.hash")
    assert page.execute_script("return document.querySelector('#map [aria-pressed=true]').dataset.region") == str(
        region
    )


def test_a_click_on_a_flow_shows_its_sectors(browser, folder):
    page = opened(browser, folder / "atlas.html", "#lang=en&definition=mrio")
    names = regions()
    r, s = names.index("Hebei"), names.index("Beijing")
    page.execute_script(CLICK, f"#matrix [data-region='{r}'][data-to='{s}']")
    rows = chart_rows(page, "sectors")[1:]
    assert "flow=Hebei%3EBeijing" in page.execute_script("return location.hash")
    at = {"resolution": "six", "definition": "mrio", "region": "Hebei", "to_region": "Beijing"}
    for by in ("origin", "product"):
        shown = [value for origin, destination, kind, _, value in rows if kind == by]
        np.testing.assert_allclose(shown, study().accounts[f"flows_by_{by}"].sel(at), rtol=1e-5, atol=1e-9)
        assert sum(shown) == pytest.approx(float(study().accounts["flows"].sel(at)), rel=1e-5)
    page.execute_script("document.getElementById('all-flows').click()")
    totals = [sum(value for *_, value in chart_rows(page, "sectors")[1:][6 * k : 6 * k + 6]) for k in range(4)]
    here = study().accounts.sel(resolution="six", definition="mrio", region="Hebei")
    np.testing.assert_allclose(totals, [*[float(here["outflow"])] * 2, *[float(here["inflow"])] * 2], rtol=1e-5)


def test_a_pointer_marks_the_province_everywhere_and_tells_the_number_with_its_unit(page):
    mouse = pytest.importorskip("selenium.webdriver").ActionChains(page)
    bar = page.find_element("css selector", "#money g[data-region='2']")
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", bar)
    mouse.move_to_element(bar).perform()
    tip = page.find_element("id", "tip")
    wait(tip.is_displayed, "the tip is shown")
    assert tip.text.startswith("Hebei: +") and "10⁸ yuan" in tip.text
    for place in ("#map .tile", "#matrix text", "#net g", "#emissions rect"):
        pointed = page.execute_script(
            f"return [...document.querySelectorAll('{place}.pointed')].map(e => e.dataset.region)"
        )
        assert set(pointed) == {"2"}, place
    mouse.move_to_element(page.find_element("id", "payments-note")).perform()
    wait(lambda: not tip.is_displayed(), "the tip goes")
    assert page.execute_script("return document.querySelectorAll('.pointed').length") == 0


@pytest.mark.parametrize(("language", "units"), [("en", ("Mt", "10⁸ yuan", "%")), ("zh", ("百万吨", "亿元"))])
def test_every_tip_with_a_number_has_a_unit_and_a_true_minus(browser, folder, language, units):
    page = opened(browser, folder / "atlas.html", f"#lang={language}&sankey=provinces&map=table3_compensation|amount")
    tips = page.execute_script("return [...document.querySelectorAll('.chart [data-tip], #map [data-tip]')]"
                               ".map(e => e.dataset.tip)")  # fmt: skip
    assert len(tips) > 1000
    named = [tip for tip in tips if any(character.isdigit() for character in tip)]
    assert [tip for tip in named if not any(unit in tip for unit in units)] == []
    assert [tip for tip in tips if re.search(r"-[\d.]", tip)] == []
    assert [tip for tip in tips if "−0.00" in tip or "−0.0 " in tip] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_chart_is_saved_as_picture_and_as_rows_with_its_source(browser, folder, language):
    page = opened(browser, folder / "atlas.html", f"#lang={language}&theme=dark")
    source = {"en": "estimated", "zh": "估"}[language]
    for chart in ("map", *CHARTS):
        buttons = page.find_elements("css selector", f".files[data-chart={chart}] button")
        assert [button.text for button in buttons] == ["PNG", "SVG", "CSV"]
        stem = f"{chart}_2017_eebt_six"
        for button in buttons:
            # a click of a reader's own, one after the other, since a page may not save many files by itself
            page.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
            button.click()
            saved(folder, f"{stem}.{button.text.lower()}")
        drawing = saved(folder, f"{stem}.svg").decode()
        tree = ET.fromstring(drawing)
        said = "".join("".join(tree.itertext()).split())
        assert "var(" not in drawing and "#1c1f24" not in drawing  # a paper is white
        assert source in said, chart
        assert saved(folder, f"{stem}.png").startswith(b"\x89PNG")
        text = saved(folder, f"{stem}.csv").decode("utf-8-sig")
        assert text.splitlines()[-1].startswith("# ") and source in text.splitlines()[-1]
        assert len(text.splitlines()) > 5
        for ending in ("svg", "png", "csv"):
            (folder / "downloads" / f"{stem}.{ending}").unlink()


def test_the_rows_of_the_ledger_chart_are_the_accounts(browser, folder):
    page = opened(browser, folder / "atlas.html", "#lang=en")
    rows = chart_rows(page, "emissions")[1:]
    here = study().accounts.sel(resolution="six", definition="eebt")
    for region, side, *parts in rows:
        total = sum(part for part in parts if part is not None)
        assert total == pytest.approx(float(here[side].sel(region=region)), rel=1e-8, abs=1e-9)


@pytest.mark.parametrize(("per", "figure"), [("head", "population"), ("gdp", "gdp")])
def test_emissions_per_head_and_per_gdp(browser, folder, per, figure):
    page = opened(browser, folder / "atlas.html", "#lang=en&province=Hebei")
    choose(page, "per", per)
    made, figures = study().accounts.sel(resolution="six", definition="eebt"), study().figures
    expected = float(made["production"].sel(region="Hebei") * 100 / figures[figure].sel(region="Hebei"))
    assert float(texts(page, "[data-account=production]")[0].replace(",", "")) == pytest.approx(expected, abs=0.0101)
    unit = {"head": "t per head", "gdp": "t per 10⁴ yuan"}[per]
    assert unit in texts(page, "#ledger caption")[0] and unit in texts(page, "#map-title")[0]
    order = [region for region, *_ in chart_rows(page, "emissions")[1::2]]
    ratio = (made["production"] / figures[figure]).to_series()
    assert order == ratio.sort_values(ascending=False).index.tolist()
    page.execute_script("dispatchEvent(new Event('beforeprint')); dispatchEvent(new Event('afterprint'))")


def test_two_provinces_stand_side_by_side(browser, folder):
    page = opened(browser, folder / "atlas.html", "#lang=en&province=Hebei")
    choose(page, "with", regions().index("Jiangsu"))
    assert texts(page, "#ledger thead th") == ["Hebei", "Jiangsu"]
    shown = [float(text.replace(",", "")) for text in texts(page, "[data-account=consumption]")]
    made = study().accounts["consumption"].sel(resolution="six", definition="eebt", region=["Hebei", "Jiangsu"])
    np.testing.assert_allclose(shown, made, atol=0.0101)
    assert sum("Jiangsu" in text for text in texts(page, "#figures dd")) == 5
    put(page, "with", -1, "change")
    assert texts(page, "#ledger thead th") == []


def test_a_chart_follows_the_width_of_the_window(page):
    try:
        page.set_window_size(700, 900)
        width = "return document.querySelector('#net svg').getBoundingClientRect().width"
        wait(lambda: page.execute_script(width) < 690, "charts are drawn anew")
    finally:
        page.set_window_size(1280, 900)


def test_the_csv_of_the_map_says_what_it_shows(browser, folder):
    page = opened(browser, folder / "atlas.html", "#lang=en")
    page.execute_script("document.querySelectorAll('.files[data-chart=map] button')[2].click()")
    rows = downloaded(folder, "map_2017_eebt_six.csv")
    net = study().accounts["net_transfer"].sel(resolution="six", definition="eebt")
    assert float(rows[0]["eebt_six_net_transfer_Mt"]) == pytest.approx(float(net[0]), rel=1e-9)
