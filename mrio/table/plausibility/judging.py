"""Figures against evidence -> checks of the report: passed, warned, refused, or accepted with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from mrio.table.plausibility.rules_of_checks import Rule
from mrio.table.validation.report import Check

#: Places named beside the worst.
NAMED = 3
#: Relative difference up to which a figure is its evidence in other digits.
SAME = 1e-3
#: Provinces from which on it says something that all their figures are in one proportion to others.
SEVERAL = 5
#: How much nearer, as logarithms added up, two figures are to the evidence of each other than to their own.
GAIN = 0.3
#: Part of all figures that are the evidence's: from there on they were taken from it, and the rest was not.
TAKEN_FROM = 0.8


def judge(rule: Rule, values: pd.Series, expected: pd.Series, unit: str, *, year: int = 0, apart: int = 0) -> Check:
    """Return the check of figures against evidence of the same labels, by their ratio.

    Parameters
    ----------
    rule : Rule
        With factors.
    values, expected : Series
        Held against each other where both have the label; evidence of zero says nothing.
    unit : str
        Of both.
    year, apart : int
        Year of the evidence, and how many years it is from the figures.
    """
    known = dict(zip(expected.index, expected.to_numpy(float), strict=True))
    held = [(label, value) for label, value in zip(values.index, values.to_numpy(float), strict=True)
            if known.get(label, 0.0) > 0]  # fmt: skip
    if not held:
        return Check(rule.name, "info", True, 1.0, np.nan, "", f"{rule.name}: nothing to hold against {rule.evidence}")
    ratio = np.array([value / known[label] for label, value in held])
    away = _away(ratio, rule.upward)
    farthest = np.argsort(-away, kind="stable")
    worst, value = held[farthest[0]]
    factors = [factor * rule.drift**apart for factor in (rule.warning or np.inf, rule.error or np.inf)]
    level = "error" if away.max() > factors[1] else "warning"
    off, limit, place = float(ratio[farthest[0]]), float(factors[level == "error"]), place_name(worst)
    over = [held[k][0] for k in farthest if away[k] > factors[0]]
    if not over:
        message = f"{rule.name}: {digits(away.max())} times or a part of it at most, {place}"
        return Check(rule.name, "warning", True, off, limit, place, message)
    numbers = {"value": value, "expected": known[worst], "ratio": off}
    shown = {name: digits(float(number)) for name, number in numbers.items()}
    message = rule.message.format(place=place, **shown, unit=unit, year=year, more=_more(over))
    return Check(rule.name, level, False, off, limit, place, message)


def found(rule: Rule, places: Sequence[str]) -> Check:
    """Return the check of a rule without factors: whatever was found fails it."""
    if not places:
        return Check(rule.name, rule.level, True, 0.0, 0.0, "", f"{rule.name}: none")
    message = rule.message.format(place=listed(places))
    return Check(rule.name, rule.level, False, float(len(places)), 0.0, places[0], message)


def departures(rule: Rule, values: pd.Series, known: pd.Series, year: int, least: float = 0.0) -> Check:
    """Return the check of figures that are not those of the source all others were evidently taken from.

    Cells that are zero in both agree about nothing, and are not counted.

    Parameters
    ----------
    rule : Rule
        Without factors.
    values, known : Series
        A label without a known figure is zero there.
    year : int
        Of the source.
    least : float
        Differences up to it are digits.
    """
    expected = known.reindex(values.index, fill_value=0.0)
    counted = (values.abs() > 0) | (expected.abs() > 0)
    values, expected = values[counted], expected[counted]
    apart = (values - expected).abs()
    follows = _same(values, expected) | (apart <= least)
    if not len(values) or follows.mean() < TAKEN_FROM:
        return Check(rule.name, "info", True, 0.0, 0.0, "", f"{rule.name}: another source than {rule.evidence}")
    odd = apart[~follows & apart.notna()].sort_values(ascending=False, kind="stable")
    check = found(rule, [place_name(label) for label in odd.index])
    return check if check.passed else replace(check, message=check.message.replace("YEAR", str(year)))


def taken_from(values: pd.Series, known: pd.Series) -> bool:
    """Return whether nearly all figures are those of a source."""
    return bool(len(values)) and bool(_same(values, known.reindex(values.index)).mean() >= TAKEN_FROM)


def another_year(values: pd.Series, known: Mapping[int, pd.Series], year: int) -> int | None:
    """Return the year, other than the one stated, whose figures by province these nearly all are."""
    same = [of for of, figures in known.items() if taken_from(values, figures.droplevel("year"))]
    return same[0] if same and year not in same else None


def scaled_alike(rule: Rule, name: str, values: pd.Series, known: Mapping[int, pd.Series]) -> list[Check]:
    """Return a check where the figures by province are nearly all one multiple of those of a year; else nothing."""
    for year, figures in known.items():
        ratio = (values / figures.droplevel("year")).dropna()
        ratio = ratio[ratio > 0]
        middle = float(ratio.median()) if len(ratio) >= SEVERAL else 1.0
        alike = float(((ratio / middle - 1).abs() <= SAME).mean()) >= TAKEN_FROM
        if abs(middle - 1) > SAME and alike:
            return [found(rule, [f"{name}: {middle:.4g} times the figures of {year}"])]
    return []


def exchanged(values: pd.Series, expected: pd.Series) -> list[str]:
    """Return the pairs of places of which each has what is expected of the other.

    Those whose distances from the evidence, as logarithms, are :data:`GAIN` less, and a third at most, the other way.
    """
    both = [place for place in values.index if place in expected.index and values[place] > 0 < expected[place]]
    apart = np.abs(np.log(values[both].to_numpy(float)[:, None] / expected[both].to_numpy(float)))
    own = np.add.outer(apart.diagonal(), apart.diagonal())
    other = apart + apart.T
    pairs = np.argwhere(np.triu((own - other > GAIN) & (other < own / 3), 1))
    return [f"{both[a]} and {both[b]}" for a, b in pairs]


def _same(values: pd.Series, expected: pd.Series) -> pd.Series:
    size = pd.concat([values.abs(), expected.abs()], axis="columns").max(axis="columns")
    return (values - expected).abs() <= SAME * size


def accepted_checks(checks: Sequence[Check], reasons: Mapping[str, str]) -> list[Check]:
    """Return the checks, those that failed and are accepted by name as warnings that give the reason."""
    return [
        replace(check, level="warning", message=f"{check.message} (accepted: {reasons[check.check]})")
        if check.check in reasons and not check.passed
        else check
        for check in checks
    ]


def proportional(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the pairs of rows that are the same up to a scale, to nine digits; rows of zeros aside."""
    values = table.to_numpy(float)
    size = np.sqrt((values**2).sum(1))
    names = table.index.to_numpy()[size > 0]
    unit = values[size > 0] / size[size > 0, None]
    same = np.argwhere(np.triu(1 - unit @ unit.T < 1e-9, 1))
    return [(str(names[a]), str(names[b])) for a, b in same]


