"""The validation report as files: its checks and worst cells as CSV, and a page a person can read."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

import pandas as pd

from mrio.outputs.html_pages import rendered
from mrio.table.validation.report import LEVELS, Report


def write_report(report: Report, stem: str | PathLike[str]) -> list[Path]:
    """Write ``<stem>.csv`` (the checks), ``<stem>_cells.csv`` (the worst cells) and ``<stem>.html``."""
    stem = Path(stem)
    stem.parent.mkdir(parents=True, exist_ok=True)
    paths = [stem.with_name(f"{stem.name}{end}") for end in (".csv", "_cells.csv", ".html")]
    report.checks.to_csv(paths[0], index=False, lineterminator="\n")
    report.cells.to_csv(paths[1], index=False, lineterminator="\n")
    paths[2].write_text(validation_page(report), encoding="utf-8", newline="\n")
    return paths


def validation_page(report: Report) -> str:
    """Return the report as one page without scripts: verdict, checks by level, worst cells."""
    order = pd.Categorical(report.checks["level"], LEVELS, ordered=True)
    checks = report.checks.assign(_order=order).sort_values(["passed", "_order"], kind="stable")
    return rendered(
        "validation.html",
        verdict="The table passed" if report.ok else "The table is refused",
        about=", ".join(f"{key} {value}" for key, value in report.about.items() if value),
        checks=checks.to_dict("records"),
        cells=report.cells.to_dict("records"),
    )
