"""The atlas in a real browser: no uncertain sign is said flatly; intervals follow the price or are not shown."""

import numpy as np
import pytest
from atlas_study import regions, study, with_intervals
from browsing import as_number, choose, downloaded, opened, put, texts

from mrio.outputs.columns import column

pytestmark = pytest.mark.browser
DOUBT = {"en": "sign not certain", "zh": "方向不确定"}
DEPENDS = {"en": "sign depends on the definition", "zh": "方向因口径而异"}


def uncertain(made, definition="eebt"):
    """Return the provinces whose interval leaves the sign open, by the library's numbers."""
    chance = made.accounts.get("net_transfer_p_pays")
    if chance is None:
        return set()
    at = chance.sel(resolution="six", definition=definition)
    return named((at > 0.1) & (at < 0.9))


def by_definition(made):
    """Return the provinces that pay by one definition and receive by another."""
    nets = made.accounts["net_transfer"].sel(resolution="six")
    return named((nets > 0).any("definition") & (nets < 0).any("definition"))


def named(mask):
    """Return the names of the provinces a mask is true of."""
    return {region for region, open_ in zip(regions(), mask.values, strict=True) if open_}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["atlas", "intervals"])
def test_card_ranking_and_chart_say_where_a_sign_is_not_certain(browser, folder, name, language):
    made = with_intervals(study()) if name == "intervals" else study()
    doubtful, depends = uncertain(made), by_definition(made)
    assert (2 < len(doubtful) < 25) == (name == "intervals") and len(depends) > 1
    page = opened(browser, folder / f"{name}.html", f"#lang={language}")
    for at, region in enumerate(regions()):
        choose(page, "province", at)
        verdict = texts(page, "#verdict")[0]
        said = DOUBT[language] in verdict.lower()
        assert said == (region in doubtful), (region, verdict)
        flat = verdict.endswith((": it pays.", ": it receives.", "：应支付补偿。", "：应获补偿。"))
        assert flat == (region not in doubtful | depends), (region, verdict)
        assert (DOUBT[language] in texts(page, "#figures dd.doubt")) == (region in doubtful)
        assert (DEPENDS[language] in texts(page, "#figures dd.doubt")) == (region in depends - doubtful)
    open_ = page.execute_script(
        "return [...document.querySelectorAll('#map .open')].map(e => D.regions[e.dataset.region].key)"
    )
    assert set(open_) == doubtful
    order = page.execute_script("return D.regions.map(r => r.key)")
    for chart in ("net", "money"):
        marks = page.execute_script(
            f"return [...document.querySelectorAll('#{chart} g[data-region]')].map(g => [g.dataset.region,"
            "g.querySelector('.uncertain') !== null, g.dataset.tip])"
        )
        assert {order[int(r)] for r, open_, _ in marks if open_} == doubtful, chart
        assert all((DOUBT[language] in tip) == open_ for _, open_, tip in marks)
        assert {order[int(r)] for r, _, tip in marks if DEPENDS[language] in tip} == depends - doubtful


def test_intervals_are_drawn_where_there_are_any(browser, folder):
    page = opened(browser, folder / "intervals.html", "#lang=en&province=Guangdong")
    tip = page.execute_script("return [...document.querySelectorAll('#net g[data-region]')][0].dataset.tip")
    assert "90% interval" in tip
    assert page.execute_script("return document.querySelectorAll('#net g[data-region] line').length") == 30
    page = opened(browser, folder / "atlas.html", "#lang=en")
    assert page.execute_script("return document.querySelectorAll('#net g[data-region] line').length") == 0


