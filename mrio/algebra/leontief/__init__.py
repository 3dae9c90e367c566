"""The Leontief system (I - A) X = Y: solves instead of an inverse, each with a certificate.

Owns the algebra of equation (2) and nothing of the accounts: ``Leontief`` for the whole table,
``LocalLeontief`` for the provinces' own blocks.
"""

from mrio.algebra.leontief.certificate import Certificate
from mrio.algebra.leontief.local import LocalLeontief
from mrio.algebra.leontief.system import Leontief

__all__ = ["Certificate", "Leontief", "LocalLeontief"]
