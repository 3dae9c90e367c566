"""Currencies and the sizes in which tables state them: how both are written, in English and Chinese.

Owns the words alone; the table of all units, and what is refused, is :mod:`mrio.units`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

#: Currency -> how it is written; that of China last, since 元 ends the names of others.
CURRENCIES: Mapping[str, str] = {
    "EUR": r"EUR|euros?|€|欧元",
    "USD": r"USD|US\s?\$|U\.?S\.? dollars?|dollars?|\$|美元",
    "GBP": r"GBP|pounds?(?: sterling)?|£|英镑",
    "JPY": r"JPY|(?:Japanese )?yen|日元|日圆",
    "KRW": r"KRW|(?:Korean )?won|韩元",
    "INR": r"INR|(?:Indian )?rupees?|卢比",
    "AUD": r"AUD|A\$|澳元",
    "CAD": r"CAD|C\$|加元",
    "CHF": r"CHF|(?:Swiss )?francs?|瑞士法郎",
    "RUB": r"RUB|rou?bles?|卢布",
    "BRL": r"BRL|R\$|reais|雷亚尔",
    "MXN": r"MXN|(?:Mexican )?pesos?|比索",
    "TRY": r"TRY|lira|里拉",
    "ZAR": r"ZAR|rand|兰特",
    "SEK": r"SEK|瑞典克朗",
    "NOK": r"NOK|挪威克朗",
    "DKK": r"DKK|丹麦克朗",
    "PLN": r"PLN|zloty|兹罗提",
    "CZK": r"CZK|捷克克朗",
    "HUF": r"HUF|forint|福林",
    "TWD": r"TWD|NT\$|新台币",
    "HKD": r"HKD|HK\$|港元",
    "SGD": r"SGD|S\$|新加坡元",
    "THB": r"THB|baht|泰铢",
    "IDR": r"IDR|rupiah|印尼盾",
    "VND": r"VND|dong|越南盾",
    "MYR": r"MYR|ringgit|林吉特",
    "CNY": r"CNY|RMB|yuan|renminbi|人民币|元|¥",
}
#: Size as a unit names it -> how many of the currency it is, the smallest first.
MULTIPLES: Mapping[str, float] = {"": 1.0, "k ": 1e3, "10k ": 1e4, "M ": 1e6, "100M ": 1e8, "bn ": 1e9, "tn ": 1e12}
#: Size -> how it is written; a text is one of these as a whole.
_SIZE_WORDS = {
    "k ": r"千|thousands?|thou|1[, ]?000|k|10\^?3",
    "10k ": r"万|10[, ]?000|10\s?k|(?:10|ten)[- ]thousand|10\^?4",
    "M ": r"百万|millions?|mill|mio|mln|mn|m|1[, ]?000[, ]?000|10\^?6",
    "100M ": r"亿|100\s*m(?:illion|ill|n|io)?|hundred million|10\^?8",
    "bn ": r"十亿|billions?|bill?|bn|10\^?9",
    "tn ": r"万亿|trillions?|tn|10\^?12",
}


def money_sizes(currency: str) -> dict[str, float]:
    """Return unit of a currency -> its size."""
    return {f"{multiple}{currency}": size for multiple, size in MULTIPLES.items()}


@cache
def stated_money(text: str) -> str | None:
    """Return the unit of money that a text states as a whole (``M.EUR``, ``10^8 yuan``), None where it states none."""
    for currency, words in CURRENCIES.items():
        found = re.search(rf"(?:{words})(?![A-Za-z])", text, re.IGNORECASE)
        if found is None:
            continue
        rest = re.sub(r"\s+of\s*$", "", (text[: found.start()] + " " + text[found.end() :]).strip(" .·_-/()*×"))
        sizes = [size for size, named in _SIZE_WORDS.items() if re.fullmatch(named, rest, re.IGNORECASE)]
        if not rest or sizes:
            return f"{sizes[0] if sizes else ''}{currency}"
    return None
