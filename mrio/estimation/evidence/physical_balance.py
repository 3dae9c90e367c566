"""A physical balance: what a province makes less what it uses of a product, times an estimated price.

Net outflow in physical units is generation less consumption; where national sums differ (plants that are not counted),
generation is scaled.  The price is what a unit is worth where it is sent out: output over generation of the provinces
that send out on balance.  Books of companies with head offices elsewhere contradict such a balance, so reports of the
product's trade and uses are doubted.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from mrio.errors import LabelError
from mrio.estimation.evidence.pieces import Kind, Piece, Setting
from mrio.estimation.observations import Observations, observe


def balance(facts: pd.DataFrame) -> pd.DataFrame:
    """Return made, used and net by province, the total made scaled to the total used."""
    made = facts["generation"] * (facts["consumption"].sum() / facts["generation"].sum())
    return pd.DataFrame({"made": made, "used": facts["consumption"], "net": made - facts["consumption"]})


def unit_price(made: np.ndarray, net: np.ndarray, output: np.ndarray) -> float:
    """Return the output of one unit, in provinces that send out on balance."""
    sends = (net > 0) & (made > 0)
    return float(output[sends].sum() / made[sends].sum())


def physical_observations(piece: Piece, setting: Setting) -> list[Observations]:
    """Return the net outflow of every province the facts know."""
    layout, product = setting.layout, _product(piece, setting)
    physical = balance(piece.facts.set_index("province"))
    missing = [region for region in layout.regions if region not in physical.index]
    if missing:
        raise LabelError(f"evidence {piece.name!r}: no province {missing[0]!r} in its facts.")
    made, used, net = physical.loc[list(layout.regions), ["made", "used", "net"]].to_numpy().T
    price = unit_price(made, net, setting.margins.output[:, product])
    error = price * np.maximum(piece.setting("error") * np.abs(net), piece.setting("floor") * used)
    rows = layout.each()[[r * len(layout.sectors) + product for r in range(len(layout.regions))]]
    return [observe(layout, "net_outflow", rows, price * net, error, piece.witness)]


def physical_doubts(piece: Piece, setting: Setting) -> dict[str, np.ndarray]:
    """Return how many times larger the errors of reports of the product are taken to be, (n,) by account."""
    product = _product(piece, setting)
    factors = {}
    for account, factor in piece.numbers("doubts").items():
        factors[account] = np.ones(len(setting.layout.sectors))
        factors[account][product] = factor
    return factors


def _product(piece: Piece, setting: Setting) -> int:
    """Return the position of the product, whose code is given by sector scheme."""
    code = piece.mapping("product").get(setting.scheme, "")
    return setting.sector(str(code), f"evidence {piece.name!r}")


KIND = Kind(physical_observations, doubts=physical_doubts)
