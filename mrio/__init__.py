"""Embodied carbon between provinces: MRIO accounts, shared responsibility and compensation."""

from .accounts import accounts
from .compensation import compensation
from .leontief import Leontief
from .readers import read_table
from .responsibility import responsibility
from .table import Table
from .validation import validate

__all__ = ["Leontief", "Table", "accounts", "compensation", "read_table", "responsibility", "validate"]
