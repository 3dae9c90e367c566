"""Groups of provinces, in geographic order: East, Middle and West, and the eight regions."""

from __future__ import annotations

from mrio.words.door import Words

GROUPS = Words({
    "East": ("East", "东部"),
    "Middle": ("Middle", "中部"),
    "West": ("West", "西部"),
    "Beijing-Tianjin": ("Beijing-Tianjin", "京津"),
    "Northeast": ("Northeast", "东北"),
    "North Coast": ("North Coast", "北部沿海"),
    "East Coast": ("East Coast", "东部沿海"),
    "South Coast": ("South Coast", "南部沿海"),
    "Central": ("Central", "中部地区"),
    "Northwest": ("Northwest", "西北"),
    "Southwest": ("Southwest", "西南"),
})  # fmt: skip
#: Parts of China that the data do not cover.
UNCOVERED_NAMES = Words({
    "Taiwan": ("Taiwan", "台湾"),
    "Hong Kong": ("Hong Kong", "香港"),
    "Macao": ("Macao", "澳门"),
})  # fmt: skip
