"""Tables for print: what is on a page, LaTeX that compiles in form, Markdown, workbook cells, and hostile labels."""

import re
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import made_up_results
from openpyxl import load_workbook

from mrio.outputs.columns import column
from mrio.outputs.escape import FORMULA, guard, latex, unguard
from mrio.outputs.print_tables import latex_tables, markdown_table, markdown_tables
from mrio.outputs.printed_pages import cell_text, group_heading, pages, short_heading
from mrio.outputs.table_files import read_tables, ten_digits, write_table
from mrio.outputs.tables import tables_of
from mrio.outputs.workbook import write_workbook

ABOUT = {"year": 2017, "carbon_price": 100, "curve": {"preset": "liao2022", "engel": "all"}}
STEMS = ("table1_transfers", "table2_responsibility", "table3_compensation")
#: Region labels somebody might bring along.
HOSTILE = ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "'=x", "a|b", "50%_{x}$&#~^\\", "<b>&amp;", "line\nbreak", "\t=tab"]


@pytest.fixture(scope="module")
def tables():
    return tables_of(made_up_results())


@pytest.fixture(scope="module")
def checks():
    return pd.DataFrame({"check": ["row balance"], "level": ["error"], "passed": [True], "message": ["=1+1"]})


def renamed(table, labels=HOSTILE):
    """Return the table with its first provinces named otherwise."""
    table = table.copy()
    for name in ("province", "province_zh"):
        table[name] = [*labels, *table[name][len(labels) :]]
    return table


# -- pages -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("stem", STEMS)
def test_a_table_has_a_page_a_definition_with_both_resolutions(tables, stem):
    made = pages(stem, tables[stem], ABOUT)
    expected = ["eebt", "mrio", "gross"] if stem != "table2_responsibility" else ["eebt", "mrio"]
    assert [page.definition for page in made] == expected
    for page in made:
        groups = [group_heading(label)[0] for label in page.columns if label.resolution]
        assert groups.count("six sectors") == groups.count("42 sectors, added up") > 0
        assert set(page.columns) <= set(tables[stem].columns)
        assert not any("{" in text for text in (*page.title, *(t for note in page.notes for t in note)))
        assert all("\u4e00" <= short_heading(label, "zh")[0] <= "\u9fff" for label in page.columns)


def test_no_column_of_one_definition_is_on_the_page_of_another(tables):
    eebt, mrio, _ = pages("table1_transfers", tables["table1_transfers"], ABOUT)
    assert {label.definition for label in eebt.columns} == {"", "eebt"}
    assert [label.quantity for label in eebt.columns] == [label.quantity for label in mrio.columns]


@pytest.mark.parametrize(("quantity", "value", "text"), [
    ("net_transfer", 1234.56, "+1,234.6"), ("net_transfer", -0.04, "0.0"), ("amount", -273.28, "−273.3"),
    ("production", 1234.56, "1,234.6"), ("engel", 0.2934, "0.293"), ("gdp_per_capita", 128994.0, "128,994"),
    ("amount", float("nan"), ""), ("amount", 1e-13, "0.0"),
])  # fmt: skip
def test_a_number_is_printed_with_its_sign_decimals_and_real_minus(tables, quantity, value, text):
    printed = [page for stem in STEMS for page in pages(stem, tables[stem], ABOUT)]
    labels = {label.quantity: label for page in printed for label in page.columns}
    assert cell_text(labels[quantity], value) == text


# -- escaping --------------------------------------------------------------------------------------------------------
@given(st.text(alphabet=st.sampled_from(list("'=+-@\t ab,1"))))
def test_a_guarded_cell_is_no_formula_and_comes_back(text):
    assert not guard(text).startswith(FORMULA)
    assert unguard(guard(text)) == text


@given(st.text(max_size=30))
def test_escaped_text_stays_in_its_cell(text):
    row = markdown_table([text, "b"], [[text, "1"]])
    assert row.count("\n") == 3
    bare = re.sub(r"\\.", "", row)
    assert {line.count("|") for line in bare.splitlines()} == {3}
    assert "<" not in bare
    tex = latex(text)
    assert balanced(tex)
    assert not re.search(r"(?<!\\)[&%#_]", tex.replace("$_", "").replace("$^", ""))


def test_marks_are_printed_as_themselves():
    assert latex("a|b_c & 50% 10⁸ CO₂ −1") == r"a\textbar{}b\_c \& 50\% 10$^8$ CO$_2$ $-$1"
    assert markdown_table(["x"], [["a|b_c <i> $1"]]).splitlines()[-1] == r"| a\|b\_c &lt;i&gt; \$1 |"


def balanced(tex):
    depth = 0
    for mark in re.sub(r"\\[{}]", "", tex):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize("label", HOSTILE)
def test_a_label_that_looks_like_a_formula_survives_the_csv_as_text(tables, tmp_path, label):
    table = renamed(tables["table1_transfers"], [label])
    write_table(table, tmp_path / "table.csv")
    raw = pd.read_csv(tmp_path / "table.csv", encoding="utf-8-sig", keep_default_na=False)
    assert not raw["province"][0].startswith(FORMULA)
    (back,) = read_tables([tmp_path / "table.csv"]).values()
    assert back["province"][0] == label


