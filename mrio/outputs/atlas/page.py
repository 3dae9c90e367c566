"""The file itself: template, style, scripts and data put together."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import xarray as xr
from plotly.offline import get_plotlyjs

from mrio.outputs.atlas.page_data import payload
from mrio.words.atlas_words import ATLAS

HERE = Path(__file__).parent
SCRIPTS = ("model.js", "tables.js", "province.js", "charts.js", "page.js")


def build_page(
    accounts: xr.Dataset,
    tables: Mapping[str, pd.DataFrame],
    schemes: xr.Dataset | None = None,
    *,
    carbon_price: float,
    curve: Mapping,
    language: str = "en",
) -> str:
    """Return the atlas of a year: one HTML document that asks for nothing from anywhere.

    Parameters
    ----------
    accounts : Dataset
        Flows and accounts of every definition and resolution, Mt.
    tables : mapping
        File stem -> table as :mod:`mrio.outputs.tables` makes it.
    schemes : Dataset, optional
        Responsibility under every scheme, by (resolution, definition).
    carbon_price, curve
        Yuan per tonne and growth curve (``preset``, ``a``, ``b``, ``G``) of Table 3: where the sliders stand.
    language : {"en", "zh"}
        Language the page opens in; a reader can switch.
    """
    data = payload(accounts, tables, schemes, carbon_price, curve)
    filled = {
        "language": "zh-CN" if language == "zh" else "en",
        "title": html.escape(ATLAS.say("title", language, year=data["year"])),
        "style": template("page.css"),
        "data": _inside_script(json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))),
        "script": _inside_script("\n".join(template(name) for name in SCRIPTS)),
        "plotly": _inside_script(get_plotlyjs()),
    }
    page = _with_words(template("page.html"), language, data["year"])
    return re.sub(r"\{\{(\w+)\}\}", lambda match: filled[match.group(1)], page)


def template(name: str) -> str:
    """Return the text of a template file of the page."""
    return (HERE / name).read_text(encoding="utf-8")


def _with_words(page: str, language: str, year: int) -> str:
    """Return the page with the words of every ``data-t="key"`` element in a language: read before any script runs."""

    def filled(match: re.Match) -> str:
        words = ATLAS.say(match.group(2), language)
        return match.group(1) + html.escape(re.sub(r"\{\w+\}", "", words.replace("{year}", str(year))))

    return re.sub(r'(<[^<>]*\bdata-t="(\w+)"[^<>]*>)(?=</)', filled, page)


def _inside_script(text: str) -> str:
    """Return text that cannot end the script element it stands in, whatever labels it holds.

    These three sequences only occur inside strings, where the escape means the same.
    """
    return re.sub(r"<(?=/script|script|!--)", r"\\u003c", text, flags=re.IGNORECASE)
