"""Tables 1-3 on paper: numbers, titles, notes, and what the figures mean under one definition alone."""

from __future__ import annotations

from mrio.words.door import Words

NUMBERS = Words({
    "table1_transfers": ("Table 1", "表1"),
    "table2_responsibility": ("Table 2", "表2"),
    "table3_compensation": ("Table 3", "表3"),
    "table2_sectors": ("Table 2{letter}", "表2{letter}"),
})  # fmt: skip
TITLES = Words({
    "table1_transfers": ("Embodied carbon transfers between provinces, {year}", "{year}年中国省域隐含碳转移量"),
    "table2_responsibility": ("Responsibility shared by value added, {year}", "{year}年各省份隐含碳责任分配"),
    "table3_compensation": ("Compensation between provinces, {year}", "{year}年各省份碳补偿额度"),
    "table2_sectors": ("{quantity} by industry, {year}", "{year}年各省份分行业{quantity}"),
    "table1_transfers.stressor": (
        "Embodied {stressor} transfers between provinces, {year}", "{year}年中国省域隐含{stressor}转移量",
    ),
    "table2_responsibility.stressor": (
        "Responsibility for {stressor} shared by value added, {year}", "{year}年各省份隐含{stressor}责任分配",
    ),
})  # fmt: skip
NOTES = Words({
    "table1_transfers": (
        "Production = home + to others + exports + residual and excluded{passed}. Consumption = home + from "
        "others{passed}. Net transfer = from others − to others{scope}: above zero the province shifts emissions to "
        "others and pays (the study's net transfer out), below zero it carries theirs and receives (its net transfer "
        "in). Home: emitted for the province's own final demand. To others: emitted for other provinces. From others: "
        "emitted elsewhere for it. Residual, excluded: embodied in the table's residual and in what goes to regions "
        "outside the study, and sectors without output. Direct emissions of households stand beside, in none of the "
        "sums.",
        "生产侧＝本省需求＋供给外省＋出口＋误差与未纳入{passed}；消费侧＝本省需求＋来自外省{passed}；净转移量＝来自外省−供给外省{scope}：为正者"
        "将排放转由他省承担，应支付（原文的净转出）；为负者替他省承担，应受偿（原文的净转入）。本省需求：为本省最终需求产生的排放；供给外省："
        "为外省产生的排放；来自外省：外省为本省产生的排放；误差与未纳入：误差项、流向研究范围以外地区及无产出部门的排放。居民直接排放单列，"
        "不计入任何合计。",
    ),
    "table2_responsibility": (
        "Alpha = local value added in goods sent to other provinces / their value: the part of the emissions the "
        "producer keeps. Share: a province that receives shows its own alpha, one that pays 1 less the alpha of its "
        "sources, weighted by what it draws; the totals row shows the unweighted mean share. Emissions after sharing "
        "add up to production (with what is left to the rest of the world, where alpha_exports is below 1).",
        "分配因子＝流出中的省内增加值/流出总额，即生产者承担的部分。分配比例：受偿省列示本省分配因子，支付省列示1减去来源省按"
        "流入额加权的分配因子；合计行为各省分配比例的简单平均。分配后碳排放之和等于生产侧碳排放（alpha_exports小于1时另加国外"
        "承担部分）。",
    ),
    "table2_sectors": (
        "By industry of the goods sent. Local value added, value and alpha = value added / value do not depend on the "
        "definition of the flow. Emissions after allocation: what stays with the province of its own flows and what it "
        "takes over of those it draws, by the industry of the goods; with them and what is not shared (own demand, "
        "exports, residual) each province's row adds up to its emissions after sharing in Table 2.",
        "按调出产品的行业列示。省内增加值、流出额与分配因子（＝增加值/流出额）与口径无关。分配后排放：本省流出中自留部分与流入中承担部分，"
        "按产品行业列示；加上不参与分担的部分（自用、出口、误差项），各省行合计等于表2的分配后排放。",
    ),
    "table3_compensation": (
        "Amount: + the province receives, − it pays, at {carbon_price} {money} per tonne and growth curve {curve}. "
        "The totals row of the amount is what the fund lacks (+) or keeps (−); the balanced fund scales receipts "
        "to payments. Where the configuration compensates shared responsibility, what stands under net transfer is "
        "responsibility beyond own production. Engel coefficients and per-capita GDP are yearbook values, not all "
        "verified.",
        "额度：+为受偿，−为支付；碳价{carbon_price}{money}/吨，生长曲线{curve}。合计行为基金缺口（+）或结余（−）；平衡额度按支付额缩放受偿额。"
        "配置以分担责任为补偿基数时，净转移量一栏为分配后责任超出生产侧排放的部分。恩格尔系数与人均GDP取自年鉴，部分未核实。",
    ),
})  # fmt: skip
#: ``<table>.<definition>`` -> what the figures mean under that definition alone.
MEANINGS = Words({
    "table1_transfers.eebt": (
        "EEBT: what is drawn is the buyer's consumption even where it ships it on, so a province through which goods "
        "pass shows more than its own demand calls for.",
        "EEBT口径：调入即计入调入省消费侧，即使随后再调出，故中转较多的省份高于其自身需求所致排放。",
    ),
    "table1_transfers.mrio": (
        "Footprint: every flow is followed, through whichever provinces it passes, to the one whose final demand it "
        "serves.",
        "足迹口径：逐级追溯至最终需求所在省份，不论中间经过哪些省份。",
    ),
    "table1_transfers.gross": (
        "Gross trade: a flow holds the emissions of every province upstream and counts at each border; consumption "
        "leaves out what is passed on, and so is the footprint's.",
        "总贸易口径：流量含上游各省排放，每跨一次省界计一次；消费侧已扣除转运部分，与足迹口径相同。",
    ),
    "table2_responsibility.eebt": (
        "Flows are shared by the alpha of the product shipped.",
        "各流量按调出产品的分配因子分担。",
    ),
    "table2_responsibility.mrio": (
        "Flows are shared by the alpha of the province they come from: a footprint has no one product shipped.",
        "足迹口径无单一调出产品，各流量按来源省的分配因子分担。",
    ),
})  # fmt: skip
#: What a reader of any printed table must know, and marks of the print.
CAUTIONS = Words({
    "source_estimated": (
        "Source: own computation from the inputs listed in provenance.json, among them an interprovincial table "
        "estimated from official provincial tables and evidence beside them: output and value added are official; "
        "uses, final demand by category, exports and imports are corrected, and every flow between provinces is an "
        "estimate. EEBT is the reading of Liao, Liu & Yao (2022).",
        "资料来源：根据provenance.json所列数据计算，其中省际投入产出表由官方省级表及其他证据估算：总产出与增加值为官方值，各项使用、"
        "分类最终需求、出口与进口经修正，省际流量均为估算值。EEBT为廖等（2022）的口径。",
    ),
    "source_given": (
        "Source: own computation from the interprovincial table and the other inputs listed in provenance.json. EEBT "
        "is the reading of Liao, Liu & Yao (2022).",
        "资料来源：根据provenance.json所列省际投入产出表及其他数据计算。EEBT为廖等（2022）的口径。",
    ),
    "stressor": (
        "Emissions are those of {stressor} in its emission file. Intervals and compensation are of CO2 alone.",
        "本表各量均为{stressor}，取自其排放文件，表注所称碳与碳排放在此均指{stressor}；区间与补偿仅针对CO2。",
    ),
    "not_separable": (
        "The tables of {names} book foreign and interprovincial trade together: their exports, and what hangs on them, "
        "are not separable.",
        "{names}的投入产出表未区分对外贸易与省际贸易，其出口及相关结果不可分。",
    ),
    "intervals": (
        "In brackets the 90% interval of a Monte Carlo over the whole chain: estimate of the table, emissions, GDP, "
        "Engel coefficients, growth curve (docs/intervals.md).",
        "方括号内为90%区间，由投入产出表估算、排放、GDP、恩格尔系数与成长曲线的全链条蒙特卡洛模拟得出（docs/intervals.md）。",
    ),
    "unsure": (
        "Sign not certain (probability of paying between 10 and 90%): {names}.",
        "方向不确定（支付概率在10%至90%之间）：{names}。",
    ),
    "warnings": (
        "Warnings of the table's validation: {messages}.",
        "投入产出表校验有{count}条警告，见validation.html。",
    ),
})  # fmt: skip
#: What is added to an identity of the ledger where a definition or a scope has it.
LEDGER = Words({
    "passed": (" − passed on", "−转运扣除"),
    "exports": (" − exports", "−出口"),
    "imports": (" + imports", "＋进口"),
    "added": (
        "Every number is rounded by itself: added as printed, a row misses its sum by at most {row:.1f} and a column "
        "by at most {column:.1f}.",
        "各数单独四舍五入：按表内数字相加，行合计相差不超过{row:.1f}，列合计相差不超过{column:.1f}。",
    ),
    "added_columns": (
        "Every number is rounded by itself: added as printed, a column misses its sum by at most {column:.1f}.",
        "各数单独四舍五入：按表内数字相加，列合计相差不超过{column:.1f}。",
    ),
    "production": ("Production-based", "生产侧"),
    "consumption": ("Consumption-based", "消费侧"),
})  # fmt: skip
#: Industries as columns are headed; a space is where a narrow column may break one.
INDUSTRIES = Words({
    "agriculture": ("Agri- culture", "农林 牧渔"),
    "industry": ("Industry", "工业"),
    "construction": ("Con- struction", "建筑"),
    "transport": ("Transport", "交通 仓储"),
    "trade": ("Trade, catering", "批零 住餐"),
    "services": ("Other services", "其他 服务"),
    "all": ("All", "合计"),
})  # fmt: skip
PRINT = Words({
    "colon": (": ", "："),
    "enumeration": (", ", "、"),
    "after_number": (". ", "  "),
    "before_unit": (" ", ""),
    "note": ("Note. ", "注："),
    "preamble": (
        "% Needs \\usepackage{booktabs}. Use it by \\input; every table is a float of its own.\n",
        "% 需要 \\usepackage{booktabs} 与 ctex（XeLaTeX编译）。用 \\input 引入，每个表为独立浮动体。\n",
    ),
})  # fmt: skip
