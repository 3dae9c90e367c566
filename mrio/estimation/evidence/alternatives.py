"""The same estimate without one piece of evidence, and with official reports believed as they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import xarray as xr

from mrio.estimation.chain import Estimate, estimate_with_account
from mrio.estimation.evidence.gathering import Evidence
from mrio.estimation.options import EstimatorOptions
from mrio.table.provincial import ProvincialTables

#: Official reports believed as they are: no evidence, no doubt in reported cross-hauling.
BELIEVED = "reports believed"
NO_DOUBT = 1e12


def alternative_estimates(
    prov: ProvincialTables, distances: xr.DataArray | None, options: EstimatorOptions, evidence: Evidence
) -> Iterator[tuple[str, Estimate]]:
    """Yield name and estimate of every alternative: 'without <evidence>' for each piece, then :data:`BELIEVED`."""
    for name in evidence.names:
        yield f"without {name}", estimate_with_account(prov, distances, options, evidence=evidence.without(name))
    believing = dataclasses.replace(options, full_doubt=NO_DOUBT)
    yield BELIEVED, estimate_with_account(prov, distances, believing)
