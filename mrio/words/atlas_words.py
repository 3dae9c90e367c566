"""Every word of the atlas in English and Chinese; ``{name}`` is filled in by the page."""

from __future__ import annotations

from mrio.words.atlas_chart_words import CHARTS
from mrio.words.door import Words

ATLAS = Words({
    "title": ("Embodied carbon between China's provinces, {year}", "{year}年中国省际隐含碳"),
    "lead": (
        "Who emits CO₂ for whose demand, who answers for it, and what it would cost. Flows between provinces "
        "are estimated; what is measured and what is not is said at the end of the page.",
        "谁在为谁的需求排放二氧化碳、责任如何分担、补偿额度多少。省际流量为估算值；哪些为实测、哪些为估算，见页末说明。",
    ),
    "noscript": ("This page needs JavaScript.", "本页需要启用JavaScript。"),
    "skip": ("Skip to the results", "跳到结果"),
    "controls": ("Choices", "选项"),
    "province": ("Province", "省份"),
    "definition": ("Definition of the flow", "流量口径"),
    "resolution": ("Computed at", "计算部门"),
    "language": ("Language", "语言"),
    "year": ("Year", "年份"),
    "since": ("Change since", "对比年份"),
    "since_none": ("no comparison", "不对比"),
    "since_note": (
        "Account by account, map, partners, ranking and matrix show what changed from {since} to {now}; all else is of "
        "{now}. A change has no interval: how the errors of two years go together is not known.",
        "排放账户、地图、往来省份、排序与矩阵显示{since}年至{now}年的变化，其余均为{now}年。"
        "变化量不给区间：两年误差之间的相关性未知。",
    ),
    "change": ("change", "变化"),
    "change_of": ("Change of: {what}", "变化：{what}"),
    "with": ("Beside it", "对比省份"),
    "with_none": ("no other", "无"),
    "stressor": ("Emissions of", "排放物"),
    "per": ("Emissions", "排放单位"),
    "per_total": ("in total", "总量"),
    "per_head": ("per head", "人均"),
    "per_gdp": ("per GDP", "单位GDP"),
    "unit_total": ("Mt", "百万吨"),
    "unit_head": ("t per head", "吨/人"),
    "unit_gdp": ("t per 10⁴ {money}", "吨/万{money}"),
    "theme_dark": ("Dark", "深色"),
    "theme_light": ("Light", "浅色"),
    "copy_link": ("Copy link", "复制链接"),
    "link_copied": ("The link is copied: it shows all that you see.", "链接已复制，包含当前全部选择。"),
    "link_shown": ("The link to all that you see:", "包含当前全部选择的链接："),
    "address_unknown": (
        "The address says {said}, which this page does not know; the default stands instead.",
        "地址中的{said}无法识别，已改用默认值。",
    ),
    "save_as": ("{kind} of: {title}", "下载{kind}：{title}"),
    "no_group": ("Other regions", "其他地区"),
    # province
    "net_out": (
        "{province} shifts more emissions to other provinces than it carries for them: it pays.",
        "{province}转由他省承担的排放多于替他省承担的排放：应支付补偿。",
    ),
    "net_in": (
        "{province} carries more emissions for other provinces than it shifts to them: it receives.",
        "{province}替他省承担的排放多于转由他省承担的排放：应获补偿。",
    ),
    "sign_not_certain": ("sign not certain", "方向不确定"),
    "sign_by_definition": ("sign depends on the definition", "方向因口径而异"),
    "sign_depends": ("But the sign depends on the definition: {depends}.", "但方向因口径而异：{depends}。"),
    "interval": ("90% interval", "90%区间"),
    "sign_net": (
        "Sign not certain: the net transfer of {province} is {net} Mt",
        "方向不确定：{province}净转移量为{net}百万吨",
    ),
    "sign_interval": ("90% interval {low} to {high}", "90%区间为{low}至{high}"),
    "sign_chance": ("it pays with a probability of {chance}", "应支付的概率为{chance}"),
    "sign_variants": (
        "{paying} of the {count} definitions and resolutions say it pays",
        "{count}种口径与部门组合中，{paying}种为应支付",
    ),
    "net_none": (
        "{province} shifts to other provinces as much as it carries for them.",
        "{province}转出与替他省承担的排放相等。",
    ),
    "mixed": (
        "Its official table books foreign and interprovincial trade together: its exports, and what hangs on "
        "them, are not comparable with other provinces'.",
        "该省官方投入产出表未区分对外贸易与省际贸易，其出口及相关数值与其他省份不可比。",
    ),
    "ledger": ("Its emissions, account by account ({unit})", "排放账户（{unit}）"),
    "ledger_region": ("Emissions of the province, account by account", "该省排放账户"),
    "production": ("= Emitted by its production", "＝生产侧排放"),
    "production_home": ("For its own demand", "满足本省需求"),
    "production_outflow": ("+ for other provinces", "＋满足他省需求"),
    "production_exports": ("+ for foreign exports", "＋满足国外出口"),
    "production_rest": ("+ residual, and excluded regions", "＋误差项及未纳入地区"),
    "production_reshipped": ("− others' emissions passed on", "−转运的他省排放"),
    "consumption": ("= Emitted in the country for its demand", "＝消费侧排放"),
    "consumption_home": ("For its own demand, at home", "满足本省需求，本省产生"),
    "consumption_inflow": ("+ in other provinces", "＋满足本省需求，他省产生"),
    "consumption_reshipped": ("− what was only passed on", "−仅转运的部分"),
    "net": ("= Net transfer", "＝净转移量"),
    "net_inflow": ("In other provinces for its demand", "他省为本省产生"),
    "net_outflow": ("− in it for other provinces", "−本省为他省产生"),
    "net_axis": ("Net transfer", "净转移量"),
    "net_transfer": (
        "Net transfer in the scope of this study (with foreign trade)",
        "本研究范围的净转移量（含对外贸易）",
    ),
    "imports": (
        "Beside these: foreign imports, as if made at home",
        "另计：进口产品隐含碳（按国内技术）",
    ),
    "household": ("Beside these: fuel that households burn", "另计：居民生活直接排放"),
    "emits_for": ("Who emits for {province}", "谁为{province}排放"),
    "emitted_for": ("For whom {province} emits", "{province}为谁排放"),
    "partner": ("Province", "省份"),
    "megatonnes": ("Mt CO₂", "百万吨CO₂"),
    "change_mt": ("Change, Mt", "变化（百万吨）"),
    "part": ("Share", "占比"),
    "others": ("{count} others", "其余{count}省"),
    "all_partners": ("All other provinces", "他省合计"),
    "show_all": ("Show all", "显示全部"),
    "show_fewer": ("Show the largest", "只显示主要省份"),
    "schemes": ("What it answers for, scheme by scheme (Mt CO₂)", "各责任分配方案下的责任（百万吨CO₂）"),
    "schemes_none": (
        "This definition counts a tonne at every border and cannot be shared.",
        "此口径在每次过境时重复计量，无法分担。",
    ),
    # map
    "map_column": ("Coloured by", "着色指标"),
    "map_label": (
        "Tile map of the provinces: arrow keys move, Enter chooses a province",
        "省份格网图：方向键移动，回车键选择省份",
    ),
    "map_chosen": ("{province} and the others", "{province}与他省"),
    "map_note": (
        "One tile a province, no borders. Dotted: the sign is not certain. {absent}Taiwan, Hong Kong and Macao are not "
        "covered by the data.",
        "每省一格，非行政边界图。虚线框：方向不确定。{absent}数据未涵盖台湾、香港和澳门。",
    ),
    "absent": (
        "Outside the study: {names}; what is sent there is an account of its own. ",
        "{names}未纳入研究，流向该地的排放单列科目。",
    ),
    "not_in_study": ("not in the study", "未纳入研究"),
    "no_value": ("no value", "无数据"),
    # tables
    "tables_title": ("Tables", "数据表"),
    "tables_choice": ("Table", "选择数据表"),
    "all_columns": ("all definitions, resolutions and stressors", "显示全部口径、部门与排放物"),
    "download": ("Download CSV", "下载CSV"),
    "sort": ("sort by {column}", "按{column}排序"),
    "no_intervals": (
        "Intervals and standard deviations are known for the study's own curve alone, and not shown for another.",
        "区间与标准差只对研究所用曲线已知，其他曲线下不显示。",
    ),
    "recomputed": ("Recomputed with the values of the sliders.", "已按滑块取值重算。"),
    "total": ("Total", "合计"),
    # notes
    "notes_title": ("What is measured, what is estimated", "数据来源与估算说明"),
    "note_flows": (
        "Estimated: every flow between provinces. Official tables are published province by "
        "province and say what a province sends out and takes in, not where from or where to; origins and "
        "destinations come from a gravity model balanced to the (reconciled) totals. Single bilateral flows "
        "are far less certain than a province's totals.",
        "估算：全部省际流量。官方投入产出表按省单独公布，只有调出、调入总量，没有去向和来源；流向由引力"
        "模型估计并与（协调后的）总量平衡。单条双边流量的不确定性远大于各省合计。",
    ),
    "lead_given": (
        "Who emits CO₂ for whose demand, who answers for it, and what it would cost. Flows between provinces are those "
        "of the table listed in provenance.json; what else is measured is said at the end of the page.",
        "谁在为谁的需求排放二氧化碳、责任如何分担、补偿额度多少。省际流量取自provenance.json所列投入产出表；其他数据见页末说明。",
    ),
    "note_flows_given": (
        "The interprovincial table is the one listed in provenance.json; it was not estimated here. How certain its "
        "flows are, its publisher says.",
        "省际投入产出表为provenance.json所列数据，非本项目估算，其流量的不确定性见原发布者说明。",
    ),
    "note_emissions": (
        "Direct emissions, as shipped: CEADs inventories of the provinces, CO₂ of energy use and cement; "
        "where their sectors are coarser than the table's they are split by purchases of energy.",
        "直接排放（默认数据）：CEADs省级排放清单（能源活动与水泥的CO₂）；清单部门粗于投入产出表部门时，按能源投入拆分。",
    ),
    "note_definitions": (
        "Definitions. EEBT: emissions of a province for the goods it sends, home stages only; sent goods "
        "count as the demand of the province that takes them. MRIO: final demand drives, through every chain "
        "of supply. Gross: all emissions in a shipment, by province of last shipment. Six sectors or 42: the "
        "table added up before computing, as the study did, or after. The results differ; neither is wrong.",
        "口径。EEBT：各省调出产品在本省产生的排放，调出产品计为接收省的需求。MRIO：由最终需求驱动，沿全部供应链追"
        "溯。总贸易含量：货物所含全部排放，按最后发货省归集。六部门为先合并部门后计算（与原文一致），42部门为计算"
        "后再合并；结果不同，均成立。",
    ),
    "note_sign": (
        "Sign: net transfer = emissions in what a province draws from other provinces less those in what it sends "
        "them. Positive: the province shifts emissions out and pays. Negative: it carries others' and receives.",
        "符号：净转移量=由他省调入品隐含的排放减去向他省调出品隐含的排放。正值为净转出，应支付；负值为净转入，应受偿。",
    ),
    "note_social": (
        "Per-capita GDP and Engel coefficients are yearbook values, not all of them verified.",
        "人均GDP与恩格尔系数取自年鉴，部分未核实。",
    ),
    "note_cover": (
        "Not covered: Taiwan, Hong Kong, Macao. Regions outside the study and foreign countries are "
        "accounts of their own; nothing is dropped.",
        "未涵盖：台湾、香港、澳门。未纳入地区与国外单列科目，无遗漏。",
    ),
    **CHARTS,
})  # fmt: skip
