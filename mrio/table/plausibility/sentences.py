"""Checks as sentences that name their file, and as a report; nothing here knows a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

import pandas as pd

from mrio.table.validation.report import CHECK_COLUMNS, Check, Report


def located(checks: Sequence[Check], file: object, accepted_in: str = "the configuration") -> list[Check]:
    """Return the checks, the sentences of those that failed opening with the file, and saying how to accept them."""
    return [check if check.passed else replace(check, message=_sentence(check, file, accepted_in)) for check in checks]


def report_of(checks: Sequence[Check]) -> Report:
    """Return the checks as a report of their own."""
    return Report(pd.DataFrame([asdict(check) for check in checks], columns=list(CHECK_COLUMNS)))


def with_checks(report: Report, checks: Sequence[Check]) -> Report:
    """Return a report with further checks, in the place of those of the same name that it has."""
    replaced = report.checks["check"].isin([check.check for check in checks])
    frames = [report.checks[~replaced], report_of(checks).checks]
    return replace(report, checks=pd.concat(frames, ignore_index=True)) if checks else report


def _sentence(check: Check, file: object, accepted_in: str) -> str:
    place = f"{file}: " if file else ""
    right = f"; if it is right, write under 'plausible' in {accepted_in} '{check.check}: <why>'"
    return f"{place}{check.message}{right if check.level == 'error' else ''}"
