"""Text that others wrote, made harmless where it is printed: spreadsheets, LaTeX, Markdown.

Labels come from users' files.  A cell that begins with ``=``, ``+``, ``-`` or ``@`` is a formula to a spreadsheet, and
``_``, ``|`` or ``&`` are commands elsewhere.  HTML is left to :func:`html.escape`.
"""

from __future__ import annotations

import unicodedata

#: First characters a spreadsheet takes for a formula, also full-width, or behind a tab or a line end.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
GUARD = "'"

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': "''", "−": "$-$", "–": "--", "≥": r"$\ge$", "≤": r"$\le$", "ρ": r"$\rho$",
    "α": r"$\alpha$", "×": r"$\times$", "→": r"$\to$",
}  # fmt: skip
_LATEX |= {raised: f"$^{digit}$" for digit, raised in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_LATEX |= {lowered: f"$_{digit}$" for digit, lowered in enumerate("₀₁₂₃₄₅₆₇₈₉")}
_MARKDOWN = {mark: f"\\{mark}" for mark in "\\`*_{}[]|#~$"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def guard(text: str) -> str:
    """Return a CSV cell that no spreadsheet takes for a formula: an apostrophe goes before what looks like one.

    :func:`unguard` takes it away again, whatever the text.
    """
    return GUARD + text if text.lstrip(GUARD).startswith(FORMULA) else text


def unguard(text: str) -> str:
    """Return the text that :func:`guard` was given."""
    return text[1:] if text.startswith(GUARD) and text.lstrip(GUARD).startswith(FORMULA) else text


def latex(text: str) -> str:
    """Return the text as LaTeX prints it: no character is a command, raised and lowered digits are mathematics."""
    return "".join(_LATEX.get(ch, ch) for ch in _one_line(text))


def markdown(text: str) -> str:
    """Return the text as Markdown shows it in a table cell: no character is markup, one line."""
    return "".join(_MARKDOWN.get(ch, ch) for ch in _one_line(text))


def _one_line(text: str) -> str:
    """Return the text with a space for every line end, tab and control character."""
    return "".join(" " if unicodedata.category(ch) in ("Cc", "Zl", "Zp") else ch for ch in text)
