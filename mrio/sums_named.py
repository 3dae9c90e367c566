"""Labels that are no names: what rows and columns of sums are called, and several names given as one."""

from __future__ import annotations

import re
from collections.abc import Callable

#: What rows and columns of sums are called.
_SUMS = {
    "合计", "总计", "小计", "全国", "中国", "全部",
    "total", "sum", "subtotal", "grandtotal", "china", "nation", "national",
}  # fmt: skip
#: What stands between names that are given as one.
_BETWEEN = re.compile("[,，、;；/|+]")


def is_sum(label: str) -> bool:
    """Return whether a label says that its row or column is a sum of others, or the whole country."""
    return "".join(label.split()).casefold() in _SUMS


def sum_or_several(label: str, known: Callable[[str], bool]) -> str:
    """Return why a label is no name: a sum, or several names in one; empty where it is neither."""
    if is_sum(label):
        return "it is a sum; take it out: sums are made where they are needed"
    parts = [part for part in _BETWEEN.split(label) if part.strip()]
    several = len(parts) > 1 and all(map(known, parts))
    return f"it is {len(parts)} in one; name each by itself" if several else ""
