"""Why a published value and ours cannot agree, or need not: codes, and which value has which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from mrio.review.comparison.ours import Ours

#: Items that rest on emissions only, and those that rest on neither emissions nor flows.
EMISSIONS_ONLY = ("production", "rank_production", "overlap_production", "order_production", "total_emissions",
                  "process_emissions")  # fmt: skip
NO_FLOWS = ("carbon_price", "gdp_per_capita", "engel", "coefficient", "")
VALUES_ONLY = ("alpha", "outflow_value_added", "outflow_value")
#: Reasons for which no result of any year could stand beside the published value.
WITHOUT_NUMBER = ("qualitative", "not-computed", "needs-two-years")
#: A label is called swapped where its own province misses by more than the first and another fits within the second.
SWAP_MISFIT, SWAP_FIT = 0.02, 0.01
#: Printed values are rounded; a larger relative difference between text and table is a contradiction.
ROUNDING = 0.001


@dataclass(frozen=True)
class Printed:
    """What the study's own text says, gathered once.

    Attributes
    ----------
    values : mapping
        (item, province) -> value.
    price : float
        Yuan per tonne; 100 where the records do not state it.
    swaps : mapping
        (province, preset) -> the province whose printed transfer its printed amount fits instead.
    """

    values: Mapping[tuple[str, str], float]
    price: float
    swaps: Mapping[tuple[str, str], str]


def printed(study: pd.DataFrame, ours: Ours) -> Printed:
    """Return what the study's records say, and which labels look swapped under which preset."""
    plain = study[study["detail"] == ""]
    values = dict(zip(zip(plain["item"], plain["region"], strict=True), plain["published"], strict=True))
    said = Printed(values, values.get(("carbon_price", "all"), 100.0), {})
    presets = ours.provincial["coefficient"]["preset"].values.tolist() if "coefficient" in ours.provincial else []
    found = {(region, preset): _swapped(region, preset, ours, said)
             for item, region in values if item == "compensation" for preset in presets}  # fmt: skip
    return replace(said, swaps={at: other for at, other in found.items() if other})


def reasons(record: Any, at: Mapping[str, str], found: bool, ours: Ours, said: Printed) -> list[str]:
    """Return the codes of one record in one variant.

    Parameters
    ----------
    record : named tuple
        A row of the published frame.
    at : mapping
        Definition, resolution and preset of the computed value.
    found : bool
        Whether there is a computed value.
    said : Printed
        The study's own records, to hold its amounts against its transfers.
    """
    codes = list(filter(None, record.reason.split(";")))
    codes += ["other-year"] if record.year != ours.year and not set(codes) & set(WITHOUT_NUMBER) else []
    if not found:
        return codes or ["not-in-results"]
    codes += ["not-physical"] if excess(record, at, ours, said) else []
    codes += ["label-probably-swapped"] if swapped(record, at, said) else []
    if record.kind == "literature":
        flows = record.item not in ("total_emissions", "process_emissions")
        return codes + (["estimated-flows"] if flows and ours.estimated else [])
    codes += ["print-contradicts-print"] if record.kind == "table" and _contradicts(record, said) else []
    codes += ["other-price"] if record.item == "compensation" and ours.price != said.price else []
    if record.item not in (*NO_FLOWS, *EMISSIONS_ONLY):
        codes += ["table-not-public", *(["estimated-flows"] if ours.estimated else [])]
    if record.item not in (*NO_FLOWS, *VALUES_ONLY, "share"):
        codes.append("other-inventory")
    return codes


def excess(record: Any, at: Mapping[str, str], ours: Ours, said: Printed) -> tuple[float, float] | None:
    """Return (net-in that the record implies, production), Mt, if the first is more than the second.

    A receipt S implies a net-in of S / (p rho), with p in 10^8 yuan per Mt at the study's price.
    """
    if record.region not in ours.regions:
        return None
    implied = 0.0
    if record.item == "net_transfer":
        implied = -record.published
    elif record.item == "compensation":
        implied = record.published / (said.price / 100.0 * _coefficient(record.region, at["preset"], ours))
    production = float(ours.provincial["production"].sel(region=record.region))
    return (implied, production) if implied > production else None


def swapped(record: Any, at: Mapping[str, str], said: Printed) -> str | None:
    """Return the province whose printed transfer this printed amount fits, if its own does not."""
    if record.kind != "study" or record.item != "compensation":
        return None
    return said.swaps.get((record.region, at.get("preset", "")))


def _swapped(region: str, preset: str, ours: Ours, said: Printed) -> str | None:
    """Fit: amount = p |transfer| rho, rho of the preset.

    Candidates are provinces with a printed transfer of the same direction and no printed amount.
    """
    transfers = {r: value for (item, r), value in said.values.items() if item == "net_transfer" and r in ours.regions}
    amount = said.values["compensation", region]
    if region not in transfers:
        return None
    others = [r for r in transfers if ("compensation", r) not in said.values and transfers[r] * amount < 0]
    misfit = {
        r: abs(said.price / 100.0 * abs(transfers[r]) * _coefficient(r, preset, ours) / abs(amount) - 1.0)
        for r in (region, *others)
    }
    best = min(others, key=lambda name: misfit[name], default=None)
    return best if best and misfit[region] > SWAP_MISFIT and misfit[best] < SWAP_FIT else None


def _coefficient(region: str, preset: str, ours: Ours) -> float:
    return float(ours.provincial["coefficient"].sel(region=region, preset=preset))


def _contradicts(record: Any, said: Printed) -> bool:
    text = said.values.get((record.item, record.region))
    return text is not None and abs(record.published / text - 1.0) > ROUNDING
