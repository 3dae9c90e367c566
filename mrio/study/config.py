"""The configuration: read by name and checked, with a sentence for every mistake."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mrio.errors import ConfigError, InputError, MrioError
from mrio.strict import Section, checked, read_yaml
from mrio.study.settings import Settings


def read_config(path: Path) -> dict[str, Any]:
    """Return the configuration in a YAML file, checked."""
    path = Path(path)
    if not path.is_file():
        raise InputError("no such file", "the configuration", "copy config/config.yaml", file=path)
    return check_config(read_yaml(path), path)


def check_config(config: object, source: object = "config") -> dict[str, Any]:
    """Return the configuration if it is what :class:`mrio.study.settings.Settings` allows, else say what is wrong.

    Values given on a command line (``--config years=[2017]``) arrive as text: whole numbers in ``years`` are read as
    such, and resolutions as text, because YAML would read ``42`` as a number.

    Raises
    ------
    ConfigError
        One sentence: the key, what was found, what is allowed, and the nearest known key for a misspelt one.
    """
    return _stated(checked(Settings, config, source))


def _stated(section: Section) -> dict[str, Any]:
    """Return the keys that were given, with plain values."""
    return {
        name: _stated(value) if isinstance(value, Section) else value
        for name, value in section
        if name in section.model_fields_set
    }


def price_of(config: Mapping[str, Any], year: int) -> float:
    """Return the carbon price of a year: the one price, or that year's of a series.

    Raises
    ------
    ConfigError
        If the series lacks the year.
    """
    price = config["carbon_price"]
    if not isinstance(price, Mapping):
        return price
    if str(year) not in price:
        raise ConfigError(f"config: carbon_price has no price of {year}; add a line '{year}: <yuan per tonne>'.")
    return price[str(year)]


if __name__ == "__main__":  # what Snakemake shows as a traceback, or without the file's name, is said here before it
    for given in map(Path, sys.argv[1:]):
        try:
            if not given.is_file():
                raise InputError("no such file", "a configuration", "check the path", file=given)
            read_yaml(given)
        except MrioError as error:
            sys.exit(f"error: {error}")
