"""The regional picture: why a published figure and ours differ."""

from __future__ import annotations

from mrio.words.door import Words

REASONS = Words({
    "agrees": ("agrees to the printed digits", "与原文印刷位数一致"),
    "edition": (
        "another edition of the CEADs inventories: the source's East and its share give a total 0.2% above ours",
        "所用CEADs清单版本不同：由原文东部总量与占比反推的全国总量比本表高0.2%",
    ),
    "gdp": (
        "GDP of 2019 is unverified, and the source's inventories are of another edition",
        "2019年GDP未经核对，且清单版本不同",
    ),
    "missing": ("an input is missing", "缺少输入数据"),
    "unexplained": ("differs from print; not explained", "与原文不符，原因不明"),
})  # fmt: skip
