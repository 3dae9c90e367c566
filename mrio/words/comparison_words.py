"""The published values beside ours: what they are, why they cannot agree, and the page that shows them."""

from __future__ import annotations

from mrio.words.door import Words

#: Item of a published record -> what it is.
ITEMS = Words({
    "net_transfer": ("Net transfer (+ out)", "净转移量（正为净转出）"),
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
    "direction": ("Direction (1 net-out, −1 net-in)", "方向（1净转出，−1净转入）"),
    "rank_production": ("Rank by production", "生产侧排名"),
    "rank_consumption": ("Rank by consumption", "消费侧排名"),
    "overlap_production": ("Top ten by production in common", "生产侧前十共有省份数"),
    "overlap_consumption": ("Top ten by consumption in common", "消费侧前十共有省份数"),
    "order_production": ("Pairs of the top ten by production in the same order", "生产侧前十中次序一致的省份对"),
    "order_consumption": ("Pairs of the top ten by consumption in the same order", "消费侧前十中次序一致的省份对"),
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
    "not-computed": ("Not a quantity this software computes.", "本软件不计算该量。"),
    "not-in-results": ("The results have no such province or figure.", "结果中没有该省份或该数值。"),
})  # fmt: skip
#: Title and introduction of the page.
PAGE = Words({
    "title": ("# Published and computed values, {year}", "# {year}年已发表数值与本软件结果对照"),
    "intro": (
        "Every published value that survives beside ours, under each definition of the flow and each resolution. No "
        "result depends on a published value and nothing is tuned to them. A cell shows our value, in brackets the "
        "ratio of ours to the published one and, where the print ranks provinces, our rank among provinces of the "
        "published sign. EEBT: bilateral trade, the study's reading; MRIO: footprint; GROSS: content of gross trade. "
        "six: computed at six sectors, as the study did; 42: computed at 42 and added up. All rows, with differences, "
        "are in `comparison.csv`.",
        "所有留存的已发表数值与本软件在各口径、各部门分辨率下的结果并列。任何结果都不依赖已发表数值，也不据此调参。单元格为本软件"
        "结果，括号内为本软件与已发表值之比，以及（原文有排名时）在同号省份中的名次。EEBT为双边贸易口径（原文口径），MRIO为足迹口径，"
        "GROSS为总贸易含量口径；六部门为按六部门计算（与原文一致），42部门为按42部门计算后加总。全部记录与差值见`comparison.csv`。",
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
    "shares": ("## Shares, counts, directions", "## 分配比例、省份数与方向"),
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
    "code": ("Code", "代码"),
    "meaning": ("Meaning", "含义"),
    "rank": ("no. {place}", "第{place}"),
    "place": ("Place", "位置"),
    "computed": ("Computed", "本软件"),
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
