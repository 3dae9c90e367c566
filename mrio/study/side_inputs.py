"""Before any job: is what stands beside the inputs of the years what the configuration will ask of it?

Prices and curves for every year, imports by product, the regional files and the published values: each is read here
as its job will read it, so that no job fails for it later.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mrio.equations.payment import curve_named
from mrio.errors import ConfigError, InputError
from mrio.formats.inputs.published import read_reference
from mrio.formats.inputs.regional_files import (
    read_growth_rate,
    read_inventories,
    read_regional,
    read_regional_published,
)
from mrio.study.config import price_of
from mrio.study.grid_payment import engel_of
from mrio.study.inputs import Inputs

REGIONAL = ("emissions", "gdp", "land_use")


def check_side_inputs(config: Mapping[str, Any], inputs: Mapping[int, Inputs], data: Path) -> None:
    """Refuse what a job of this configuration would refuse later.

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
    curve_named({key: value for key, value in config["curve"].items() if key != "engel"})
    for year, of_year in inputs.items():
        price_of(config, year)
        if of_year.socioeconomic is not None:
            engel_of(of_year.socioeconomic, config["curve"])
        if config["foreign_imports"] != "excluded" and "imports_by_product" not in of_year.table.data:
            raise ConfigError(
                f"config: key 'foreign_imports' is {config['foreign_imports']!r}, but the table of {year} has no "
                "imports by product (imports_by_product); set it to 'excluded'."
            )
    if config["regional"]:
        _check_regional(config["regional"], data)
    if (data / "reference").is_dir():
        read_reference(data / "reference")


def _check_regional(regional: Mapping[str, Any], data: Path) -> None:
    folder = data / "raw" / "regional"
    for name in REGIONAL:
        read_regional(folder / f"{name}_{regional['year']}.csv")
    forests = sorted(folder.glob("forest_stock_*.csv"))
    if not forests:
        todo = "add an inventory, or write 'regional: null' in the configuration"
        raise InputError("no forest_stock_<year>.csv", "a forest inventory", todo, file=folder)
    read_inventories(forests)
    read_growth_rate(regional["forest_growth_rate"])
    read_regional_published(data / "reference" / "regional_picture.csv")
