"""The file itself: template, style, scripts and data put together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import xarray as xr
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from mrio.outputs.atlas.page_data import payload
from mrio.outputs.html_pages import rendered
from mrio.words.door import LANGUAGES

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
    data, at = payload(accounts, tables, schemes, carbon_price, curve), LANGUAGES.index(language)

    def say(key: str) -> str:
        """Return a word of the page as it is read before any script ran: the year filled in, other blanks left out."""
        return re.sub(r"\{\w+\}", "", data["words"][key][at].replace("{year}", str(data["year"])))

    return rendered(
        "atlas/page.html",
        language="zh-CN" if language == "zh" else "en",
        say=say,
        data=data,
        style=Markup(template("page.css")),
        script=_script("\n".join(template(name) for name in SCRIPTS)),
        plotly=_script(get_plotlyjs()),
    )


def template(name: str) -> str:
    """Return the text of a template file of the page."""
    return (HERE / name).read_text(encoding="utf-8")


def _script(text: str) -> Markup:
    """Return a script of the page's own that cannot end the element it stands in.

    These three sequences only occur inside strings, where the escape means the same.
    """
    return Markup(re.sub(r"<(?=/script|script|!--)", r"\\u003c", text, flags=re.IGNORECASE))
