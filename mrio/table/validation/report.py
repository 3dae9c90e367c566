"""Report: what the gate found, as a table, a sentence or plain values."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pandas as pd

from mrio.errors import BalanceError

#: Checks whose figure is worth a line even where they passed.
HEADLINES = ("row balance", "column balance", "spectral radius", "residual share")
LEVELS = ("error", "warning", "info")
CHECK_COLUMNS = ("check", "level", "passed", "value", "limit", "worst", "message")
CELL_COLUMNS = ("check", "region", "sector", "gap", "output", "relative")


@dataclass(frozen=True)
class Check:
    """One line of the report; `worst` names the worst cell."""

    check: str
    level: str
    passed: bool
    value: float
    limit: float
    worst: str
    message: str


@dataclass(frozen=True)
class Report:
    """What :func:`mrio.table.validation.gate.validate` found.

    Attributes
    ----------
    checks : DataFrame
        Columns check, level (error, warning, info), passed, value, limit, worst, message; one row per check.
    cells : DataFrame
        Columns check, region, sector, gap (unit of the table), output, relative; the worst cells of the identities.
    about : dict
        Year, unit, size and excluded regions of the table.
    """

    checks: pd.DataFrame
    cells: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(CELL_COLUMNS)))
    about: dict = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether no check of level ``error`` failed."""
        return not len(self.failed("error"))

    def failed(self, level: str) -> pd.DataFrame:
        """Return the failed checks of a level."""
        return self.checks[(self.checks["level"] == level) & ~self.checks["passed"]]

    def raise_for_errors(self, place: object = "") -> Report:
        """Return the report itself if nothing of level ``error`` failed; `place` (a file) opens the sentence.

        Raises
        ------
        BalanceError
            One sentence: the first failed check, its worst cell, size and limit, and which others failed.
        """
        failed = self.failed("error")
        if len(failed):
            others = ", ".join(failed["check"].iloc[1:])
            more = f"; {others} failed too ('mrio check' prints every check)" if others else ""
            opening = f"{place}: " if place else ""
            raise BalanceError(f"{opening}{failed.iloc[0]['message']}{more}.")
        return self

    def notes(self) -> list[str]:
        """Return the failed warnings as sentences, for the notes of the final tables."""
        return self.failed("warning")["message"].tolist()

    def as_dict(self) -> dict:
        """Return the report as plain values, for JSON."""
        return {
            "ok": self.ok,
            "table": self.about,
            "checks": json.loads(self.checks.to_json(orient="records", force_ascii=False, double_precision=15)),
            "worst_cells": json.loads(self.cells.to_json(orient="records", force_ascii=False, double_precision=15)),
        }

    def as_text(self, passed: bool = False) -> str:
        """Return the report as lines a person can act on: errors, warnings, then figures worth knowing."""
        size = "{regions} regions x {sectors} sectors, {year}, {unit}".format(**self.about) if self.about else "table"
        lines = [f"{'passed' if self.ok else 'REFUSED'}: {size}"]
        for level in LEVELS:
            for row in self.failed(level).itertuples():
                lines.append(f"  {level}: {row.message}")
        chosen = (self.checks["level"] == "info") | self.checks["check"].isin(HEADLINES) | passed
        lines += [f"  {row.message}" for row in self.checks[chosen & self.checks["passed"]].itertuples()]
        count = int(self.checks["passed"].sum())
        return "\n".join([*lines, f"  {count} of {len(self.checks)} checks passed"])


def counted(count: int, noun: str) -> str:
    """Return a count with its noun: 1 negative cell, 12 negative cells, no negative cell."""
    return f"{count or 'no'} {noun}{'s' if count > 1 else ''}"
