"""A workbook as published tables are: 31 provinces x 42 sectors, Chinese names and no codes, merged heads, sums, notes,
rounded to whole numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from workbooks import Published, write_xlsx

from mrio import labels
from mrio.formats.netcdf import read_netcdf
from mrio.formats.text_cells import column_name
from mrio.table.interregional import Table

FINAL = ["农村居民消费", "城镇居民消费", "政府消费支出", "固定资本形成总额", "存货增加"]
ACCOUNTS = {"Export": "出口", "Total Final Use": "最终使用合计", "Errors": "误差", "Gross Output": "总产出"}
FOOT = {
    "Imports": "进口", "Total intermediate inputs": "中间投入合计", "Conpensation of employees": "劳动者报酬",
    "Net taxes on production": "生产税净额", "Depreciation on the fixed capital": "固定资产折旧",
    "Operationg surplus": "营业盈余", "Total value added": "增加值合计", "Total inputs": "总投入",
}  # fmt: skip
PARTS = (0.5, 0.15, 0.15, 0.2)


def whole_country(path: Path) -> Table:
    """Return a table of 31 provinces, balanced, to full precision: a committed one, with a small Tibet that trades."""
    table = read_netcdf(path)
    provinces = labels.provinces().index.tolist()
    at = [provinces.index(name) for name in table.regions]
    tibet, like = provinces.index("Tibet"), table.regions.index("Qinghai")
    n, size = len(table.sectors), len(provinces)

    def widened(values: np.ndarray, *axes: int) -> np.ndarray:
        for axis in axes:
            wide = np.zeros([size if k == axis else length for k, length in enumerate(values.shape)])
            inside, outside = np.moveaxis(wide, axis, 0), np.moveaxis(values, axis, 0)
            inside[at], inside[tibet] = outside, 0.3 * outside[like]
            values = wide
        return values

    Z, Y = widened(table.Z.values, 0, 2), widened(table.Y.values, 0, 2)
    exports, residual = widened(table.exports.values, 0), widened(table.residual.values, 0)
    imports, imports_final = widened(table.imports.values, 0), widened(table.imports_final.values, 0)
    output = Z.sum((2, 3)) + Y.sum((2, 3)) + exports + residual
    added = output - Z.sum((0, 1)) - imports
    return Table.from_arrays(
        Z, Y, exports=exports, residual=residual, imports=imports, imports_final=imports_final, output=output,
        value_added=np.stack([share * added for share in PARTS]), regions=provinces, sectors=table.sectors,
        categories=table.categories, components=["compensation", "taxes", "depreciation", "surplus"], year=2015,
        unit=table.unit, scheme=table.scheme, attrs={"width": n},
    )  # fmt: skip


def write_published(table: Table, path: Path, sheet: str = "Table_2015") -> Path:
    """Write a table as it would be published, every number rounded on its own."""
    printed = Table(table.data.map(lambda variable: variable.round(0), keep_attrs=True))
    book = Published(printed, year=2015, names="zh")
    n, final = len(table.sectors), len(FINAL)
    book.heads[0] = ["2015年中国31省区市区域间投入产出表", None, "单位：万元（当年价格）"]
    names = book.heads[2]
    start = 3 + len(table.regions) * n
    names[start : start + len(table.regions) * final] = FINAL * len(table.regions)
    book.heads[2] = [ACCOUNTS.get(str(cell), cell) for cell in names]
    book.heads.pop(3)  # the codes
    for row in book.body:
        row[2] = None
    for row in book.foot:
        row[1], row[2] = FOOT[row[1]], None
    notes = [[], ["注：1. 数据四舍五入为整数，合计数与分项之和可能不等。"], ["2. 不含香港、澳门和台湾。"]]
    merged = [f"{column_name(3 + k * n)}2:{column_name(2 + (k + 1) * n)}2" for k in range(len(table.regions))]
    return write_xlsx(path, {"说明": [["编制说明"]], sheet: [*book.rows(), *notes]}, merged=tuple(merged))
