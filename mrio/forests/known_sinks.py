"""Tables of forests as written: columns of sinks only where a sink is known, and why there is none said once."""

from __future__ import annotations

import pandas as pd

BASIS = "sink_basis"


def sinks_where_known(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table without columns of sinks that hold nothing; why there are none then stands in its first row.

    Parameters
    ----------
    table : DataFrame
        With columns named ``..._sink...`` and ``sink_basis``, which says what they rest on or why there are none.
    """
    of_sinks = [name for name in table.columns if "sink" in name and name != BASIS]
    empty = [name for name in of_sinks if table[name].replace("", None).isna().all()]
    if empty != of_sinks:
        return table
    once = table[BASIS].where(~table[BASIS].duplicated(), "")
    return table.drop(columns=empty).assign(**{BASIS: once})
