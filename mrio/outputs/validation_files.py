"""The validation report as files: its checks and worst cells as CSV, and a page a person can read."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

import pandas as pd

from mrio.outputs.html_pages import rendered
from mrio.saving import beginning_of_names, whole_file, write_text_file
from mrio.table.validation.report import LEVELS, Report


def write_report(report: Report, stem: str | PathLike[str]) -> list[Path]:
    """Write ``<stem>.csv`` (the checks), ``<stem>_cells.csv`` (the worst cells) and ``<stem>.html``."""
    stem = beginning_of_names(stem)
    paths = [stem.with_name(f"{stem.name}{end}") for end in (".csv", "_cells.csv", ".html")]
    for path, frame in zip(paths, (report.checks, report.cells), strict=False):
        with whole_file(path) as beside:
            frame.to_csv(beside, index=False, lineterminator="\n")
    write_text_file(paths[2], validation_page(report))
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
