"""The page of evidence: what each piece says, how far the estimate is from it, and where they disagree most."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import pandas as pd

from mrio import labels
from mrio.words.evidence_words import account_name, evidence_heads, evidence_name, evidence_text

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


def observed_page(observed: pd.DataFrame, year: int, scheme: str, language: str = "en") -> str:
    """Return the page, without scripts; figures are linked beside it.

    Parameters
    ----------
    observed : DataFrame
        Of :func:`mrio.formats.inputs.evidence_files.read_observed`.
    year : int
    scheme : str
        Sector scheme of the table.
    language : str
    """
    summary = [
        (evidence_name(row.evidence, language), account_name(row.account, language), f"{row.observations:,}",
         f"{row.rms:.2f}", f"{row.within_1:.0%}", f"{row.within_2:.0%}", row.source)
        for row in pieces_summary(observed).itertuples()
    ]  # fmt: skip
    furthest = observed.sort_values("gap", key=np.abs, ascending=False, kind="stable").head(FURTHEST)
    rows = [
        (evidence_name(row.evidence, language), account_name(row.account, language),
         labels.province_name(row.region, language), _sector(row.sector, scheme, language),
         f"{row.value:,.0f}", f"{row.error:,.0f}", f"{row.estimate:,.0f}", f"{row.gap:+.1f}")
        for row in furthest.itertuples()
    ]  # fmt: skip
    suffix = "_zh" if language == "zh" else ""
    images = "".join(f'<p><img src="../../figures/{year}/{name}{suffix}.svg" alt="{name}"></p>' for name in FIGURES)
    return _PAGE.format(
        language=language, title=evidence_text("page_title", language, year=year),
        lead=evidence_text("page_lead", language), pieces=evidence_text("pieces", language),
        summary=_table(evidence_heads("heads_pieces", language), summary), figures=evidence_text("figures", language),
        images=images, furthest=evidence_text("furthest", language),
        rows=_table(evidence_heads("heads_rows", language), rows),
    )  # fmt: skip


def _sector(code: str, scheme: str, language: str) -> str:
    known = labels.sectors(scheme).index if scheme else ()
    return f"{code} {labels.sector_name(code, scheme, language)}" if code in known else code


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    top = "".join(f"<th>{html.escape(head)}</th>" for head in heads)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 15px/1.45 system-ui, sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; color: #222; }}
table {{ border-collapse: collapse; width: 100%; margin: 1em 0; }}
th, td {{ text-align: left; padding: .3em .6em; border-bottom: 1px solid #ddd; vertical-align: top; }}
img {{ max-width: 100%; }}
</style></head><body>
<h1>{title}</h1><p>{lead}</p>
<h2>{pieces}</h2>{summary}
<h2>{figures}</h2>{images}
<h2>{furthest}</h2>{rows}
</body></html>
"""
