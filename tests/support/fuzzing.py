"""Random single edits of the text of an input, as a tired hand makes them."""

from __future__ import annotations

import random

#: Factors a number is scaled by.
FACTORS = (0.5, 0.9, 1.1, 2, 10, 1000)
KINDS = ("scale", "scale row", "swap", "shift", "delete", "paste", "retype")


def numeric(cell: str) -> bool:
    """Return whether a cell is a number."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def edited(text: str, rng: random.Random, keep: int) -> str:
    """Return a CSV after one edit: scale, swap, shift, delete, paste or retype.

    Parameters
    ----------
    keep : int
        Columns that are the labels of a row.
    """
    lines = text.splitlines()
    body = range(3 if text.startswith("#") else 1, len(lines))
    a, b = rng.sample(body, 2)
    kind = rng.choice(KINDS)
    cells = [lines[a].split(","), lines[b].split(",")]
    if kind in ("scale", "scale row"):
        factor = rng.choice(FACTORS)
        at = [k for k, cell in enumerate(cells[0]) if numeric(cell) and float(cell) and k >= keep]
        chosen = at if kind == "scale row" else rng.sample(at, min(1, len(at)))
        lines[a] = ",".join(repr(float(c) * factor) if k in chosen else c for k, c in enumerate(cells[0]))
    elif kind == "swap":  # what follows the labels of two rows
        lines[a] = ",".join(cells[0][:keep] + cells[1][keep:])
        lines[b] = ",".join(cells[1][:keep] + cells[0][keep:])
    elif kind == "shift":
        lines[a] = ",".join([*cells[0][:-1], "", cells[0][-1]])
    elif kind == "delete":
        del lines[a]
    elif kind == "paste":
        lines[a] = ",".join(cells[0][:keep] + cells[1][keep:])
    else:
        lines[a] = retyped(lines[a], rng)
    return "\n".join(lines) + "\n"


def retyped(line: str, rng: random.Random) -> str:
    """Return a line with one digit typed anew; without digits, with two letters exchanged."""
    digits = [k for k, character in enumerate(line) if character.isdigit()]
    if digits:
        at = rng.choice(digits)
        return line[:at] + rng.choice("0123456789") + line[at + 1 :]
    at = rng.randrange(max(1, len(line) - 1))
    return line[:at] + line[at : at + 2][::-1] + line[at + 2 :]
