"""What a probability says of a province: a sign that is a coin toss is called one."""

from __future__ import annotations

#: Probability of paying from which on a province pays, and down to which it receives.
LIKELY, UNLIKELY = 0.9, 0.1
PAYS, RECEIVES, UNCERTAIN = "pays", "receives", "sign not certain"


def verdict(chance: float) -> str:
    """Return what a probability of paying says: *pays*, *receives* or *sign not certain* (between 10 and 90%)."""
    if chance >= LIKELY:
        return PAYS
    return RECEIVES if chance <= UNLIKELY else UNCERTAIN
