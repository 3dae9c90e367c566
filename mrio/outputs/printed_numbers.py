"""Numbers as people read them: thousands apart, a true minus, and never a minus before zero."""

from __future__ import annotations

MINUS = "−"


def number(value: float, places: int = 0, plus: bool = False) -> str:
    """Return a number with so many decimals, with a plus where it is asked for and the number is printed above zero."""
    text = f"{value:{'+' if plus else ''},.{places}f}"
    if not text.strip("+-0.,"):
        return text.lstrip("+-")
    return text.replace("-", MINUS)


def interval(low: float, high: float, places: int = 0) -> str:
    """Return the ends of an interval in brackets."""
    return f"[{number(low, places)}, {number(high, places)}]"
