"""The brief: five findings whose numbers are those of the results, with intervals, and what is not known."""

import re

import pytest
from atlas_study import study

from mrio.errors import InputError
from mrio.outputs.brief_findings import findings, unknown
from mrio.outputs.brief_page import brief_html, pictures_of

VARIANT = ("eebt", "six")


@pytest.fixture(scope="module")
def made():
    made = study()
    net, amount = made.accounts["net_transfer"], made.money["amount"]
    accounts = made.accounts.assign(
        net_transfer_p05=net - 20,
        net_transfer_p95=net + 30,
        net_transfer_p_pays=(net > 30) * 1.0 + (abs(net) <= 30) * 0.5,
    )
    return accounts, made.money.assign(amount_p05=amount - 5, amount_p95=amount + 7).assign_attrs(made.money.attrs)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_five_findings_tell_the_numbers_of_the_results(made, language):
    accounts, money = made
    said = findings(accounts, money, VARIANT, language)
    assert len(said) == 5 and not any(re.search(r"{|\bnan\b", text) for text in said)
    result = accounts.sel(definition="eebt", resolution="six")
    net = result["net_transfer"].to_series()
    home = 100 * float(result["home"].sum() / result["production"].sum())
    assert f"{home:.1f}%" in said[0]
    assert f"+{net.max():,.1f} [{net.max() - 20:,.1f}, {net.max() + 30:,.1f}]" in said[1]
    assert f"−{-net.min():,.1f} [−{20 - net.min():,.1f}, −{-30 - net.min():,.1f}]" in said[2]
    assert str(int((net > 0).sum())) in said[1] and str(int((net > 30).sum())) in said[1]
    assert str(int((abs(net) <= 30).sum())) in said[3]
    amount = money["amount"].sel(definition="eebt", resolution="six").to_series()
    # what is paid is told as an amount
    assert f"{-amount.min():,.1f} [{-amount.min() - 7:,.1f}, {-amount.min() + 5:,.1f}]" in said[4]
    assert f"{float(money['fund'].sel(definition='eebt', resolution='six')):,.1f}" in said[4]


def test_without_intervals_or_money_it_says_what_there_is(made):
    plain = study().accounts
    said = findings(plain, None, VARIANT, "en")
    assert len(said) == 5 and "[" not in "".join(said)
    flows = plain["flows"].sel(definition="eebt", resolution="six").to_series()
    away = flows[[a != b for a, b in flows.index]]
    assert f"{away.max():,.1f} Mt" in said[4] and "The largest flow" in said[4]


def test_what_is_not_known_comes_with_the_numbers_that_hang_on_it(made):
    accounts, _ = made
    told = unknown(accounts, VARIANT, True, True, "en")
    nets = accounts["net_transfer"].sel(resolution="six").to_series().unstack("definition")
    widest = (nets.max(axis=1) - nets.min(axis=1)).idxmax()
    assert any(f"{widest}'s net transfer is" in text for text in told)
    assert "estimate" in told[0] and "estimate" not in unknown(accounts, VARIANT, False, False, "en")[0]


@pytest.mark.parametrize(("language", "suffix"), [("en", ""), ("zh", "_zh")])
def test_the_page_asks_for_nothing_and_its_figures_say_what_they_show(made, tmp_path, language, suffix):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}{suffix}.svg").write_text("<svg/>", encoding="utf-8")
        (tmp_path / f"{name}{suffix}.caption.txt").write_text(f"Shows <{name}>.\n", encoding="utf-8")
    (tmp_path / "printed.pdf").write_bytes(b"%PDF")
    (tmp_path / "printed.caption.txt").write_text("Shows what no browser does.", encoding="utf-8")
    pictures = pictures_of([tmp_path / name for name in (*(f"{one}{suffix}" for one in "abc"), "printed")])
    with pytest.raises(InputError, match="missing: found no such figure, expected a figure of the brief"):
        pictures_of([tmp_path / "missing"])
    page = brief_html(*made, pictures, True, language)
    assert page.count("<img ") == 3 and page.count('alt="Shows &lt;') == 3
    assert not re.search(r'(src|href)="(?!data:)', page) and "<script" not in page
    assert page.count("<li>") == 10
    without = brief_html(study().accounts, None, [], False, language)
    assert "<img" not in without and "<figure>" not in without
