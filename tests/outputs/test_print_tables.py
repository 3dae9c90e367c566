"""Tables for print: what is on a page, LaTeX that compiles in form, Markdown, workbook cells, and hostile labels."""

import re
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
from atlas_study import study
from hypothesis import given
from hypothesis import strategies as st
from made_up import made_up_results
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from mrio.outputs.columns import column
from mrio.outputs.escape import FORMULA, guard, latex, unguard
from mrio.outputs.pages_by_industry import industry_pages
from mrio.outputs.print_tables import latex_tables, markdown_table, markdown_tables
from mrio.outputs.printed_pages import cell_text, pages, short_heading, variant_names
from mrio.outputs.table_files import read_tables, ten_digits, write_table
from mrio.outputs.tables import tables_of
from mrio.outputs.two_funds import fund_of, fund_sentence
from mrio.outputs.workbook import Beside, write_workbook

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
def test_a_table_has_a_page_for_every_definition_and_resolution(tables, stem):
    made = pages(stem, tables[stem], ABOUT)
    expected = ["eebt", "mrio", "gross"] if stem != "table2_responsibility" else ["eebt", "mrio"]
    variants = [(one, resolution) for one in expected for resolution in ("six", "42")]
    assert [(page.definition, page.resolution) for page in made] == variants
    for page in made:
        assert {label.resolution for label in page.columns} <= {"", page.resolution}
        assert ("six sectors" if page.resolution == "six" else "42 sectors") in page.title[0]
        assert set(page.columns) <= set(page.rows.columns)
        assert not any("{" in text for text in (*page.title, *(t for note in page.under for t in note)))
        assert all("\u4e00" <= short_heading(label, "zh")[0] <= "\u9fff" for label in page.columns)


def test_no_column_of_one_definition_is_on_the_page_of_another(tables):
    eebt, _, mrio, *_ = pages("table1_transfers", tables["table1_transfers"], ABOUT)
    assert {label.definition for label in eebt.columns} == {"", "eebt"}
    assert [label.quantity for label in eebt.columns] == [label.quantity for label in mrio.columns]


# -- the ledger adds up as a reader would add it ----------------------------------------------------------------------
@pytest.fixture(scope="module")
def real():
    return study()


def printed_rows(text):
    """Return the tables of a Markdown text as lists of {heading: printed text}, with the notes behind each."""
    made = []
    for block in re.findall(r"(\| Province.*?)\n\n(.*?)(?=\n\*\*Table|\Z)", text, re.S):
        head, _, *lines = ([cell.strip() for cell in line.strip("| ").split(" | ")] for line in block[0].splitlines())
        heads = [re.sub(r" \(.*", "", name) for name in head]
        made.append(([dict(zip(heads, line, strict=False)) for line in lines], block[1]))
    return made


def tenths(text):
    """Return a printed number in tenths, its interval left out."""
    return round(10 * float(text.split(" ")[0].replace(",", "").replace("−", "-").replace("+", "")))


IDENTITIES = {
    "Production": {"Home": 1, "To others": 1, "Exports": 1, "Residual, excluded": 1, "Passed on": -1},
    "Consumption": {"Home": 1, "From others": 1, "Passed on": -1},
    "Net transfer": {"From others": 1, "To others": -1},
}


def test_table_1_adds_up_by_row_and_column_as_printed_within_what_its_note_says(real):
    made = printed_rows(markdown_tables(pages("table1_transfers", real.tables["table1_transfers"], ABOUT), "en"))
    assert len(made) == 3
    for rows, notes in made:
        assert "Exports" in rows[0]
        told = re.search(r"a row misses its sum by at most (\d+\.\d) and a column by at most (\d+\.\d)", notes)
        gaps = [abs(tenths(row[name]) - sum(sign * tenths(row[term]) for term, sign in terms.items() if term in row))
                for row in rows for name, terms in IDENTITIES.items()]  # fmt: skip
        assert max(gaps) == tenths(told[1]) <= 3
        summed = [sum(tenths(row[name]) for row in rows[:-1]) - tenths(rows[-1][name])
                  for name in rows[0] if name != "Province"]  # fmt: skip
        assert max(map(abs, summed)) == tenths(told[2]) <= 10
    assert "Passed on" in made[2][0][0] and "Passed on" not in made[0][0][0]


