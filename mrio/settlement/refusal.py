"""The refusal of an event: which row and column, what was found, what was expected, what to do."""

from __future__ import annotations

from mrio.errors import Place, SettlementError


class Refusal(SettlementError):
    """An event the register refuses; the register up to the event before it still stands.

    Parameters
    ----------
    place : Place
        File, row (as a spreadsheet counts it, the header being row 1) and column.
    found, expected, todo : str
        What stands there, what should, and what can be done about it.
    """

    def __init__(self, place: Place, found: str, expected: str, todo: str = "") -> None:
        self.place, self.found, self.expected, self.todo = place, found, expected, todo
        tail = f"; {todo}" if todo else ""
        super().__init__(f"{place}: found {found}, expected {expected}{tail}.")


class BadCell(ValueError):
    """What is wrong with one cell, before its row and column are known: found, expected, what to do."""

    def __init__(self, found: str, expected: str, todo: str = "") -> None:
        super().__init__(found, expected, todo)
