"""The published values beside ours: what they are, why they cannot agree, and the page that shows them."""

from __future__ import annotations

from mrio.words.door import Words

#: Item of a published record -> what it is.
ITEMS = Words({
    "net_transfer": ("Net transfer (+ pays)", "净转移量（正为支付）"),
    "transferred_out": ("Transferred out", "转出量"),
    "transferred_in": ("Transferred in", "转入量"),
    "production": ("Production-based emissions", "生产侧碳排放"),
    "consumption": ("Consumption-based emissions", "消费侧碳排放"),
    "outflow_value_added": ("Local value added in goods sent", "流出中的省内增加值"),
    "outflow_value": ("Value of goods sent", "流出总额"),
    "alpha": ("Factor alpha", "分配因子"),
    "share": ("Responsibility share", "责任分配比例"),
    "shared": ("Emissions after sharing", "分配后碳排放"),
    "compensation": ("Compensation (+ receives, − pays)", "补偿额度（+受偿，−支付）"),
    "coefficient": ("Compensation coefficient", "补偿系数"),
    "gdp_per_capita": ("GDP per head", "人均GDP"),
    "engel": ("Engel coefficient", "恩格尔系数"),
    "carbon_price": ("Carbon price", "碳价"),
    "count": ("Number of provinces", "省份数"),
    "production_exceeds": ("Provinces with production above consumption", "生产侧高于消费侧的省份数"),
    "consumption_exceeds": ("Provinces with consumption above production", "消费侧高于生产侧的省份数"),
    "direction": ("Direction (1 pays, −1 receives)", "方向（1支付，−1受偿）"),
    "rank_production": ("Rank by production", "生产侧排名"),
    "rank_consumption": ("Rank by consumption", "消费侧排名"),
    "payers_eastern": ("Paying provinces in the East", "支付省份中东部省份占比"),
    "payers_richer": ("GDP per head of payers over that of receivers", "支付省份与受偿省份人均GDP之比"),
    "overlap_production": ("Top ten by production in common", "生产侧前十共有省份数"),
    "overlap_consumption": ("Top ten by consumption in common", "消费侧前十共有省份数"),
    "order_production": ("Pairs of the top ten by production in the same order", "生产侧前十中次序一致的省份对"),
    "order_consumption": ("Pairs of the top ten by consumption in the same order", "消费侧前十中次序一致的省份对"),
})  # fmt: skip
#: Findings the text states without a number.
FINDINGS = Words({
    "payers_eastern": ("mostly", "多位于东部"),
    "payers_richer": ("developed", "多为经济发达地区"),
})  # fmt: skip
#: What of foreign trade the net transfer counts.
SCOPE_NAMES = Words({
    "interprovincial": ("Between provinces", "仅省际"),
    "with-exports": ("With exports", "含出口"),
    "exports-less-imports": ("Exports less imports", "出口减进口"),
})  # fmt: skip
#: Which provinces an item is about, where it is not one province.
AMONG = Words({
    "all": ("all", "全部"),
    "net-out": ("net-out", "净转出省"),
    "net-in": ("net-in", "净转入省"),
    "": ("", ""),
})  # fmt: skip
#: What a code cannot say: the numbers behind it.
NOTES = Words({
    "not_physical": (
        "implies a net-in of {implied:.1f} Mt; its production emits {production:.1f} Mt",
        "意味着净转入{implied:.1f}百万吨，而本省生产排放为{production:.1f}百万吨",
    ),
    "swapped": ("fits the transfer printed for {province}", "与{province}的转移量相符"),
})  # fmt: skip
#: Code -> why a published value and ours cannot agree, or need not.
REASONS = Words({
    "not-physical": (
        "The amount or transfer would be a net-in above all that the province's production emits; what it emits for "
        "others is a part of that.",
        "该值意味着净转入量超过本省生产排放总量；为他省承担的排放只能是本省排放的一部分。",
    ),
    "label-probably-swapped": (
        "Under this preset the amount misses its own province's published transfer but fits another's, which has no "
        "printed amount.",
        "在该预设下，印刷额度与所标省份的转移量不符，而与另一未列额度省份的转移量相符。",
    ),
    "table-not-public": (
        "It rests on the study's interprovincial table, which is not public: no run can reproduce it exactly.",
        "该值取决于原文所用的省际投入产出表，该表未公开，无法精确复现。",
    ),
    "estimated-flows": (
        "Our flows between provinces are estimated from official provincial tables.",
        "本软件的省际流量由官方省级表估算得出。",
    ),
    "other-inventory": (
        "The study estimates emissions from provincial energy balances; ours are CEADs inventories.",
        "原文由分省能源平衡表估算排放；本软件采用CEADs清单。",
    ),
    "other-price": ("The configured carbon price is not the study's.", "所配置的碳价与原文不同。"),
    "print-contradicts-print": (
        "The typed cell and the study's text give different values.",
        "录入的表格数值与原文正文数值不一致。",
    ),
    "other-year": ("The published value is of another year.", "所发表数值为其他年份。"),
    "needs-two-years": ("A change over time needs results of two years.", "年际变化需要两个年份的结果。"),
    "grouping-not-stated": (
        "Which provinces the source groups is not stated where it was read; ours are those of data/raw/provinces.csv.",
        "所见来源未说明分组包含哪些省份；本软件按data/raw/provinces.csv分组。",
    ),
    "provinces-exceed-nation": (
        "It is national; inventories of the provinces add up to more than the national one.",
        "该值为全国口径；各省清单之和大于全国清单。",
    ),
    "qualitative": ("A statement without a number.", "定性表述，无数值。"),
    "not-computed": (
        "Another quantity than this software computes: a shadow price, or a compensation of electricity alone.",
        "本软件不计算该量：影子价格，或仅针对电力的补偿。",
    ),
    "not-in-results": ("The results have no such province or figure.", "结果中没有该省份或该数值。"),
})  # fmt: skip
#: Title and introduction of the page.
PAGE = Words({
    "title": ("# Published and computed values, {year}", "# {year}年已发表数值与本软件结果对照"),
    "intro": (
        "Every published value that survives beside ours, the largest gap first. No result depends on a published "
        "value and nothing is tuned to them. Ours: {first}. Difference: ours less published; ratio: ours over "
        "published; ranks: among provinces of the published sign. Variants: least and most over every definition of "
        "the flow (EEBT: bilateral trade; MRIO: footprint; GROSS: content of gross trade) and sector division (six: "
        "computed at six sectors, as the study did; 42: computed at 42 and added up). All rows are in "
        "`comparison.csv`.",
        "所有留存的已发表数值与本软件结果并列，差距最大者在前。任何结果都不依赖已发表数值，也不据此调参。本软件结果取{first}。"
        "差值：本软件减已发表；比值：本软件除以已发表；名次：在已发表值同号的省份中。各口径范围：各流量口径（EEBT：双边贸易；MRIO：足迹；"
        "GROSS：总贸易含量）与部门划分（六部门：按六部门计算，与原文一致；42部门：按42部门计算后加总）下的最小与最大值。全部记录见"
        "`comparison.csv`。",
    ),
})  # fmt: skip
HEADINGS = Words({
    "glance": ("## At a glance", "## 概览"),
    "net_transfer": ("## Net transfers, Mt (section 4.2)", "## 净转移量，百万吨（4.2节）"),
    "compensation": ("## Compensation, 10⁸ yuan (section 4.3)", "## 补偿额度，亿元（4.3节）"),
    "coefficient": (
        "## The study's coefficient: printed amount over printed transfer, 10⁸ yuan per Mt",
        "## 原文补偿系数：印刷额度与印刷转移量之比，亿元/百万吨",
    ),
    "scopes": (
        "## Net transfers in all three scopes, Mt: between provinces; exports taken as nobody's consumption (the "
        "study's equation 5 literally); exports less imports (its words literally)",
        "## 三种范围下的净转移量，百万吨：仅省际；出口不计入任何省消费（原文式5字面）；出口减进口（原文表述字面）",
    ),
    "shares": ("## Shares, counts, and who pays", "## 分配比例、省份数与支付省份特征"),
    "directions": ("## Directions the text states", "## 原文所述方向"),
    "without": ("## Published, but beside nothing of ours, and why", "## 无法对照的已发表数值及原因"),
    "rankings": (
        "## Rankings (section 4.1): our rank of the published top ten", "## 排名（4.1节）：原文前十省在本软件中的名次",
    ),
    "typed": ("## Tables 1–3 of the study, as typed in", "## 录入的原文表1–表3"),
    "literature": ("## Other publications", "## 其他文献"),
    "codes": ("## Reason codes", "## 原因代码"),
})  # fmt: skip
LINES = Words({
    "province": ("Province", "省份"),
    "published": ("Published", "已发表"),
    "preset": ("Preset", "预设"),
    "reasons": ("Reasons", "原因代码"),
    "what": ("Quantity", "指标"),
    "region": ("Provinces", "省份范围"),
    "statistic": ("Statistic", "统计量"),
    "year": ("Year", "年份"),
    "source": ("Source", "来源"),
    "difference": ("Difference", "差值"),
    "ratio": ("Ratio", "比值"),
    "rank_published": ("Rank, published", "已发表名次"),
    "rank_computed": ("Rank, ours", "本软件名次"),
    "spread": ("Variants, least to most", "各口径范围"),
    "closest": ("Closest variant", "最接近的口径"),
    "opposite": ("opposite sign", "方向相反"),
    "to": ("to", "至"),
    "why": ("Why", "原因"),
    "same_in": ("Same in variants", "方向一致的口径数"),
    "source_line": ("Source of the study's values: {source}.", "原文数值来源：{source}。"),
    "colon": (": ", "："),
    "place": ("Place", "位置"),
    "computed": ("Ours", "本软件"),
    "same": ("same", "一致"),
    "other": ("other", "相反"),
    "how": ("How", "算法"),
    "cells": ("Cells", "格数"),
    "of": ("of", "共"),
    "largest": ("largest difference", "最大差值"),
    "median": ("median ratio", "比值中位数"),
    "signs": ("same sign", "同号"),
})  # fmt: skip
STATISTICS = Words({
    "mean": ("mean", "均值"),
    "min": ("min", "最小"),
    "max": ("max", "最大"),
    "net-out": ("net-out", "净转出"),
    "net-in": ("net-in", "净转入"),
})  # fmt: skip
SHORT_RESOLUTIONS = Words({"six": ("six", "六部门"), "30": ("30", "30部门"), "42": ("42", "42部门")})
#: How the study's coefficient is told from its print.
COEFFICIENTS = Words({
    "own": ("amount over transfer", "额度除以转移量"),
    "other": ("{payer}'s amount over {province}'s transfer", "{payer}的额度除以{province}的转移量"),
})  # fmt: skip
