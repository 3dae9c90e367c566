"""Where the files that ship with the library lie: beside its sources, or inside an installed package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
#: The checkout, where there is one.
ROOT = PACKAGE.parent


def data_dir() -> Path:
    """Return the folder of the label tables: beside the sources, or inside an installed package."""
    return shipped("data/raw/provinces.csv", "labels_data/provinces.csv").parent


def shipped(beside: str, inside: str) -> Path:
    """Return a shipped file: `beside`, relative to the checkout, or else `inside`, relative to the package."""
    source = ROOT / beside
    return source if source.exists() else PACKAGE / inside
