"""What is written from :mod:`mrio.study.settings`: the schema for editors and the table of keys for readers.

``python -m mrio.study.settings_pages`` writes both; a test holds them in step.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import yaml
from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from mrio.places import ROOT
from mrio.strict import Section, read_yaml
from mrio.study.settings import Settings

SCHEMA, README = Path("workflow/schemas/config.schema.yaml"), Path("config/README.md")
#: The table of keys stands between these lines of the README.
BEGIN, END = "<!-- keys: written by make config-pages -->\n", "<!-- end of keys -->\n"


class _Untitled(GenerateJsonSchema):
    """A schema without a title for every key, which would repeat its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_text() -> str:
    """Return the JSON schema of the configuration, as YAML."""
    schema = {"$schema": _Untitled.schema_dialect, **TypeAdapter(Settings).json_schema(schema_generator=_Untitled)}
    head = "# Written by make config-pages from mrio/study/settings.py.\n"
    return head + yaml.safe_dump(schema, allow_unicode=True, sort_keys=False, width=110)


def key_table(defaults: dict[str, Any]) -> str:
    """Return the Markdown table of every key: what it means, and its value in the default study."""
    rows = ["| key | meaning | default |", "| --- | --- | --- |"]
    return "\n".join([*rows, *_rows(Settings, "", defaults)]) + "\n"


def _rows(section: type[Section], inside: str, defaults: dict[str, Any]) -> Iterator[str]:
    for name, field in section.model_fields.items():
        inner = _section(field.annotation)
        if inner is not None:
            yield from _rows(inner, f"{inside}{name}.", defaults.get(name) or {})
        else:
            shown = f"`{_shown(defaults[name])}`" if name in defaults else "the preset's"
            yield f"| `{inside}{name}` | {field.description} | {shown} |"


def _section(annotation: object) -> type[Section] | None:
    """Return the section a key holds, which may be null, or None where it holds values."""
    kinds = get_args(annotation) if get_origin(annotation) is UnionType else [annotation]
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Section)), None)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    words = {None: "null", True: "true", False: "false"}
    return words[value] if isinstance(value, bool | None) else f"{value:g}" if isinstance(value, float) else str(value)


def pages(root: Path) -> dict[Path, str]:
    """Return file -> text of what is written from the settings, in a checkout."""
    readme = (root / README).read_text(encoding="utf-8")
    before, _, rest = readme.partition(BEGIN)
    after = rest.partition(END)[2]
    table = key_table(read_yaml(root / "config" / "config.yaml"))
    return {root / SCHEMA: schema_text(), root / README: before + BEGIN + table + END + after}


if __name__ == "__main__":
    for path, text in pages(ROOT).items():
        path.write_text(text, encoding="utf-8")
