"""The Leontief system (I - A) X = Y: solves instead of an inverse, each with a certificate.

Here belongs the algebra of equation (2), for the whole table (``Leontief``) and for the provinces' own blocks
(``LocalLeontief``); what the solutions mean for accounts does not.
"""

from mrio.algebra.leontief.certificate import Certificate
from mrio.algebra.leontief.local import LocalLeontief
from mrio.algebra.leontief.system import Leontief

__all__ = ["Certificate", "Leontief", "LocalLeontief"]
