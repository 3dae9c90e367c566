"""Words of the charts of the atlas and of its compensation, a part of :mod:`mrio.words.atlas_words`."""

from __future__ import annotations

from collections.abc import Mapping

from mrio.words.door import Text

CHARTS: Mapping[str, Text] = {
    "drawing": ("Drawing …", "正在绘图…"),
    "emissions_title": ("For whom provinces emit, and who emits for them", "各省为谁排放、谁为各省排放"),
    "emissions_note": (
        "Upper bar: emissions of its production, by whose demand they serve. Lower bar: emissions for its demand, by "
        "where they arise. What the two differ by is net transfer, exports and residual.",
        "上条为生产侧排放，按所满足的需求划分；下条为消费侧排放，按产生地划分。两者之差为净转移量、出口与误差项。",
    ),
    "part_home": ("own demand, at home", "本省需求，本省产生"),
    "part_outflow": ("for other provinces", "满足他省需求"),
    "part_inflow": ("from other provinces", "他省产生"),
    "part_exports": ("foreign exports", "国外出口"),
    "part_rest": ("residual and excluded", "误差项及未纳入地区"),
    "tip_part": ("{province}, {side}: {part} {value} {unit}", "{province}，{side}：{part}{value} {unit}"),
    "net_title": ("Net transfers and how certain their sign is", "净转移量及其方向的确定程度"),
    "net_note": (
        "To the right of zero a province shifts emissions to others and pays; to the left it carries them and "
        "receives. "
        "Lines: 90% interval, where computed. A hollow dot: the interval leaves the sign open. Faint dots: the other "
        "definitions and resolutions.",
        "零线右侧为净转出，应支付；左侧为净转入，应受偿。横线为90%区间（如已计算）。空心点表示区间跨越零、方向不确定。浅色点为其他口径与部门组合。",
    ),
    "key_pays": ("pays", "支付"),
    "key_receives": ("receives", "受偿"),
    "key_variants": ("other definitions and resolutions", "其他口径与部门组合"),
    "key_then": ("{since}", "{since}年"),
    "tip_net": ("{province}: net transfer {value} {unit}", "{province}：净转移量{value} {unit}"),
    "tip_then": ("{since}: {value}", "{since}年：{value}"),
    "sectors_title": ("The flow by sector", "分部门流量"),
    "sectors_note": (
        "A click on a cell of the matrix or a stream of the flow chart shows that flow. The sector that emits need "
        "not be "
        "the one whose product is sent: power for steel is emitted by one and delivered by the other.",
        "点击矩阵单元格或流向图中的一条流量，即显示该流量的部门构成。排放部门与交付产品的部门不必相同：炼钢用电由电力部门排放，由钢铁部门交付。",
    ),
    "flow_of": ("{origin} → {destination}", "{origin}→{destination}"),
    "flows_by_origin": ("by the sector that emits", "按排放部门"),
    "flows_by_product": ("by the sector that delivers", "按交付部门"),
    "all_flows": ("Back to all flows of the province", "恢复为该省全部流量"),
    "production_short": ("production", "生产侧"),
    "consumption_short": ("consumption", "消费侧"),
    "matrix_title": ("Who emits for whom: transfer matrix", "谁为谁排放：转移矩阵"),
    "matrix_level": ("Between", "层级"),
    "provinces": ("provinces", "省份"),
    "regions": ("groups of provinces", "区域"),
    "matrix_label": (
        "Transfer matrix, emitting province down, served province across: arrow keys move from cell to cell, "
        "Enter chooses the emitting province",
        "转移矩阵，纵向为排放省份，横向为需求省份：方向键逐格移动，回车键选择排放省份",
    ),
    "matrix_origin": ("Emitting", "排放方"),
    "matrix_destination": ("Demand served", "需求方"),
    "matrix_note": (
        "Own emissions for own demand are left uncoloured. Colour goes with the square root of the flow. "
        "Provinces stand by region. A click chooses the emitting province and shows the flow by sector.",
        "对角线（满足本地需求的本地排放）不着色。颜色深浅按流量平方根。省份按区域排列。点击单元格选定排放省份，并显示该流量的部门构成。",
    ),
    "sankey_title": ("The main flows", "主要流向"),
    "sankey_level": ("Show", "显示"),
    "sankey_regions": ("all flows between groups of provinces", "区域间全部流量"),
    "sankey_provinces": ("the {count} largest flows between provinces", "最大的{count}条省际流量"),
    "sankey_note": (
        "Left: where it is emitted. Right: whose demand it serves. The flows shown are {part} of all flows "
        "between {level}.",
        "左侧为排放地，右侧为需求地。所示流量占{level}间流量总和的{part}。",
    ),
    "flow": ("{origin} → {destination}: {value} Mt", "{origin}→{destination}：{value}百万吨"),
    "flow_change": (
        "{origin} → {destination}: {value} Mt since {since}",
        "{origin}→{destination}：较{since}年{value}百万吨",
    ),
    "no_flows": ("There is no flow to show.", "没有可显示的流量。"),
    # compensation, and who pays whom
    "money_title": ("Compensation: what if?", "碳补偿：参数试算"),
    "money_lead": (
        "S = p · |NT| · ρ, with ρ = K / (1 + a·exp(−b·t)): K is GDP per head over G, t the Engel "
        "coefficient. The sliders recompute Table 3 here and below.",
        "S = p·|NT|·ρ，ρ = K / (1 + a·exp(−b·t))：K为人均GDP与G之比，t为恩格尔系数。拖动滑块，下图与表3随之重算。",
    ),
    "price": ("Carbon price p ({money} per tonne)", "碳价p（{money}/吨）"),
    "b": ("b of the curve", "曲线参数b"),
    "a": ("a of the curve", "曲线参数a"),
    "G": ("G, reference GDP per head ({money})", "G，参照人均GDP（{money}）"),
    "preset": ("Curve", "曲线"),
    "preset_own": ("own values", "自定义"),
    "price_number": ("Carbon price as a number", "碳价数值"),
    "b_number": ("b as a number", "参数b数值"),
    "reset": ("Back to the study's values", "恢复研究取值"),
    "pearl_note": ("This curve takes K = 1 and t = 1/Engel − 3.", "此曲线取K = 1，t = 1/恩格尔系数 − 3。"),
    "curve_values": ("a = {a}, b = {b}, G = {G}", "取a = {a}，b = {b}，G = {G}"),
    "curve_pearl": ("K = 1, t = 1/Engel − 3, a = {a}, b = {b}", "取K = 1，t = 1/恩格尔系数 − 3，a = {a}，b = {b}"),
    "unit_money": ("× 10⁸ {money}", "亿{money}"),
    "tip_money": ("{province}: {value} {unit}", "{province}：{value}{unit}"),
    "money_axis": ("10⁸ {money} (+ receives, − pays)", "亿{money}（正为受偿，负为支付）"),
    "fund_keeps": (
        "Payments {payments}, receipts {receipts}: the fund keeps {gap} (10⁸ {money}).",
        "支付合计{payments}，受偿合计{receipts}，基金结余{gap}（亿{money}）。",
    ),
    "fund_lacks": (
        "Payments {payments}, receipts {receipts}: the fund lacks {gap} (10⁸ {money}).",
        "支付合计{payments}，受偿合计{receipts}，基金缺口{gap}（亿{money}）。",
    ),
    "not_a_number": ("Give a number of 0 or more (G above 0).", "请输入不小于0的数（G须大于0）。"),
    "payments_title": ("Who pays whom", "谁向谁支付"),
    "at_price": ("{price} {money} per tonne", "碳价{price}{money}/吨"),
    "fund_choice": ("Fund", "基金"),
    "fund_literal": ("as the study has it: the fund keeps the difference", "按原文：差额留在基金"),
    "fund_balanced": ("balanced: all that is paid in is paid out", "平衡基金：收支相抵"),
    "fund": ("fund", "基金"),
    "payers": ("Pays", "支付方"),
    "receivers": ("Receives", "受偿方"),
    "tip_paid": ("{payer} → {receiver}: {value} {unit}", "{payer}→{receiver}：{value}{unit}"),
    "payments_literal": (
        "{payments} are paid in and {receipts} paid out: the fund keeps {gap} ({unit}). Every payment is passed on in "
        "the "
        "proportion of the balanced fund; the rest of it stays in the fund.",
        "支付合计{payments}，受偿合计{receipts}，基金结余{gap}（{unit}）。每笔支付按平衡基金的比例转付，其余留在基金。",
    ),
    "payments_why": (
        "Why it keeps money: payers and receivers stand for the same tonnes at the same price, but each amount is "
        "weighed "
        "by the province's own coefficient, which grows with its GDP per head, and those who pay have the higher ones: "
        "{high} on average, against {low}.",
        "结余原因：支付与受偿对应的吨数和碳价相同，但额度按各省自身的补偿系数加权，系数随人均GDP上升，而支付方系数较高："
        "平均为{high}，受偿方为{low}。",
    ),
    "payments_lacking": (
        "{payments} are paid in and {receipts} are due: the fund has to add {gap} ({unit}). Those who receive have "
        "the higher "
        "coefficients, {low} on average against {high} of those who pay.",
        "支付合计{payments}，应受偿{receipts}，基金须补足{gap}（{unit}）。受偿方系数较高，平均为{low}，支付方为{high}。",
    ),
    "payments_balanced": (
        "All of the {payments} paid in are paid out ({unit}): what the coefficients of the receivers would give, "
        "{receipts}, "
        "is multiplied by {scale}. So a province receives more here than in Table 3's amount, and as much as in its "
        "column of the balanced fund.",
        "支付的{payments}全部付出（{unit}）：按受偿方系数计算的{receipts}乘以{scale}。因此各省受偿额高于表3的补偿额度，"
        "与其平衡基金额度一栏一致。",
    ),
    "payments_none": (
        "No payments along the flows between payers and receivers meet the balanced fund.",
        "支付方与受偿方之间的流量不足以满足平衡基金的收支。",
    ),
}  # fmt: skip
