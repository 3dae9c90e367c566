"""Published values (``data/reference``) -> one frame of records to set results beside.

Three kinds of file: what the study's text says, what other publications say, and the study's Tables 1-3 as somebody who
owns the paper typed them in, blanks allowed.  Nothing here is used to compute anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path

import pandas as pd

from mrio import labels
from mrio.errors import InputError, LabelError, did_you_mean
from mrio.formats.records import read_records
from mrio.formats.text_cells import Corner, numbers
from mrio.frames import lying_beside
from mrio.units import conversion

STUDY_FILE, LITERATURE_FILE, TYPED_FOLDER = "paper_published_values.csv", "literature_checks.csv", "liao2022"
#: Columns of the frame: ``published`` is the number, ``text`` what is printed where there is no number.
COLUMNS = ("kind", "id", "source", "place", "year", "item", "what", "what_zh", "region", "detail", "unit", "published",
           "text", "reason")  # fmt: skip
STUDY = "Liao, Liu & Yao 2022, Journal of Low Carbon Economy 11(4), doi 10.12677/JLCE.2022.114012"
STUDY_YEAR = "2017"
#: Unit at the end of a typed table's column -> that unit, and the one it is kept in.
SUFFIXES: Mapping[str, tuple[str, str]] = {
    "_Mt": ("Mt", "Mt"), "_10kt": ("10k t", "Mt"), "_100M_CNY": ("100M CNY", "100M CNY"),
    "_10k_CNY": ("10k CNY", "100M CNY"), "_CNY": ("CNY", "CNY"), "": ("ratio", "ratio"),
}  # fmt: skip
EMISSIONS, MONEY, YUAN, RATIO = ("_Mt", "_10kt"), ("_100M_CNY", "_10k_CNY"), ("_CNY",), ("",)
#: What may be typed in -> the item it is held beside, and the units its column may end in.
TYPED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **{name: (name, EMISSIONS) for name in ("transferred_out", "transferred_in", "net_transfer", "production",
                                            "consumption", "shared")},
    **{name: (name, MONEY) for name in ("outflow_value_added", "outflow_value")},
    **{name: (name, RATIO) for name in ("alpha", "share", "engel", "coefficient")},
    "gdp_per_capita": ("gdp_per_capita", YUAN),
    "amount": ("compensation", MONEY),
}  # fmt: skip


def read_reference(folder: str | PathLike[str]) -> pd.DataFrame:
    """Return every published record in a folder laid out as ``data/reference``.

    ``paper_published_values.csv``, ``literature_checks.csv`` and ``liao2022/table1.csv`` to ``table3.csv``; a file that
    is not there has no records.
    """
    folder = Path(folder)
    frames = [read(path) for path, read in ((folder / STUDY_FILE, read_study_values),
                                            (folder / LITERATURE_FILE, read_literature)) if path.exists()]  # fmt: skip
    return pd.concat([*frames, read_typed_tables(folder / TYPED_FOLDER)], ignore_index=True)


def read_study_values(path: str | PathLike[str]) -> pd.DataFrame:
    """Return the values that survive in the study's text, each with its section.

    Raises
    ------
    InputError, LabelError
        A missing column, a value that is not a number: file, row and column are named.
    """
    rows = []
    for line, cell in read_records(
        Path(path), ("year", "item", "region", "value", "unit", "section"), "published values"
    ):
        rows.append({
            "kind": "study", "id": f"S{line - 1}", "source": cell.get("source", STUDY), "place": cell["section"],
            "year": cell["year"], "item": cell["item"], "region": cell["region"], "detail": cell.get("detail", ""),
            "unit": cell["unit"], "published": _typed_number(cell["value"], "value", 0, line, Path(path)),
        })  # fmt: skip
    return _frame(rows)


def read_literature(path: str | PathLike[str]) -> pd.DataFrame:
    """Return what other publications say; ``item`` names our quantity beside it, ``reason`` why there is none."""
    rows = []
    columns = (
        "id",
        "source",
        "year",
        "quantity",
        "quantity_zh",
        "value",
        "unit",
        "read_in",
        "item",
        "region",
        "reason",
    )
    for _, cell in read_records(Path(path), columns, "literature checks"):
        rows.append({
            "kind": "literature", "id": cell["id"], "source": cell["source"], "place": cell["read_in"],
            "year": cell["year"], "item": cell["item"], "what": cell["quantity"], "what_zh": cell["quantity_zh"],
            "region": cell["region"], "unit": cell["unit"], "reason": cell["reason"],
            "published": _number_or_none(cell["value"]), "text": cell["value"],
        })  # fmt: skip
    return _frame(rows)


def read_typed_tables(folder: str | PathLike[str]) -> pd.DataFrame:
    """Return every filled cell of ``table1.csv``, ``table2.csv`` and ``table3.csv`` in `folder`.

    A blank cell was not typed in.  A real minus sign (U+2212), as the PDF prints it, is a minus.

    Raises
    ------
    InputError
        A column that is not known, or a cell that is not a number.
    LabelError
        An unknown or repeated province.
    """
    rows = []
    for number in (1, 2, 3):
        path = Path(folder) / f"table{number}.csv"
        if other := lying_beside(path):
            raise InputError(f"a file {other}", path.name, f"save it as {path.name}", file=path.parent)
        if path.exists():
            rows += _typed_cells(path, number)
    return _frame(rows)


def _typed_cells(path: Path, number: int) -> list[dict]:
    rows, seen = [], set()
    for line, cell in read_records(path, ("province",), f"Table {number} of the study"):
        region = labels.province(cell["province"], where=f"{path}, row {line}")
        if region in seen:
            raise LabelError(f"{path}, row {line}: {region} is given twice; each province must appear once.")
        seen.add(region)
        for at, (name, text) in enumerate(cell.items()):
            if name in ("province", "province_zh"):
                continue
            item, unit, scale = _column(name, path)
            if text:
                value = _typed_number(text, name, at, line, path) * scale
                rows.append({
                    "kind": "table", "id": f"T{number}.{line - 1}.{at - 1}", "source": STUDY, "year": STUDY_YEAR,
                    "place": f"Table {number}", "item": item, "region": region, "unit": unit, "published": value,
                })  # fmt: skip
    return rows


def _column(name: str, path: Path) -> tuple[str, str, float]:
    """Return item, unit and size of a typed table's column; a column without its unit is refused."""
    suffix = next(s for s in sorted(SUFFIXES, key=len, reverse=True) if name.endswith(s))
    stem = name.removesuffix(suffix)
    if stem not in TYPED or suffix not in TYPED[stem][1]:
        known = [f"{typed}{unit}" for typed, (_, units) in TYPED.items() for unit in units]
        raise InputError(
            f"column {name!r}{did_you_mean(name, known)}", f"one of {', '.join(known)}",
            "see data/reference/liao2022/README.md", file=path, row=1, column=name,
        )  # fmt: skip
    unit, kept = SUFFIXES[suffix]
    return TYPED[stem][0], kept, conversion(unit, kept)


def _typed_number(text: str, name: str, at: int, line: int, path: Path) -> float:
    row = [[text.replace("−", "-")]]
    return float(numbers(row, Corner(path, line - 1, at, column_labels=[name]))[0, 0])


def _number_or_none(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _frame(rows: list[dict]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    texts = {name: str for name in COLUMNS if name != "published"}
    return frame.fillna(dict.fromkeys(texts, "")).astype({**texts, "published": float})