def cells_of(frame: pd.DataFrame) -> pd.Series:
    """Return the cells of a frame that hold a number, labelled by row and column."""
    return pd.Series(frame.to_numpy().ravel(), pd.MultiIndex.from_product([frame.index, frame.columns])).dropna()


def listed(places: Sequence[str]) -> str:
    """Return the first places, and how many more there are."""
    more = len(places) - NAMED
    return ", ".join(places[:NAMED]) + (f" and {more} more" if more > 0 else "")


def digits(number: float) -> str:
    """Return a number as a sentence shows it: three digits, or whole and with separators from 1000 on."""
    return f"{number:,.0f}" if 999.5 <= abs(number) < 1e12 else f"{number:.3g}"


def place_name(label: object) -> str:
    """Return a label as a sentence shows it: ``Hebei`` or ``Hebei industry``."""
    return " ".join(map(str, label)) if isinstance(label, tuple) else str(label)


def _away(ratio: np.ndarray, upward: bool) -> np.ndarray:
    """Return how far ratios are from 1, as factors of at least 1; zero, and what is no number, is infinitely far."""
    with np.errstate(divide="ignore"):
        inverse = np.where(ratio > 0, 1 / ratio, np.inf)
    away = ratio if upward else np.where(ratio >= 1, ratio, inverse)
    return np.nan_to_num(away, nan=np.inf, posinf=np.inf)


def _more(over: Sequence[object]) -> str:
    return f" (also {listed([place_name(label) for label in over[1:]])})" if len(over) > 1 else ""
