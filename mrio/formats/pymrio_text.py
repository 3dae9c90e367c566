"""The text tables and JSON files of which a folder saved by pymrio consists."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from mrio.errors import InputError, LabelError
from mrio.formats.text_cells import Corner, number_text, numbers, read_text_rows
from mrio.formats.text_matrix import Labels, TextMatrix
from mrio.saving import whole_text, write_text_file

FOLDER = "a folder saved by pymrio"


def table_parameters(**tables: tuple[int, int]) -> dict:
    """Return what file_parameters.json says of tables: name -> index columns and heading rows."""
    return {
        name: {"name": f"{name}.txt", "nr_index_col": str(index), "nr_header": str(header)}
        for name, (index, header) in tables.items()
    }


def write_matrix(
    path: Path, index: Labels, rows: Sequence[Labels], header: Labels, columns: Sequence[Labels], values: Iterable
) -> None:
    """Write a table with heading rows and index columns."""
    lines = [[name, *[""] * (len(index) - 1), *(c[k] for c in columns)] for k, name in enumerate(header)]
    lines.append([*index, *[""] * len(columns)])
    lines += [[*label, *map(number_text, line)] for label, line in zip(rows, values, strict=True)]
    _write_lines(path, lines)


def write_column(path: Path, index: Labels, rows: Sequence[Labels], name: str, values: Iterable) -> None:
    """Write a column of values or texts behind its labels."""
    texts = [value if isinstance(value, str) else number_text(value) for value in values]
    _write_lines(path, [[*index, name], *([*label, text] for label, text in zip(rows, texts, strict=True))])


def _write_lines(path: Path, lines: Sequence) -> None:
    with whole_text(path, "utf-8") as stream:
        csv.writer(stream, delimiter="\t", lineterminator="\n").writerows(lines)


def write_json(path: Path, content: Mapping) -> None:
    """Write a JSON file."""
    write_text_file(path, json.dumps(content, indent=4, ensure_ascii=False) + "\n")


def read_json(path: Path, what: str = FOLDER) -> dict:
    """Return a JSON file, refusing one that is not there or is no JSON; `what` it belongs to, in words."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError("no such file", FOLDER, "save it with pymrio's save_all", file=path) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"text that is no JSON ({error})", what, file=path) from error


def matrix_of(folder: Path, parameters: Mapping, name: str) -> TextMatrix:
    """Return the file of a table with two heading rows, not yet read."""
    return TextMatrix(folder / parameters[name]["name"], FOLDER, int(parameters[name]["nr_index_col"]), heading=2)


def read_column(folder: Path, parameters: Mapping, name: str, rows: Sequence[Labels]) -> np.ndarray:
    """Return the numbers of a column whose rows are `rows`."""
    path = folder / parameters[name]["name"]
    lines = read_text_rows(path, FOLDER, delimiter="\t")
    index = len(rows[0])
    if [tuple(line[:index]) for line in lines[1:]] != list(rows):
        raise LabelError(f"{path}: the labels of the rows differ from those of Z; they must be the same.")
    return numbers([line[index:] for line in lines[1:]], Corner(path, 1, index))[:, 0]