def test_table_2_by_industry_adds_up_to_table_2(real):
    shared = real.model.shared
    made = printed_rows(markdown_tables(industry_pages(shared, ABOUT), "en"))
    assert len(made) == 4
    at = shared.sel(resolution="six", definition="eebt")
    for (rows, _), name in zip(made, ("outflow_value_added", "outflow", None, None), strict=True):
        if name:
            values = at[name].to_series() / 1e4
            assert [tenths(row["All"]) / 10 for row in rows[:-1]] == pytest.approx(values.tolist(), abs=0.06)
    answered = (at["shared"] - at["own"]).to_series()
    allocated = made[3][0]
    assert [tenths(row["All"]) / 10 for row in allocated[:-1]] == pytest.approx(answered.tolist(), abs=0.06)
    for rows, _ in (made[0], made[1], made[3]):
        across = [abs(sum(tenths(v) for k, v in row.items() if k not in ("Province", "All")) - tenths(row["All"]))
                  for row in rows]  # fmt: skip
        assert max(across) <= 4
    alphas = [float(row["Industry"]) for row in made[2][0][:-1]]
    assert alphas == pytest.approx(at["alpha"].sel(sector="industry").values, abs=6e-4)


def test_table_3_says_why_the_literal_fund_keeps_money(real):
    page, *_ = pages("table3_compensation", real.tables["table3_compensation"], ABOUT)
    money = real.money.sel(resolution="six", definition="eebt")
    said = f"keeps {float(money['fund']):,.1f} of {float(money['payments']):,.1f}"
    assert any(said in note[0] for note in page.under)


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
    assert ("注：" in tex) is (language == "zh")


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
        name = page.number[0] if page is made[0] else f"{page.number[0]} {page.name}"
        for i, line in enumerate(block.strip().splitlines()[2:]):
            cells = [cell.strip() for cell in line.strip("| \n").split(" | ")]
            if i == len(table) - 1:
                continue  # the totals row may end in blanks
            assert cells[0] == table["province"][i]
            for j, label in enumerate(page.columns):
                value = page.rows[label][i]
                assert cells[j + 1] == cell_text(label, value)
                # as the CSV has it, so that the workbook is the same on every machine
                assert book[name].cell(row=6 + i, column=3 + j).value == ten_digits(value)
            assert " & ".join(latex(cell) for cell in cells) in tex


