"""Register folders: encodings, headers in two languages, nothing overlooked, the same bytes every time, the command."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from dataclasses import fields
from decimal import Decimal

import pytest
from click.testing import CliRunner

from mrio.cli.main import COMMANDS, program
from mrio.errors import ConfigError, InputError
from mrio.settlement.folder import settle_folder, write_statements
from mrio.settlement.reports import statements
from mrio.settlement.rules import Rules
from mrio.settlement.sheets import OWNERS, SHEETS
from mrio.settlement.statement_names import STATEMENTS
from mrio.settlement.wording import WORD_COLUMNS, amount_text, as_text
from mrio.words.settlement_words import CELLS_OF_REGISTER, HEADERS


@pytest.fixture
def folder(repo, tmp_path):
    """Return a copy of the example register that a test may spoil."""
    target = tmp_path / "register"
    shutil.copytree(repo / "data" / "raw" / "settlement" / "yuanmou", target)
    return target


def edit(path, change, encoding="utf-8"):
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode(encoding))


def digests(folder) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_the_example_runs_through_the_whole_loop_and_every_file_is_as_described(folder):
    outcome = settle_folder(folder)
    assert outcome.refusal is None and outcome.later == 0
    kinds = {balance.event for balance in outcome.register.balances}
    booked = "factor price lot certificate application occupancy monitoring replacement expiry"
    assert kinds == set(booked.split())
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = {r["path"]: r["hash"].removeprefix("sha256:") for r in package["resources"]}
    assert described == {k: v for k, v in digests(folder).items() if k.endswith((".csv", ".yaml"))}
    assert "illustrative" in package["description"].lower()


def test_the_same_events_give_the_same_bytes(folder, tmp_path):
    for run in ("a", "b"):
        write_statements(settle_folder(folder), tmp_path / run)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert len(digests(tmp_path / "a")) == 12


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "gb18030"])
def test_a_register_saved_in_another_encoding_gives_the_same_bytes(folder, tmp_path, encoding):
    write_statements(settle_folder(folder), tmp_path / "a")
    for path in [*folder.glob("*.csv"), folder / "rules.yaml"]:
        edit(path, lambda text: text, encoding)
    write_statements(settle_folder(folder), tmp_path / "b")
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_a_register_as_a_spreadsheet_saves_it_gives_the_same_bytes(folder, tmp_path):
    """CRLF, dates as 2026/1/5, empty rows at the end, blanks round the cells, Chinese headers."""
    write_statements(settle_folder(folder), tmp_path / "a")
    for path in folder.glob("*.csv"):
        sheet = OWNERS if path.stem == "owners" else SHEETS[path.stem]
        chinese = {column.header: column.header_zh for column in sheet.columns} | {"note": "备注"}
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        rows[0] = [chinese[cell] for cell in rows[0]]
        rows = [[slashed(cell) for cell in row] for row in rows] + [[""] * len(rows[0])] * 3
        with path.open("w", encoding="gbk", newline="") as stream:
            csv.writer(stream, lineterminator="\r\n").writerows([[f" {cell}" for cell in row] for row in rows])
    write_statements(settle_folder(folder), tmp_path / "b")
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def slashed(cell: str) -> str:
    parts = cell.split("-")
    fits = len(parts) == 3 and all(part.isdigit() for part in parts)
    return "/".join(str(int(part)) for part in parts) if fits else cell


@pytest.mark.parametrize(
    ("file", "change", "words"),
    [
        ("lots.csv", lambda t: t.replace("credited_t", "credited"), "row 1, column 13: found header 'credited'"),
        ("lots.csv", lambda t: t.replace("lot,plot", "lot,lot"), "found column 'lot' twice"),
        ("lots.csv", lambda t: t.replace("expires,note", "note", 1), "no column 'expires'"),
        ("lots.csv", lambda t: t.replace("expires,note", "note,备注", 1), "column 'note' twice"),
        ("lots.csv", lambda t: t.replace("L01,P01", "L01", 1), "row 2: found 14 cells, expected 15"),
        ("lots.csv", lambda t: "", "an empty file"),
        ("lots.csv", lambda t: t + '"unclosed', "quotation marks"),
        ("rules.yaml", lambda t: "county: [", "row 1: found the line"),
        ("rules.yaml", lambda t: "- a list", "found list, expected key: value lines"),
        ("rules.yaml", lambda t: t + "county: 又一县\n", "found the key 'county' a second time"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(folder, file, change, words):
    edit(folder / file, change)
    with pytest.raises((InputError, ConfigError)) as error:
        settle_folder(folder)
    assert words in str(error.value) and file in str(error.value)


def test_bytes_that_are_no_text_are_refused(folder):
    (folder / "prices.csv").write_bytes(b"date,average_yuan_per_t\n2026-01-05,97.74\xff\xff\n")
    with pytest.raises(InputError, match=r"prices.csv: found bytes that are no text, .* UTF-8 or GBK"):
        settle_folder(folder)


def test_a_name_that_a_spreadsheet_would_run_is_guarded(folder):
    edit(folder / "applications.csv", lambda text: text.replace("示例光伏升压站", "=cmd|x"))
    frame = statements(settle_folder(folder))["applications"]
    assert frame.loc[0, "project"] == "=cmd|x"
    header, rows = as_text(frame, "en")
    assert rows[0][header.index("project")] == "'=cmd|x"


def test_a_sheet_with_a_wrong_name_is_not_overlooked(folder):
    (folder / "applications.csv").rename(folder / "application.csv")
    with pytest.raises(InputError, match="did you mean 'applications'"):
        settle_folder(folder)


@pytest.mark.parametrize("name", ["lots.csv", "owners.csv", "rules.yaml"])
def test_what_every_register_has_is_asked_for(folder, name):
    (folder / name).unlink()
    with pytest.raises(InputError, match="no such file"):
        settle_folder(folder)
    with pytest.raises(InputError, match="no such folder"):
        settle_folder(folder / "nowhere")


def test_sheets_without_events_may_be_absent(folder):
    for name in SHEETS:
        if name != "lots":
            (folder / f"{name}.csv").unlink()
    assert settle_folder(folder).register.reserve.totals["available"] == Decimal("2471.275")


def test_statements_speak_both_languages_and_no_word_is_missing(folder):
    tables = statements(settle_folder(folder))
    assert tuple(tables) == STATEMENTS
    for name, frame in tables.items():
        english, rows = as_text(frame, "en")
        chinese, translated = as_text(frame, "zh")
        both, _ = as_text(frame, "both")
        assert english == list(frame.columns)
        assert both == [f"{zh} {en}" for zh, en in zip(chinese, english, strict=True)]
        for column in set(WORD_COLUMNS) & set(english):
            for before, after in zip(rows, translated, strict=True):
                word = before[english.index(column)]
                if column != "value" and word:
                    assert word in CELLS_OF_REGISTER, (name, column, word)
                    assert after[english.index(column)] == CELLS_OF_REGISTER.say(word, "zh")
        assert not {"nan", "None", "NaT"} & {cell for row in rows for cell in row}, name
    assert set(HEADERS) >= {column for frame in tables.values() for column in frame.columns}
    with pytest.raises(ConfigError, match="did you mean 'zh'"):
        as_text(tables["summary"], "zn")


def test_a_name_that_is_also_a_word_is_not_translated(folder):
    edit(folder / "applications.csv", lambda text: text.replace("示例光伏升压站", "expired"))
    frame = statements(settle_folder(folder))["applications"]
    header, rows = as_text(frame, "zh")
    assert rows[0][header.index("建设项目")] == "expired"


def test_amounts_are_written_without_exponent_and_without_loss():
    assert amount_text(Decimal("0E-6")) == "0.000"
    assert amount_text(Decimal("1E+3"), 0) == "1000"
    assert amount_text(Decimal("2471.275000")) == "2471.275"
    assert amount_text(Decimal("0.000001")) == "0.000001"
    assert amount_text(Decimal("29.322"), 2) == "29.322"


@pytest.fixture
def command(monkeypatch):
    """Return the command line of the project with `settle` among its commands."""
    monkeypatch.setitem(COMMANDS, "settle", "mrio.cli.settle:settle_command")
    return lambda *words: CliRunner().invoke(program, ["settle", *map(str, words)])


def test_the_command_writes_statements_and_says_where_it_stopped(folder, tmp_path, command, monkeypatch):
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "out"
    done = command(folder, "--out", out, "--language", "en")
    assert done.exit_code == 0 and "state: complete" in done.output and f"12 files in {out}" in done.output
    edit(folder / "applications.csv", lambda text: text.replace("1203.660", "9999"))
    stopped = command(folder, "--out", out, "--language", "en")
    assert stopped.exit_code == 1
    assert "Error: applications.csv, row 5, column obligation_t: found a purchase of 9999 t" in stopped.output
    with (out / "summary.csv").open(encoding="utf-8-sig") as stream:
        summary = dict(list(csv.reader(stream))[1:])
    assert summary["state"] == "stopped" and summary["as of"] == "2027-03-05"
    assert summary["written off (t)"] == "603.658"


def test_the_command_draws_the_chart_and_refuses_a_missing_folder(folder, tmp_path, command, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert command(folder, "--chart", tmp_path / "balance").exit_code == 0
    assert {p.suffix for p in tmp_path.glob("balance.*")} == {".png", ".svg", ".pdf", ".txt"}
    assert (folder / "statements" / "summary.csv").read_text(encoding="utf-8-sig").startswith("项目 item,内容 value")
    missing = command(tmp_path / "x")
    assert missing.exit_code == 1 and missing.output.startswith("Error: ") and "no such folder" in missing.output


def test_as_of_books_no_later_row_and_lets_lots_expire(folder):
    from datetime import date

    early = settle_folder(folder, as_of=date(2025, 12, 31))
    assert early.refusal is None and len(early.register.settled) == 2 and early.later > 0
    late = settle_folder(folder, as_of=date(2037, 1, 1))
    assert late.register.reserve.totals["available"] == 0 and late.later == 0


def test_the_docs_name_every_rule_sheet_and_statement(repo):
    page = (repo / "docs" / "settlement.md").read_text(encoding="utf-8")
    stated = {"county", "receipt_prefix", "developer", "species", "note", "note_zh"}
    for name in [*SHEETS, *STATEMENTS, *(field.name for field in fields(Rules) if field.name not in stated)]:
        assert f"`{name}" in page, name
    for sheet in (*SHEETS.values(), OWNERS):
        assert all(column.header in page for column in sheet.columns)
