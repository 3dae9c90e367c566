"""What the brief says, every number computed: five findings, and what is not known."""

from __future__ import annotations

import numpy as np
import xarray as xr

from mrio.analysis.verdicts import PAYS, RECEIVES, UNCERTAIN, verdict
from mrio.labels import province_name
from mrio.outputs.columns import INTERVAL
from mrio.outputs.printed_numbers import interval, number
from mrio.outputs.two_funds import fund_of, fund_sentence
from mrio.words.brief_words import BRIEF
from mrio.words.money_words import MONEY


def findings(accounts: xr.Dataset, money: xr.Dataset | None, variant: tuple[str, str], language: str) -> list[str]:
    """Return five findings as sentences, with the 90% intervals of their numbers where those are known.

    Parameters
    ----------
    accounts : Dataset
        By (resolution, definition, region), Mt.
    money : Dataset, optional
        Of the compensation, likewise; without it the fifth finding is the largest flow.
    variant : (str, str)
        Definition and resolution the numbers are of.
    """
    result = accounts.sel(definition=variant[0], resolution=variant[1])
    last = _largest_flow(result, language) if money is None else _paid(money, variant, language)
    return [_shares(accounts, result, language), _extreme(result, 1, language), _extreme(result, -1, language),
            _signs(accounts, result, language), last]  # fmt: skip


def unknown(accounts: xr.Dataset, variant: tuple[str, str], estimated: bool, paid: bool, language: str) -> list[str]:
    """Return what is not known, with the numbers that say how much hangs on it."""
    result = accounts.sel(definition=variant[0], resolution=variant[1])
    nets = accounts["net_transfer"]
    low, high = (getattr(nets, end)(("definition", "resolution")) for end in ("min", "max"))
    widest = int(np.argmax((high - low).values))
    name = province_name(str(nets["region"].values[widest]), language)
    share = 100 * abs(result["residual"]).sum() / result["production"].sum()
    said = [
        BRIEF.say("estimated" if estimated else "given", language),
        BRIEF.say("spread", language, name=name, least=number(float(low[widest]), 1, plus=True),
                  most=number(float(high[widest]), 1, plus=True)),
        BRIEF.say("residual", language, share=number(float(share), 2)),
        BRIEF.say("abroad", language),
    ]  # fmt: skip
    return [*said, BRIEF.say("price", language)] if paid else said


def with_interval(data: xr.Dataset, variable: str, at: dict[str, str], plus: bool = False) -> str:
    """Return a number with its 90% interval, or alone where none is known; `plus`: with its sign, else its size."""
    chosen = data.sel(at)
    value = float(chosen[variable])
    said = number(value, 1, plus=True) if plus else number(abs(value), 1)
    names = [f"{variable}{end}" for end in INTERVAL]
    if not all(name in chosen and np.isfinite(float(chosen[name])) for name in names):
        return said
    low, high = (float(chosen[name]) for name in names)
    # without its sign, what is paid is told as an amount: its ends change places
    ends = (low, high) if plus or value > 0 else (-high, -low)
    return f"{said} {interval(*ends, 1)}"


def _shares(accounts: xr.Dataset, result: xr.Dataset, language: str) -> str:
    total = float(result["production"].sum())
    parts = {name: number(100 * float(result[of].sum()) / total, 1)
             for name, of in (("home", "home"), ("others", "outflow"), ("exports", "exports"))}  # fmt: skip
    # what is passed on stands in flows of gross trade a second time: they are no shares of production
    known = accounts.sel(definition=[one for one in accounts["definition"].values if one != "gross"])
    shares = 100 * known["outflow"].sum("region") / known["production"].sum("region")
    least, most = (number(float(end), 1) for end in (shares.min(), shares.max()))
    return BRIEF.say("shares", language, production=number(total, 0), least=least, most=most, **parts)


def _extreme(result: xr.Dataset, sign: int, language: str) -> str:
    """Return who shifts (+1) or carries (-1) most, who comes next, and how many do."""
    net = (result["net_transfer"] * sign).to_series().sort_values(ascending=False, kind="stable")
    first, count = str(net.index[0]), int((net > 0).sum())
    next_ones = [province_name(str(name), language) for name in net.index[1:3] if net[name] > 0]
    names = BRIEF.say("enumeration", language).join(next_ones)
    return BRIEF.say(
        "payers" if sign > 0 else "receivers",
        language,
        first=province_name(first, language),
        amount=with_interval(result, "net_transfer", {"region": first}, plus=True),
        before=BRIEF.say("before", language, names=names) if next_ones else "",
        count=count,
        sure=_sure(result, sign, language),
    )


def _sure(result: xr.Dataset, sign: int, language: str) -> str:
    """Return of how many provinces it is certain that they pay (+1) or receive (-1); nothing where it is not known."""
    if "net_transfer_p_pays" not in result:
        return ""
    wanted = PAYS if sign > 0 else RECEIVES
    chances = result["net_transfer_p_pays"].values
    return BRIEF.say("sure", language, count=sum(verdict(chance) == wanted for chance in chances))


def _signs(accounts: xr.Dataset, result: xr.Dataset, language: str) -> str:
    nets = accounts["net_transfer"]
    changed = (np.sign(nets) != np.sign(result["net_transfer"])).any(("definition", "resolution"))
    told = {"flips": int(changed.sum()), "variants": nets.sizes["definition"] * nets.sizes["resolution"]}
    chances = result["net_transfer_p_pays"].to_series() if "net_transfer_p_pays" in result else None
    unclear = [] if chances is None else list(chances[[verdict(chance) == UNCERTAIN for chance in chances]].index)
    if not unclear:
        return BRIEF.say("only_flips" if chances is None else "certain", language, **told)
    names = BRIEF.say("enumeration", language).join(province_name(name, language) for name in unclear)
    return BRIEF.say("uncertain", language, count=len(unclear), names=names, **told)


def _paid(money: xr.Dataset, variant: tuple[str, str], language: str) -> str:
    definition = variant[0] if variant[0] in money["definition"].values else str(money["definition"].values[0])
    chosen = money.sel(definition=definition, resolution=variant[1])
    fund = fund_of(chosen)
    payer, receiver = str(fund.amount.idxmin()), str(fund.amount.idxmax())
    return BRIEF.say(
        "money",
        language,
        price=float(money.attrs["price"]),
        money=MONEY.names(fund.currency),
        payer=province_name(payer, language),
        paid=with_interval(chosen, "amount", {"region": payer}),
        receiver=province_name(receiver, language),
        received=with_interval(chosen, "amount", {"region": receiver}),
        sentence=fund_sentence(fund, language),
    )


def _largest_flow(result: xr.Dataset, language: str) -> str:
    flows = result["flows"].where(result["region"] != result["to_region"]).to_series()
    origin, destination = flows.idxmax()
    at = {"region": origin, "to_region": destination}
    return BRIEF.say(
        "flow",
        language,
        origin=province_name(origin, language),
        destination=province_name(destination, language),
        amount=with_interval(result, "flows", at),
    )