def test_no_label_becomes_a_formula_or_link_in_the_workbook(tables, checks, tmp_path):
    path = tmp_path / "tables.xlsx"
    write_workbook({stem: renamed(tables[stem]) for stem in STEMS}, checks, ABOUT, path)
    book = load_workbook(path)
    for sheet in book:
        assert not [
            cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink
        ]
    assert book["Table 1"]["A6"].value == "=1+1"
    assert book["Table 1"]["A6"].data_type == "s"


# -- LaTeX -----------------------------------------------------------------------------------------------------------
def floats(tex):
    return re.findall(r"\\begin\{table\}.*?\\end\{table\}", tex, re.S)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("stem", STEMS)
def test_latex_is_a_three_line_table_of_full_rows(tables, stem, language):
    tex = latex_tables(pages(stem, renamed(tables[stem]), ABOUT), language)
    assert balanced(tex)
    for block in floats(tex):
        assert [block.count(rule) for rule in ("\\toprule", "\\bottomrule")] == [1, 1]
        assert block.count("\\midrule") == 2  # under the head, and above the totals
        assert "\\hline" not in block
        assert "|" not in re.search(r"\\begin\{tabular\}\{(l.*?)\}\n", block).group(1)
        columns = int(re.search(r"\\begin\{tabular\}\{l\*\{(\d+)\}\{r\}\}", block).group(1)) + 1
        body = block.split("\\midrule")
        rows = [line for part in body[1:3] for line in part.splitlines() if line.endswith("\\\\")]
        assert len(rows) == 31
        assert {len(re.findall(r"(?<!\\)&", row)) for row in rows} == {columns - 1}
        assert len({re.search(r"\\label\{(.*?)\}", b).group(1) for b in floats(tex)}) == len(floats(tex))
    assert ("注:" in tex) is (language == "zh")


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
@pytest.mark.parametrize("stem", STEMS)
def test_latex_compiles_and_fits_the_page(tables, tmp_path, stem):
    labels = [label.replace("\n", " ") for label in HOSTILE]
    (tmp_path / "table.tex").write_text(latex_tables(pages(stem, renamed(tables[stem], labels), ABOUT), "en"), "utf-8")
    document = "\\documentclass[a4paper]{article}\\usepackage[margin=2.2cm]{geometry}\\usepackage{booktabs}"
    (tmp_path / "a.tex").write_text(document + "\\begin{document}\\input{table}\\end{document}", encoding="utf-8")
    made = subprocess.run(["pdflatex", "-interaction=nonstopmode", "a.tex"], cwd=tmp_path, capture_output=True,
                          text=True, errors="replace", timeout=60, check=False)  # fmt: skip
    assert made.returncode == 0, made.stdout[-2000:]
    assert "Overfull \\hbox" not in made.stdout


# -- Markdown and workbook show the same numbers ---------------------------------------------------------------------
@pytest.mark.parametrize("stem", STEMS)
def test_markdown_latex_and_workbook_show_the_numbers_of_the_table(tables, checks, tmp_path, stem):
    table = tables[stem]
    write_workbook({stem: table}, checks, ABOUT, tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    made = pages(stem, table, ABOUT)
    text, tex = markdown_tables(made, "en"), latex_tables(made, "en")
    for page, block in zip(made, re.findall(r"\| Province.*?\n\n", text, re.S), strict=True):
        name = page.number[0] if page is made[0] else f"{page.number[0]} {page.definition.upper()}"
        for i, line in enumerate(block.strip().splitlines()[2:]):
            cells = [cell.strip() for cell in line.strip("| \n").split(" | ")]
            if i == len(table) - 1:
                continue  # the totals row may end in blanks
            assert cells[0] == table["province"][i]
            for j, label in enumerate(page.columns):
                value = table[label][i]
                assert cells[j + 1] == cell_text(label, value)
                # as the CSV has it, so that the workbook is the same on every machine
                assert book[name].cell(row=6 + i, column=3 + j).value == ten_digits(value)
            assert " & ".join(latex(cell) for cell in cells) in tex


def test_workbook_pages_are_one_a4_page_each_and_totals_of_nothing_have_no_sign(tables, checks, tmp_path):
    write_workbook(tables, checks, ABOUT, tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    names = ["Table 1", "Table 2", "Table 3", "Table 1 MRIO", "Table 1 GROSS", "Table 2 MRIO", "Table 3 MRIO",
             "Table 3 GROSS", "Validation"]  # fmt: skip
    assert book.sheetnames == names
    for sheet in book.worksheets[:-1]:
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in {
            (9, 1, 1), ("9", 1, 1), (9, None, None)}  # fmt: skip
        assert sheet.page_setup.orientation in (None, "portrait")
    first = book["Table 1"]
    column = next(c for c in range(3, 14) if str(first.cell(row=4, column=c).value).startswith("Net transfer"))
    assert first.cell(row=36, column=column).value == 0
    assert first.cell(row=6, column=column).number_format.startswith("+")


def test_the_same_numbers_give_the_same_workbook(tables, checks, tmp_path):
    for name in "ab":
        write_workbook(tables, checks, ABOUT, tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_changed_parameter_of_the_curve_is_in_the_note(tables):
    about = {**ABOUT, "curve": {"preset": "liao2022", "b": 0.6}}
    (page, *_) = pages("table3_compensation", tables["table3_compensation"], about)
    assert "growth curve liao2022, b = 0.6" in page.notes[0][0]
    assert np.isnan(page.rows[column("coefficient")].iloc[-1])
