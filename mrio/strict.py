"""What a user states in a YAML file, or as parameters: read strictly, checked, and refused in one sentence.

One mechanism for the configuration of a study, layouts, the rules of a register, options of the estimate and growth
curves.  A key that is unknown or stands there twice, a value of another type, a number that is NaN or infinite are
mistakes, never defaults.  What is expected is said from the JSON schema of the types, so it is stated once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked_dataclass

from mrio.errors import ConfigError, InputError, did_you_mean
from mrio.schema_words import MAPPING, choices_of, expected_of, schema_at, wide_signs

T = TypeVar("T")
STRICT = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
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
        text = path.read_text(encoding="utf-8-sig") if text is None else text
        values = yaml.load(text, _Loader)
    except UnicodeDecodeError:
        raise InputError("bytes that are no text", "text in UTF-8", "save it as UTF-8", file=path) from None
    except _Twice as error:
        raise InputError(f"{error.problem} a second time", "each key once", file=path, row=_row(error)) from None
    except _OddNumber as error:
        raise InputError(
            f"{error.problem}, which YAML reads as another number than it looks like", "plain digits",
            "write it so, or in quotation marks where it is a name", file=path, row=_row(error),
        ) from None  # fmt: skip
    except _NoDay as error:
        found = f"{error.problem}, which is no day of the calendar"
        raise InputError(found, "a day such as 2026-06-30", file=path, row=_row(error)) from None
    except yaml.YAMLError as error:
        raise _not_yaml(error, path, text) from None
    if not isinstance(values, dict):
        raise ConfigError(f"{path}: found {_found(values)}, expected {MAPPING}{wide_signs(values)}.")
    return values


class _Twice(yaml.constructor.ConstructorError):
    """A key that stands twice in one mapping."""


class _OddNumber(yaml.constructor.ConstructorError):
    """A number in base 60, 8 or 16, or with underscores."""


class _NoDay(yaml.constructor.ConstructorError):
    """A day that no calendar has."""


#: What PyYAML was doing when it came upon the end of something else.
_OPEN_ENDED = ("while scanning a simple key", "while parsing a flow", "while scanning a quoted scalar")
#: A number of YAML as everybody reads it.
_PLAIN = re.compile(r"[-+]?(0|[1-9][0-9]*|([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF)|\.(nan|NaN|NAN))")
#: What stands in a line by mistake -> what to do.
_SIGNS = {"：": "write a half-width colon and a blank: ': '", "，": "write half-width commas",
          "\t": "indent with blanks, not with tabs", "\u3000": "write ordinary blanks",
          "\u00a0": "write ordinary blanks"}  # fmt: skip


class _Loader(yaml.SafeLoader):
    """The safe loader, which would take the last of two equal keys, and 1:40 for 100, without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and (key.tag, key.value) in seen:
                raise _Twice(problem=f"the key {key.value!r}", problem_mark=key.start_mark)
            seen.add((key.tag, key.value) if isinstance(key, yaml.ScalarNode) else id(key))
        return super().construct_mapping(node, deep)

    def construct_plain(self, node: yaml.ScalarNode) -> Any:
        """Construct a number or date, refusing one that is not what it looks like."""
        made = {"int": self.construct_yaml_int, "float": self.construct_yaml_float}.get(node.tag.rpartition(":")[2])
        if made is not None and not _PLAIN.fullmatch(node.value):
            raise _OddNumber(problem=repr(node.value), problem_mark=node.start_mark)
        try:
            return (made or self.construct_yaml_timestamp)(node)
        except ValueError:
            raise _NoDay(problem=repr(node.value), problem_mark=node.start_mark) from None


for _kind in ("int", "float", "timestamp"):
    _Loader.add_constructor(f"tag:yaml.org,2002:{_kind}", _Loader.construct_plain)


def _row(error: yaml.YAMLError) -> int | None:
    """Return the line of a mistake; of a bracket, quotation mark or key that has no end where it began."""
    open_ended = (getattr(error, "context", None) or "").startswith(_OPEN_ENDED)
    mark = getattr(error, "context_mark" if open_ended else "problem_mark", None)
    return mark.line + 1 if mark else None


def _not_yaml(error: yaml.YAMLError, path: Path, text: str | None) -> InputError:
    """Return the sentence on a file that is no YAML: the line, and what is wrong with it where that can be seen."""
    row, lines = _row(error), (text or "").splitlines()
    if row and getattr(error, "problem", "") == "mapping values are not allowed here":
        above = [k for k, said in enumerate(lines[: row - 1], 1) if said.strip() and not said.lstrip().startswith("#")]
        if above and ": " not in lines[above[-1] - 1] and not lines[above[-1] - 1].rstrip().endswith(":"):
            row = above[-1]  # that line runs on into the one whose colon comes as a surprise
    line = lines[row - 1] if row and row <= len(lines) else ""
    sign = next((sign for sign in _SIGNS if sign in line), "")
    todo = _SIGNS.get(sign, "mend that line")
    if not sign and re.match(r"\s*[\w-]+\s*=", line):
        todo = "write a colon and a blank in place of the equals sign"
    elif not sign and re.match(r"\s*[\w-]+:\S", line):
        todo = "write a blank after the colon"
    elif not sign and line.startswith(" "):
        todo = "begin it in the column where its neighbours begin"
    found = f"the line {line.strip()!r}, which is not YAML" if line.strip() else "text that is not YAML"
    return InputError(found, MAPPING, todo, file=path, row=row)


def _sentence(kind: type, error: ValidationError, values: Mapping[str, object], inside: str = "") -> str:
    """Return the first mistake as a sentence: unknown keys before missing ones, then by key, at the innermost place."""
    mistakes = [(*_place(one, values), one) for one in error.errors()]
    path, value, one = min(mistakes, key=lambda m: (_RANK.get(m[2]["type"], 2), m[0][:1], -len(m[0]), m[0]))
    key, rank = ".".join(filter(None, (inside, *path))), _RANK.get(one["type"], 2)
    if rank == 2 and not path:
        return str(one["ctx"]["error"])  # between keys that are each allowed
    whole = TypeAdapter(kind).json_schema()
    schema = schema_at(whole, path)
    if rank == 0:
        known = list(schema_at(whole, path[:-1])["properties"])
        hint = wide_signs(path[-1]) or did_you_mean(path[-1], known)
        return f"the key {key!r} is unknown{hint}; known: {', '.join(known)}."
    if rank == 1:
        return f"the key {key!r} is missing, expected {expected_of(schema, whole)}."
    hint = ""
    if isinstance(value, str):
        hint = wide_signs(value) or did_you_mean(value, choices_of(schema, whole)) or _as_number(value)
    return f"{key} is {value!r}{hint}, expected {expected_of(schema, whole)}."


def _as_number(text: str) -> str:
    """Return how a number is written that stands there as text: ``1e-6`` has no point, which YAML asks for."""
    try:
        number = float(text)
    except ValueError:
        return ""
    return f" (text; as a number: {number!r})" if math.isfinite(number) and text.isascii() else ""


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


def _found(values: object) -> str:
    return "nothing" if values is None else type(values).__name__
