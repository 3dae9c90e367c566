"""Words of the page and figures of evidence, English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping

#: Pieces of evidence and accounts as people read them; an unknown piece keeps its name.
NAMES = {
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
}
#: Account and piece of one name: as an account it is read so.
ACCOUNTS = NAMES | {"inventory": ("inventory change", "存货变动")}
TEXT: Mapping[str, tuple[str, str]] = {
    "electricity_title": ("{year}: electricity, net outflow estimated and physical", "{year}年电力净流出:估算与实物"),
    "electricity_x": (
        "Generation less consumption, at the estimated price (10⁸ yuan)",
        "发电量减用电量,按估算价格(亿元)",
    ),
    "electricity_y": ("Estimated net outflow (10⁸ yuan)", "估算净流出(亿元)"),
    "local_title": ("{year}: what provinces deliver to themselves, by product", "{year}年各产品省内自给份额"),
    "local_x": (
        "Share of domestic deliveries; size of the mark: emissions of the product",
        "占国内供应的份额;点的大小表示该产品排放",
    ),
    "local_province": ("own province", "本省"),
    "local_region": ("own region (eight regions)", "本区域(八大区域)"),
    "corrections_title": ("{year}: the largest corrections of official tables", "{year}年对官方表的最大修正"),
    "corrections_x": ("Used less reported (10⁸ yuan)", "采用值减报告值(亿元)"),
    "page_title": ("Evidence behind the table of {year}", "{year}年估算表所依据的证据"),
    "page_lead": (
        "Output and value added are official and do not move. Uses, final demand, exports and imports are those "
        "nearest to everything observed, each observation weighted by its standard error. A gap is estimate less "
        "value, in errors: two thirds within 1 is what honest errors look like; far more means that errors are stated "
        "too wide, far less too narrow.",
        "总产出与增加值取官方值不变;使用、最终需求、出口与进口为在各观测误差加权下最接近全部观测的值。"
        "差距=(估计值-观测值)/标准误。",
    ),
    "pieces": ("Pieces of evidence", "证据一览"),
    "furthest": ("Observations furthest from the estimate", "与估计相差最大的观测"),
    "figures": ("Figures", "图"),
}
#: Headings of the tables of the page.
HEADS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "heads_pieces": (
        ("Evidence", "Account", "Observations", "Root mean square gap", "Within 1", "Within 2", "Source"),
        ("证据", "账户", "观测数", "均方根差距", "≤1", "≤2", "来源"),
    ),
    "heads_rows": (
        ("Evidence", "Account", "Province", "Sector", "Value", "Error", "Estimate", "Gap"),
        ("证据", "账户", "省份", "部门", "观测值", "标准误", "估计值", "差距"),
    ),
}  # fmt: skip


def evidence_name(name: str, language: str) -> str:
    """Return a piece of evidence in words."""
    return NAMES.get(name, (name, name))[1 if language == "zh" else 0]


def account_name(name: str, language: str) -> str:
    """Return an account in words."""
    return ACCOUNTS.get(name, (name, name))[1 if language == "zh" else 0]


def evidence_text(key: str, language: str, **values: object) -> str:
    """Return a text in `language`."""
    return TEXT[key][1 if language == "zh" else 0].format(**values)


def evidence_heads(key: str, language: str) -> tuple[str, ...]:
    """Return the headings of a table in `language`."""
    return HEADS[key][1 if language == "zh" else 0]
