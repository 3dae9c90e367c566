"""The page of evidence: what each piece says, how far the estimate is from it, and where they disagree most."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from mrio import labels
from mrio.outputs.html_pages import rendered
from mrio.words.evidence_words import ACCOUNTS, EVIDENCE, HEADS, NAMES

#: Observations listed as the furthest from the estimate.
FURTHEST = 60
#: Figures shown, by file name.
FIGURES = ("evidence_electricity", "evidence_local_shares", "evidence_corrections")


def pieces_summary(observed: pd.DataFrame) -> pd.DataFrame:
    """Return, per piece of evidence and account, the number of observations and how far the estimate is from them."""
    gap = observed["gap"].abs()
    grouped = observed.assign(square=gap**2, one=gap <= 1, two=gap <= 2).groupby(["evidence", "account"], sort=False)
    made = grouped.agg(
        observations=("gap", "size"), rms=("square", "mean"), within_1=("one", "mean"), within_2=("two", "mean"),
        source=("source", "first"),
    )  # fmt: skip
    return made.assign(rms=np.sqrt(made["rms"])).reset_index()


def evidence_html(
    observed: pd.DataFrame, year: int, scheme: str, language: str = "en", figures: str | None = None
) -> str:
    """Return the page, without scripts; figures are linked beside it.

    Parameters
    ----------
    observed : DataFrame
        Of :func:`mrio.formats.inputs.evidence_files.read_observed`.
    year : int
    scheme : str
        Sector scheme of the table.
    language : str
    figures : str, optional
        Folder of the figures as the page sees it; from the default study's page where it is not given.
    """
    furthest = observed.sort_values("gap", key=np.abs, ascending=False, kind="stable").head(FURTHEST)
    suffix = "_zh" if language == "zh" else ""
    return rendered(
        "evidence.html",
        language=language,
        title=EVIDENCE.say("page_title", language, year=year),
        say=lambda key: EVIDENCE.say(key, language),
        head=lambda key: HEADS.say(key, language),
        pieces=[_piece(row, language) for row in pieces_summary(observed).itertuples()],
        furthest=[_observation(row, scheme, language) for row in furthest.itertuples()],
        figures={name: f"{figures or f'../../figures/{year}'}/{name}{suffix}.svg" for name in FIGURES},
    )


def _piece(row: Any, language: str) -> dict[str, str]:
    return {
        "evidence": NAMES.name(row.evidence, language),
        "account": ACCOUNTS.name(row.account, language),
        "observations": f"{row.observations:,}",
        "rms": f"{row.rms:.2f}",
        "within_1": f"{row.within_1:.0%}",
        "within_2": f"{row.within_2:.0%}",
        "source": row.source,
    }


def _observation(row: Any, scheme: str, language: str) -> dict[str, str]:
    return {
        "evidence": NAMES.name(row.evidence, language),
        "account": ACCOUNTS.name(row.account, language),
        "province": labels.province_name(row.region, language),
        "sector": _sector(row.sector, scheme, language),
        "value": f"{row.value:,.0f}",
        "error": f"{row.error:,.0f}",
        "estimate": f"{row.estimate:,.0f}",
        "gap": f"{row.gap:+.1f}",
    }


def _sector(code: str, scheme: str, language: str) -> str:
    known = labels.sectors(scheme).index if scheme else ()
    return f"{code} {labels.sector_name(code, scheme, language)}" if code in known else code
