"""Titles, axes, legends and notes of the figures."""

from __future__ import annotations

from mrio.words.door import Words

FIGURES = Words({
    "figure1_title": (
        "{year}: emissions by production and by consumption, and the net transfer",
        "{year}年各省生产侧、消费侧碳排放与净转移量",
    ),
    "production": ("Production-based", "生产侧"),
    "consumption": ("Consumption-based", "消费侧"),
    "emissions_axis": ("CO₂ emissions (Mt)", "二氧化碳排放量（百万吨）"),
    "ledger_home": ("For own demand", "满足本省需求"),
    "ledger_outflow": ("For other provinces", "供给外省"),
    "ledger_exports": ("For foreign exports", "出口"),
    "ledger_rest": ("Residual and excluded regions", "误差项及未纳入地区"),
    "ledger_inflow": ("By other provinces for it", "来自外省"),
    "net_axis_short": ("Net transfer (Mt)", "净转移量（百万吨）"),
    "net_dots_title": ("{year}: who shifts emissions, who carries them", "{year}年各省净转移量排序"),
    "variants_of": ("{one}, both sector divisions", "{one}口径（两种部门划分）"),
    "heat_title": ("{year}: CO₂ embodied in flows between provinces", "{year}年省际隐含碳转移矩阵"),
    "heat_origin": ("Emitting province", "排放省份"),
    "heat_destination": ("Province whose demand is served", "需求省份"),
    "heat_axis": ("Mt CO₂ (own province blank)", "百万吨CO₂（本省对角线留白）"),
    "regions_title": ("{year}: CO₂ embodied in flows between eight regions", "{year}年八大区域间隐含碳转移矩阵"),
    "regions_origin": ("Emitting region", "排放区域"),
    "regions_destination": ("Region whose demand is served", "需求区域"),
    "regions_axis": ("Mt CO₂ between regions", "区域间百万吨CO₂"),
    "regions_note": (
        "Grey: emitted in a region for its own demand, flows between its provinces included.",
        "灰色：区域内排放（含区域内省际流动）。",
    ),
    "compensation_title": (
        "{year}: compensation at {price:g} {money} per tonne",
        "{year}年各省碳补偿额度（碳价{price:g}{money}/吨）",
    ),
    "compensation_axis": ("10⁸ {money} (+ receives, − pays)", "亿{money}（正为受偿，负为支付）"),
    "curve": (
        "Growth curve: a = {a:g}, b = {b:g}, G = {G:,.0f} {money}",
        "生长曲线：a = {a:g}，b = {b:g}，G = {G:,.0f}{money}",
    ),
    "curve_pearl": (
        "Growth curve: K = 1, t = 1/Engel − 3, a = {a:g}, b = {b:g}",
        "生长曲线：K = 1，t = 1/恩格尔系数 − 3，a = {a:g}，b = {b:g}",
    ),
    "pays": ("Pays", "支付"),
    "receives": ("Receives", "受偿"),
    "net_axis": ("Net transfer, Mt CO₂ (+ pays, − receives)", "净转移量，百万吨CO₂（正为支付，负为受偿）"),
    "sensitivity_title": ("{year}: Table 3 when one choice is made otherwise", "{year}年表3对各项选择的敏感性"),
    "choice_study": ("The study's choice", "本研究的选择"),
    "choice_definition": ("Definition of the flow", "流量口径"),
    "choice_resolution": ("Sectors", "部门划分"),
    "choice_scope": ("Scope", "净转移范围"),
    "choice_base": ("What is compensated", "补偿对象"),
    "choice_residual": ("Residual", "误差项"),
    "choice_exports": ("Exports", "出口"),
    "choice_inventory": ("Inventories", "存货"),
    "choice_curve": ("Growth curve", "生长曲线"),
    "choice_engel": ("Engel coefficient", "恩格尔系数"),
    "choice_price": ("Price, 50 to 500 {money}/t", "碳价50至500{money}/吨"),
    "sign_not_certain": ("Sign not certain", "方向不确定"),
    "fund": (
        "Payments {payments:,.1f}, receipts {receipts:,.1f}: the fund {keeps} {gap:,.1f} (10⁸ {money})",
        "支付合计{payments:,.1f}，受偿合计{receipts:,.1f}，基金{keeps}{gap:,.1f}（亿{money}）",
    ),
    "fund_keeps": ("keeps", "结余"),
    "fund_lacks": ("lacks", "缺口"),
    "schemes_title": ("{year}: who answers for the emissions, scheme by scheme", "{year}年各责任分配方案比较"),
    "schemes_axis": (
        "Mt CO₂; panels after the first: more (+) or less (−) than under “{first}”.\n"
        "Outside: what no province answers for (exports, regions outside the study, residual), Mt.",
        "单位：百万吨CO₂；第一栏以外为与“{first}”之差（正为多承担，负为少承担）。\n"
        "外部：不由任何省份承担的排放（出口、未纳入地区、误差项），百万吨。",
    ),
    "schemes_outside": ("outside {amount:,.0f}", "外部{amount:,.0f}"),
    "not_separable": ("Foreign trade not separable: {names}", "对外贸易不可分离：{names}"),
    "map_title": ("{year}: {what}", "{year}年{what}"),
    "map_no_data": ("no data", "无数据"),
    "map_note": ("One tile for each province, no borders. {more}", "每省一格，非行政边界图。{more}"),
    "map_unsure": ("Hatched: sign not certain.", "斜线：方向不确定。"),
    "regional_title": ("{year}: emissions and emissions per GDP of provinces", "{year}年各省碳排放与单位GDP排放"),
    "regional_emissions": ("Emissions (Mt)", "排放量（百万吨）"),
    "regional_intensity": ("Emissions per GDP (10⁴ t per 10⁸ yuan)", "单位GDP排放（万吨/亿元）"),
    "enumeration": (", ", "、"),
})  # fmt: skip
