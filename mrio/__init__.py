"""Embodied carbon between provinces: MRIO accounts, shared responsibility and compensation."""

from .accounts import accounts
from .compensation import compensation
from .estimation import EstimatorOptions, estimate_table
from .leontief import Leontief
from .provincial import ProvincialTables, collapse
from .readers import read_table
from .readers.provincial import read_provincial_tables
from .responsibility import responsibility
from .table import Table
from .validation import validate

__all__ = [
    "EstimatorOptions",
    "Leontief",
    "ProvincialTables",
    "Table",
    "accounts",
    "collapse",
    "compensation",
    "estimate_table",
    "read_provincial_tables",
    "read_table",
    "responsibility",
    "validate",
]
