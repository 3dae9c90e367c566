"""What the columns of Tables 1-3 are called: headers in full, headings short enough for a page, units."""

from __future__ import annotations

from mrio.words.door import Words

QUANTITIES = Words({
    "production": ("Production-based emissions", "生产侧碳排放"),
    "household": ("Direct emissions of households", "居民直接碳排放"),
    "consumption": ("Consumption-based emissions", "消费侧碳排放"),
    "outflow": ("Embodied in goods sent to other provinces", "调出产品隐含碳"),
    "inflow": ("Embodied in goods drawn from other provinces", "调入产品隐含碳"),
    "net_transfer": ("Net transfer (+ out, pays)", "净转移量(正为净转出)"),
    "consumption_sd": ("Standard deviation of consumption", "消费侧标准差"),
    "net_transfer_sd": ("Standard deviation of the net transfer", "净转移量标准差"),
    "exports": ("Embodied in foreign exports", "出口隐含碳"),
    "imports": ("Embodied in foreign imports, as if made at home", "进口隐含碳(按国内技术)"),
    "residual": ("Residual account", "误差项"),
    "excluded": ("To excluded regions", "流向未纳入地区"),
    "zero_output": ("Sectors without output", "无产出部门排放"),
    "inventory": ("Of which inventory change", "其中:存货变动"),
    "outflow_value_added": ("Local value added in outflow", "流出中的省内增加值"),
    "outflow_value": ("Total outflow", "流出总额"),
    "alpha": ("Factor alpha", "分配因子"),
    "alpha_sd": ("Standard deviation of alpha", "分配因子标准差"),
    "shared_sd": ("Standard deviation after sharing", "分配后标准差"),
    "share": ("Responsibility share", "责任分配比例"),
    "shared": ("Emissions after sharing", "分配后碳排放"),
    "gdp_per_capita": ("GDP per head", "人均GDP"),
    "engel": ("Engel coefficient", "恩格尔系数"),
    "coefficient": ("Compensation coefficient", "补偿系数"),
    "amount": ("Amount (+ receives, - pays)", "补偿额度(+受偿,-支付)"),
    "amount_sd": ("Standard deviation of the amount", "额度标准差"),
    "balanced": ("Amount, balanced fund", "平衡基金额度"),
    "gdp_share": ("Amount over GDP", "额度占GDP比重"),
    "per_head": ("Amount per head", "人均额度"),
    "role": ("Role", "角色"),
    "foreign_trade": ("Foreign trade", "对外贸易"),
    "province": ("Province", "省份"),
    "province_zh": ("Province", "省份"),
})  # fmt: skip
#: Headings short enough for a page; a space is where a narrow column may break one.
SHORT = Words({
    "production": ("Production", "生产侧"),
    "household": ("Households", "居民直接"),
    "consumption": ("Consumption", "消费侧"),
    "outflow": ("Sent", "调出 隐含碳"),
    "inflow": ("Drawn", "调入 隐含碳"),
    "net_transfer": ("Net transfer", "净转移量"),
    "outflow_value_added": ("Local value added", "省内 增加值"),
    "outflow_value": ("Outflow", "流出总额"),
    "alpha": ("Alpha", "分配因子"),
    "share": ("Share", "分配比例"),
    "shared": ("After sharing", "分配后 排放"),
    "gdp_per_capita": ("GDP per head", "人均GDP"),
    "engel": ("Engel coefficient", "恩格尔 系数"),
    "coefficient": ("Compensation coefficient", "补偿系数"),
    "amount": ("Amount", "补偿额度"),
    "balanced": ("Balanced", "平衡额度"),
    "province": ("Province", "省份"),
})  # fmt: skip
#: Unit as columns write it -> what stands behind a heading.
UNITS_BEHIND = Words({
    "": ("", ""),
    "Mt": (" (Mt)", " (Mt)"),
    "CNY": (" (yuan)", "(元)"),
    "100M_CNY": (" (10⁸ yuan)", "(亿元)"),
})  # fmt: skip
