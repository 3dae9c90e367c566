"""Embodied carbon between provinces: MRIO accounts, shared responsibility and compensation."""

from typing import TYPE_CHECKING

from mrio.distribution import VERSION as __version__
from mrio.front_door import importing_late

if TYPE_CHECKING:
    from mrio.algebra.leontief import Leontief
    from mrio.equations.flows import accounts
    from mrio.equations.payment import compensation
    from mrio.equations.sharing import responsibility
    from mrio.estimation.chain import estimate_table
    from mrio.estimation.options import EstimatorOptions
    from mrio.formats.any_table import read_table
    from mrio.formats.workbooks.provincial_folder import read_provincial_tables
    from mrio.table.interregional import Table
    from mrio.table.provincial import ProvincialTables, collapse
    from mrio.table.rounding import balanced
    from mrio.table.validation.gate import validate

#: Public name -> the module that has it; imported when first asked for, so that ``import mrio`` is quick.
_HOMES = {
    "EstimatorOptions": "mrio.estimation.options",
    "Leontief": "mrio.algebra.leontief",
    "ProvincialTables": "mrio.table.provincial",
    "Table": "mrio.table.interregional",
    "accounts": "mrio.equations.flows",
    "balanced": "mrio.table.rounding",
    "collapse": "mrio.table.provincial",
    "compensation": "mrio.equations.payment",
    "estimate_table": "mrio.estimation.chain",
    "read_provincial_tables": "mrio.formats.workbooks.provincial_folder",
    "read_table": "mrio.formats.any_table",
    "responsibility": "mrio.equations.sharing",
    "validate": "mrio.table.validation.gate",
}

__all__ = [
    "EstimatorOptions",
    "Leontief",
    "ProvincialTables",
    "Table",
    "__version__",
    "accounts",
    "balanced",
    "collapse",
    "compensation",
    "estimate_table",
    "read_provincial_tables",
    "read_table",
    "responsibility",
    "validate",
]


__getattr__ = importing_late(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
