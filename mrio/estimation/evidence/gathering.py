"""Evidence: the pieces an estimate rests on, read from a list and its files of facts, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd

from mrio.errors import ConfigError, InputError, did_you_mean
from mrio.estimation.evidence import (
    any_sum,
    final_totals,
    local_delivery,
    national_table,
    physical_balance,
    plausible_inventory,
)
from mrio.estimation.evidence.pieces import Kind, Piece, Setting
from mrio.estimation.observations import Observations
from mrio.estimation.openness import Surveyed
from mrio.frames import read_frame
from mrio.strict import read_yaml

KINDS: dict[str, Kind] = {
    "national": national_table.KIND,
    "final_totals": final_totals.KIND,
    "plausible": plausible_inventory.KIND,
    "physical": physical_balance.KIND,
    "local": local_delivery.KIND,
    "sums": any_sum.KIND,
}


@dataclass(frozen=True)
class Gathered:
    """What the pieces say: national totals, a survey of cross-hauling, doubt in reports, observations."""

    totals: Mapping[str, np.ndarray]
    surveyed: Surveyed | None
    doubts: tuple[Mapping[str, np.ndarray], ...]
    observations: tuple[Observations, ...]


@dataclass(frozen=True)
class Evidence:
    """Pieces of evidence, in the order in which they are listed; none at all is the default of an estimate."""

    pieces: tuple[Piece, ...] = ()

    @property
    def names(self) -> list[str]:
        return [piece.name for piece in self.pieces]

    def without(self, name: str) -> Evidence:
        """Return the evidence with one piece switched off, and with it what cannot be told without it."""
        if name not in self.names:
            known = ", ".join(self.names)
            raise ConfigError(f"no evidence {name!r}{did_you_mean(name, self.names)}; there is {known}.")
        kept = [piece for piece in self.pieces if piece.name != name]
        national = any(piece.kind == "national" for piece in kept)
        return Evidence(tuple(piece for piece in kept if national or piece.kind != "plausible"))

    def gather(self, setting: Setting) -> Gathered:
        """Return what the pieces say of tables; national totals come first, the others are read against them."""
        totals: dict[str, np.ndarray] = {}
        for piece in self.pieces:
            totals |= KINDS[piece.kind].totals(piece, setting)
        setting = replace(setting, totals=totals)
        surveys = [found for piece in self.pieces if (found := KINDS[piece.kind].surveyed(piece, setting)) is not None]
        if len(surveys) > 1:
            raise ConfigError("two pieces of evidence survey cross-hauling; list the products in one file.")
        doubts = tuple(KINDS[piece.kind].doubts(piece, setting) for piece in self.pieces)
        given = tuple(one for piece in self.pieces for one in KINDS[piece.kind].observations(piece, setting))
        return Gathered(totals, surveys[0] if surveys else None, doubts, given)


def read_evidence(path: str | PathLike, year: int) -> Evidence:
    """Return the evidence of a year.

    Parameters
    ----------
    path : path
        A YAML file: name -> ``kind``, ``source``, optionally ``facts`` (a CSV beside it, ``{year}`` replaced) and the
        numbers of the kind.  A piece whose facts do not cover the year is left out.
    year : int

    Raises
    ------
    InputError
        A missing or unreadable list.
    ConfigError
        An unknown kind, or a piece without a source.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError("no list of evidence", "a YAML file: name -> kind, source, facts", "check the path", file=path)
    listed = read_yaml(path)
    pieces = [_piece(name, dict(entry), path, year) for name, entry in listed.items()]
    return Evidence(tuple(piece for piece in pieces if piece is not None))


def _piece(name: str, entry: dict, path: Path, year: int) -> Piece | None:
    kind, source, facts = entry.pop("kind", None), entry.pop("source", None), entry.pop("facts", None)
    if kind not in KINDS:
        raise ConfigError(f"{path}: evidence {name!r} is of kind {kind!r}{did_you_mean(str(kind), KINDS)}; "
                          f"known: {', '.join(KINDS)}.")  # fmt: skip
    if not source:
        raise ConfigError(f"{path}: evidence {name!r} has no source; say where its facts come from.")
    if facts is None:
        return Piece(name, kind, source, pd.DataFrame(), entry)
    file = path.parent / facts.format(year=year)
    if not file.is_file():
        return None
    table = read_frame(file, f"the facts of evidence {name!r}", dtype={"sector": str, "scheme": str}, comment="#")
    table = table[table["year"] == year] if "year" in table else table
    return Piece(name, kind, source, table.reset_index(drop=True), entry) if len(table) else None
