"""Every word of the atlas in English and Chinese; ``{name}`` is filled in by the page."""

from __future__ import annotations

from mrio.words.door import Words

ATLAS = Words({
    "title": ("Embodied carbon between China's provinces, {year}", "{year}年中国省际隐含碳"),
    "lead": (
        "Who emits CO₂ for whose demand, who answers for it, and what it would cost. Flows between provinces "
        "are estimated; what is measured and what is not is said at the end of the page.",
        "谁在为谁的需求排放二氧化碳、责任如何分担、补偿额度多少。省际流量为估算值;哪些为实测、哪些为估算,见页末说明。",
    ),
    "noscript": ("This page needs JavaScript.", "本页需要启用JavaScript。"),
    "skip": ("Skip to the results", "跳到结果"),
    "controls": ("Choices", "选项"),
    "province": ("Province", "省份"),
    "definition": ("Definition of the flow", "流量口径"),
    "resolution": ("Computed at", "计算部门"),
    "language": ("Language", "语言"),
    "no_group": ("Other regions", "其他地区"),
    # province
    "net_out": (
        "{province} shifts more emissions to other provinces than it carries for them: it pays.",
        "{province}转由他省承担的排放多于替他省承担的排放:应支付补偿。",
    ),
    "net_in": (
        "{province} carries more emissions for other provinces than it shifts to them: it receives.",
        "{province}替他省承担的排放多于转由他省承担的排放:应获补偿。",
    ),
    "net_uncertain": (
        "Whether {province} shifts more emissions to other provinces than it carries for them is not certain: it pays "
        "with a probability of {chance}.",
        "{province}转出的排放是否多于替他省承担的排放并不确定:其应支付补偿的概率为{chance}。",
    ),
    "net_none": (
        "{province} shifts to other provinces as much as it carries for them.",
        "{province}转出与替他省承担的排放相等。",
    ),
    "mixed": (
        "Its official table books foreign and interprovincial trade together: its exports, and what hangs on "
        "them, are not comparable with other provinces'.",
        "该省官方投入产出表未区分对外贸易与省际贸易,其出口及相关数值与其他省份不可比。",
    ),
    "ledger": ("Its emissions, account by account (Mt CO₂)", "排放去向与来源(Mt CO₂)"),
    "production": ("Emitted by its production", "生产侧排放"),
    "production_home": ("for its own demand", "满足本省需求"),
    "production_outflow": ("for other provinces", "满足他省需求"),
    "production_exports": ("for foreign exports", "满足出口"),
    "production_excluded": ("for regions outside the study", "流向未纳入地区"),
    "production_residual": ("residual of the table", "投入产出表误差项"),
    "production_zero_output": ("sectors without output", "无产出部门"),
    "production_reshipped": ("less others' emissions passed on", "减:转运的他省排放"),
    "consumption": ("Emitted anywhere for its demand", "消费侧排放"),
    "consumption_home": ("at home", "本省产生"),
    "consumption_inflow": ("in other provinces", "他省产生"),
    "consumption_reshipped": ("less what was only passed on", "减:仅转运的部分"),
    "net_transfer": ("Net transfer", "净转移量"),
    "imports": (
        "Foreign imports, as if made at home (beside the above)",
        "进口产品隐含碳,按国内技术(不在以上之内)",
    ),
    "household": ("Households burn themselves (beside the above)", "居民直接排放(不在以上之内)"),
    "emits_for": ("Who emits for {province}", "谁为{province}排放"),
    "emitted_for": ("For whom {province} emits", "{province}为谁排放"),
    "partner": ("Province", "省份"),
    "megatonnes": ("Mt CO₂", "Mt CO₂"),
    "part": ("Share", "占比"),
    "others": ("{count} others", "其余{count}省"),
    "all_partners": ("All other provinces", "他省合计"),
    "show_all": ("Show all", "显示全部"),
    "show_fewer": ("Show the largest", "只显示主要省份"),
    "schemes": ("What it answers for, scheme by scheme (Mt CO₂)", "各责任分配方案下的责任(Mt CO₂)"),
    "schemes_none": (
        "This definition counts a tonne at every border and cannot be shared.",
        "此口径在每次过境时重复计量,无法分担。",
    ),
    # map
    "map_column": ("Coloured by", "着色指标"),
    "map_label": (
        "Tile map of the provinces: arrow keys move, Enter chooses a province",
        "省份格网图:方向键移动,回车键选择省份",
    ),
    "map_chosen": ("{province} and the others", "{province}与他省"),
    "map_note": (
        "One tile a province, no borders. {absent}Taiwan, Hong Kong and Macao are not covered by the data.",
        "每省一格,非行政边界图。{absent}数据未涵盖台湾、香港和澳门。",
    ),
    "absent": (
        "Outside the study: {names}; what is sent there is an account of its own. ",
        "{names}未纳入研究,流向该地的排放单列科目。",
    ),
    "not_in_study": ("not in the study", "未纳入研究"),
    "no_value": ("no value", "无数据"),
    # charts
    "drawing": ("Drawing …", "正在绘图…"),
    "emissions_title": ("Production and consumption", "生产侧与消费侧碳排放"),
    "production_short": ("Production-based", "生产侧"),
    "consumption_short": ("Consumption-based", "消费侧"),
    "matrix_title": ("Who emits for whom: transfer matrix", "谁为谁排放:转移矩阵"),
    "matrix_level": ("Between", "层级"),
    "provinces": ("provinces", "省份"),
    "regions": ("eight regions", "八大区域"),
    "matrix_label": (
        "Transfer matrix, emitting province down, served province across: arrow keys move from cell to cell, "
        "Enter chooses the emitting province",
        "转移矩阵,纵向为排放省份,横向为需求省份:方向键逐格移动,回车键选择排放省份",
    ),
    "matrix_origin": ("Emitting", "排放方"),
    "matrix_destination": ("Demand served", "需求方"),
    "matrix_note": (
        "Own emissions for own demand are left uncoloured. Colour goes with the square root of the flow. "
        "Provinces stand by region.",
        "对角线(满足本地需求的本地排放)不着色。颜色深浅按流量平方根。省份按八大区域排列。",
    ),
    "sankey_title": ("The main flows", "主要流向"),
    "sankey_level": ("Show", "显示"),
    "sankey_regions": ("all flows between eight regions", "八大区域间全部流量"),
    "sankey_provinces": ("the {count} largest flows between provinces", "最大的{count}条省际流量"),
    "sankey_note": (
        "Left: where it is emitted. Right: whose demand it serves. The flows shown are {part} of all flows "
        "between {level}.",
        "左侧为排放地,右侧为需求地。所示流量占{level}间流量总和的{part}。",
    ),
    "flow": ("{origin} → {destination}: {value} Mt", "{origin}→{destination}:{value} Mt"),
    # compensation
    "money_title": ("Compensation: what if?", "碳补偿:参数试算"),
    "money_lead": (
        "S = p · |NT| · ρ, with ρ = K / (1 + a·exp(−b·t)): K is GDP per head over G, t the Engel "
        "coefficient. The sliders recompute Table 3 here and below.",
        "S = p·|NT|·ρ,ρ = K / (1 + a·exp(−b·t)):K为人均GDP与G之比,t为恩格尔系数。拖动滑块,下图与表3随之重算。",
    ),
    "price": ("Carbon price p ({money} per tonne)", "碳价p({money}/吨)"),
    "b": ("b of the curve", "曲线参数b"),
    "a": ("a of the curve", "曲线参数a"),
    "G": ("G, reference GDP per head ({money})", "G,参照人均GDP({money})"),
    "preset": ("Curve", "曲线"),
    "preset_own": ("own values", "自定义"),
    "price_number": ("Carbon price as a number", "碳价数值"),
    "b_number": ("b as a number", "参数b数值"),
    "reset": ("Back to the study's values", "恢复研究取值"),
    "pearl_note": ("This curve takes K = 1 and t = 1/Engel − 3.", "此曲线取K = 1,t = 1/恩格尔系数 − 3。"),
    "curve_values": ("a = {a}, b = {b}, G = {G}", "取a = {a},b = {b},G = {G}"),
    "curve_pearl": ("K = 1, t = 1/Engel − 3, a = {a}, b = {b}", "取K = 1,t = 1/恩格尔系数 − 3,a = {a},b = {b}"),
    "money_axis": ("10⁸ {money} (+ receives, − pays)", "亿{money}(正为受偿,负为支付)"),
    "fund_keeps": (
        "Payments {payments}, receipts {receipts}: the fund keeps {gap} (10⁸ {money}).",
        "支付合计{payments},受偿合计{receipts},基金结余{gap}(亿{money})。",
    ),
    "fund_lacks": (
        "Payments {payments}, receipts {receipts}: the fund lacks {gap} (10⁸ {money}).",
        "支付合计{payments},受偿合计{receipts},基金缺口{gap}(亿{money})。",
    ),
    "not_a_number": ("Give a number of 0 or more (G above 0).", "请输入不小于0的数(G须大于0)。"),
    # tables
    "tables_title": ("Tables", "数据表"),
    "tables_choice": ("Table", "选择数据表"),
    "all_columns": ("all definitions and resolutions", "显示全部口径与部门"),
    "download": ("Download CSV", "下载CSV"),
    "sort": ("sort by {column}", "按{column}排序"),
    "recomputed": ("Recomputed with the values of the sliders.", "已按滑块取值重算。"),
    "total": ("Total", "合计"),
    # notes
    "notes_title": ("What is measured, what is estimated", "数据来源与估算说明"),
    "note_flows": (
        "Estimated: every flow between provinces. Official tables are published province by "
        "province and say what a province sends out and takes in, not where from or where to; origins and "
        "destinations come from a gravity model balanced to the (reconciled) totals. Single bilateral flows "
        "are far less certain than a province's totals.",
        "估算:全部省际流量。官方投入产出表按省单独公布,只有调出、调入总量,没有去向和来源;流向由引力"
        "模型估计并与(协调后的)总量平衡。单条双边流量的不确定性远大于各省合计。",
    ),
    "lead_given": (
        "Who emits CO₂ for whose demand, who answers for it, and what it would cost. Flows between provinces are those "
        "of the table listed in provenance.json; what else is measured is said at the end of the page.",
        "谁在为谁的需求排放二氧化碳、责任如何分担、补偿额度多少。省际流量取自provenance.json所列投入产出表;其他数据见页末说明。",
    ),
    "note_flows_given": (
        "The interprovincial table is the one listed in provenance.json; it was not estimated here. How certain its "
        "flows are, its publisher says.",
        "省际投入产出表为provenance.json所列数据,非本项目估算,其流量的不确定性见原发布者说明。",
    ),
    "note_emissions": (
        "Direct emissions, as shipped: CEADs inventories of the provinces, CO₂ of energy use and cement; "
        "where their sectors are coarser than the table's they are split by purchases of energy.",
        "直接排放(默认数据):CEADs省级排放清单(能源活动与水泥的CO₂);清单部门粗于投入产出表部门时,按能源投入拆分。",
    ),
    "note_definitions": (
        "Definitions. EEBT: emissions of a province for the goods it sends, home stages only; sent goods "
        "count as the demand of the province that takes them. MRIO: final demand drives, through every chain "
        "of supply. Gross: all emissions in a shipment, by province of last shipment. Six sectors or 42: the "
        "table added up before computing, as the study did, or after. The results differ; neither is wrong.",
        "口径。EEBT:各省调出产品在本省产生的排放,调出产品计为接收省的需求。MRIO:由最终需求驱动,沿全部供应链追"
        "溯。总贸易含量:货物所含全部排放,按最后发货省归集。六部门为先合并部门后计算(与原文一致),42部门为计算"
        "后再合并;结果不同,均成立。",
    ),
    "note_sign": (
        "Sign: net transfer = emissions in what a province draws from other provinces less those in what it sends "
        "them. Positive: the province shifts emissions out and pays. Negative: it carries others' and receives.",
        "符号:净转移量=由他省调入品隐含的排放减去向他省调出品隐含的排放。正值为净转出,应支付;负值为净转入,应受偿。",
    ),
    "note_social": (
        "Per-capita GDP and Engel coefficients are yearbook values, not all of them verified.",
        "人均GDP与恩格尔系数取自年鉴,部分未核实。",
    ),
    "note_cover": (
        "Not covered: Taiwan, Hong Kong, Macao. Regions outside the study and foreign countries are "
        "accounts of their own; nothing is dropped.",
        "未涵盖:台湾、香港、澳门。未纳入地区与国外单列科目,无遗漏。",
    ),
})  # fmt: skip
