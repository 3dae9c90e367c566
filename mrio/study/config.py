"""The configuration: read by name, checked against its schema, with a sentence for every mistake."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from mrio.errors import ConfigError, InputError, did_you_mean
from mrio.places import shipped

SCHEMA = shipped("workflow/schemas/config.schema.yaml", "schemas/config.schema.yaml")


def read_config(path: Path) -> dict:
    """Return the configuration in a YAML file, checked."""
    try:
        config = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("no such file", "the configuration", "copy config/config.yaml", file=path) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        raise InputError("text that is not YAML", "key: value lines", "mend that line", file=path, row=row) from None
    return check_config(config, path)


def check_config(config: Mapping[str, Any], source: object = "config") -> dict:
    """Return the configuration if it fits the schema.

    Values given on a command line (``--config years=[2017]``) arrive as text: whole numbers in ``years`` are read as
    such, and resolutions as text, because YAML would read ``42`` as a number.

    Raises
    ------
    ConfigError
        One sentence: the key, what was found, what is allowed, and the nearest known key for a misspelt one.
    """
    if not isinstance(config, Mapping):
        raise ConfigError(f"{source}: found {type(config).__name__}, expected key: value lines.")
    config = dict(config)
    if isinstance(config.get("years"), list):
        config["years"] = [int(y) if isinstance(y, str) and y.isdigit() else y for y in config["years"]]
    if isinstance(config.get("resolutions"), list):
        config["resolutions"] = [str(r) for r in config["resolutions"]]
    if isinstance(config.get("carbon_price"), Mapping):
        config["carbon_price"] = {str(year): price for year, price in config["carbon_price"].items()}
    schema = yaml.safe_load(SCHEMA.read_text(encoding="utf-8"))
    errors = sorted(jsonschema.Draft202012Validator(schema).iter_errors(config), key=lambda e: list(map(str, e.path)))
    if errors:
        raise ConfigError(f"{source}: {_sentence(errors[0])}")
    if clash := _clash(config):
        raise ConfigError(f"{source}: {clash}")
    return config


def _clash(config: Mapping[str, Any]) -> str:
    """Return what is wrong between keys that are each allowed, or nothing."""
    if not {"eebt", "mrio"} & set(config["methods"]):
        return (
            "key 'methods' has only 'gross', which counts a tonne at every border, so that responsibility cannot be "
            "shared; add 'eebt' or 'mrio'."
        )
    if config["scope"] == "exports-less-imports" and config["foreign_imports"] == "excluded":
        return (
            "key 'scope' is 'exports-less-imports', which needs the emissions of imports; set 'foreign_imports' to "
            "'province' or 'national'."
        )
    return ""


def _sentence(error: jsonschema.ValidationError) -> str:
    where = ".".join(map(str, error.path))
    key = f"key {where!r}" if where else "the top level"
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        unknown = next(k for k in error.instance if k not in known)
        return f"{key} has an unknown key {unknown!r}{did_you_mean(unknown, known)}; known: {', '.join(known)}."
    if error.validator == "required":
        missing = next(k for k in error.validator_value if k not in error.instance)
        return f"{key} lacks {missing!r}; see config/README.md for what it means."
    if error.validator == "enum":
        allowed = ", ".join(map(str, error.validator_value))
        hint = did_you_mean(str(error.instance), map(str, error.validator_value))
        return f"{key} is {error.instance!r}{hint}, expected one of {allowed}."
    types = error.validator_value if isinstance(error.validator_value, list) else [str(error.validator_value)]
    expected = {
        "type": f"a value of type {' or '.join(map(str, types))}",
        "minimum": f"at least {error.validator_value}",
        "maximum": f"at most {error.validator_value}",
        "exclusiveMinimum": f"more than {error.validator_value}",
        "minItems": "at least one entry",
        "uniqueItems": "every entry once",
    }
    return f"{key} is {error.instance!r}, expected {expected.get(error.validator, error.message)}."


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
        raise ConfigError(f"config: key 'carbon_price' has no price of {year}; add a line '{year}: <yuan per tonne>'.")
    return price[str(year)]
