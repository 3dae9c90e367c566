"""What a user states in a YAML file, or as parameters: read strictly, checked, and refused in one sentence.

One mechanism for the configuration of a study, layouts, the rules of a register, options of the estimate and growth
curves.  A key that is unknown or stands there twice, a value of another type, a number that is NaN or infinite are
mistakes, never defaults.  What is expected is said from the JSON schema of the types, so it is stated once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked_dataclass

from mrio.errors import ConfigError, InputError, did_you_mean

T = TypeVar("T")
STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
MAPPING = "key: value lines"
#: Words for the types of a JSON schema.
_TYPES = {"integer": "a whole number", "number": "a number", "string": "text", "boolean": "true or false",
          "null": "null", "array": "a list", "object": MAPPING}  # fmt: skip
#: Mistakes of keys come before those of values.
_RANK = {"extra_forbidden": 0, "unexpected_keyword_argument": 0, "missing": 1}


class Section(BaseModel):
    """Base of a YAML file, or of a part of one, with named keys."""

    model_config = STRICT


def validated(inside: str) -> Callable[[type[T]], type[T]]:
    """Return a decorator of frozen dataclasses: values, by keyword, are checked whenever one is made.

    `inside` is the name the parameters go by, ``curve`` for ``curve.G``.
    """

    def decorate(plain: type[T]) -> type[T]:
        made: Any = checked_dataclass(plain, config=STRICT)
        checks = made.__init__

        @wraps(checks)
        def __init__(self: T, **values: object) -> None:
            try:
                checks(self, **values)
            except ValidationError as error:
                raise ConfigError(_sentence(made, error, values, inside)) from None

        made.__init__ = __init__
        return made

    return decorate


def checked(kind: type[T], values: object, source: object) -> T:
    """Return the values as an instance of a section or of checked parameters.

    Parameters
    ----------
    kind : type
        A :class:`Section`, or a dataclass made by :func:`validated`.
    values : mapping
        As read from YAML.
    source : str or path
        What the sentence begins with, as a rule the file.

    Raises
    ------
    ConfigError
        One sentence: the key, what was found, what is expected, and the nearest known key for a misspelt one.
    """
    if not isinstance(values, Mapping):
        raise ConfigError(f"{source}: found {_found(values)}, expected {MAPPING}.")
    named = {str(key): value for key, value in values.items()}
    try:
        return kind(**named)
    except ValidationError as error:
        raise ConfigError(f"{source}: {_sentence(kind, error, named)}") from None
    except ConfigError as error:
        raise ConfigError(f"{source}: {error}") from None


def expected_of(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    """Return in words what a part of a JSON schema allows; its own words, under ``expected``, come first."""
    schema = _resolved(schema, whole)
    if "expected" in schema:
        return schema["expected"]
    if "anyOf" in schema:
        return " or ".join(expected_of(part, whole) for part in schema["anyOf"])
    if choices := _choices(schema, whole):
        return f"one of {', '.join(choices)}" if len(choices) > 1 else repr(choices[0])
    words = _TYPES[schema["type"]] + _bounds(schema)
    words += " of at least one entry" if schema.get("minItems") else ""
    words += ", none twice" if schema.get("uniqueItems") else ""
    each = schema.get("items") or schema.get("additionalProperties")
    return f"{words}, each {expected_of(each, whole)}" if each else words


def read_yaml(path: Path, text: str | None = None) -> dict[str, Any]:
    """Return the keys of a YAML file (or of its `text`, where that has been read already).

    Raises
    ------
    InputError
        Where it is no YAML, or a key stands there twice: the row.
    ConfigError
        If it holds anything but keys.
    """
    try:
        values = yaml.load(path.read_text(encoding="utf-8") if text is None else text, _Loader)
    except UnicodeDecodeError:
        raise InputError("bytes that are no text", "text in UTF-8", "save it as UTF-8", file=path) from None
    except _Twice as error:
        raise InputError(f"{error.problem} a second time", "each key once", file=path, row=_row(error)) from None
    except yaml.YAMLError as error:
        raise InputError("text that is not YAML", MAPPING, "mend that line", file=path, row=_row(error)) from None
    if not isinstance(values, dict):
        raise ConfigError(f"{path}: found {_found(values)}, expected {MAPPING}.")
    return values


class _Twice(yaml.constructor.ConstructorError):
    """A key that stands twice in one mapping."""


class _Loader(yaml.SafeLoader):
    """The safe loader, which would take the last of two equal keys without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and (key.tag, key.value) in seen:
                raise _Twice(problem=f"the key {key.value!r}", problem_mark=key.start_mark)
            seen.add((key.tag, key.value) if isinstance(key, yaml.ScalarNode) else id(key))
        return super().construct_mapping(node, deep)


