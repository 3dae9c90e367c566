"""Tables 1-3 for print as text: LaTeX three-line tables (booktabs) and Markdown, in English or Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from mrio.outputs.escape import latex, markdown
from mrio.outputs.printed_pages import PROVINCE, Page, cell_text, head_groups

PREAMBLE = {
    "en": "% Needs \\usepackage{booktabs}. Use it by \\input; every table is a float of its own.\n",
    "zh": "% 需要 \\usepackage{booktabs} 与 ctex(XeLaTeX编译)。用 \\input 引入,每个表为独立浮动体。\n",
}
_NOTE = {"en": ("Note. ", ""), "zh": ("注:", "")}


def latex_tables(pages: Iterable[Page], language: str) -> str:
    """Return the pages as LaTeX floats with rules above the head, under it, and under the last row.

    Numbers, labels and notes are escaped; nothing but booktabs is needed (Chinese: ctex).
    """
    return PREAMBLE[language] + "\n".join(_float(page, language) for page in pages)


def markdown_tables(pages: Iterable[Page], language: str) -> str:
    """Return the pages as Markdown tables, each with its title above and its notes below."""
    return "\n".join(_section(page, language) for page in pages)


def markdown_table(heads: list[str], rows: Iterable[Iterable[str]], align: str = "") -> str:
    """Return a Markdown table of texts, escaped; `align` is one letter a column, l or r (default: the first l)."""
    align = align or "l" + "r" * (len(heads) - 1)
    rule = [":--" if letter == "l" else "--:" for letter in align]
    lines = [[markdown(text) for text in heads], rule, *([markdown(text) for text in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _float(page: Page, language: str) -> str:
    k = _at(language)
    count = len(page.heads)
    named = [(text[k], width) for text, width in head_groups(page.heads)]
    titles = ["", *(_span(text, width, latex) for text, width in named)]
    rules = " ".join(f"\\cmidrule(lr){{{a}-{b}}}" for a, b in _spans(named))
    body = [_latex_row(row) for row in _rows(page, language)]
    head = [
        " & ".join(titles) + " \\\\",
        rules,
        _latex_row([PROVINCE[k], *(head.text[k] for head in page.heads)], stacked=True),
        _latex_row(["", *(head.unit[k] for head in page.heads)]),
    ]
    notes = "\\par ".join(latex(text) for text in _notes(page, language))
    return "\n".join([
        "\\begin{table}[htbp]", "\\centering", f"\\caption{{{latex(page.title[k])}}}",
        f"\\label{{tab:{page.stem.split('_')[0]}-{page.method}}}", "\\scriptsize\\setlength{\\tabcolsep}{3pt}",
        f"\\begin{{tabular}}{{l*{{{count}}}{{r}}}}", "\\toprule", *filter(None, head), "\\midrule",
        *body[:-1], "\\midrule", body[-1], "\\bottomrule", "\\end{tabular}", "\\par\\smallskip",
        f"\\begin{{minipage}}{{\\linewidth}}\\scriptsize {notes}\\end{{minipage}}", "\\end{table}", "",
    ])  # fmt: skip


def _latex_row(cells: Iterable[str], stacked: bool = False) -> str:
    return " & ".join(_stacked(cell) if stacked else latex(cell) for cell in cells) + " \\\\"


def _stacked(text: str) -> str:
    """Return a heading with one word a line, so that columns stay as narrow as their numbers."""
    words = text.split(" ")
    if len(words) == 1:
        return latex(text)
    inner = r" \\ ".join(latex(word) for word in words)
    return f"\\begin{{tabular}}[b]{{@{{}}r@{{}}}}{inner}\\end{{tabular}}"


def _span(text: str, width: int, escape: Callable[[str], str]) -> str:
    return f"\\multicolumn{{{width}}}{{c}}{{{escape(text)}}}" if text else " & ".join([""] * width)


def _section(page: Page, language: str) -> str:
    k = _at(language)
    heads = [PROVINCE[k]]
    for head in page.heads:
        group = f"{head.group[k]}{(': ', ':')[k]}" if head.group[k] else ""
        heads.append(f"{group}{head.line(k)}{(' ', '')[k] if head.unit[k] else ''}{head.unit[k]}")
    title = f"**{page.number[k]}{('. ', '  ')[k]}{markdown(page.title[k])}**"
    table = markdown_table(heads, _rows(page, language))
    return "\n\n".join([title, table.rstrip("\n"), *map(markdown, _notes(page, language))]) + "\n"


def _rows(page: Page, language: str) -> list[list[str]]:
    """Return the province and every cell as printed, row by row."""
    names = page.rows["province_zh" if language == "zh" else "province"]
    columns = [page.rows[head.column] for head in page.heads]
    cells = [[cell_text(head, value) for value in column] for head, column in zip(page.heads, columns, strict=True)]
    return [["" if pd.isna(name) else str(name), *row] for name, row in zip(names, zip(*cells), strict=True)]


def _notes(page: Page, language: str) -> list[str]:
    texts = [note[_at(language)] for note in page.notes]
    return [_NOTE[language][0] + texts[0], *texts[1:]]


def _spans(named: list[tuple[str, int]]) -> list[tuple[int, int]]:
    """Return first and last column (the province is 1) of every group that has a name."""
    spans, at = [], 2
    for text, width in named:
        spans += [(at, at + width - 1)] if text else []
        at += width
    return spans


def _at(language: str) -> int:
    return 1 if language == "zh" else 0
