"""Words of the tools that ask why results changed and along which paths, in English and Chinese."""

from __future__ import annotations

from mrio.words.door import Words

ANALYSIS = Words({
    # factors of the decomposition
    "intensity": ("Emissions per output", "排放强度"),
    "technology": ("Technology", "生产技术"),
    "trade": ("Trade structure", "贸易结构"),
    "mix": ("Final-demand mix", "最终需求结构"),
    "volume": ("Volume of demand", "需求规模"),
    "volume_per_head": ("Demand per head", "人均需求"),
    "population": ("Population", "人口"),
    # quantities
    "production": ("Production-based emissions", "生产侧碳排放"),
    "consumption": ("Consumption-based emissions", "消费侧碳排放"),
    "net_transfer": ("Net transfer", "净转移量"),
    "change": ("Change", "变化"),
    # figures
    "decomposition_title": (
        "{quantity}, {first} to {last}: why it changed",
        "{first}–{last}年{quantity}变化的因素分解",
    ),
    "decomposition_note": (
        "{definition} definition, {sectors} sectors, {prices} prices; Shapley values.",
        "{definition}口径，{sectors}部门，{prices}价格；Shapley分解。",
    ),
    "dots": ("Dots: the whole change.", "圆点为总变化。"),
    "current": ("current", "当年"),
    "change_axis": ("Change, Mt CO₂", "变化，百万吨CO₂"),
    "arrows_title": ("Net transfer, {first} to {last}", "{first}–{last}年净转移量"),
    "arrows_axis": (
        "Mt CO₂ (+ shifts out and pays, − carries and receives)",
        "百万吨CO₂（正为净转出、支付；负为净转入、受偿）",
    ),
    "kinds_title": ("{year}: key sectors by carbon linkages", "{year}年碳关联关键部门"),
    "kinds_note": (
        "Above the mean of all: emissions drawn by a unit of demand (backward), enabled by a unit of primary input "
        "(forward).",
        "高于全部部门均值：单位最终需求拉动的排放（后向）、单位初始投入推动的排放（前向）。",
    ),
    "key": ("both: key", "关键部门"),
    "backward": ("backward", "后向拉动"),
    "forward": ("forward", "前向推动"),
    "weak": ("neither", "弱关联"),
    "none": ("no output", "无产出"),
    # page of the paths
    "paths_title": ("{year}: supply chains behind footprints", "{year}年各省足迹的供应链路径"),
    "paths_of": (
        "{province}: largest {count} paths, {share:.1%} of {total:,.1f} Mt",
        "{province}：最大{count}条路径，占{total:,.1f}百万吨的{share:.1%}",
    ),
    "paths_lead": (
        "Left: the sector that emits; each step is a delivery; right: the province whose final demand is served. "
        "Width: emissions of the path, Mt CO₂.",
        "左侧为排放部门，每一步为一次交付，右侧为最终需求所在省份；宽度为路径排放量（百万吨CO₂）。",
    ),
    "demand_of": ("Final demand of {province}", "{province}最终需求"),
    # page of the decomposition
    "flow": ("Flow between two provinces", "两省之间的转移"),
    "page_title": ("Why emissions changed, {first} to {last}", "{first}–{last}年排放变化的原因"),
    "page_lead": (
        "From the first year to the last, factor by factor: what each would have changed on the mean over all orders "
        "of changing them. The factors add up to the change.",
        "从起始年到结束年逐项分解：每个因素的贡献取所有变动次序的平均值，各因素之和等于总变化。",
    ),
    "page_note": (
        "{sectors} sectors, {prices} prices; Shapley values.",
        "{sectors}部门，{prices}价格；Shapley分解。",
    ),
    "page_definition": ("Definition", "口径"),
    "page_choose": ("Choose what is explained", "选择要解释的对象"),
    "page_quantity": ("Quantity", "指标"),
    "page_province": ("Province", "省份"),
    "page_destination": ("for the demand of", "用于满足其需求的省份"),
    "page_years": ("Years", "年份"),
    "page_reading": (
        "Thin lines on the bars and the column of gaps: the distance between changing a factor first and changing it "
        "last in a fixed order. A factor smaller than its gap depends on that order.",
        "条上的细线与“次序差”一列：按固定次序最先与最后变动该因素所得结果之差。小于次序差的因素取决于变动次序。",
    ),
    "page_start": ("First year", "起始年"),
    "page_end": ("Last year", "结束年"),
    "page_change": ("Change", "变化"),
    "page_factor": ("Factor", "因素"),
    "page_term": ("Mt CO₂", "百万吨CO₂"),
    "page_gap": ("Gap of order, Mt", "次序差，百万吨"),
    "page_of_change": ("Of the change", "占总变化"),
    "page_unit": ("Mt CO₂", "百万吨CO₂"),
    "page_title_of": ("{quantity}, {name}, {years} ({definition})", "{name}{quantity}，{years}年（{definition}）"),
    "page_flow_of": ("{one} for {other}", "{one}为{other}"),
    "remainder": ("all other paths", "其余路径"),
})  # fmt: skip
