"""Compensation of drawn net transfers: GDP per head, Engel coefficients and the growth curve with errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr

from mrio.algebra.balancing import scaled
from mrio.analysis.sources import DrawNoise, Sources, log_normal
from mrio.equations.fund import balanced_fund
from mrio.equations.payment import CURVES, Curve
from mrio.estimation.errors_of_estimate import Noise
from mrio.units import YUAN_PER_TONNE

#: An Engel coefficient is a share: a draw stays below this.
MOST_FOOD = 0.95
#: Sweeps of the balancing of payments that most draws need, those of the last resort, and the error at which it stops.
SWEEPS, MOST_SWEEPS, MET = 200, 2000, 1e-9


@dataclass(frozen=True)
class Fund:
    """What a payment hangs on beside the net transfer.

    Parameters
    ----------
    gdp_per_capita, engel : array (R,)
    curve : Curve
    price : float
        Yuan per tonne.
    """

    gdp_per_capita: np.ndarray
    engel: np.ndarray
    curve: Curve
    price: float

    def drawn(self, sources: Sources, noise: Noise) -> Fund:
        """Return the fund with drawn figures and curve."""
        R = self.gdp_per_capita.shape
        of_gdp, of_engel = (np.array(sources.scale(f"economy.{name}")) for name in ("gdp_per_capita", "engel"))
        gdp = self.gdp_per_capita * log_normal(noise("gdp_per_capita", R), of_gdp)
        engel = self.engel * log_normal(noise("engel", R), of_engel)
        return replace(self, gdp_per_capita=gdp, engel=np.minimum(engel, MOST_FOOD), curve=self._curve(sources, noise))

    def _curve(self, sources: Sources, noise: Noise) -> Curve:
        readings = [CURVES[name] for name in sources.choice("curve.preset")]
        if self.curve in readings:
            return readings[min(int(ndtr(noise("curve", (1,))[0]) * len(readings)), len(readings) - 1)]
        spread = np.array([sources.scale(f"curve.{name}") for name in ("a", "b", "G")])
        a, b, G = np.array([self.curve.a, self.curve.b, self.curve.G]) * log_normal(noise("curve", (3,)), spread)
        return replace(self.curve, a=float(a), b=float(b), G=float(G))

    def coefficient(self) -> np.ndarray:
        """Return rho (R,)."""
        return self.curve.at(self.gdp_per_capita, self.engel)


def drawn_amounts(nets: np.ndarray, fund: Fund, sources: Sources, draws: Sequence[DrawNoise]) -> dict[str, np.ndarray]:
    """Return coefficients, amounts and balanced amounts of drawn net transfers.

    Parameters
    ----------
    nets : array (draws, ..., R)
        Mt.
    fund : Fund
    sources : Sources
    draws : sequence of DrawNoise

    Returns
    -------
    dict
        ``coefficient`` (draws, R); ``amount`` and ``balanced`` (draws, ..., R), 10^8 yuan, receives +, pays -;
        ``gdp_per_capita`` and ``engel`` (draws, R).
    """
    funds = [fund.drawn(sources, noise) for noise in draws]
    rho = np.stack([one.coefficient() for one in funds])
    spread = rho.reshape(len(rho), *(1,) * (nets.ndim - 2), rho.shape[-1])
    amount = -nets * fund.price * YUAN_PER_TONNE * spread
    return {
        "coefficient": rho,
        "amount": amount,
        "balanced": balanced_fund(amount),
        "gdp_per_capita": np.stack([one.gdp_per_capita for one in funds]),
        "engel": np.stack([one.engel for one in funds]),
    }


def drawn_payments(balanced: np.ndarray, flows: np.ndarray) -> np.ndarray:
    """Return who pays whom (draws, R, R) of drawn funds, as :func:`mrio.equations.fund.payments_between`.

    Parameters
    ----------
    balanced : array (draws, R);  flows : array (draws, R, R)

    Notes
    -----
    All draws are balanced at once: first along positive bilateral nets, and those that find no solution there along
    what payers draw.
    """
    drawn_in = flows.swapaxes(1, 2)
    pairs = (balanced < 0)[:, :, None] & (balanced > 0)[:, None, :]
    nets = np.where(pairs, np.maximum(drawn_in - flows, 0.0), 0.0)
    rows, columns = np.maximum(-balanced, 0.0), np.maximum(balanced, 0.0)
    paid = np.zeros_like(flows)
    waiting = np.arange(len(balanced))
    for seed, sweeps in ((nets, SWEEPS), (nets, MOST_SWEEPS), (np.where(pairs, drawn_in, 0.0), MOST_SWEEPS)):
        made = scaled(seed[waiting], rows[waiting], columns[waiting], tolerance=MET, sweeps=sweeps)
        paid[waiting] = made
        gap = np.abs(made.sum(2) - rows[waiting]).max(1) + np.abs(made.sum(1) - columns[waiting]).max(1)
        waiting = waiting[~(gap <= 10 * MET * rows[waiting].sum(1))]
        if not len(waiting):
            break
    return paid.swapaxes(1, 2) - paid
