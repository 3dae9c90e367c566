"""The brief: two pages a minister reads, with findings, figures and what is not known; it asks for no other file."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xarray as xr

from mrio.errors import InputError
from mrio.outputs.brief_findings import findings, unknown
from mrio.outputs.html_pages import rendered
from mrio.words.brief_words import BRIEF
from mrio.words.variant_words import variant_name

#: Kinds of files a browser shows, the one that looks alike everywhere first.
SHOWN = {".png": "image/png", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Picture:
    """A figure within the page: its data, and what it shows."""

    source: str
    alt: str


def brief_html(
    accounts: xr.Dataset, money: xr.Dataset | None, pictures: Sequence[Picture], estimated: bool, language: str
) -> str:
    """Return the page, of the first definition at the first resolution.

    Parameters
    ----------
    accounts, money : Dataset
        As :func:`mrio.outputs.brief_findings.findings` takes them.
    pictures : sequence of Picture
        Of :func:`pictures_of`; none where no figure is at hand.
    estimated : bool
        Whether the flows of the table are estimates.
    """
    variant = str(accounts["definition"].values[0]), str(accounts["resolution"].values[0])
    known = "net_transfer_p05" in accounts
    said = variant_name(*variant, language)
    return rendered(
        "brief.html",
        language="zh-CN" if language == "zh" else language,
        title=BRIEF.say("title", language, year=accounts.attrs["year"]),
        lead=BRIEF.say("lead" if known else "lead_plain", language, variant=said),
        say=lambda key: BRIEF.say(key, language),
        findings=findings(accounts, money, variant, language),
        unknown=unknown(accounts, variant, estimated, money is not None, language),
        figures=list(pictures),
    )


def pictures_of(stems: Sequence[Path]) -> list[Picture]:
    """Return the figures of some files without ending, each with its caption.

    Those written only as what no browser shows (PDF) are left out, as the configuration asks for them so.

    Raises
    ------
    InputError
        If a figure is not there at all.
    """
    made = []
    for stem in stems:
        if not stem.with_name(f"{stem.name}.caption.txt").exists():
            raise InputError("no such figure", "a figure of the brief with its caption", "draw it first", file=stem)
        kind = next((kind for kind in SHOWN if stem.with_name(f"{stem.name}{kind}").exists()), None)
        if kind is not None:
            data = base64.b64encode(stem.with_name(f"{stem.name}{kind}").read_bytes()).decode("ascii")
            caption = stem.with_name(f"{stem.name}.caption.txt").read_text(encoding="utf-8").strip()
            made.append(Picture(f"data:{SHOWN[kind]};base64,{data}", caption))
    return made