def test_workbook_pages_are_one_a4_page_each_and_totals_of_nothing_have_no_sign(tables, checks, tmp_path):
    write_workbook(tables, checks, ABOUT, tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    others = [f"{one} {resolution}" for one in ("EEBT", "MRIO", "GROSS") for resolution in ("six", "42")][1:]
    rest = [f"Table {k} {name}" for k in (1, 2, 3) for name in others if k != 2 or "GROSS" not in name]
    names = ["Table 1", "Table 2", "Table 3", *rest, "Validation"]
    assert book.sheetnames == names
    for sheet in book.worksheets[:-1]:
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in {
            (9, 1, 1), ("9", 1, 1), (9, None, None)}  # fmt: skip
        assert sheet.page_setup.orientation in (None, "portrait")
    first = book["Table 1"]
    column = next(c for c in range(3, 14) if str(first.cell(row=4, column=c).value).startswith("Net\ntransfer"))
    assert first.cell(row=36, column=column).value == 0
    assert first.cell(row=6, column=column).number_format.startswith(("+", "0.0;"))


def test_no_word_of_a_heading_is_wider_than_its_column(tables, checks, tmp_path):
    write_workbook(tables, checks, ABOUT, tmp_path / "t.xlsx")
    for sheet in load_workbook(tmp_path / "t.xlsx").worksheets[:-1]:
        width = {}
        for key, dimension in sheet.column_dimensions.items():
            first = column_index_from_string(key)
            width |= dict.fromkeys(range(dimension.min or first, (dimension.max or first) + 1), dimension.width)
        for cell in sheet[4]:
            for word in str(cell.value or "").replace("\n", " ").split():
                assert len(word) * 1.1 < width[cell.column], (sheet.title, word)


def test_numbers_of_the_validation_are_numbers(tables, tmp_path):
    checks = pd.DataFrame({"check": ["row balance"], "passed": [True], "value": [0.25], "count": [3], "message": [""]})
    write_workbook(tables, checks, ABOUT, tmp_path / "t.xlsx")
    row = load_workbook(tmp_path / "t.xlsx")["Validation"][2]
    assert [(cell.data_type, cell.value) for cell in row] == [
        ("s", "row balance"), ("b", True), ("n", 0.25), ("n", 3), ("s", ""),
    ]  # fmt: skip


def test_a_minus_of_the_workbook_is_a_minus_and_zero_has_none(tables, checks, tmp_path):
    table = tables["table1_transfers"].copy()
    net = column("net_transfer", "six", "eebt")
    table.loc[0, net], table.loc[1, net] = -0.04, -3.21
    write_workbook({"table1_transfers": table}, checks, ABOUT, tmp_path / "t.xlsx")
    sheet = load_workbook(tmp_path / "t.xlsx")["Table 1"]
    at = next(c for c in range(3, 14) if str(sheet.cell(row=4, column=c).value).startswith("Net\ntransfer"))
    assert sheet.cell(row=6, column=at).number_format == "0.0;0.0;0.0"
    assert sheet.cell(row=7, column=at).number_format == '+#,##0.0;"−"#,##0.0;0.0'
    assert all("-" not in cell.number_format for row in sheet.iter_rows() for cell in row)


def test_the_workbook_says_who_pays_whom_in_both_funds(real, checks, tmp_path):
    money = real.money.sel(resolution="six", definition="eebt")
    fund = fund_of(money)
    beside = Beside(industry_pages(real.model.shared, ABOUT), fund, variant_names("eebt", "six"))
    write_workbook(real.tables, checks, ABOUT, tmp_path / "t.xlsx", beside)
    book = load_workbook(tmp_path / "t.xlsx")
    assert [f"Table 2{letter}" in book.sheetnames for letter in "abcd"] == [True] * 4
    sheet = book["Who pays whom"]
    count = len(fund.paid)
    assert [sheet.cell(row=4 + i, column=1).value for i in range(count)] == list(fund.paid.index)
    cells = [[sheet.cell(row=4 + i, column=3 + j).value for j in range(fund.paid.shape[1])] for i in range(count)]
    np.testing.assert_allclose(cells, fund.paid.to_numpy(), rtol=1e-9)
    balanced, literal = ([sheet.cell(row=4 + count + k, column=3 + j).value for j in range(fund.paid.shape[1])]
                         for k in (0, 1))  # fmt: skip
    assert balanced == pytest.approx(money["balanced"].sel(region=list(fund.paid.columns)).values)
    assert literal == pytest.approx(money["amount"].sel(region=list(fund.paid.columns)).values)
    texts = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert fund_sentence(fund, "en") in texts and fund_sentence(fund, "zh") in texts


def test_the_same_numbers_give_the_same_workbook(tables, checks, tmp_path):
    for name in "ab":
        write_workbook(tables, checks, ABOUT, tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_changed_parameter_of_the_curve_is_in_the_note(tables):
    about = {**ABOUT, "curve": {"preset": "liao2022", "b": 0.6}}
    (page, *_) = pages("table3_compensation", tables["table3_compensation"], about)
    assert "growth curve liao2022, b = 0.6" in page.notes[0][0]
    assert np.isnan(page.rows[column("coefficient")].iloc[-1])
