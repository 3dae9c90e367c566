"""A command writes where it is told, and never over an input it does not make or into the folder of another year."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from mrio.cli.main import program
from mrio.saving import keeping_inputs, making, write_text_file


@pytest.fixture
def study(repo, tmp_path, monkeypatch) -> Path:
    """Return a folder with the inputs that ship, in which commands are called."""
    shutil.copytree(repo / "data/raw", tmp_path / "data/raw", ignore=shutil.ignore_patterns("evidence", "reg*"))
    shutil.copytree(repo / "config", tmp_path / "config")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and "logs" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


TABLE = ("data/raw/2017/mrio_42.nc", "--layout", "netcdf")
DESCRIBED = "found an input or result that datapackage.json describes, expected another name for what is written"
#: Words of a command -> part of the sentence; INVENTORY and TABLES are those of 2017.
REFUSED = {
    "a list over emissions": (("linkages", "2017", "--out", "data/raw/2012/emissions_42.csv"), DESCRIBED),
    "a list over evidence": (("linkages", "2017", "--out", "data/raw/2017/evidence.csv"), DESCRIBED),
    "a list over the sectors": (("linkages", "2017", "--out", "data/raw/sectors.csv"), DESCRIBED),
    "a list over the configuration": (("linkages", "2017", "--out", "config/config.yaml"), "end --out in .csv"),
    "chains over the sectors": (("paths", "2017", "Hebei", "--out", "data/raw/sectors"), DESCRIBED),
    "a report over evidence": (("check", *TABLE, "--out", "data/raw/2017/evidence"), DESCRIBED),
    "a table over evidence": (("read", *TABLE, "--to", "long-csv", "--out", "data/raw/2017/evidence.csv"), DESCRIBED),
    "a table over that of another year": (("read", *TABLE, "--out", "data/raw/2012/mrio_42.nc"),
        "data/raw/2012: found a folder of 2012, expected one of 2017; change --out"),
    "emissions over those of another year": (("emissions", "INVENTORY", "--table", TABLE[0], "--out",
        "data/raw/2012/emissions_42.csv"), "found a folder of 2012, expected one of 2017"),
    "emissions over statistics": (("emissions", "INVENTORY", "--table", TABLE[0], "--out",
        "data/raw/2017/socioeconomic.csv"), DESCRIBED),
    "an estimate into another year": (("estimate", "TABLES", "--year", "2017", "--out", "data/raw/2012"),
        "found a folder of 2012, expected one of 2017"),
    "what is taken out over a price": (("extract", "2017", "--province", "Hebei", "--out",
        "data/raw/settlement/yuanmou/prices.csv"), DESCRIBED),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", REFUSED)
def test_nothing_that_was_there_changes(study, shared_data, name):
    words, said = REFUSED[name]
    meant = {"INVENTORY": shared_data / "ceads_inventory/ceads_prov_2017.xlsx",
             "TABLES": shared_data / "provincial_io/2017"}  # fmt: skip
    before = contents(study)
    made = CliRunner().invoke(program, [str(meant.get(word, word)) for word in words])
    assert made.exit_code == 1 and said in made.output, made.output
    assert {name: content for name, content in contents(study).items() if name in before} == before


def test_what_a_command_makes_it_may_make_anew(study):
    made = CliRunner().invoke(program, ["read", *TABLE, "--sectors", "six", "--to", "matrix-csv", "--out",
                                        "data/raw/2017/mrio_six.csv"])  # fmt: skip
    assert made.exit_code == 0, made.output


def test_a_description_that_cannot_be_read_describes_nothing(tmp_path):
    (tmp_path / "datapackage.json").write_text("[", encoding="utf-8")
    (tmp_path / "a.csv").write_text("1", encoding="utf-8")
    with keeping_inputs():
        write_text_file(tmp_path / "a.csv", "2")
        with making("*.yaml"):
            write_text_file(tmp_path / "layout.yaml", "a: 1")
            write_text_file(tmp_path / "layout.yaml", "a: 2")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "2"


#: Words of a command -> part of the sentence that says what there is.
SAID = {
    "a year that is not there": (("paths", "2018", "Hebei"), "data/raw: found no folder of 2018, expected one of 20"),
    "a year with two digits": (("linkages", "17"), "found no folder of 17, expected one of 2012, 2017"),
    "a province left out": (("paths", "2017", "Tibet"), "destination 'Tibet' is left out of the table; name a"),
    "registers for a register": (("settle", "data/raw/settlement"),
        "found a folder of registers (yuanmou), expected one register's own folder; name one of them: data/raw/settl"),
    "a concordance that lacks a sector": (("read", *TABLE, "--out", "x.nc", "--sectors", "short.csv"),
        "short.csv: sector '42' has no group in the concordance"),
    "a concordance with a note": (("read", *TABLE, "--out", "x.nc", "--sectors", "note.csv"),
        "note.csv, row 44: found '注：示例' alone in its row, expected 2 cells; take it out, if it is a note"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_what_there_is_is_said(study, name):
    codes = [f"{k},a" for k in range(1, 43)]  # without the zeros that spreadsheets take away
    (study / "short.csv").write_text("\n".join(["from,to", *codes[:-1]]), encoding="utf-8")
    (study / "note.csv").write_text("\n".join(["from,to", *codes, "注：示例"]), encoding="utf-8")
    words, said = SAID[name]
    made = CliRunner().invoke(program, list(words))
    assert made.exit_code == 1 and said in made.output, made.output


def test_codes_may_lack_their_zeros(study):
    (study / "all.csv").write_text("\n".join(["from,to", *(f"{k},a" for k in range(1, 43))]), encoding="utf-8")
    made = CliRunner().invoke(program, ["read", *TABLE, "--out", "x.nc", "--sectors", "all.csv"])
    assert made.exit_code == 0 and "30 regions x 1 sectors" in made.output, made.output
    one, other = (CliRunner().invoke(program, ["extract", "2017", "--sector", code]).output for code in ("1", "01"))
    assert one == other and "Beijing" in one


def test_a_described_input_that_is_gone_is_said(study):
    (study / "data/raw/2017/socioeconomic.csv").unlink()
    made = CliRunner().invoke(program, ["linkages", "2017"])
    assert "socioeconomic.csv is not the file that datapackage.json describes: it was changed since, or is gone" in (
        made.output
    )
