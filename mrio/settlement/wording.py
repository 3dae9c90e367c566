"""How statements are written: Chinese headers and words, tonnes with three to six decimals, yuan with two."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pandas as pd

from mrio.errors import ConfigError, did_you_mean
from mrio.outputs.escape import guard

#: Column -> Chinese header; the unit is the suffix of the English name.
HEADERS = {
    "item": "项目",
    "value": "内容",
    "date": "日期",
    "event": "事件",
    "reference": "编号",
    "file": "文件",
    "row": "行号",
    "credited_t": "核算入库量(吨)",
    "available_t": "可用量(吨)",
    "written_off_t": "已核销量(吨)",
    "expired_t": "失效量(吨)",
    "shortfall_t": "缺口量(吨)",
    "application": "申请编号",
    "applicant": "申请人",
    "project": "建设项目",
    "area_ha": "面积(公顷)",
    "obligation_t": "应补偿量(吨)",
    "offset_t": "抵消量(吨)",
    "purchase_t": "购买量(吨)",
    "offset_share_pct": "抵消比例(%)",
    "price_date": "价格日期",
    "average_yuan_per_t": "全国碳市场均价(元/吨)",
    "unit_yuan_per_t": "补偿单价(元/吨)",
    "cost_yuan": "应付金额(元)",
    "receipt": "凭证编号",
    "kind": "类别",
    "buyer": "购买人",
    "tonnes_t": "数量(吨)",
    "lot": "批次编号",
    "plot": "地块编号",
    "township": "乡镇",
    "species": "树种",
    "due_yuan": "应收金额(元)",
    "payee": "收款方",
    "role": "身份",
    "share": "分配比例",
    "certificate": "票证编号",
    "holder": "持有人",
    "quantity": "票面数量",
    "unit": "单位",
    "factor_t_per_mwh": "折算系数(吨/兆瓦时)",
    "worth_t": "折合(吨)",
    "used_t": "用于抵消(吨)",
    "lapsed_t": "未用作废(吨)",
    "expires": "有效期至",
    "status": "状态",
    "period_start": "中和期开始",
    "period_end": "中和期结束",
    "measured_t": "实测量(吨)",
    "excess_t": "超出不计(吨)",
    "cancelled_t": "未售注销(吨)",
    "party": "补足责任方",
    "owed_t": "应补足量(吨)",
    "made_good_t": "已补足量(吨)",
    "outstanding_t": "尚欠量(吨)",
    "occupancy": "占用编号",
}
LANGUAGES = ("en", "zh", "both")
#: Columns whose cells are words of the register, not of its users.
WORD_COLUMNS = ("item", "value", "event", "kind", "role", "status")
#: Those words, English -> Chinese.
WORDS = {
    "factor": "折算系数",
    "price": "行情",
    "lot": "入库",
    "monitoring": "监测",
    "replacement": "补足",
    "certificate": "票证登记",
    "application": "占用补偿",
    "occupancy": "占用",
    "expiry": "失效",
    "carbon_ticket": "碳票",
    "green_power": "绿电绿证",
    "collective": "集体",
    "developer": "开发公司",
    "open": "有余量",
    "sold out": "已售罄",
    "expired": "已失效",
    "measured": "已监测",
    "monitoring overdue": "逾期未监测",
    "used": "已使用",
    "valid": "有效",
    "occupied": "已占用",
    "total": "合计",
    "complete": "全部入账",
    "stopped": "中止",
    "county": "县",
    "note": "说明",
    "as of": "截至",
    "state": "状态",
    "stopped at": "中止处",
    "events booked": "入账事件数",
    "rows not booked": "未入账行数",
    "credited (t)": "核算入库量(吨)",
    "available (t)": "可用量(吨)",
    "written off (t)": "已核销量(吨)",
    "expired (t)": "失效量(吨)",
    "shortfall (t)": "缺口量(吨)",
    "largest obligation without offset (t)": "不抵消时可补偿的最大量(吨)",
    "largest obligation with full offset (t)": "足额抵消时可补偿的最大量(吨)",
    "shortfall still owed (t)": "尚待补足量(吨)",
    "charged (yuan)": "应付总额(元)",
    "receipts": "凭证数",
}


def as_text(frame: pd.DataFrame, language: str) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a statement as text in `language` (``en``, ``zh``, or ``both``: 中文 english).

    Raises
    ------
    ConfigError
        If the language is unknown.
    """
    if language not in LANGUAGES:
        hint = did_you_mean(language, LANGUAGES)
        raise ConfigError(f"language {language!r} is unknown{hint}; known: {', '.join(LANGUAGES)}.")
    names = list(frame.columns)
    header = {
        "en": names,
        "zh": [HEADERS[name] for name in names],
        "both": [f"{HEADERS[name]} {name}" for name in names],
    }
    columns = [_column_text(name, frame, language) for name in names]
    return header[language], [list(row) for row in zip(*columns, strict=True)]


def amount_text(value: Decimal, least: int = 3) -> str:
    """Return an amount without exponent, with at least `least` decimals and no zeros after those."""
    whole, _, places = f"{value:f}".partition(".")
    places = places.rstrip("0").ljust(least, "0")
    return f"{whole}.{places}" if places else whole


def _column_text(name: str, frame: pd.DataFrame, language: str) -> list[str]:
    """Return the cells of a column as text; nothing known is an empty cell."""
    word = _word(language) if name in WORD_COLUMNS else str
    quantities = frame["item"] if name == "value" else [name] * len(frame)
    return [
        "" if cell is None else amount_text(cell, _places(of)) if isinstance(cell, Decimal) else guard(word(cell))
        for cell, of in zip(frame[name].tolist(), quantities, strict=True)
    ]


def _places(quantity: str) -> int:
    """Return the decimals an amount is written with at least, by the unit in the name of its column or item."""
    return 2 if quantity.endswith(("_yuan", "(yuan)")) else 3 if quantity.endswith(("_t", "(t)")) else 0


def _word(language: str) -> Callable[[object], str]:
    """Return how a word of the register is written in `language`."""
    if language == "zh":
        return lambda value: WORDS.get(str(value), str(value))
    if language == "both":
        return lambda value: f"{WORDS[str(value)]} {value}" if str(value) in WORDS else str(value)
    return str
