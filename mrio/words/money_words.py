"""Currencies as a reader says them behind a size: 10⁸ yuan, 亿元."""

from __future__ import annotations

from mrio.words.door import Words

MONEY = Words({
    "CNY": ("yuan", "元"),
    "EUR": ("euros", "欧元"),
    "USD": ("US dollars", "美元"),
    "GBP": ("pounds", "英镑"),
    "JPY": ("yen", "日元"),
    "KRW": ("won", "韩元"),
    "INR": ("rupees", "卢比"),
    "AUD": ("Australian dollars", "澳元"),
    "CAD": ("Canadian dollars", "加元"),
    "CHF": ("Swiss francs", "瑞士法郎"),
})  # fmt: skip
