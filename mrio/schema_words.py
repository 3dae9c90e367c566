"""What a JSON schema allows, in words: said from the schema of the types, so that it is stated once."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

MAPPING = "key: value lines"
#: Words for the types of a JSON schema.
_TYPES = {"integer": "a whole number", "number": "a number", "string": "text", "boolean": "true or false",
          "null": "null", "array": "a list", "object": MAPPING}  # fmt: skip

#: Full-width signs -> those that YAML knows.
_HALF = {"：": ":", "，": ",", "、": ",", "【": "[", "】": "]", "［": "[", "］": "]", "｛": "{", "｝": "}",
         "“": '"', "”": '"', "‘": "'", "’": "'", "．": ".", "。": ".", "－": "-"}  # fmt: skip


def expected_of(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> str:
    """Return in words what a part of a JSON schema allows; its own words, under ``expected``, come first."""
    schema = _resolved(schema, whole)
    if "expected" in schema:
        return schema["expected"]
    if "anyOf" in schema:
        return " or ".join(expected_of(part, whole) for part in schema["anyOf"])
    if choices := choices_of(schema, whole):
        return f"one of {', '.join(choices)}" if len(choices) > 1 else repr(choices[0])
    words = _TYPES[schema["type"]] + _bounds(schema)
    words += " of at least one entry" if schema.get("minItems") else ""
    words += ", none twice" if schema.get("uniqueItems") else ""
    each = schema.get("items") or schema.get("additionalProperties")
    return f"{words}, each {expected_of(each, whole)}" if each else words


def schema_at(whole: Mapping[str, Any], path: tuple[str, ...]) -> Mapping[str, Any]:
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


def choices_of(schema: Mapping[str, Any], whole: Mapping[str, Any]) -> list[str]:
    """Return the values a part of a schema lists, in whichever alternative."""
    alternatives = [_resolved(one, whole) for one in schema.get("anyOf", [])]
    listed = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return [*map(str, listed), *(choice for one in alternatives for choice in choices_of(one, whole))]


def _bounds(schema: Mapping[str, Any]) -> str:
    words = {
        "exclusiveMinimum": "above {}", "minimum": "of at least {}", "exclusiveMaximum": "below {}",
        "maximum": "of at most {}",
    }  # fmt: skip
    said = [text.format(f"{schema[name]:g}") for name, text in words.items() if name in schema]
    said += [f"of the form {schema['pattern']}"] if "pattern" in schema else []
    return " " + " and ".join(said).replace("and of", "and") if said else ""


def wide_signs(value: object) -> str:
    """Return which signs of a text are full-width ones, as a Chinese keyboard writes them; nothing where none is."""
    odd = [sign for sign in dict.fromkeys(str(value)) if sign in _HALF or "０" <= sign <= "９"]
    plain = [_HALF.get(sign) or unicodedata.normalize("NFKC", sign) for sign in odd]
    return f" (with the full-width {' '.join(odd)}, expected {' '.join(plain)})" if odd else ""
