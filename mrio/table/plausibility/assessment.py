"""Every plausibility check that the inputs at hand allow: what the pipeline, ``mrio check`` and users call."""

from __future__ import annotations

from collections.abc import Mapping

import xarray as xr

from mrio.table.interregional import Table
from mrio.table.plausibility.emission_checks import check_emissions
from mrio.table.plausibility.judging import accepted_checks
from mrio.table.plausibility.registry import check_names
from mrio.table.plausibility.sentences import located
from mrio.table.plausibility.socioeconomic_checks import check_socioeconomic
from mrio.table.plausibility.table_checks import check_table
from mrio.table.provincial import ProvincialTables
from mrio.table.validation.report import Check
from mrio.units import conversion, currency_of


def check_plausibility(
    table: Table | ProvincialTables | None = None,
    emissions: xr.Dataset | None = None,
    statistics: xr.Dataset | None = None,
    *,
    accepted: Mapping[str, str] | None = None,
    files: Mapping[str, object] | None = None,
) -> list[Check]:
    """Return every check of the plausibility of a table, emissions and statistics of one year (docs/plausibility.md).

    Parameters
    ----------
    table : Table, optional
    emissions : Dataset, optional
        As :func:`mrio.formats.inputs.emission_files.read_emissions` returns it.
    statistics : Dataset, optional
        As :func:`mrio.formats.inputs.socioeconomic.read_socioeconomic` returns it.
    accepted : mapping, optional
        Name of a check -> why what it finds is right: its findings become warnings that give the reason.
    files : mapping, optional
        ``table``, ``emissions``, ``statistics`` -> file, with which the sentences open.

    Raises
    ------
    ConfigError
        If `accepted` names a check that is not known.
    """
    reasons, places = dict(accepted or {}), dict(files or {})
    check_names(reasons)
    checks: list[Check] = []
    if table is not None:
        checks += located(check_table(table), places.get("table"))
    if emissions is not None:
        fits = table is not None and table.scheme == emissions.attrs["scheme"] and currency_of(table.unit) == "CNY"
        output = table.output * conversion(table.unit, "10k CNY") if table is not None and fits else None
        checks += located(check_emissions(emissions, output, statistics), places.get("emissions"))
    if statistics is not None:
        checks += located(check_socioeconomic(statistics), places.get("statistics"))
    return accepted_checks(checks, reasons)
