"""The sheets of a register: their columns in English and Chinese, and the order in which their rows happen.

By date; within a day factors, prices, lots, monitoring results, replacements, certificates, applications, occupancies
(what is known about the reserve comes before what is sold from it); within a sheet by row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from mrio.settlement import row_cells as cells
from mrio.settlement.events import (
    COLLECTIVE,
    DEVELOPER,
    GREEN_POWER,
    TICKET,
    Application,
    Certificate,
    Event,
    Factor,
    Lot,
    Monitoring,
    Occupancy,
    Owner,
    Price,
    Replacement,
)
from mrio.settlement.refusal import BadCell, Refusal
from mrio.settlement.register_files import Record
from mrio.settlement.rules import JOINT, PURCHASE


class Column(NamedTuple):
    """A column of an input sheet: field it fills, header in English and Chinese, reader of its cells."""

    header: str
    header_zh: str
    read: Callable[[str], object]


_TONNES, _HECTARES = cells.amount("t"), cells.amount("ha", 4)
_YUAN_PER_TONNE, _FACTOR = cells.amount("yuan/t", 4), cells.amount("t/MWh", 6, most="2")
_DAY = Column("date", "日期", cells.day)
MODES = {JOINT: JOINT, PURCHASE: PURCHASE, "联合开发": JOINT, "出资购买": PURCHASE}
KINDS = {TICKET: TICKET, GREEN_POWER: GREEN_POWER, "碳票": TICKET, "绿电绿证": GREEN_POWER}
ROLES = {COLLECTIVE: COLLECTIVE, DEVELOPER: DEVELOPER, "集体": COLLECTIVE, "开发公司": DEVELOPER}
UNITS = {"t": "t", "MWh": "MWh", "吨": "t", "兆瓦时": "MWh"}


E = TypeVar("E", bound=Event | Owner, covariant=True)


class Sheet(NamedTuple, Generic[E]):
    """One CSV sheet: the tuple a row becomes, its columns in the order of the fields, and those that may be absent."""

    event: type[E]
    columns: tuple[Column, ...]
    absent: frozenset[str] = frozenset()


#: The sheets in the order their rows happen within one day.
SHEETS: dict[str, Sheet] = {
    "factors": Sheet(
        Factor,
        (
            _DAY,
            Column("t_per_mwh", "吨每兆瓦时", _FACTOR),
            Column("source", "来源", cells.name),
        ),
    ),
    "prices": Sheet(
        Price,
        (
            _DAY,
            Column("average_yuan_per_t", "成交均价(元/吨)", cells.optional(_YUAN_PER_TONNE)),
            Column("turnover_yuan", "成交额(元)", cells.optional(cells.amount("yuan", 2))),
            Column("volume_t", "成交量(吨)", cells.optional(_TONNES)),
        ),
        frozenset({"average_yuan_per_t", "turnover_yuan", "volume_t"}),
    ),
    "lots": Sheet(
        Lot,
        (
            _DAY,
            Column("lot", "批次编号", cells.name),
            Column("plot", "地块编号", cells.name),
            Column("township", "乡镇", cells.name),
            Column("species", "树种", cells.name),
            Column("planted", "造林日期", cells.day),
            Column("area_ha", "面积(公顷)", _HECTARES),
            Column("mode", "收储方式", cells.choice(MODES)),
            Column("notice_from", "公示开始", cells.day),
            Column("notice_to", "公示结束", cells.day),
            Column("objections", "异议数", cells.count),
            Column("period_start", "中和期开始", cells.day),
            Column("credited_t", "核算碳汇量(吨)", _TONNES),
            Column("expires", "有效期至", cells.optional(cells.day)),
        ),
    ),
    "monitoring": Sheet(
        Monitoring,
        (
            _DAY,
            Column("lot", "批次编号", cells.name),
            Column("measured_t", "实测碳汇量(吨)", cells.amount("t", least="0")),
            Column("report", "监测报告", cells.name),
        ),
    ),
    "replacements": Sheet(
        Replacement,
        (
            _DAY,
            Column("replacement", "补足编号", cells.name),
            Column("lot", "批次编号", cells.name),
            Column("party", "补足责任方", cells.name),
            Column("tonnes", "补足量(吨)", _TONNES),
        ),
    ),
    "certificates": Sheet(
        Certificate,
        (
            _DAY,
            Column("certificate", "票证编号", cells.name),
            Column("holder", "持有人", cells.name),
            Column("county", "所属县", cells.name),
            Column("kind", "类型", cells.choice(KINDS)),
            Column("quantity", "数量", cells.amount("t or MWh")),
            Column("unit", "单位", cells.choice(UNITS)),
            Column("plot", "来源地块", cells.optional(cells.name, "")),
            Column("issued", "签发日期", cells.day),
            Column("expires", "有效期至", cells.day),
        ),
    ),
    "applications": Sheet(
        Application,
        (
            _DAY,
            Column("application", "申请编号", cells.name),
            Column("applicant", "申请人", cells.name),
            Column("project", "项目", cells.name),
            Column("area_ha", "占用面积(公顷)", _HECTARES),
            Column("obligation_t", "应补偿量(吨)", _TONNES),
            Column("offset_t", "申请抵消量(吨)", cells.amount("t", least="0")),
            Column("certificates", "抵消票证", cells.names),
        ),
    ),
    "occupancies": Sheet(
        Occupancy,
        (
            _DAY,
            Column("occupancy", "占用编号", cells.name),
            Column("application", "申请编号", cells.name),
            Column("area_ha", "占用面积(公顷)", _HECTARES),
        ),
    ),
}
OWNERS = Sheet(
    Owner,
    (
        Column("plot", "地块编号", cells.name),
        Column("payee", "收款方", cells.name),
        Column("role", "身份", cells.choice(ROLES)),
        Column("share", "分配比例", cells.amount("(share)", 12, most="1")),
    ),
)


def headers(sheet: Sheet) -> dict[str, str]:
    """Return Chinese header -> English header of a sheet."""
    return {column.header_zh: column.header for column in sheet.columns}


def parse(sheet: Sheet[E], record: Record) -> E:
    """Return the event in a row.

    Raises
    ------
    Refusal
        At the first cell that is not what its column expects.
    """
    values: list[Any] = []
    found = record.cells
    for column in sheet.columns:
        try:
            values.append(column.read(found.get(column.header, "")))
        except BadCell as bad:
            raise Refusal(record.place(column.header), *bad.args) from None
    return sheet.event(record, *values)


def timeline(sheets: Mapping[str, Sequence[Record]]) -> list[tuple[date, Event | Refusal]]:
    """Return the events of all sheets, each with its day, in the order they happened, up to a sheet's first bad row.

    A row that cannot be read, or is dated before the row above it, becomes a :class:`Refusal` at its place in time
    (an unreadable or too early date counts as the date of the row above); what follows it in its sheet is not read.
    """
    dated: list[tuple[date, int, int, Event | Refusal]] = []
    for rank, (kind, sheet) in enumerate(SHEETS.items()):
        latest = date.min
        for index, record in enumerate(sheets.get(kind, ())):
            try:
                event = parse(sheet, record)
                if event.date < latest:
                    raise Refusal(
                        record.place("date"),
                        f"{event.date} after {latest} in the row above",
                        "dates that do not run backwards",
                        "sort the sheet by date or correct the date",
                    )
                latest = event.date
                dated.append((latest, rank, index, event))
            except Refusal as refusal:
                dated.append((_day_of(record, latest), rank, index, refusal))
                break
    dated.sort(key=lambda entry: entry[:3])
    return [(day, event) for day, _, _, event in dated]


def _day_of(record: Record, latest: date) -> date:
    """Return the day on which a bad row counts: its own date where it has one that fits, else the row above's."""
    try:
        return max(latest, cells.day(record.cells.get("date", "")))
    except BadCell:
        return latest
