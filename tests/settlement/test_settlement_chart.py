"""The balance chart: it draws what the register holds, and the same register gives the same bytes."""

from __future__ import annotations

from datetime import date

import matplotlib.pyplot as plt
import numpy as np
import pytest
from settlement_book import accepted, application, base, lot, monitoring, settle

from mrio.outputs.figures.style import save
from mrio.settlement.chart import LAYERS, balance_chart, daily, draw_balance
from mrio.settlement.folder import settle_folder


@pytest.fixture(scope="module")
def example(repo):
    return settle_folder(repo / "data" / "raw" / "settlement" / "yuanmou")


def test_the_layers_add_up_to_what_was_credited_on_every_day(example):
    days, levels = daily(example.register.balances, example.register.today)
    assert days == sorted(set(days))
    np.testing.assert_allclose(sum(levels[account] for account in LAYERS), levels["credited"], rtol=1e-12)
    assert levels["credited"][-1] == pytest.approx(2471.275)


def test_an_expired_lot_shows_the_day_after_its_last():
    outcome = accepted(base(lots=[lot(1, expires="2026-01-20")], monitoring=[monitoring(1, "90")]))
    days, levels = daily(outcome.register.balances, outcome.register.today)
    assert levels["expired"][days.index(date(2026, 1, 21))] == 100
    assert date(2026, 1, 20) not in days


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_same_register_is_drawn_to_the_same_bytes(example, tmp_path, language):
    first = save(balance_chart(example, language), tmp_path / "a")
    second = save(balance_chart(example, language), tmp_path / "b")
    assert [p.suffix for p in first] == [".png", ".svg", ".pdf", ".txt"]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


def test_the_title_says_what_the_register_is_and_where_it_stopped(example):
    axes = plt.figure().add_subplot()
    draw_balance(axes, example)
    assert "Illustrative" in axes.get_title(loc="left")
    stopped = settle(base(applications=[application("A1", "500")]))
    axes.clear()
    draw_balance(axes, stopped)
    assert "stopped at applications.csv, row 2" in axes.get_title(loc="left")
    plt.close("all")


def test_an_empty_register_can_be_drawn():
    axes = plt.figure().add_subplot()
    draw_balance(axes, settle(base(lots=[])))
    assert "no lot" in axes.texts[0].get_text()
    plt.close("all")
