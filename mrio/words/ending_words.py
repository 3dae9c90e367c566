"""The last lines of ``make``."""

from __future__ import annotations

from mrio.words.door import Words

#: In the order in which they are said.
ENDING = Words({
    "made": (
        "made      {years}: Tables 1–3, {count} figures, pages and checks",
        "已生成    {years}年：表1–3、{count}幅图、网页与校验",
    ),
    "read": (
        "read      {results}/brief{suffix}.html: five findings on two pages",
        "先读      {results}/brief{suffix}.html：两页五项结论",
    ),
    "explore": (
        "explore   {results}/atlas.html: every province, in a browser, offline",
        "浏览      {results}/atlas.html：逐省查看，离线可用",
    ),
    "print": (
        "print     {results}/tables.xlsx, {results}/print/, {figures}/",
        "打印      {results}/tables.xlsx、{results}/print/、{figures}/",
    ),
    "check": (
        "check     {results}/comparison{suffix}.md, {results}/validation.html; .venv/bin/mrio verify {results}",
        "核对      {results}/comparison{suffix}.md、{results}/validation.html；.venv/bin/mrio verify {results}",
    ),
})  # fmt: skip
