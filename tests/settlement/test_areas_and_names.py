"""Registers as a county office would send them by mistake: areas in mu, rules under another name, a factor mistyped."""

import csv
import shutil
import warnings

import pytest

from mrio.errors import MrioError
from mrio.settlement.folder import settle_folder


@pytest.fixture
def register(repo, tmp_path):
    folder = tmp_path / "register"
    shutil.copytree(repo / "data/raw/settlement/yuanmou", folder)
    (folder / "datapackage.json").unlink()
    return folder


def scale(folder, sheet, column, factor):
    path = folder / sheet
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row[column] = f"{float(row[column]) * factor:.6f}".rstrip("0").rstrip(".")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def rewrite(folder, sheet, old, new):
    text = (folder / sheet).read_text(encoding="utf-8-sig")
    assert old in text
    (folder / sheet).write_text(text.replace(old, new, 1), encoding="utf-8")


def rename(folder, old, new):
    (folder / old).rename(folder / new)


def said(folder):
    """Return what settling a folder refuses or warns of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            outcome = settle_folder(folder)
        except MrioError as error:
            return str(error)
    stopped = [str(outcome.refusal)] if getattr(outcome, "refusal", None) else []
    return " ".join([*(str(one.message) for one in caught), *stopped])


def both(folder, factor):
    for sheet in ("applications.csv", "occupancies.csv"):
        scale(folder, sheet, "area_ha", factor)


CASES = {
    "all areas in m2": (lambda f: scale(f, "applications.csv", "area_ha", 1e4), "check that areas are hectares (15 mu"),
    "all areas in mu": (lambda f: scale(f, "applications.csv", "area_ha", 15), "0.066 times 70 t/ha"),
    "areas and occupancies in mu": (lambda f: both(f, 15), "the median application: 4.62 t/ha"),
    "areas and occupancies in m2": (lambda f: both(f, 1e4), "'obligations per area: <why>'"),
    "a factor with another digit": (lambda f: rewrite(f, "factors.csv", "0.5366", "0.6366"),
                                    "0.801 times the factor before it, 0.637: check the digits"),
    "a price written nan": (lambda f: rewrite(f, "prices.csv", "97.74", "nan"),
                            "prices.csv, row 3, column average_yuan_per_t: found 'nan', expected a number"),
    "a price written inf": (lambda f: rewrite(f, "prices.csv", "97.74", "inf"), "row 3, column average_yuan_per_t"),
    "rules.yml": (lambda f: rename(f, "rules.yaml", "rules.yml"),
                  "rules.yml: found rules under another name, expected rules.yaml; save it as rules.yaml"),
    "rules.yaml.txt": (lambda f: rename(f, "rules.yaml", "rules.yaml.txt"), "save it as rules.yaml"),
    "other rules beside": (lambda f: shutil.copy(f / "rules.yaml", f / "rules.yml"), "it would not be read"),
    "a ticket in Cyrillic": (lambda f: rewrite(f, "applications.csv", "T-2025-001", "\u0422-2025-001"),
                             "certificates.csv, row 2, column certificate and applications.csv, row 3, column cert"),
    "a lot in lower case": (lambda f: rewrite(f, "monitoring.csv", "L01", "l01"),
                            "lots.csv, row 2, column lot and monitoring.csv, row 2, column lot: 'L01' and 'l01' look"),
    "no monitoring": (lambda f: (f / "monitoring.csv").unlink(), "look for the lot's row in monitoring.csv"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_slip_of_the_office_is_said(register, name):
    edit, sentence = CASES[name]
    edit(register)
    assert sentence in said(register)


def test_the_register_as_it_is_says_nothing(register):
    assert said(register) == ""


def test_notes_beside_the_rules_are_left_alone(register):
    shutil.copy(register / "rules.yaml", register / "rules.bak")
    (register / "rules.md").write_text("why these rules", encoding="utf-8")
    assert said(register) == ""
