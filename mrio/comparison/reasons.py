"""Why a published value and ours cannot agree, or need not: codes, what they mean, and which value has which."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from .ours import Ours

#: Code -> meaning in English and Chinese.
REASONS: Mapping[str, tuple[str, str]] = {
    "not-physical": (
        "The amount or transfer would be a net-in above all that the province's production emits; what it emits for "
        "others is a part of that.",
        "该值意味着净转入量超过本省生产排放总量;为他省承担的排放只能是本省排放的一部分。",
    ),
    "label-probably-swapped": (
        "Under this preset the amount misses its own province's published transfer but fits another's, which has no "
        "printed amount.",
        "在该预设下,印刷额度与所标省份的转移量不符,而与另一未列额度省份的转移量相符。",
    ),
    "table-not-public": (
        "It rests on the study's interprovincial table, which is not public: no run can reproduce it exactly.",
        "该值取决于原文所用的省际投入产出表,该表未公开,无法精确复现。",
    ),
    "estimated-flows": (
        "Our flows between provinces are estimated from official provincial tables.",
        "本软件的省际流量由官方省级表估算得出。",
    ),
    "other-inventory": (
        "The study estimates emissions from provincial energy balances; ours are CEADs inventories.",
        "原文由分省能源平衡表估算排放;本软件采用CEADs清单。",
    ),
    "other-price": ("The configured carbon price is not the study's.", "所配置的碳价与原文不同。"),
    "print-contradicts-print": (
        "The typed cell and the study's text give different values.",
        "录入的表格数值与原文正文数值不一致。",
    ),
    "other-year": ("The published value is of another year.", "所发表数值为其他年份。"),
    "needs-two-years": ("A change over time needs results of two years.", "年际变化需要两个年份的结果。"),
    "grouping-not-stated": (
        "Which provinces the source groups is not stated where it was read; ours are those of data/raw/provinces.csv.",
        "所见来源未说明分组包含哪些省份;本软件按data/raw/provinces.csv分组。",
    ),
    "provinces-exceed-nation": (
        "It is national; inventories of the provinces add up to more than the national one.",
        "该值为全国口径;各省清单之和大于全国清单。",
    ),
    "qualitative": ("A statement without a number.", "定性表述,无数值。"),
    "not-computed": ("Not a quantity this software computes.", "本软件不计算该量。"),
    "not-in-results": ("The results have no such province or figure.", "结果中没有该省份或该数值。"),
}
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


def reasons(record, at: Mapping[str, str], found: bool, ours: Ours, study: pd.DataFrame) -> list[str]:
    """Return the codes of one record in one variant.

    Parameters
    ----------
    record : named tuple
        A row of the published frame.
    at : mapping
        Definition, resolution and preset of the computed value.
    found : bool
        Whether there is a computed value.
    study : DataFrame
        The study's own records, to hold its amounts against its transfers.
    """
    codes = list(filter(None, record.reason.split(";")))
    codes += ["other-year"] if record.year != ours.year and not set(codes) & set(WITHOUT_NUMBER) else []
    if not found:
        return codes or ["not-in-results"]
    codes += ["not-physical"] if excess(record, at, ours) else []
    codes += ["label-probably-swapped"] if swapped(record, at.get("preset", ""), ours, study) else []
    if record.kind == "literature":
        flows = record.item not in ("total_emissions", "process_emissions")
        return codes + (["estimated-flows"] if flows and ours.estimated else [])
    codes += ["print-contradicts-print"] if record.kind == "table" and _contradicts(record, study) else []
    if record.item == "compensation" and ours.price != published_price(study):
        codes.append("other-price")
    if record.item not in (*NO_FLOWS, *EMISSIONS_ONLY):
        codes += ["table-not-public", *(["estimated-flows"] if ours.estimated else [])]
    if record.item not in (*NO_FLOWS, *VALUES_ONLY, "share"):
        codes.append("other-inventory")
    return codes


def published_price(study: pd.DataFrame) -> float:
    """Return the carbon price the study states, yuan per tonne."""
    return float(study.loc[study["item"] == "carbon_price", "published"].iloc[0])


def excess(record, at: Mapping[str, str], ours: Ours, price: float = 100.0) -> tuple[float, float] | None:
    """Return (net-in that the record implies, production), Mt, if the first is more than the second.

    A receipt S implies a net-in of S / (p rho), with p in 10^8 yuan per Mt at `price` yuan per tonne.
    """
    if record.region not in ours.regions:
        return None
    implied = 0.0
    if record.item == "net_transfer":
        implied = -record.published
    elif record.item == "compensation":
        implied = record.published / (price / 100.0 * _coefficient(record.region, at["preset"], ours))
    production = float(ours.provincial["production"].sel(region=record.region))
    return (implied, production) if implied > production else None


def swapped(record, preset: str, ours: Ours, study: pd.DataFrame) -> str | None:
    """Return the province whose published transfer fits this amount, if the printed one's does not.

    Fit: amount = p |transfer| rho, rho of the preset.  Only provinces without a printed amount and with the same
    direction are candidates.
    """
    if record.kind != "study" or record.item != "compensation" or not preset:
        return None
    transfers = study[study["item"] == "net_transfer"].set_index("region")["published"]
    has_amount = set(study.loc[study["item"] == "compensation", "region"])
    if record.region not in transfers.index:
        return None
    own = _misfit(record.published, record.region, transfers, preset, ours, published_price(study))
    others = {
        region: _misfit(record.published, region, transfers, preset, ours, published_price(study))
        for region in transfers.index
        if region not in has_amount and region in ours.regions and transfers[region] * record.published < 0
    }
    best = min(others, key=others.get, default=None)
    return best if best and own > SWAP_MISFIT and others[best] < SWAP_FIT else None


def _misfit(amount: float, region: str, transfers: pd.Series, preset: str, ours: Ours, price: float) -> float:
    predicted = price / 100.0 * abs(transfers[region]) * _coefficient(region, preset, ours)
    return abs(predicted / abs(amount) - 1.0)


def _coefficient(region: str, preset: str, ours: Ours) -> float:
    return float(ours.provincial["coefficient"].sel(region=region, preset=preset))


def _contradicts(record, study: pd.DataFrame) -> bool:
    text = study[(study["item"] == record.item) & (study["region"] == record.region) & (study["detail"] == "")]
    return bool(len(text)) and abs(record.published / text["published"].iloc[0] - 1.0) > ROUNDING