def test_intervals_follow_the_price_and_are_not_shown_for_another_curve(browser, folder):
    page = opened(browser, folder / "intervals.html", "#lang=en&table=table3_compensation")
    money = with_intervals(study()).tables["table3_compensation"]
    names = {end: column(f"amount_{end}", "six", "eebt").name for end in ("p05", "p95", "sd")}
    given = {end: money[column(f"amount_{end}", "six", "eebt")][:-1] for end in names}
    put(page, "price-number", 300)
    page.find_element("id", "download").click()
    rows = downloaded(folder, "table3_compensation_2017_p300_a1_b0.574_G59660.csv")
    for end, name in names.items():
        np.testing.assert_allclose([float(row[name]) for row in rows[:-1]], 3 * given[end], rtol=1e-7, atol=1e-7)
    assert float(rows[0][column("amount", "six", "eebt").name]) == pytest.approx(
        3 * float(money[column("amount", "six", "eebt")][0]), rel=1e-7
    )
    low, high = texts(page, "#figures dd.interval")[-1].strip("[]").split(", ")
    assert (as_number(low), as_number(high)) == pytest.approx((3 * given["p05"][0], 3 * given["p95"][0]), abs=0.051)
    # the curve is in the draws themselves: of another one no interval is known
    put(page, "b", 1.137)
    page.find_element("id", "download").click()
    rows = downloaded(folder, "table3_compensation_2017_p300_a1_b1.137_G59660.csv")
    assert {row[name] for row in rows for name in names.values()} == {""}
    amount = "return [...document.querySelectorAll('#figures > div')].at(-1).querySelectorAll('.interval').length"
    assert page.execute_script(amount) == 0
    assert "not shown for another" in texts(page, "#table-state")[0]
    page.execute_script("document.getElementById('reset').click()")
    assert page.execute_script(amount) == 1


def test_a_flow_says_its_interval_in_matrix_partners_and_files(browser, folder):
    page = opened(browser, folder / "intervals.html", "#lang=en&province=Guangdong")
    flow = study().accounts["flows"].sel(resolution="six", definition="eebt", region="Hebei", to_region="Guangdong")
    low, high = 0.5 * float(flow), 2 * float(flow)
    at = [regions().index(name) for name in ("Hebei", "Guangdong")]
    tip = page.execute_script(
        f'return document.querySelector(\'#matrix [data-region="{at[0]}"][data-to="{at[1]}"]\').dataset.tip'
    )
    assert tip == f"Hebei → Guangdong: {float(flow):.2f} Mt; 90% interval {low:.2f} to {high:.2f}"
    own = page.execute_script(
        f'return document.querySelector(\'#matrix [data-region="{at[0]}"][data-to="{at[0]}"]\').dataset.tip'
    )
    assert "interval" not in own
    page.find_element("id", "show-all").click()
    partner = page.execute_script(
        f"return [...document.querySelectorAll('#emits-for tr[data-region=\"{at[0]}\"] td')].map(e => e.textContent)"
    )
    assert partner[2] == f"[{low:.1f}, {high:.1f}]"
    page = opened(browser, folder / "atlas.html", "#lang=en&province=Guangdong")
    assert "interval" not in page.execute_script("return document.getElementById('emits-for').textContent")


def test_a_payment_says_its_interval_in_the_fund_and_at_the_curve_it_was_computed_for(browser, folder):
    made = study().money["paid"].sel(resolution="six", definition="eebt")
    receiver, payer = (regions().index(name) for name in ("Inner Mongolia", "Guangdong"))
    paid = float(made.values[receiver, payer])
    assert paid > 1
    find = f'return document.querySelector(\'#payments [data-region="{payer}"][data-to="{receiver}"]\').dataset.tip'
    page = opened(browser, folder / "intervals.html", "#lang=en")
    assert "interval" not in page.execute_script(find)
    page = opened(browser, folder / "intervals.html", "#lang=en&fund=balanced")
    assert page.execute_script(find).endswith(f"90% interval {0.8 * paid:,.2f} to {1.5 * paid:,.2f}")
    put(page, "price-number", 300)
    assert page.execute_script(find).endswith(f"90% interval {2.4 * paid:,.2f} to {4.5 * paid:,.2f}")
    put(page, "b", 1.137)
    assert "interval" not in page.execute_script(find)
