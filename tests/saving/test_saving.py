"""Files are written beside and renamed: what was there stays until the new one is whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mrio.errors import InputError
from mrio.saving import whole_file, whole_folder, write_text_file


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_there_when_it_is_whole(tmp_path):
    path = tmp_path / "new" / "a.csv"
    with whole_file(path) as beside:
        beside.write_text("x\n")
        assert not path.exists() and beside.parent == path.parent
    assert path.read_text() == "x\n" and names(path.parent) == ["a.csv"]


@pytest.mark.parametrize("error", [ValueError("NaN price"), KeyboardInterrupt()])
def test_what_was_there_stays_when_writing_fails(tmp_path, error):
    path = tmp_path / "a.csv"
    path.write_text("yesterday\n")
    with pytest.raises(type(error)), whole_file(path) as beside:
        beside.write_text("half")
        raise error
    assert path.read_text() == "yesterday\n" and names(tmp_path) == ["a.csv"]


def test_a_full_disk_is_one_sentence_and_loses_nothing(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("yesterday\n")
    with pytest.raises(InputError) as caught, whole_file(path):
        raise OSError(28, os.strerror(28))
    expected = "found no space left on device, expected a place that can be written to; nothing that was there has been"
    assert str(caught.value) == f"{path}: {expected} changed."
    assert path.read_text() == "yesterday\n"


def test_a_device_is_written_to_directly():
    with pytest.raises(InputError, match="/dev/full: found no space left on device"):
        write_text_file("/dev/full", "x")
    assert Path("/dev/full").is_char_device()


def test_a_folder_and_a_place_below_a_file_are_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="found a folder, expected a place that can be written to"):
        write_text_file(tmp_path, "x")
    with pytest.raises(InputError, match=r"found (not a directory|file exists)"):
        write_text_file(tmp_path / "file" / "a.csv", "x")


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.csv").write_text("yesterday")
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "real.csv")
    write_text_file(link, "today\r\n")
    assert link.is_symlink() and (tmp_path / "real.csv").read_bytes() == b"today\r\n"


def test_files_of_a_folder_move_together_or_not_at_all(tmp_path):
    (tmp_path / "a").write_text("old a")
    (tmp_path / "kept").write_text("kept")
    with pytest.raises(ValueError), whole_folder(tmp_path) as beside:
        (beside / "a").write_text("new a")
        raise ValueError
    assert (tmp_path / "a").read_text() == "old a" and names(tmp_path) == ["a", "kept"]
    with whole_folder(tmp_path) as beside:
        (beside / "a").write_text("new a")
        (beside / "b").write_text("new b")
    assert [(tmp_path / name).read_text() for name in names(tmp_path)] == ["new a", "new b", "kept"]
