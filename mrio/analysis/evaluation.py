"""Every result of the study from arrays: in a Monte Carlo labels would cost more than solving.

The equations are those of :mod:`mrio.equations`, called on systems made of a drawn table; what is added here is only
which results a draw keeps (:class:`mrio.analysis.results_vector.Results`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mrio.analysis.results_vector import BY_PROVINCE, Asked
from mrio.equations.definitions import METHODS, System

#: What of the accounts leaves or enters the net transfer, by scope; emissions of foreign imports are not drawn.
SCOPE_TERMS: Mapping[str, tuple[tuple[str, float], ...]] = {
    "interprovincial": (),
    "with-exports": (("exports", -1.0),),
    "exports-less-imports": (("exports", -1.0),),
}


@dataclass(frozen=True)
class DrawnSystem:
    """A system, and what its sharing needs beside it: value added and emissions without output, (R, n) and (R,)."""

    system: System
    output: np.ndarray
    value_added: np.ndarray
    zero_output: np.ndarray


def evaluated(systems: Sequence[DrawnSystem], production: np.ndarray, household: np.ndarray, asked: Asked) -> dict:
    """Return the results of one draw, as :attr:`mrio.analysis.results_vector.Results.shapes` names them.

    Parameters
    ----------
    systems : sequence of DrawnSystem
        One per resolution.
    production, household : array (R,)
        Direct emissions of production and of households, Mt.
    asked : Asked
    """
    made = [_at_resolution(drawn, asked) for drawn in systems]
    return {
        "production": production,
        "household": household,
        **{name: np.stack([one[name] for one in made]) for name in made[0]},
    }


def _at_resolution(drawn: DrawnSystem, asked: Asked) -> dict[str, np.ndarray]:
    accounts = {method: _accounts(drawn.system, method, asked.scope) for method in asked.methods}
    alpha = drawn.system.local.solve_transposed(_ratio(drawn.value_added, drawn.output))
    T = drawn.system.Z_delivered + drawn.system.Y
    here = np.arange(len(T))
    T[here, :, here] = 0.0
    outflow = T.sum(2) + (drawn.system.outside["exports"] if asked.weight_exports else 0.0)
    kept = outflow * alpha
    alpha_region = _ratio(kept.sum(1), outflow.sum(1))
    sources = _ratio(np.einsum("ris,ri->s", T, alpha), T.sum((0, 1)))
    share, shared = [], []
    for method in asked.shareable:
        parts = accounts[method]
        share.append(np.where(parts["net_transfer"] > 0, 1.0 - sources, alpha_region))
        shared.append(_shared(parts, drawn, alpha if method == "eebt" else alpha_region, asked.alpha_exports))
    return {
        "alpha_region": alpha_region,
        "outflow_value_added": kept.sum(1),
        "outflow_value": outflow.sum(1),
        "share": np.array(share),
        "shared": np.array(shared),
        **{name: np.stack([accounts[method][name] for method in asked.methods]) for name in (*BY_PROVINCE, "flows")},
    }


def _accounts(system: System, method: str, scope: str) -> dict[str, np.ndarray]:
    parts = METHODS[method](system, by_product=method == "eebt")
    E = parts["flows"]
    own = np.diagonal(E)
    parts["outflow"], parts["inflow"] = E.sum(1) - own, E.sum(0) - own
    parts["consumption"] = parts["home"] + parts["inflow"] - parts.get("reshipped", 0.0)
    net = parts["inflow"] - parts["outflow"]
    parts["net_transfer"] = net + sum(sign * parts[name] for name, sign in SCOPE_TERMS[scope])
    return parts


def _shared(parts: Mapping[str, np.ndarray], drawn: DrawnSystem, alpha: np.ndarray, alpha_exports: float) -> np.ndarray:
    """Return what each province answers for (METHOD eq 6): by product where alpha is (R, n), else by province."""
    flows = parts["flows_by_product"] if alpha.ndim == 2 else parts["flows"][:, None, :]
    flows = flows * (1.0 - np.eye(len(alpha)))[:, None, :]
    key = alpha[..., None] if alpha.ndim == 2 else alpha[:, None, None]
    kept = key * flows
    outside = alpha_exports * (parts["exports"] + parts["excluded"])
    own = parts["home"] + outside + parts["residual"] + drawn.zero_output
    return own + kept.sum((1, 2)) + (flows - kept).sum((0, 1))


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
