"""The file itself: template, style, scripts and data put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from mrio.outputs.atlas.page_data import Results, payload
from mrio.outputs.html_pages import rendered
from mrio.words.door import LANGUAGES

HERE = Path(__file__).parent
SCRIPTS = (
    "model.js", "money.js", "address.js", "svg.js", "tables.js", "province.js", "map.js", "charts.js", "matrix.js",
    "payments.js", "page.js",
)  # fmt: skip


def build_page(results: Sequence[Results], *, language: str = "en") -> str:
    """Return the atlas of one year or several: one HTML document that asks for nothing from anywhere.

    Parameters
    ----------
    results : sequence of Results
        One per year; the page opens with the last, and can show the change between two.
    language : {"en", "zh"}
        Language the page opens in; a reader can switch.
    """
    years = {made.year: payload(made) for made in results}
    last, at = max(years), LANGUAGES.index(language)
    data = {"years": sorted(years), "results": {str(year): years[year] for year in sorted(years)}}

    def say(key: str) -> str:
        """Return a word of the page as it is read before any script ran: the year filled in, other blanks left out."""
        return re.sub(r"\{\w+\}", "", years[last]["words"][key][at].replace("{year}", str(last)))

    return rendered(
        "atlas/page.html",
        language="zh-CN" if language == "zh" else "en",
        say=say,
        data=data,
        style=Markup(template("page.css")),
        script=_script("\n".join(template(name) for name in SCRIPTS)),
        d3=_script(template("d3/d3.min.js")),
    )


def template(name: str) -> str:
    """Return the text of a template file of the page."""
    return (HERE / name).read_text(encoding="utf-8")


def _script(text: str) -> Markup:
    """Return a script of the page's own that cannot end the element it stands in.

    These three sequences only occur inside strings, where the escape means the same.
    """
    return Markup(re.sub(r"<(?=/script|script|!--)", r"\\u003c", text, flags=re.IGNORECASE))
