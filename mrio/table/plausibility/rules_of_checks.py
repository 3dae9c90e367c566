"""What a plausibility check is: its figures, its evidence, its factors and its sentence."""

from __future__ import annotations

from dataclasses import dataclass

SUBJECTS = ("emissions", "table", "socioeconomic", "study", "library", "regional picture", "register", "files")
#: How most sentences begin.
TIMES = "{place}: {value} {unit}, {ratio} times "


@dataclass(frozen=True)
class Rule:
    """One plausibility check.

    Attributes
    ----------
    name : str
        By which the configuration accepts it.
    subject : str
        One of :data:`SUBJECTS`.
    what, evidence : str
        The figures, and what they are held against.
    warning, error : float or None
        Factors beyond which it warns and refuses; None where finding anything decides.
    message : str
        The sentence without its full stop; fields ``place, value, expected, ratio`` and ``more``.
    drift : float
        Factor by which both limits widen for every year between the figures and the evidence.
    level : str
        ``error`` or ``warning``, of a check without factors.
    upward : bool
        Only figures above the evidence count.
    """

    name: str
    subject: str
    what: str
    evidence: str
    warning: float | None
    error: float | None
    message: str
    drift: float = 1.0
    level: str = "error"
    upward: bool = False
