"""Which columns of a printed table add up to which, and by how much the printed numbers miss their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from mrio.outputs.account_sums import REST, SUMS, rest
from mrio.outputs.columns import Column, base_of
from mrio.outputs.table_files import ten_digits
from mrio.words.door import Text
from mrio.words.page_words import LEDGER

#: Column of a sum -> its terms and their signs.
Sums = Mapping[Column, Mapping[Column, int]]
#: Terms that the scope of the net transfer may have besides what is drawn and sent.
OF_SCOPE: tuple[Mapping[str, int], ...] = ({}, {"exports": -1}, {"exports": -1, "imports": 1})
#: An identity holds whose gap is below this part of the largest number of its column.
HOLDS = 1e-9
#: Quantities whose totals row is a sum.
ADDED_UP = (
    "production", "household", "home", "consumption", "outflow", "inflow", "exports", "imports", "rest", "reshipped",
    "net_transfer", "outflow_value_added", "outflow_value", "shared", "allocated", "amount", "balanced",
)  # fmt: skip
#: Decimals of what is added up.
PLACES = 1


def with_rest(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of one definition and resolution with the accounts of residual and excluded added up."""
    first = next((label for label in table if isinstance(label, Column) and label.quantity == REST[0]), None)
    if first is None:
        return table
    made = table.copy()
    made[replace(first, quantity="rest")] = rest(lambda name: table[replace(first, quantity=name)])
    return made


def sums_of(columns: Sequence[Column], rows: pd.DataFrame) -> Sums:
    """Return the identities of the ledger that a page shows; that of the net transfer is the one of its scope."""
    at = {label.quantity: label for label in columns}
    made: dict[Column, Mapping[Column, int]] = {}
    for name, terms in SUMS.items():
        candidates = [{**terms, **scope} for scope in (OF_SCOPE if name == "net_transfer" else OF_SCOPE[:1])]
        for chosen in candidates:
            known = {at[term]: sign for term, sign in chosen.items() if term in at}
            if name in at and len(known) > 1 and _holds(rows, at[name], known):
                made[at[name]] = known
                break
    return made


def _holds(rows: pd.DataFrame, label: Column, terms: Mapping[Column, int]) -> bool:
    gap = rows[label] - sum(sign * rows[term] for term, sign in terms.items())
    return bool((gap.abs() <= HOLDS * max(float(rows[label].abs().max()), 1.0)).all())


def added_note(rows: pd.DataFrame, columns: Sequence[Column], sums: Sums) -> Text:
    """Return by how much rows and columns of a page miss their sums, added as they are printed."""
    row, column = misses(rows, columns, sums)
    return LEDGER.both("added", row=row, column=column) if sums else LEDGER.both("added_columns", column=column)


def misses(rows: pd.DataFrame, columns: Sequence[Column], sums: Sums) -> tuple[float, float]:
    """Return the largest amounts by which printed numbers miss the printed sum of their row and of their column."""
    added_up = [label for label in columns if base_of(label.quantity) in ADDED_UP and rows[label].notna().all()]
    printed = {label: rows[label].map(_tenths) for label in added_up}
    across = [abs(printed[label] - sum(sign * printed[term] for term, sign in terms.items())).max()
              for label, terms in sums.items() if label in printed]  # fmt: skip
    down = [abs(values.iloc[:-1].sum() - values.iloc[-1]) for values in printed.values()]
    return max(across, default=0) / 10**PLACES, max(down, default=0) / 10**PLACES


def _tenths(value: float) -> int:
    """Return a number as printed, in units of its last decimal."""
    return round(float(f"{ten_digits(value):.{PLACES}f}") * 10**PLACES)
