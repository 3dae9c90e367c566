"""Words of the page and figures of evidence, English and Chinese."""

from __future__ import annotations

from mrio.words.door import Words

#: Pieces of evidence and accounts as people read them; an unknown piece keeps its name.
NAMES = Words({
    "reports": ("official reports", "官方省级表"),
    "national": ("national table", "全国投入产出表"),
    "final_demand": ("final demand by province", "分省最终需求"),
    "inventory": ("plausible inventory changes", "合理存货变动"),
    "electricity": ("physical electricity", "实物电力平衡"),
    "local_delivery": ("delivery on the spot", "就地供应"),
    "intermediate": ("intermediate use", "中间使用"),
    "consumption": ("consumption", "消费"),
    "formation": ("capital formation", "固定资本形成"),
    "exports": ("exports", "出口"),
    "imports": ("imports", "进口"),
    "net_outflow": ("net outflow", "净流出"),
    "residual": ("residual", "误差项"),
})  # fmt: skip
#: Account and piece of one name: as an account it is read so.
ACCOUNTS = Words({**NAMES.texts, "inventory": ("inventory change", "存货变动")})
EVIDENCE = Words({
    "electricity_title": ("{year}: electricity, net outflow estimated and physical", "{year}年电力净流出：估算与实物"),
    "electricity_x": ("Net outflow of electricity (10⁸ yuan)", "电力净流出（亿元）"),
    "electricity_physical": ("Generation less use, and its error", "发电量减用电量及其误差"),
    "electricity_estimate": ("Estimate", "估算值"),
    "local_title": ("{year}: what provinces deliver to themselves, by product", "{year}年各产品省内自给份额"),
    "local_x": (
        "Share of domestic deliveries; size of the mark: emissions of the product",
        "占国内供应的份额；点的大小表示该产品排放",
    ),
    "local_province": ("own province", "本省"),
    "local_region": ("own region (eight regions)", "本区域（八大区域）"),
    "corrections_title": ("{year}: the largest corrections of official tables", "{year}年对官方表的最大修正"),
    "corrections_x": ("Used less reported (10⁸ yuan)", "采用值减报告值（亿元）"),
    "page_title": ("Evidence behind the table of {year}", "{year}年估算表所依据的证据"),
    "page_lead": (
        "Output and value added are official and do not move. Uses, final demand, exports and imports are those "
        "nearest to everything observed, each observation weighted by its standard error. A gap is estimate less "
        "value, in errors: two thirds within 1 is what honest errors look like; far more means that errors are stated "
        "too wide, far less too narrow.",
        "总产出与增加值取官方值不变；使用、最终需求、出口与进口为在各观测误差加权下最接近全部观测的值。"
        "差距＝（估计值−观测值）/标准误。",
    ),
    "pieces": ("Pieces of evidence", "证据一览"),
    "furthest": ("Observations furthest from the estimate", "与估计相差最大的观测"),
    "figures": ("Figures", "图"),
})  # fmt: skip
#: Headings of the page's tables.
HEADS = Words({
    "evidence": ("Evidence", "证据"),
    "account": ("Account", "账户"),
    "observations": ("Observations", "观测数"),
    "rms": ("Root mean square gap", "均方根差距"),
    "within_1": ("Within 1", "≤1"),
    "within_2": ("Within 2", "≤2"),
    "source": ("Source", "来源"),
    "province": ("Province", "省份"),
    "sector": ("Sector", "部门"),
    "value": ("Value", "观测值"),
    "error": ("Error", "标准误"),
    "estimate": ("Estimate", "估计值"),
    "gap": ("Gap", "差距"),
})  # fmt: skip
