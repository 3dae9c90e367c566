"""What goes on one printed page: Tables 1-3 under one definition of the flow, with title, headings, units and notes.

The CSV files have every column; a page has those a reader of the printed table looks for, in English and Chinese.
Workbook, LaTeX and Markdown print the same pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from mrio.outputs.tables import MARK, METHOD_NAMES, NOT_SEPARABLE, RESOLUTION_NAMES, parts, unit_text

#: English and Chinese.
Text = tuple[str, str]
LANGUAGES = ("en", "zh")
DECIMALS = {"Mt": 1, "100M_CNY": 1, "CNY": 0, "": 3}
#: Quantities whose sign says who shifts and who carries, who pays and who receives: printed with it.
SIGNED = ("net_transfer", "amount", "balanced")

#: Table -> its number, its title, the quantities on paper, notes.
TABLES: Mapping[str, tuple[Text, Text, tuple[str, ...], Text]] = {
    "table1_transfers": (
        ("Table 1", "表1"),
        ("Embodied carbon transfers between provinces, {year}", "{year}年中国省域隐含碳转移量"),
        ("production", "household", "consumption", "outflow", "inflow", "net_transfer"),
        (
            "Production: emissions of the province's production. Consumption: own emissions for own final demand, and "
            "drawn. Direct emissions of households are in neither. Sent (drawn): embodied in what goes to (comes from) "
            "other provinces; the study calls drawn 'transferred out' and sent 'transferred in'. Net transfer = drawn "
            "less sent (under another scope of the configuration also less exports, plus imports). Positive: net-out, "
            "the province shifts emissions to others and pays. Negative: net-in, it carries others' emissions and "
            "receives.",
            "生产侧为本省生产的排放;消费侧为本省为自身最终需求产生的排放与调入隐含碳之和;二者均不含居民直接排放。调出(调入)隐含碳为"
            "调往(调自)他省产品中的隐含碳,即原文所称的隐含碳转入(转出)。净转移量=调入隐含碳-调出隐含碳(配置中scope另设时再减出口、"
            "加进口):正值为净转出,将排放转由他省承担,应支付;负值为净转入,替他省承担排放,应受偿。",
        ),
    ),
    "table2_responsibility": (
        ("Table 2", "表2"),
        ("Responsibility shared by value added, {year}", "{year}年各省份隐含碳责任分配"),
        ("outflow_value_added", "outflow_value", "alpha", "share", "shared"),
        (
            "Alpha = local value added in outflow / outflow: the part of the emissions the producer keeps. Share: a "
            "net-in province shows its own alpha, a net-out province 1 less the inflow-weighted alpha of its sources; "
            "the totals row shows the unweighted mean share. Emissions after sharing add up to production (with what "
            "is left to the rest of the world, where alpha_exports is below 1).",
            "分配因子=流出中的省内增加值/流出总额,即生产者承担的部分。分配比例:净转入省列示本省分配因子,净转出省列示1减去来源省按"
            "流入额加权的分配因子;合计行为各省分配比例的简单平均。分配后碳排放之和等于生产侧碳排放(alpha_exports小于1时另加国外"
            "承担部分)。",
        ),
    ),
    "table3_compensation": (
        ("Table 3", "表3"),
        ("Compensation between provinces, {year}", "{year}年各省份碳补偿额度"),
        ("gdp_per_capita", "engel", "coefficient", "net_transfer", "amount", "balanced"),
        (
            "Amount: + the province receives, - it pays, at {carbon_price} yuan per tonne and growth curve {curve}. "
            "The totals row of the amount is what the fund lacks (+) or keeps (-); the balanced fund scales receipts "
            "to payments. Where the configuration compensates shared responsibility, what stands under net transfer is "
            "responsibility beyond own production. Engel coefficients and per-capita GDP are yearbook values, not all "
            "verified.",
            "额度:+为受偿,-为支付;碳价{carbon_price}元/吨,生长曲线{curve}。合计行为基金缺口(+)或结余(-);平衡额度按支付额缩放受偿额。"
            "配置以分担责任为补偿基数时,净转移量一栏为分配后责任超出生产侧排放的部分。恩格尔系数与人均GDP取自年鉴,部分未核实。",
        ),
    ),
}  # fmt: skip
#: (Table, definition) -> what the figures mean under that definition alone.
MEANINGS: Mapping[tuple[str, str], Text] = {
    ("table1_transfers", "eebt"): (
        "EEBT: what is drawn is the buyer's consumption even where it ships it on, so a province through which goods "
        "pass shows more than its own demand calls for.",
        "EEBT口径:调入即计入调入省消费侧,即使随后再调出,故中转较多的省份高于其自身需求所致排放。",
    ),
    ("table1_transfers", "mrio"): (
        "Footprint: every flow is followed, through whichever provinces it passes, to the one whose final demand it "
        "serves.",
        "足迹口径:逐级追溯至最终需求所在省份,不论中间经过哪些省份。",
    ),
    ("table1_transfers", "gross"): (
        "Gross trade: a flow holds the emissions of every province upstream and counts at each border; consumption "
        "leaves out what is passed on, and so is the footprint's.",
        "总贸易口径:流量含上游各省排放,每跨一次省界计一次;消费侧已扣除转运部分,与足迹口径相同。",
    ),
    ("table2_responsibility", "eebt"): (
        "Flows are shared by the alpha of the product shipped.",
        "各流量按调出产品的分配因子分担。",
    ),
    ("table2_responsibility", "mrio"): (
        "Flows are shared by the alpha of the province they come from: a footprint has no one product shipped.",
        "足迹口径无单一调出产品,各流量按来源省的分配因子分担。",
    ),
}
#: By whether the table was estimated here, or is the reader's own.
SOURCES: Mapping[bool, Text] = {
    True: (
        "Source: own computation from the inputs listed in provenance.json, among them an interprovincial table "
        "estimated from official provincial tables and evidence beside them: output and value added are official; "
        "uses, final demand by category, exports and imports are corrected, and every flow between provinces is an "
        "estimate. EEBT is the reading of Liao, Liu & Yao (2022).",
        "资料来源:根据provenance.json所列数据计算,其中省际投入产出表由官方省级表及其他证据估算:总产出与增加值为官方值,各项使用、"
        "分类最终需求、出口与进口经修正,省际流量均为估算值。EEBT为廖等(2022)的口径。",
    ),
    False: (
        "Source: own computation from the interprovincial table and the other inputs listed in provenance.json. EEBT "
        "is the reading of Liao, Liu & Yao (2022).",
        "资料来源:根据provenance.json所列省际投入产出表及其他数据计算。EEBT为廖等(2022)的口径。",
    ),
}
PROVINCE: Text = ("Province", "省份")
#: Headings short enough for a page; a space is where a narrow column may break one.
HEADS: Mapping[str, Text] = {
    "production": ("Production", "生产侧"),
    "household": ("Households", "居民直接"),
    "consumption": ("Consumption", "消费侧"),
    "outflow": ("Sent", "调出 隐含碳"),
    "inflow": ("Drawn", "调入 隐含碳"),
    "net_transfer": ("Net transfer", "净转移量"),
    "outflow_value_added": ("Local value added", "省内 增加值"),
    "outflow_value": ("Outflow", "流出总额"),
    "alpha": ("Alpha", "分配因子"),
    "share": ("Share", "分配比例"),
    "shared": ("After sharing", "分配后 排放"),
    "gdp_per_capita": ("GDP per head", "人均GDP"),
    "engel": ("Engel coefficient", "恩格尔 系数"),
    "coefficient": ("Compensation coefficient", "补偿系数"),
    "amount": ("Amount", "补偿额度"),
    "balanced": ("Balanced", "平衡额度"),
}


@dataclass(frozen=True)
class Head:
    """One column of a page: which column of the table, and what stands above it."""

    column: str
    quantity: str
    group: Text
    text: Text
    unit: Text

    def line(self, k: int) -> str:
        """Return the heading in one line, in English (0) or Chinese (1)."""
        return self.text[k].replace(" ", "") if k else self.text[k]


@dataclass(frozen=True)
class Page:
    """One table under one definition; `rows` is the whole table, `heads` the columns on paper after the province."""

    stem: str
    method: str
    number: Text
    title: Text
    heads: tuple[Head, ...]
    rows: pd.DataFrame
    notes: tuple[Text, ...]


def pages(stem: str, table: pd.DataFrame, about: Mapping[str, object]) -> list[Page]:
    """Return the pages of a table, one a definition, in the order of its columns.

    Parameters
    ----------
    stem : str
        ``table1_transfers`` ...
    table : DataFrame
        As :mod:`mrio.outputs.tables` makes it, totals row last.
    about : mapping
        ``year``, ``carbon_price``, ``curve``: filled into titles and notes; optional ``warnings``, sentences of the
        validation gate, and ``estimated``, whether the table was estimated here.
    """
    number, titles, quantities, note = TABLES[stem]
    filled = {**about, "curve": _curve_text(about.get("curve", ""))}
    columns = [(name, *parts(name)) for name in table.columns if not name.startswith("province")]
    methods = list(dict.fromkeys(method for _, method, _, _ in columns if method))
    resolutions = ["", *dict.fromkeys(resolution for _, _, resolution, _ in columns if resolution)]
    made = []
    for method in methods:
        chosen = [c for c in columns if c[1] in ("", method) and c[3] in quantities]
        chosen.sort(key=lambda c: (resolutions.index(c[2]), quantities.index(c[3])))
        title = tuple(f"{titles[k].format(**filled)}{(': ', ':')[k]}{METHOD_NAMES[method][k]}" for k in (0, 1))
        meaning = [MEANINGS[stem, method]] if (stem, method) in MEANINGS else []
        notes = (tuple(note[k].format(**filled) for k in (0, 1)), *meaning, *_cautions(table, about),
                 SOURCES[bool(about.get("estimated"))])  # fmt: skip
        made.append(Page(stem, method, number, title, tuple(_head(c) for c in chosen), table, notes))
    return made


def _cautions(table: pd.DataFrame, about: Mapping[str, object]) -> list[Text]:
    """Return what a reader of the printed table must know: trade not separable, spread of the estimate, warnings."""
    notes: list[Text] = []
    if MARK in table:
        mixed = table[table[MARK] == NOT_SEPARABLE]
        notes.append((
            f"The tables of {', '.join(mixed['province'])} book foreign and interprovincial trade together: their "
            "exports, and what hangs on them, are not separable.",
            f"{'、'.join(mixed['province_zh'])}的投入产出表未区分对外贸易与省际贸易,其出口及相关结果不可分。",
        ))  # fmt: skip
    if any(parts(name)[2].endswith("_sd") for name in table.columns):
        notes.append((
            "Columns ..._sd of the CSV file give the standard deviation over an ensemble of estimated tables.",
            "CSV文件中..._sd各列为估算表集合的标准差。",
        ))  # fmt: skip
    warnings = list(about.get("warnings", ()))
    if warnings:
        notes.append((
            f"Warnings of the table's validation: {'; '.join(warnings)}.",
            f"投入产出表校验有{len(warnings)}条警告,见validation.html。",
        ))  # fmt: skip
    return notes


def cell_text(head: Head, value: float) -> str:
    """Return a number as it is printed: thousands apart, the decimals of its unit, a real minus, never minus zero."""
    if pd.isna(value):
        return ""
    text = f"{value:{'+' if head.quantity in SIGNED else ''},.{DECIMALS[unit_key(head)]}f}"
    zero = not text.strip("+-0.,")
    return text.lstrip("+-") if zero else text.replace("-", "−")


def head_groups(heads: Iterable[Head]) -> list[tuple[Text, int]]:
    """Return (group, number of columns) of neighbouring columns of one group."""
    found: list[tuple[Text, int]] = []
    for head in heads:
        if found and found[-1][0] == head.group:
            found[-1] = (head.group, found[-1][1] + 1)
        else:
            found.append((head.group, 1))
    return found


def unit_key(head: Head) -> str:
    """Return the unit of a column as :data:`mrio.outputs.tables.QUANTITIES` writes it."""
    return next((unit for unit in DECIMALS if unit and head.column.endswith("_" + unit)), "")


def _head(column: tuple[str, str, str, str]) -> Head:
    name, _, resolution, quantity = column
    units = tuple(unit_text(quantity, language).strip() for language in LANGUAGES)
    return Head(name, quantity, RESOLUTION_NAMES.get(resolution, ("", "")), HEADS[quantity], units)


def _curve_text(curve: object) -> str:
    if not isinstance(curve, Mapping):
        return str(curve)
    changed = [f"{name} = {value}" for name, value in curve.items() if name != "preset" and value != "all"]
    return ", ".join([str(curve.get("preset", "")), *changed])
