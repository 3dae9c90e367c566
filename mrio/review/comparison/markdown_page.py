"""The comparison as a page a reviewer reads: Markdown, in English or Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from mrio.labels import province_name
from mrio.outputs.print_tables import markdown_table
from mrio.outputs.tables import variant_name
from mrio.review.comparison.why import REASONS

Text = tuple[str, str]
TITLE: Text = ("# Published and computed values, {year}", "# {year}年已发表数值与本软件结果对照")
INTRO: Text = (
    "Every published value that survives beside ours, under each definition of the flow and each resolution. No result "
    "depends on a published value and nothing is tuned to them. A cell shows our value, in brackets the ratio of "
    "ours to the published one and, where the print ranks provinces, our rank among provinces of the published sign. "
    "EEBT: bilateral trade, the study's reading; MRIO: footprint; GROSS: content of gross trade. six: computed at six "
    "sectors, as the study did; 42: computed at 42 and added up. All rows, with differences, are in `comparison.csv`.",
    "所有留存的已发表数值与本软件在各口径、各部门分辨率下的结果并列。任何结果都不依赖已发表数值,也不据此调参。单元格为本软件结果,"
    "括号内为本软件与已发表值之比,以及(原文有排名时)在同号省份中的名次。EEBT为双边贸易口径(原文口径),MRIO为足迹口径,GROSS为总贸易含量口径;六部门为按六部门计算"
    "(与原文一致),42部门为按42部门计算后加总。全部记录与差值见`comparison.csv`。",
)
SHORT = {"six": ("six", "六部门"), "42": ("42", "42部门")}
WORDS = {
    "province": ("Province", "省份"), "published": ("Published", "已发表"), "preset": ("Preset", "预设"),
    "reasons": ("Reasons", "原因代码"), "what": ("Quantity", "指标"), "region": ("Provinces", "省份范围"),
    "statistic": ("Statistic", "统计量"), "year": ("Year", "年份"), "source": ("Source", "来源"),
    "code": ("Code", "代码"), "meaning": ("Meaning", "含义"), "rank": ("no. {}", "第{}"), "place": ("Place", "位置"),
    "computed": ("Computed", "本软件"), "same": ("same", "一致"), "other": ("other", "相反"), "how": ("How", "算法"),
    "cells": ("Cells", "格数"), "of": ("of", "共"), "largest": ("largest difference", "最大差值"),
    "median": ("median ratio", "比值中位数"), "signs": ("same sign", "同号"),
}  # fmt: skip
STATISTICS = {"mean": "均值", "min": "最小", "max": "最大", "net-out": "净转出", "net-in": "净转入"}
HEADS = {
    "glance": ("## At a glance", "## 概览"),
    "net_transfer": ("## Net transfers, Mt (section 4.2)", "## 净转移量,Mt(4.2节)"),
    "compensation": ("## Compensation, 10^8 yuan (section 4.3)", "## 补偿额度,亿元(4.3节)"),
    "coefficient": (
        "## The study's coefficient: printed amount over printed transfer, 10^8 yuan per Mt",
        "## 原文补偿系数:印刷额度与印刷转移量之比,亿元/Mt",
    ),
    "shares": ("## Shares, counts, directions", "## 分配比例、省份数与方向"),
    "rankings": (
        "## Rankings (section 4.1): our rank of the published top ten", "## 排名(4.1节):原文前十省在本软件中的名次",
    ),
    "typed": ("## Tables 1-3 of the study, as typed in", "## 录入的原文表1-表3"),
    "literature": ("## Other publications", "## 其他文献"),
    "codes": ("## Reason codes", "## 原因代码"),
}  # fmt: skip


def comparison_page(frame: pd.DataFrame, year: int, language: str) -> str:
    """Return the page of a comparison as :func:`mrio.review.comparison.beside.compare` makes it."""
    k = 1 if language == "zh" else 0
    study, typed = frame[frame["kind"] == "study"], frame[frame["kind"] == "table"]
    variants = [tuple(v) for v in frame[["definition", "resolution"]].drop_duplicates().values if all(v)]
    names = [f"{definition.upper()} {SHORT[resolution][k]}" for definition, resolution in variants]
    transfers = study[study["item"] == "net_transfer"]
    amounts = study[study["item"] == "compensation"]
    shares = study[study["item"].isin(("share", "count", "production_exceeds", "consumption_exceeds", "direction"))]
    parts = [TITLE[k].format(year=year), INTRO[k]]
    if len(study) and study["computed"].notna().any():
        parts += [HEADS["glance"][k], _glance(study, variants, names, k)]
        parts += [HEADS["net_transfer"][k], _wide(transfers, ["province"], variants, names, k)]
        if amounts["computed"].notna().any():
            parts += [HEADS["compensation"][k], _wide(amounts, ["province", "preset"], variants, names, k)]
            parts += [HEADS["coefficient"][k], _coefficients(study[study["item"] == "coefficient"], k)]
        parts += [HEADS["shares"][k], _wide(shares, ["what", "region", "statistic"], variants, names, k)]
        parts += [HEADS["rankings"][k], _rankings(study, variants, names, k)]
    if len(typed):
        parts += [HEADS["typed"][k], _typed(typed, k)]
    literature = frame[frame["kind"] == "literature"]
    parts += [HEADS["literature"][k], _wide(literature, ["source", "year", "what"], variants, names, k)]
    parts += [HEADS["codes"][k], _codes(frame, k)]
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _word(key: str, k: int) -> str:
    return WORDS[key][k]


KEYS: dict[str, Callable] = {
    "province": lambda row, k: (row.region, row.region_zh)[k],
    "region": lambda row, k: (row.region, row.region_zh)[k],
    "preset": lambda row, k: row.preset,
    "what": lambda row, k: (row.what, row.what_zh)[k],
    "statistic": lambda row, k: (row.detail, STATISTICS.get(row.detail, row.detail))[k],
    "source": lambda row, k: row.source,
    "year": lambda row, k: str(row.year),
}


def _wide(rows: pd.DataFrame, keys: Sequence[str], variants: Sequence[tuple], names: Sequence[str], k: int) -> str:
    """Return a table with a row a published value (and preset) and a column a variant."""
    presets = list(dict.fromkeys(filter(None, rows["preset"])))
    shown = presets if "preset" in keys else ["", *presets[:1]]
    lines = []
    for _, group in rows[rows["preset"].isin(shown)].groupby(["id", "preset"], sort=False):
        first = next(group.itertuples(index=False))
        cells = {(row.definition, row.resolution): _cell(row, k) for row in group.itertuples(index=False)}
        alike = cells.get(("", ""), "")
        texts = [cells.get(variant, alike) for variant in variants]
        lines.append([*(KEYS[key](first, k) for key in keys), _published(first, k), *texts, _reasons(group)])
    heads = [*(_word(key, k) for key in keys), _word("published", k), *names, _word("reasons", k)]
    return markdown_table(heads, lines, "l" * len(keys) + "r" * (len(names) + 1) + "l")


def _cell(row, k: int) -> str:
    """Return our value with its ratio to the published one and its rank, in brackets."""
    if pd.isna(row.computed):
        return ""
    if row.item == "direction":
        return _word("same" if row.same_sign else "other", k)
    rank = _word("rank", k).format(int(row.computed_rank)) if pd.notna(row.computed_rank) else ""
    ratio = (
        f"×{row.ratio:.2f}".replace("-", "−") if pd.notna(row.ratio) and row.unit not in ("rank", "provinces") else ""
    )
    inside = ", ".join(filter(None, (ratio, rank)))
    return _number(row.computed, row) + (f" ({inside})" if inside else "")


def _published(row, k: int) -> str:
    if pd.isna(row.published):
        return row.published_text
    rank = f" ({_word('rank', k).format(int(row.published_rank))})" if pd.notna(row.published_rank) else ""
    return _number(row.published, row) + rank


def _number(value: float, row) -> str:
    decimals = {"Mt": 1, "100M CNY": 1, "%": 1, "ratio": 3}.get(row.unit, 0)
    sign = "+" if row.item in ("net_transfer", "compensation") else ""
    text = f"{value:{sign},.{decimals}f}"
    return text.replace("-", "−") + ("%" if row.unit == "%" else "")


def _reasons(group: pd.DataFrame) -> str:
    codes = dict.fromkeys(code for text in group["reason"] for code in text.split(";") if code)
    return ", ".join(codes)


def _glance(study: pd.DataFrame, variants: Sequence[tuple], names: Sequence[str], k: int) -> str:
    lines = []
    for item in ("net_transfer", "direction", "compensation"):
        rows = study[(study["item"] == item) & study["computed"].notna()]
        rows = rows[rows["preset"] == rows["preset"].iloc[0]] if len(rows) else rows
        if len(rows):
            count = rows["id"].nunique()
            signs = [int(_of(rows, variant)["same_sign"].sum()) for variant in variants]
            label = f"{(rows['what'].iloc[0], rows['what_zh'].iloc[0])[k]}: {_word('signs', k)}"
            lines.append([label, str(count), *map(str, signs)])
    for item in ("overlap_production", "overlap_consumption", "order_production", "order_consumption"):
        rows = study[(study["item"] == item) & study["computed"].notna()]
        if len(rows):
            values = [_of(rows, variant)["computed"] for variant in variants]
            texts = [f"{found.iloc[0]:.0f}" if len(found) else "" for found in values]
            count = f"{rows['published'].iloc[0]:.0f}"
            lines.append([(rows["what"].iloc[0], rows["what_zh"].iloc[0])[k], count, *texts])
    return markdown_table([_word("what", k), _word("of", k), *names], lines)


def _of(rows: pd.DataFrame, variant: tuple) -> pd.DataFrame:
    """Return the rows of a variant; what does not depend on the flows is the same in all of them."""
    return rows[(rows["definition"].isin(("", variant[0]))) & (rows["resolution"].isin(("", variant[1])))]


def _coefficients(rows: pd.DataFrame, k: int) -> str:
    presets = list(dict.fromkeys(filter(None, rows["preset"])))
    lines = []
    for _, group in rows.groupby("id", sort=False):
        first = next(group.itertuples(index=False))
        cells = {row.preset: _percent_off(row) for row in group.itertuples(index=False)}
        lines.append([KEYS["province"](first, k), _how(first.detail, k), f"{first.published:.4f}",
                      *(cells.get(preset, "") for preset in presets)])  # fmt: skip
    heads = [_word("province", k), _word("how", k), _word("published", k), *presets]
    return markdown_table(heads, lines, "ll" + "r" * (len(presets) + 1))


def _percent_off(row) -> str:
    return f"{row.computed:.4f} ({100 * (row.ratio - 1):+.1f}%)".replace("-", "−")


def _how(detail: str, k: int) -> str:
    if not k:
        return detail
    if "'s amount over " in detail:
        one, other = detail.removesuffix("'s transfer").split("'s amount over ")
        return f"{province_name(one, 'zh')}的额度除以{province_name(other, 'zh')}的转移量"
    return "额度除以转移量"


def _rankings(study: pd.DataFrame, variants: Sequence[tuple], names: Sequence[str], k: int) -> str:
    """Return both top tens: the published province of each place, and our place of it."""
    lines = []
    for item in ("rank_production", "rank_consumption"):
        rows = study[study["item"] == item]
        for _, group in rows.groupby("id", sort=False):
            first = next(group.itertuples(index=False))
            at = [_of(group, variant)["computed"] for variant in variants]
            cells = [f"{found.iloc[0]:.0f}" if len(found) and pd.notna(found.iloc[0]) else "" for found in at]
            lines.append([KEYS["what"](first, k), KEYS["province"](first, k), f"{first.published:.0f}", *cells])
    heads = [_word("what", k), _word("province", k), _word("published", k), *names]
    return markdown_table(heads, lines, "ll" + "r" * (len(names) + 1))


def _typed(rows: pd.DataFrame, k: int) -> str:
    """Return a line a typed column and variant: cells, signs, median ratio and the largest difference."""
    lines = []
    keys = ["place", "item", "definition", "resolution", "preset"]
    for (place, _, definition, resolution, preset), group in rows.groupby(keys, sort=False):
        found = group[group["computed"].notna()]
        if not len(found):
            continue
        worst = found.loc[found["difference"].abs().idxmax()]
        names = [variant_name(definition, resolution, ("en", "zh")[k])] if definition and resolution else []
        signs = f"{int(found['same_sign'].sum())}" if found["same_sign"].notna().any() else ""
        largest = f"{_number(worst['difference'], worst)} ({(worst['region'], worst['region_zh'])[k]})"
        which = ", ".join([*names, *filter(None, [preset])])
        lines.append([place, (worst["what"], worst["what_zh"])[k], which, str(len(found)), signs,
                      f"{found['ratio'].median():.2f}", largest])  # fmt: skip
    heads = [_word(key, k) for key in ("place", "what", "computed", "cells", "signs", "median", "largest")]
    return markdown_table(heads, lines, "lllrrrr")


def _codes(frame: pd.DataFrame, k: int) -> str:
    used: Iterable[str] = {code for text in frame["reason"] for code in text.split(";") if code}
    lines = [[code, meaning[k]] for code, meaning in REASONS.items() if code in used]
    return markdown_table([_word("code", k), _word("meaning", k)], lines, "ll")
