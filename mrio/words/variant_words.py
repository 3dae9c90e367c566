"""Definitions of the flow, resolutions and schemes of responsibility, as a reader says them."""

from __future__ import annotations

from mrio.words.door import LANGUAGES, Text, Words

METHODS = Words({
    "eebt": ("EEBT (the study's reading)", "EEBT（原文口径）"),
    "mrio": ("MRIO footprint", "MRIO足迹口径"),
    "gross": ("Gross trade content", "总贸易含量口径"),
})  # fmt: skip
RESOLUTIONS = Words({
    "six": ("six sectors", "六部门"),
    "30": ("30 sectors, added up", "30部门计算后加总"),
    "42": ("42 sectors, added up", "42部门计算后加总"),
})  # fmt: skip
SCHEMES = Words({
    "producer": ("Producer", "生产者责任"),
    "consumer": ("Consumer", "消费者责任"),
    "half": ("Half and half", "各半分担"),
    "value_added": ("Shared by value added", "按增加值共担"),
    "gallego_lenzen": ("Gallego & Lenzen (2005)", "Gallego-Lenzen共担"),
    "income": ("Income-based", "收入者责任"),
    "technology_adjusted": ("Technology-adjusted consumption", "技术调整消费者责任"),
})  # fmt: skip
#: A sector scheme of one's own.
OTHER_RESOLUTIONS = Words({"scheme": ("sectors of scheme {scheme}", "{scheme}部门分类")})
#: What stands between definition and resolution where both are named.
BETWEEN = Words({"comma": (", ", "，")})


def variant_name(definition: str, resolution: str, language: str) -> str:
    """Return which definition and resolution a result has, as a reader says it; one that is not said is left out."""
    at = LANGUAGES.index(language)
    said = [METHODS.say(definition, language)] if definition else []
    said += [resolution_names(resolution)[at]] if resolution else []
    return BETWEEN.say("comma", language).join(said)


def resolution_names(resolution: str) -> Text:
    """Return the sectors a result was computed at, in English and in Chinese."""
    if resolution in RESOLUTIONS:
        return RESOLUTIONS.both(resolution)
    return OTHER_RESOLUTIONS.both("scheme", scheme=resolution)
