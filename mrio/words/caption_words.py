"""What each figure shows and how it is read: captions, and texts for those who cannot see them."""

from __future__ import annotations

from mrio.words.door import Words

CAPTIONS = Words({
    "figure1_emissions": (
        "a, Left bar of each province: production-based emissions, stacked as emitted for its own demand, for other "
        "provinces, for foreign exports, and the residual and excluded regions. Right bar: consumption-based "
        "emissions, stacked as its own emissions for its own demand and those of other provinces for it. Both stacks "
        "begin with the same amount, so that the second layers differ by the net transfer. b, That net transfer, "
        "emissions of others for the province less its own for others: above zero it pays, below it receives. "
        "Provinces are ordered by production.",
        "a，各省左柱为生产侧碳排放，自下而上为：满足本省需求、供给外省、出口、误差项及未纳入地区；右柱为消费侧碳排放，自下而上为：本省"
        "自产自用、来自外省。两柱底层相同，第二层之差即净转移量。b，净转移量＝外省为本省排放−本省为外省排放：为正者支付，为负者受偿。"
        "各省按生产侧排放排序。",
    ),
    "net_transfers": (
        "Large dots: net transfer of each province under the definition and sectors named above; "
        "faint dots: the same under every definition of the flow and both sector divisions. Right of zero a "
        "province shifts emissions to others and pays, left of it it carries those of others and receives.",
        "大圆点为上述口径与部门划分下各省的净转移量；浅色小点为各口径、各部门划分下的结果。零线右侧为将排放转由他省承担、"
        "应支付，左侧为替他省承担、应受偿。",
    ),
    "transfer_matrix": (
        "Each cell: emissions of the province of its row that serve demand of the province of its column; darker is "
        "more, by the square root. The own province is left blank. Provinces stand by region.",
        "每格为行所示省份为列所示省份需求产生的排放，颜色越深越大（按平方根）；本省对角线留白。各省按区域排列。",
    ),
    "region_matrix": (
        "Each cell: emissions of the region of its row that serve demand of the region of its column. Grey: emitted in "
        "a region for its own demand, flows between its provinces included.",
        "每格为行所示区域为列所示区域需求产生的排放；灰色为区域内排放，含区域内省际流动。",
    ),
    "tile_map": (
        "One tile for each province. Orange: shifts emissions to others and pays; blue: carries those of others and "
        "receives; broken edge: no data.",
        "每省一格。橙色为将排放转由他省承担、应支付，蓝色为替他省承担、应受偿；虚线框为无数据。",
    ),
    "responsibility_schemes": (
        "First panel: emissions a province answers for under the first scheme. Other panels: how much more (right) or "
        "less (left) under each other scheme. What no province answers for stands under each panel.",
        "第一栏为第一种方案下各省承担的排放；其余各栏为在其他方案下多承担（右）或少承担（左）的量。不由任何省份承担的排放列于各栏下方。",
    ),
    "compensation": (
        "What each province receives (right) or pays (left). The balance of the fund stands below.",
        "各省受偿（右）或支付（左）的额度。基金收支列于下方。",
    ),
    "who_pays_whom": (
        "a, Literal fund: every payment and every receipt at the coefficient of its own province; what the fund takes "
        "in and does not give out it keeps. b, Balanced fund: receipts are scaled to payments, and each payment has a "
        "receiver. Bands are as wide as the amounts; provinces with small amounts are drawn together.",
        "a，字面基金：各省支付与受偿均按本省系数计算，收入大于支出的部分留在基金。b，平衡基金：受偿额按支付总额缩放，每笔支付均有受偿省份。"
        "带宽与金额成正比，金额较小的省份合并绘出。",
    ),
    "payment_matrix": (
        "Each cell: what the province of its row pays the province of its column in the balanced fund. Last two rows: "
        "what each receiver gets from the balanced and from the literal fund.",
        "每格为平衡基金中行所示省份付给列所示省份的金额；末两行为各受偿省份从平衡基金与字面基金所得。",
    ),
    "sensitivity": (
        "Each mark: the result of a province when one choice of the study is made otherwise; diamonds: the choice of "
        "the study; grey lines: prices between the ends of the range.",
        "每个标记为改变一项选择后该省的结果；菱形为本研究的选择；灰线为碳价范围。",
    ),
    "regional_map": (
        "One tile for each province: a, emissions; b, emissions per GDP. Broken edge: no data.",
        "每省一格：a，排放量；b，单位GDP排放。虚线框为无数据。",
    ),
    "regional_bars": (
        "a, Emissions of every province, ordered; b, emissions per GDP, ordered; colours: East, Middle, West. c and d, "
        "the same of the three regions.",
        "a，各省排放量，按大小排序；b，各省单位GDP排放，按大小排序；颜色区分东、中、西部。c、d，三大区域的排放量与单位GDP排放。",
    ),
    "evidence_electricity": (
        "Net outflow of electricity of each province: grey, what the physical balance says at the estimated price, "
        "with its standard error; blue, the estimate.",
        "各省电力净流出：灰点为按估算价格折算的实物平衡值及其标准误，蓝点为估算值。",
    ),
    "evidence_local_shares": (
        "Share of the domestic deliveries of a product that stays in the province (filled) and in its region (open); "
        "larger marks emit more.",
        "各产品国内供应中留在本省（实心）与本区域（空心）的份额；点越大排放越多。",
    ),
    "evidence_corrections": (
        "What the estimate uses less what the province reports, of final demand and of foreign trade, stacked.",
        "各项最终需求与对外贸易的采用值减报告值，堆叠绘出。",
    ),
    "key_sectors": (
        "Each cell is a sector of a province, coloured by whether its demand draws and its supply enables more "
        "emissions than the mean.",
        "每格为一省一部门，颜色表示其需求拉动与供给推动的排放是否高于均值。",
    ),
    "decomposition": (
        "What each factor added to (right) and took from (left) the quantity of a province; dots: the whole change.",
        "各因素使该省数值增加（右）或减少（左）的量；圆点为总变化。",
    ),
    "net_transfer_change": (
        "An arrow for each province from its net transfer in the first year (dot) to that in the last.",
        "每省一支箭头，自首年净转移量（圆点）指向末年。",
    ),
    "balance": (
        "Where every credited tonne stands, day by day: available, written off, expired or short.",
        "每一吨入库量逐日所处状态：可用、已核销、已失效或缺口。",
    ),
})  # fmt: skip
#: How a figure says how sure its numbers are, told where it shows that.
CERTAINTY = Words({
    "figure1_emissions": (
        "Lines: 90% intervals; hatched: sign not certain.",
        "线段为90%区间，斜线表示方向不确定。",
    ),
    "net_transfers": (
        "Lines: 90% intervals; open dots: sign not certain.",
        "线段为90%区间，空心点表示方向不确定。",
    ),
    "tile_map": ("Hatched: sign not certain.", "斜线表示方向不确定。"),
    "compensation": (
        "Lines, and numbers in brackets: 90% intervals; hatched: sign not certain.",
        "线段与方括号内数字为90%区间，斜线表示方向不确定。",
    ),
})  # fmt: skip
#: What stands at the end of a sentence, and between two.
BETWEEN = Words({"end": (".", "。"), "gap": (" ", "")})
