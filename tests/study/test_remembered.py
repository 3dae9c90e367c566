"""Inputs that passed are not read again while nothing that they were held to has changed, and are when anything has."""

import json
import warnings

import pytest
from tiny_study import tiny_inputs

from mrio.errors import InputError, MrioError
from mrio.study import inputs, memory, modules, remembered, side_inputs
from mrio.study.config import read_config
from mrio.study.remembered import Checked, Year, checked


@pytest.fixture
def config(repo):
    return read_config(repo / ".test" / "config" / "config.yaml")


@pytest.fixture
def reads(tmp_path, monkeypatch):
    """A folder with a small study, in which every reading of the inputs is counted."""
    tiny_inputs(tmp_path / "data" / "raw" / "2017")
    monkeypatch.chdir(tmp_path)
    made, preflight = [], inputs.preflight
    monkeypatch.setattr(inputs, "preflight", lambda *given: made.append(1) or preflight(*given))
    return made


def test_a_second_look_reads_nothing_and_says_the_same(config, reads):
    first, second = checked(config), checked(config)
    assert first == second == Checked({2017: Year(True, False, False)}, first.doubts, [])
    assert reads == [1]


def test_the_sources_that_are_drawn_alone_are_remembered_too(config, reads):
    config = {**config, "uncertainty": {"draws": 20, "draws_by_source": 10, "draws_per_job": 20, "seed": 1}}
    first = checked(config)
    assert "activity" in first.drawn_alone and "economy" not in first.drawn_alone
    assert checked(config) == first
    assert reads == [1]


@pytest.mark.parametrize("edited", ["emissions_42.csv", "socioeconomic.csv"])
def test_any_edit_of_a_file_has_the_inputs_read_again(config, reads, tmp_path, edited):
    checked(config)
    path = tmp_path / "data" / "raw" / "2017" / edited
    path.write_text(path.read_text(encoding="utf-8").replace("Beijing", "Beijxng"), encoding="utf-8")
    with pytest.raises(MrioError, match=f"Beijxng.*|.*{edited}"):
        checked(config)
    with pytest.raises(MrioError):  # what did not pass is not remembered
        checked(config)
    assert reads == [1, 1, 1]


def test_another_value_of_the_configuration_or_another_file_has_them_read_again(config, reads, tmp_path):
    checked(config)
    checked({**config, "carbon_price": 60})
    (tmp_path / "data" / "raw" / "2017" / "note.txt").write_text("new", encoding="utf-8")
    checked({**config, "carbon_price": 60})
    assert reads == [1, 1, 1]


def test_files_in_linked_folders_are_files_of_the_study(config, reads, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "data" / "raw").rename(elsewhere)
    (tmp_path / "data" / "raw").symlink_to(elsewhere)
    (elsewhere / "round").symlink_to(elsewhere)  # a link that leads back
    checked(config)
    path = elsewhere / "2017" / "emissions_42.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Beijing", "Beijxng"), encoding="utf-8")
    with pytest.raises(MrioError, match="Beijxng"):
        checked(config)


def test_edited_code_has_them_read_again(config, reads, monkeypatch):
    checked(config)
    monkeypatch.setattr(memory, "code", lambda: "another")
    checked(config)
    assert reads == [1, 1]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"key": 1}', "\ud800".encode("utf-8", "surrogatepass").decode("latin1")]
)
def test_a_memory_that_cannot_be_read_is_none(config, reads, text):
    checked(config)
    (memory.FOLDER / remembered.NAME).write_text(text, encoding="latin1")
    checked(config)
    assert reads == [1, 1]
    assert json.loads((memory.FOLDER / remembered.NAME).read_text(encoding="utf-8"))["value"]["years"]


def test_where_nothing_can_be_written_nothing_is_remembered(config, reads, tmp_path):
    (tmp_path / ".snakemake").write_text("a file where a folder should be", encoding="utf-8")
    assert checked(config) == checked(config)
    assert reads == [1, 1]


def test_what_was_warned_of_is_read_and_said_again(config, reads, monkeypatch, capsys):
    def doubtful(*given):
        warnings.warn("rounded", stacklevel=1)
        return []

    monkeypatch.setattr(side_inputs, "check_side_inputs", doubtful)
    checked(config)
    checked(config)
    assert reads == [1, 1] and capsys.readouterr().err == "note: rounded\nnote: rounded\n"


def test_other_checks_are_made_where_the_inputs_are_read(config, reads):
    def refuse(given, data):
        raise InputError(f"nothing of {given['years']}", "something", "add it", file=data)

    with pytest.raises(InputError, match=r"data: found nothing of \[2017\], expected something; add it"):
        checked(config, besides=[refuse])
    seen = []
    checked(config, besides=[lambda *given: seen.append(1)])
    checked(config, besides=[lambda *given: seen.append(1)])
    assert seen == [1]


def test_a_missing_file_is_named(config, reads, tmp_path):
    checked(config)
    (tmp_path / "data" / "raw" / "2017" / "emissions_42.csv").unlink()
    with pytest.raises(InputError, match=r"emissions_42\.csv"):
        checked(config)


def test_modules_of_a_script_are_followed_once_until_the_code_changes(repo, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    script = repo / "workflow" / "scripts" / "atlas.py"
    first = modules.used_modules(script)
    monkeypatch.setattr(modules, "_followed", lambda script: ["followed again"])
    assert modules.used_modules(script) == first and "mrio/outputs/atlas/page.py" in first
    monkeypatch.setattr(memory, "code", lambda: "another")
    assert modules.used_modules(script) == ["followed again"]


def test_files_below_a_folder_are_those_of_linked_folders_too_each_once(tmp_path):
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "table.csv").write_text("1", encoding="utf-8")
    (tmp_path / "data" / "raw" / "2017").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "data")
    found = memory.files_below(tmp_path / "data")
    assert found == [tmp_path / "data" / "raw" / "2017" / "table.csv"]


def test_evidence_of_the_checks_is_part_of_what_is_remembered(config, reads, tmp_path, monkeypatch):
    elsewhere = tmp_path / "checkout" / "data" / "raw"
    (elsewhere / "evidence" / "plausibility").mkdir(parents=True)
    monkeypatch.setattr(remembered, "data_dir", lambda: elsewhere)
    before = remembered.contents(config, tmp_path / "data")
    (elsewhere / "evidence" / "plausibility" / "provincial_co2.csv").write_text("year\n", encoding="utf-8")
    assert remembered.contents(config, tmp_path / "data") != before
