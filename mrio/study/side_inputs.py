"""Before any job: is what stands beside the inputs of the years what the configuration will ask of it?

Prices and curves for every year, imports by product, the regional files and the published values: each is read here
as its job will read it, so that no job fails for it later.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mrio.equations.flows import accounts, assert_residual_small, prepare
from mrio.equations.payment import Curve, curve_named
from mrio.errors import BalanceError, ConfigError, InputError
from mrio.formats.datapackage_file import changed_files
from mrio.formats.inputs.published import read_reference
from mrio.formats.inputs.regional_files import (
    read_growth_rate,
    read_inventories,
    read_regional,
    read_regional_published,
)
from mrio.frames import BACKUPS, lying_beside
from mrio.study.config import price_of
from mrio.study.estimate_files import check_estimate_files
from mrio.study.grid import at_resolution
from mrio.study.grid_payment import engel_of
from mrio.study.inputs import Inputs
from mrio.study.year_folder import year_files
from mrio.table.plausibility.judging import accepted_checks, found
from mrio.table.plausibility.price_and_income import ENGEL
from mrio.table.plausibility.regional_checks import check_regional
from mrio.table.plausibility.registry import rule
from mrio.table.plausibility.sentences import located, report_of
from mrio.table.plausibility.study_checks import check_parameters, check_study
from mrio.units import currency_of

#: Province-sectors up to which the residual's carbon is computed before any job.
MOST = 2_000
REGIONAL = ("emissions", "gdp", "land_use")


def check_side_inputs(config: Mapping[str, Any], inputs: Mapping[int, Inputs], data: Path) -> list[str]:
    """Refuse what a job of this configuration would refuse later; return what is doubtful about it.

    Parameters
    ----------
    config : mapping
        As :func:`mrio.study.config.check_config` returns it.
    inputs : mapping
        Year -> its inputs, from :func:`mrio.study.inputs.preflight`.
    data : path
        The folder with ``raw`` and ``reference``.

    Raises
    ------
    MrioError
        The first mistake found, as one sentence.
    """
    curve = curve_named({key: value for key, value in config["curve"].items() if key != "engel"})
    doubts = []
    for year, of_year in inputs.items():
        if currency_of(of_year.table.unit) == "CNY":
            doubts += _doubts(price_of(config, year), curve, year, config)
        price_of(config, year)
        if of_year.socioeconomic is not None:
            engel_of(of_year.socioeconomic, config["curve"])
        if config["foreign_imports"] != "excluded" and "imports_by_product" not in of_year.table.data:
            raise ConfigError(
                f"config: key 'foreign_imports' is {config['foreign_imports']!r}, but the table of {year} has no "
                "imports by product (imports_by_product); set it to 'excluded'."
            )
        of_estimate = check_estimate_files(of_year, year_files(data / "raw" / str(year)))
        doubts += report_of(accepted_checks([of_estimate], config.get("plausible", {}))).notes()
        _check_residual(of_year, config)
    if config["regional"]:
        doubts += _check_regional(config["regional"], data, config.get("plausible", {}))
    if (data / "reference").is_dir():
        read_reference(data / "reference")
        doubts += _changed(data / "reference", config.get("plausible", {}))
    return list(dict.fromkeys(doubts))


def _doubts(price: float, curve: Curve, year: int, config: Mapping[str, Any]) -> list[str]:
    """Return what is doubtful about price and curve, refusing what cannot be."""
    slope, preset = float(curve.at(curve.G, ENGEL)), curve_named(config["curve"]["preset"])
    parameters = [{"a": of.a, "b": of.b} for of in (curve, preset)]
    checks = [*check_study(price, curve.G, slope, year), *check_parameters(*parameters)]
    found = located(checks, "config")
    return report_of(accepted_checks(found, config.get("plausible", {}))).raise_for_errors().notes()


def _check_residual(of_year: Inputs, config: Mapping[str, Any]) -> None:
    """Refuse a table whose residual carries more than the limit, as its job will find; beyond MOST rows only that does.

    At 30 x 42 it takes a fifth of a second.
    """
    table, F, F_Y = of_year.table, of_year.emissions["F"], of_year.emissions["F_Y"]
    if table.output.size > MOST or not table.residual.values.any():
        return
    for name in config["resolutions"]:
        at, of = at_resolution(table, F, name)
        system = prepare(at, of)
        for method in config["methods"]:
            made = accounts(at, of, F_Y, method=method, system=system, by_product=False)
            try:
                assert_residual_small(made, config["limits"]["residual_carbon"])
            except BalanceError as error:
                raise BalanceError(f"table of {table.year}, {method} at {name}: {error}") from None


def _check_regional(regional: Mapping[str, Any], data: Path, accepted: Mapping[str, str]) -> list[str]:
    """Return what is doubtful about the regional files, refusing what no job could read and what cannot be."""
    folder = data / "raw" / "regional"
    years = [folder / f"{name}_{regional['year']}.csv" for name in REGIONAL]
    for path in years:
        if not path.exists() and not lying_beside(path):
            known = sorted({other.stem.rpartition("_")[2] for other in folder.glob("emissions_*.csv")})
            said = f"config: key 'regional.year' is {regional['year']}, of which {folder} has no {path.name}"
            raise ConfigError(f"{said}; add it, or write one of {', '.join(known)}, or 'regional: null'.")
        read_regional(path)
    forests = sorted(folder.glob("forest_stock_*.csv"))
    for path in sorted(folder.glob("forest_stock_*")):
        if path.suffix != ".csv" and path.suffix not in BACKUPS:
            raise InputError(f"a file {path.name}", "forest_stock_<year>.csv", "save it as CSV", file=folder)
    if not forests:
        todo = "add an inventory, or write 'regional: null' in the configuration"
        raise InputError("no forest_stock_<year>.csv", "a forest inventory", todo, file=folder)
    read_inventories(forests)
    read_growth_rate(regional["forest_growth_rate"])
    read_regional_published(data / "reference" / "regional_picture.csv")
    checks = [check for path in (*years, *forests) for check in located(check_regional(read_regional(path)), path)]
    notes = report_of(accepted_checks(checks, accepted)).raise_for_errors().notes()
    return [*notes, *_changed(folder, accepted)]


def _changed(folder: Path, accepted: Mapping[str, str]) -> list[str]:
    """Return what is said of the files of a folder that its data package describes otherwise."""
    check = found(rule("described files"), [str(path) for path in changed_files(folder)])
    return report_of(accepted_checks([check], accepted)).notes()
