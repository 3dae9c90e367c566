"""The atlas in a real browser: who pays whom, in the literal and in the balanced fund, at any price and curve."""

import numpy as np
import pytest
from atlas_study import regions, study
from browsing import as_number, chart_rows, choose, opened, put, texts

from mrio.equations.payment import compensation, curve_named, who_pays_whom

pytestmark = pytest.mark.browser


def paid(definition, price=100, **parameters):
    """Return payer x receiver of the balanced fund, and what the literal fund takes in and pays out."""
    made, names = study(), regions()
    at = {"resolution": "six", "definition": definition}
    curve = curve_named({"preset": "liao2022", **parameters})
    money = compensation(made.accounts["net_transfer"].sel(at, drop=True), made.figures["gdp_per_capita"],
                         made.figures["engel"], price, curve)  # fmt: skip
    received = who_pays_whom(money, made.accounts["flows"].sel(at, drop=True))
    pairs = {(names[s], names[r]): float(received.values[r, s]) for r in range(30) for s in range(30)
             if received.values[r, s] > 0}  # fmt: skip
    return pairs, float(money["payments"]), float(money["receipts"])


@pytest.mark.parametrize("definition", ["eebt", "mrio", "gross"])
@pytest.mark.parametrize("moved", [{}, {"price": 250, "b": 1.2, "G": 40000}])
def test_both_funds_are_those_of_the_library(browser, folder, definition, moved):
    address = "".join(f"&{key}={value}" for key, value in moved.items())
    page = opened(browser, folder / "atlas.html", f"#lang=en&definition={definition}{address}")
    pairs, payments, receipts = paid(definition, **moved)
    for fund, part in (("balanced", 1.0), ("literal", min(1.0, receipts / payments))):
        choose(page, "fund", fund)
        rows = {(payer, receiver): value for payer, receiver, value in chart_rows(page, "payments")[1:]}
        inner = {pair: value for pair, value in rows.items() if not {"fund", "total"} & set(pair)}
        for pair, value in inner.items():
            assert value == pytest.approx(part * pairs.get(pair, 0.0), abs=1e-6), (fund, pair)
        assert sum(inner.values()) == pytest.approx(part * payments, rel=1e-9)
        kept = rows.get(("total", "fund"), 0.0)
        assert kept == pytest.approx(payments - receipts if fund == "literal" else 0.0, abs=1e-6)
        assert rows["total", "total"] == pytest.approx(payments)


def test_words_say_why_the_literal_fund_keeps_money(browser, folder):
    page = opened(browser, folder / "atlas.html", "#lang=en")
    note = texts(page, "#payments-note")[0]
    _, payments, receipts = paid("eebt")
    for value in (payments, receipts, payments - receipts):
        assert f"{value:,.1f}" in note
    made = study().accounts["net_transfer"].sel(resolution="six", definition="eebt")
    coefficient = study().money["coefficient"].sel(resolution="six", definition="eebt")
    high = float((made.clip(min=0) * coefficient).sum() / made.clip(min=0).sum())
    low = float((-made.clip(max=0) * coefficient).sum() / -made.clip(max=0).sum())
    assert f"{high:.2f} on average, against {low:.2f}" in note and high > low
    choose(page, "fund", "balanced")
    assert f"is multiplied by {payments / receipts:.2f}" in texts(page, "#payments-note")[0]
    page = opened(browser, folder / "atlas.html", "#lang=zh")
    assert "支付方系数较高" in texts(page, "#payments-note")[0] and "亿元" in texts(page, "#payments-note")[0]


def test_the_matrix_prints_amounts_that_follow_the_sliders(browser, folder):
    page = opened(browser, folder / "atlas.html", "#lang=en")
    total = "return [...document.querySelectorAll('#payments g.cell text')].at(-1).textContent"
    before = as_number(page.execute_script(total))
    put(page, "price", 200)
    page.execute_script("CHARTS.payments()")
    np.testing.assert_allclose(as_number(page.execute_script(total)), 2 * before, atol=0.16)
    tips = page.execute_script("return [...document.querySelectorAll('#payments [data-tip]')].map(e => e.dataset.tip)")
    assert all("10⁸ yuan" in tip for tip in tips)