def _row(error: yaml.YAMLError) -> int | None:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else None


def _sentence(kind: type, error: ValidationError, values: Mapping[str, object], inside: str = "") -> str:
    """Return the first mistake as a sentence: unknown keys before missing ones, then by key, at the innermost place."""
    mistakes = [(*_place(one, values), one) for one in error.errors()]
    path, value, one = min(mistakes, key=lambda m: (_RANK.get(m[2]["type"], 2), m[0][:1], -len(m[0]), m[0]))
    key, rank = ".".join(filter(None, (inside, *path))), _RANK.get(one["type"], 2)
    if rank == 2 and not path:
        return str(one["ctx"]["error"])  # between keys that are each allowed
    whole = TypeAdapter(kind).json_schema()
    schema = _schema_at(whole, path)
    if rank == 0:
        known = list(_schema_at(whole, path[:-1])["properties"])
        return f"the key {key!r} is unknown{did_you_mean(path[-1], known)}; known: {', '.join(known)}."
    if rank == 1:
        return f"the key {key!r} is missing, expected {expected_of(schema, whole)}."
    hint = did_you_mean(value, _choices(schema, whole)) if isinstance(value, str) else ""
    return f"{key} is {value!r}{hint}, expected {expected_of(schema, whole)}."


def _place(mistake: Mapping[str, Any], values: object) -> tuple[tuple[str, ...], object]:
    """Return the keys that lead to a mistake and what stands there; other names are those of alternative types."""
    path: tuple[str, ...] = ()
    for part in map(str, mistake["loc"]):
        inner = _items(values)
        if part in inner:
            path, values = (*path, part), inner[part]
    return ((*path, str(mistake["loc"][-1])) if mistake["type"] == "missing" else path), values


def _items(values: object) -> dict[str, object]:
    """Return what stands under each key of a mapping, or each place of a list, by its name in a sentence."""
    pairs = values.items() if isinstance(values, Mapping) else enumerate(values if isinstance(values, list) else [])
    return {str(name): value for name, value in pairs}


def _schema_at(whole: Mapping[str, Any], path: tuple[str, ...]) -> Mapping[str, Any]:
    """Return the part of a JSON schema a path leads to; empty where no part has that name."""
    schema = _resolved(whole, whole)
    for part in path:
        alternatives = [schema, *(_resolved(one, whole) for one in schema.get("anyOf", []))]
        schema = _resolved(next((found for one in alternatives if (found := _below(one, part)) is not None), {}), whole)
    return schema


def _below(schema: Mapping[str, Any], part: str) -> Mapping[str, Any] | None:
    return schema.get("properties", {}).get(part) or schema.get("items") or schema.get("additionalProperties") or None


def _resolved(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a part of a schema with the definition it refers to."""
    if "$ref" not in schema:
        return schema
    return {**whole["$defs"][schema["$ref"].rpartition("/")[2]], **schema}


def _choices(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> list[str]:
    """Return the values a part of a schema lists, in whichever alternative."""
    alternatives = [_resolved(one, whole) for one in schema.get("anyOf", [])]
    listed = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return [*map(str, listed), *(choice for one in alternatives for choice in _choices(one, whole))]


def _bounds(schema: Mapping[str, Any]) -> str:
    words = {
        "exclusiveMinimum": "above {}", "minimum": "of at least {}", "exclusiveMaximum": "below {}",
        "maximum": "of at most {}",
    }  # fmt: skip
    said = [text.format(f"{schema[name]:g}") for name, text in words.items() if name in schema]
    said += [f"of the form {schema['pattern']}"] if "pattern" in schema else []
    return " " + " and ".join(said).replace("and of", "and") if said else ""


def _found(values: object) -> str:
    return "nothing" if values is None else type(values).__name__
