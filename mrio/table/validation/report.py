"""Report: what the gate found, as a table, a sentence, CSV, JSON or a page a person can read."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path

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

    def raise_for_errors(self) -> Report:
        """Return the report itself if nothing of level ``error`` failed.

        Raises
        ------
        BalanceError
            One sentence: the first failed check, its worst cell, size and limit, and how many others failed.
        """
        failed = self.failed("error")
        if len(failed):
            others = len(failed) - 1
            more = f"; {others} other check{'s' * (others > 1)} failed too, see the validation report" if others else ""
            raise BalanceError(f"{failed.iloc[0]['message']}{more}.")
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

    def write(self, stem: str | PathLike[str]) -> list[Path]:
        """Write ``<stem>.csv`` (the checks), ``<stem>_cells.csv`` (the worst cells) and ``<stem>.html``."""
        stem = Path(stem)
        stem.parent.mkdir(parents=True, exist_ok=True)
        paths = [stem.with_name(f"{stem.name}{end}") for end in (".csv", "_cells.csv", ".html")]
        self.checks.to_csv(paths[0], index=False, lineterminator="\n")
        self.cells.to_csv(paths[1], index=False, lineterminator="\n")
        paths[2].write_text(self.as_html(), encoding="utf-8")
        return paths

    def as_html(self) -> str:
        """Return the report as one page without scripts: verdict, checks by level, worst cells."""
        about = ", ".join(f"{key} {value}" for key, value in self.about.items() if value)
        order = pd.Categorical(self.checks["level"], LEVELS, ordered=True)
        rows = self.checks.assign(_order=order).sort_values(["passed", "_order"], kind="stable")
        body = "".join(
            f'<tr class="{"passed" if row.passed else row.level}"><td>{"passed" if row.passed else row.level}</td>'
            f"<td>{html.escape(row.check)}</td><td>{row.value:.4g}</td><td>{row.limit:.4g}</td>"
            f"<td>{html.escape(row.message)}</td></tr>"
            for row in rows.itertuples()
        )
        cells = "".join(
            f"<tr><td>{html.escape(row.check)}</td><td>{html.escape(row.region)}</td><td>{html.escape(row.sector)}</td>"
            f"<td>{row.gap:,.4g}</td><td>{row.output:,.6g}</td><td>{row.relative:.2e}</td></tr>"
            for row in self.cells.itertuples()
        )
        verdict = "The table passed" if self.ok else "The table is refused"
        return _PAGE.format(verdict=verdict, about=html.escape(about), checks=body, cells=cells)


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{verdict}</title><style>
body {{ font: 15px/1.4 system-ui, sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; color: #222; }}
table {{ border-collapse: collapse; width: 100%; margin: 1em 0; }}
th, td {{ text-align: left; padding: .3em .6em; border-bottom: 1px solid #ddd; vertical-align: top; }}
.error td:first-child {{ background: #b00020; color: #fff; }}
.warning td:first-child {{ background: #ffd54f; }}
.info td:first-child {{ background: #cfe3f6; }}
.passed td:first-child {{ color: #1b7f3b; }}
</style></head><body>
<h1>{verdict}</h1><p>{about}</p>
<table><thead><tr><th>Result</th><th>Check</th><th>Value</th><th>Limit</th><th>What it says</th></tr></thead>
<tbody>{checks}</tbody></table>
<h2>Worst cells of the identities</h2>
<table><thead><tr><th>Identity</th><th>Region</th><th>Sector</th><th>Gap</th><th>Output</th><th>Relative</th></tr></thead>
<tbody>{cells}</tbody></table>
</body></html>
"""
