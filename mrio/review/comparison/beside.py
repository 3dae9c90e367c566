"""Published values beside ours: value, difference, ratio, rank, sign and why they cannot agree.

A table for the reader, never an oracle: no result depends on a published value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pandas as pd
import xarray as xr

from mrio import labels
from mrio.review.comparison.ours import VARIANTS, Ours
from mrio.review.comparison.published_items import Record, computed
from mrio.review.comparison.why import Printed, excess, printed, reasons, swapped
from mrio.words.comparison_words import AMONG, COEFFICIENTS, ITEMS, NOTES
from mrio.words.door import LANGUAGES
from mrio.words.group_words import GROUPS

COLUMNS = ("kind", "id", "source", "place", "year", "item", "what", "what_zh", "region", "region_zh", "detail", "unit",
           "published", "published_text", "published_rank", "definition", "resolution", "preset", "scope", "computed",
           "computed_rank", "difference", "ratio", "same_sign", "reason", "note", "note_zh")  # fmt: skip
TEXTS = ("definition", "resolution", "preset", "scope", "note", "note_zh")
SIGNED = ("net_transfer", "compensation", "direction")


def compare_published(published: pd.DataFrame, ours: Ours) -> pd.DataFrame:
    """Return every published value beside ours: one row per value, definition, resolution and preset.

    Parameters
    ----------
    published : DataFrame
        Records of :mod:`mrio.formats.inputs.published`, any kinds of them together.
    ours : Ours
        From :func:`mrio.review.comparison.ours.our_results`.

    Returns
    -------
    DataFrame
        Columns :data:`COLUMNS`.  ``difference`` = computed - published, ``ratio`` = computed / published; ranks are
        places among provinces of the published sign; ``same_sign`` only where a sign means something; ``reason`` holds
        codes of :data:`mrio.words.comparison_words.REASONS`, separated by ``;``.

    Raises
    ------
    LabelError
        If a record names an item that is not known.
    """
    study = published[published["kind"] == "study"]
    said = printed(study, ours)
    records = pd.concat([published, derived(study, said)], ignore_index=True)
    places = published_ranks(records, ours)
    rows: list[dict] = []
    for record, place in zip(records.itertuples(index=False), places, strict=True):
        rows += _rows(record, place, ours, said)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def derived(study: pd.DataFrame, said: Printed) -> pd.DataFrame:
    """Return records that follow from the study's own: how rankings overlap, and its coefficient.

    An amount over a transfer of the same province is the study's coefficient, whatever its flows were; where the amount
    fits another province's transfer under a preset, that reading is a record too.
    """
    rows = []
    for item in ("production", "consumption"):
        listed = study[study["item"] == f"rank_{item}"].sort_values("published")
        names, count = "|".join(listed["region"]), len(listed)
        if count:
            common = {"place": listed["place"].iloc[0], "detail": names}
            rows.append(common | {"item": f"overlap_{item}", "published": count, "unit": "provinces"})
            rows.append(common | {"item": f"order_{item}", "published": count * (count - 1) / 2, "unit": "pairs"})
    if len(study):
        told = {"region": "net-out", "place": "5", "published": float("nan")}
        rows += [told | {"item": item, "unit": unit} for item, unit in
                 (("payers_eastern", "%"), ("payers_richer", "ratio"))]  # fmt: skip
    for (item, region), amount in said.values.items():
        if item != "compensation":
            continue
        others = dict.fromkeys(other for (name, _), other in said.swaps.items() if name == region)
        pairs = [(region, COEFFICIENTS.say("own", "en"))] if ("net_transfer", region) in said.values else []
        pairs += [(name, COEFFICIENTS.say("other", "en", payer=region, province=name)) for name in others]
        for name, how in pairs:
            rho = abs(amount / said.values["net_transfer", name]) / (said.price / 100.0)
            rows.append({"item": "coefficient", "region": name, "detail": how, "place": "4.2, 4.3", "published": rho,
                         "unit": "ratio"})  # fmt: skip
    if not rows:
        return study.iloc[:0]
    about = study.iloc[0]
    same = dict.fromkeys(study.columns, "") | {"kind": "study", "source": about["source"], "year": about["year"]}
    return pd.DataFrame([same | {"id": f"D{k}"} | row for k, row in enumerate(rows, start=1)])


def published_ranks(records: pd.DataFrame, ours: Ours) -> list[float]:
    """Return the published place of each record among those of its sign, where the print gives one.

    The text calls its three transfers and amounts of each sign the largest; a typed column ranks once it is full.
    """
    places = pd.Series(float("nan"), index=records.index)
    for (kind, item, _), group in records.groupby(["kind", "item", "place"]):
        top = kind == "study" and item in ("net_transfer", "compensation")
        full = kind == "table" and set(ours.regions) <= set(group["region"])
        if top or full:
            values = group["published"]
            places[group.index] = values.abs().groupby(values < 0).rank(ascending=False, method="min")
    return places.tolist()


def _rows(record: Record, place: float, ours: Ours, said: Printed) -> Iterator[dict]:
    """Yield a row for every variant of our value, or one without a value."""
    en, zh = ITEMS.both(record.item) if record.item in ITEMS else ("", "")
    common = {name: getattr(record, name) for name in ("kind", "id", "source", "place", "year", "item", "region",
                                                       "detail", "unit", "published")}  # fmt: skip
    text = "" if pd.notna(record.published) else record.text
    common |= {"what": record.what or en, "what_zh": record.what_zh or zh, "region_zh": _chinese(record.region),
               "published_text": text, "published_rank": place, **dict.fromkeys(TEXTS, "")}  # fmt: skip
    values, ranks = computed(record, ours)
    if values is None:
        yield common | {"reason": ";".join(reasons(record, {}, False, ours, said))}
        return
    dims = [dim for dim in VARIANTS if dim in values.dims]
    for at in product(*(values[dim].values.tolist() for dim in dims)):
        where = dict(zip(dims, at, strict=True))
        value = float(values.sel(where))
        row = common | where | {"computed": value, "difference": value - record.published}
        row["ratio"] = value / record.published if record.published else float("nan")
        row["computed_rank"] = float("nan") if ranks is None or pd.isna(place) else float(_at(ranks, where))
        row["same_sign"] = bool(value * record.published > 0) if record.item in SIGNED else None
        row["reason"] = ";".join(reasons(record, where, True, ours, said))
        yield row | _note(record, where, ours, said)
    yield from _scoped(record, common, ours, said)


def _scoped(record: Record, common: Mapping, ours: Ours, said: Printed) -> Iterator[dict]:
    """Yield a printed net transfer beside ours in every scope, where those are known."""
    if record.item != "net_transfer" or ours.scopes is None or record.region not in ours.regions:
        return
    at = {name: str(ours.scopes[name].item()) for name in ("definition", "resolution")}
    for scope in ours.scopes["scope"].values.tolist():
        value = float(ours.scopes.sel(scope=scope, region=record.region))
        yield (
            dict(common)
            | at
            | {
                "scope": scope,
                "computed": value,
                "difference": value - record.published,
                "ratio": value / record.published if record.published else float("nan"),
                "computed_rank": float("nan"),
                "same_sign": bool(value * record.published > 0),
                "reason": ";".join(reasons(record, {**at, "preset": ""}, True, ours, said)),
            }
        )


def _chinese(region: str) -> str:
    """Return how a province, a group of provinces or those of one sign are written in Chinese."""
    words = next((words for words in (AMONG, GROUPS) if region in words), None)
    return labels.province_name(region, "zh") if words is None else words.say(region, "zh")


def _at(ranks: xr.DataArray, where: Mapping[str, str]) -> xr.DataArray:
    return ranks.sel({dim: at for dim, at in where.items() if dim in ranks.dims})


def _note(record: Record, at: Mapping[str, str], ours: Ours, said: Printed) -> dict[str, str]:
    """Return what a code cannot say: the numbers behind it."""
    over = excess(record, at, ours, said)
    if over:
        implied, production = over
        note, note_zh = NOTES.both("not_physical", implied=implied, production=production)
        return {"note": note, "note_zh": note_zh}
    other = swapped(record, at, said)
    if other:
        names = {language: labels.province_name(other, language) for language in LANGUAGES}
        said_in = {language: NOTES.say("swapped", language, province=name) for language, name in names.items()}
        return {"note": said_in["en"], "note_zh": said_in["zh"]}
    return {}
