"""Tables 1-3 for print as text: LaTeX three-line tables (booktabs) and Markdown, in English or Chinese."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from mrio.outputs.escape import latex, markdown
from mrio.outputs.printed_pages import (
    Page,
    cell_text,
    heading_groups,
    interval_of,
    short_heading,
    stacked_heading,
    unit_heading,
)
from mrio.words.door import LANGUAGES
from mrio.words.page_words import PRINT
from mrio.words.quantity_words import SHORT


def latex_tables(pages: Iterable[Page], language: str) -> str:
    """Return the pages as LaTeX floats with rules above the head, under it, and under the last row.

    Numbers, labels and notes are escaped; nothing but booktabs is needed (Chinese: ctex).
    """
    return PRINT.say("preamble", language) + "\n".join(_float(page, language) for page in pages)


def markdown_tables(pages: Iterable[Page], language: str) -> str:
    """Return the pages as Markdown tables, each with its title above and its notes below."""
    return "\n".join(_section(page, language) for page in pages)


def markdown_table(heads: list[str], rows: Iterable[Iterable[str]], align: str = "") -> str:
    """Return a Markdown table of texts, escaped; `align` is one letter per column, l or r (default: the first l)."""
    align = align or "l" + "r" * (len(heads) - 1)
    rule = [":--" if letter == "l" else "--:" for letter in align]
    lines = [[markdown(text) for text in heads], rule, *([markdown(text) for text in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _float(page: Page, language: str) -> str:
    k = LANGUAGES.index(language)
    named = [(text[k], width) for text, width in heading_groups(page.columns)]
    titles = ["", *(_span(text, width) for text, width in named)]
    rules = " ".join(f"\\cmidrule(lr){{{a}-{b}}}" for a, b in _spans(named))
    body = [_latex_row(row) for row in _rows(page, language)]
    heads = [SHORT.say("province", language), *(stacked_heading(label, language) for label in page.columns)]
    head = [
        " & ".join(titles) + " \\\\",
        rules,
        " & ".join(map(_stacked, heads)) + " \\\\",
        _latex_row(["", *(unit_heading(label, language) for label in page.columns)]),
    ]
    notes = "\\par ".join(latex(text) for text in _notes(page, language))
    name = "-".join(
        filter(None, (page.stem.split("_")[0], page.letter, page.stressor, page.definition, page.resolution))
    )
    return "\n".join([
        "\\begin{table}[htbp]", "\\centering", f"\\caption{{{latex(page.title[k])}}}",
        f"\\label{{tab:{name}}}", f"\\scriptsize\\setlength{{\\tabcolsep}}{{{_gap(page)}pt}}",
        f"\\begin{{tabular}}{{l*{{{len(page.columns)}}}{{r}}}}", "\\toprule", *filter(None, head), "\\midrule",
        *body[:-1], "\\midrule", body[-1], "\\bottomrule", "\\end{tabular}", "\\par\\smallskip",
        f"\\begin{{minipage}}{{\\linewidth}}\\scriptsize {notes}\\end{{minipage}}", "\\end{table}", "",
    ])  # fmt: skip


def _gap(page: Page) -> int:
    """Return the space on each side of a column, points: the less, the more columns share the width of the page."""
    return max(1, min(3, 11 - len(page.columns)))


def _latex_row(cells: Iterable[str]) -> str:
    return " & ".join(map(latex, cells)) + " \\\\"


def _stacked(text: str) -> str:
    """Return a heading with one word on each line, so that columns stay as narrow as their numbers."""
    words = text.split(" ")
    if len(words) == 1:
        return latex(text)
    inner = r" \\ ".join(latex(word) for word in words)
    return f"\\begin{{tabular}}[b]{{@{{}}r@{{}}}}{inner}\\end{{tabular}}"


def _span(text: str, width: int) -> str:
    return f"\\multicolumn{{{width}}}{{c}}{{{latex(text)}}}" if text else " & ".join([""] * width)


def _section(page: Page, language: str) -> str:
    k = LANGUAGES.index(language)
    heads = [SHORT.say("province", language)]
    for label in page.columns:
        unit = unit_heading(label, language)
        behind = f"{PRINT.say('before_unit', language)}{unit}" if unit else ""
        heads.append(short_heading(label, language) + behind)
    title = f"**{page.number[k]}{PRINT.say('after_number', language)}{markdown(page.title[k])}**"
    table = markdown_table(heads, _rows(page, language))
    return "\n\n".join([title, table.rstrip("\n"), *map(markdown, _notes(page, language))]) + "\n"


def _rows(page: Page, language: str) -> list[list[str]]:
    """Return the province and every cell as printed, row by row."""
    names = page.rows["province_zh" if language == "zh" else "province"]
    cells = [
        [
            f"{cell_text(label, value)} {interval}".strip()
            for value, interval in zip(page.rows[label], interval_of(label, page.rows), strict=True)
        ]
        for label in page.columns
    ]
    return [["" if pd.isna(name) else str(name), *row] for name, row in zip(names, zip(*cells), strict=True)]


def _notes(page: Page, language: str) -> list[str]:
    texts = [note[LANGUAGES.index(language)] for note in page.under]
    return [PRINT.say("note", language) + texts[0], *texts[1:]]


def _spans(named: list[tuple[str, int]]) -> list[tuple[int, int]]:
    """Return first and last column (the province is 1) of every group that has a name."""
    spans, at = [], 2
    for text, width in named:
        spans += [(at, at + width - 1)] if text else []
        at += width
    return spans
