"""Words that stand in the cells of tables."""

from __future__ import annotations

from mrio.words.door import Words

CELLS = Words({
    "total": ("Total", "合计"),
    "outside": ("Outside the provinces", "各省以外"),
    "pays": ("pays", "支付"),
    "receives": ("receives", "受偿"),
    "neither": ("neither", "无"),
    "sign_not_certain": ("sign not certain", "方向不确定"),
    "not_separable": ("not separable", "不可分离"),
})  # fmt: skip
ROLES = ("pays", "receives", "neither", "sign_not_certain")
