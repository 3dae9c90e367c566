"""Published values beside ours: numbers, ranks and reasons by hand, typed tables, and that nothing is an oracle."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from mrio.errors import InputError, LabelError
from mrio.formats.inputs.published import COLUMNS as RECORD_COLUMNS
from mrio.formats.inputs.published import read_literature, read_reference, read_study_values, read_typed_tables
from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.review.comparison.beside import COLUMNS, compare_published
from mrio.review.comparison.markdown_page import comparison_page
from mrio.review.comparison.ours import our_results
from mrio.review.comparison.scoped import scoped_transfers
from mrio.study.grid_payment import Terms
from mrio.table.interregional import Table
from mrio.words.comparison_words import REASONS

REGIONS = ["Shanghai", "Fujian", "Guangdong", "Inner Mongolia", "Shandong", "Shanxi", "Beijing", "Chongqing"]
NETS = [100.0, -20.0, 90.0, -300.0, 40.0, -150.0, 200.0, 40.0]
PRODUCTION = [180.0, 230.0, 515.0, 645.0, 805.0, 490.0, 70.0, 152.0]


def results(year=2017, regions=REGIONS, nets=NETS, production=PRODUCTION):
    """Return accounts and shares of one definition and resolution, made by hand."""
    dims, coords = (
        ("resolution", "definition", "region"),
        {"resolution": ["six"], "definition": ["eebt"], "region": regions},
    )
    inflow = np.maximum(nets, 0.0) + 10.0
    values = {
        "net_transfer": nets, "production": production, "inflow": inflow, "outflow": inflow - nets,
        "consumption": np.array(production) + nets, "home": production, "exports": np.zeros(len(regions)),
        "excluded": np.zeros(len(regions)), "residual": np.zeros(len(regions)), "household": np.ones(len(regions)),
    }  # fmt: skip
    made = xr.Dataset({k: (dims, np.array(v, float)[None, None], {"unit": "Mt"}) for k, v in values.items()}, coords)
    made["flows"] = (("resolution", "definition", "region", "to_region"), np.zeros((1, 1, len(regions), len(regions))))
    made = made.assign_coords(to_region=regions).assign_attrs(year=year, unit="Mt")
    share = np.linspace(0.3, 0.8, len(regions))
    shared = xr.Dataset({k: (dims, share[None, None], {"unit": "10k CNY"}) for k in
                         ("share", "shared", "alpha_region", "outflow_value_added", "outflow")}, coords)  # fmt: skip
    return made, shared


@pytest.fixture(scope="module")
def figures(repo):
    return read_socioeconomic(repo / "data" / "raw" / "2017" / "socioeconomic.csv", REGIONS, 2017)


@pytest.fixture(scope="module")
def study(repo):
    return read_study_values(repo / "data" / "reference" / "paper_published_values.csv")


def ours(figures, price=100.0, estimated=True, curve=None, **changes):
    made, shared = results(**changes)
    return our_results(made, shared, None, figures, Terms(price, curve or {"preset": "liao2022"}), estimated)


@pytest.fixture(scope="module")
def frame(study, figures):
    return compare_published(study, ours(figures))


def rows(frame, item, region="", preset=""):
    found = frame[(frame["item"] == item) & (frame["region"] == region) & (frame["preset"] == preset)]
    return found.iloc[0]


def records(**values):
    """Return a frame of one published record."""
    defaults = dict.fromkeys(RECORD_COLUMNS, "") | {"kind": "literature", "year": "2017", "published": 1.0}
    return pd.DataFrame([defaults | values], columns=list(RECORD_COLUMNS))


def test_a_value_stands_beside_ours_with_difference_ratio_rank_and_sign(frame):
    line = rows(frame, "net_transfer", "Shanghai")
    assert (line["published"], line["computed"]) == (252.47, 100.0)
    assert line["difference"] == pytest.approx(100 - 252.47)
    assert line["ratio"] == pytest.approx(100 / 252.47)
    # first among the printed net-out provinces; second of ours, after Beijing's 200
    assert (line["published_rank"], line["computed_rank"]) == (1, 2)
    assert line["same_sign"]
    fujian, shanxi = rows(frame, "net_transfer", "Fujian"), rows(frame, "net_transfer", "Shanxi")
    assert not fujian["same_sign"]
    assert (shanxi["published_rank"], shanxi["computed_rank"]) == (3, 2)  # among net-in provinces, the largest first


def test_every_surviving_value_is_there_in_every_preset(frame, study):
    assert set(study["id"]) <= set(frame["id"])
    amounts = frame[frame["item"] == "compensation"]
    assert set(amounts["preset"]) == {"liao2022-b", "liao2022-G", "logistic", "pearl"}
    assert len(amounts) == 6 * 4
    assert list(frame.columns) == list(COLUMNS)


def test_only_chongqings_amount_is_not_physical(frame):
    flagged = frame[frame["reason"].str.contains("not-physical")]
    assert set(flagged["region"]) == {"Chongqing"}
    assert set(flagged["item"]) == {"compensation"}
    note = rows(frame, "compensation", "Chongqing", "liao2022-b")["note"]
    # 160.58 over a coefficient of .582
    assert note == "implies a net-in of 275.8 Mt; its production emits 152.0 Mt"


def test_a_transfer_is_not_physical_only_as_a_net_in(figures, study):
    out = records(kind="study", item="net_transfer", region="Beijing", published=250.0, id="x")
    into = out.assign(published=-250.0)
    for record, codes in ((out, False), (into, True)):
        made = compare_published(pd.concat([study, record]), ours(figures))
        line = made[made["id"] == "x"].iloc[0]
        assert ("not-physical" in line["reason"]) is codes


def test_guangdongs_amount_fits_fujians_transfer_under_the_studys_presets_alone(frame):
    flagged = frame[frame["reason"].str.contains("label-probably-swapped")]
    assert set(zip(flagged["region"], flagged["preset"], strict=True)) == {
        ("Guangdong", "liao2022-b"), ("Guangdong", "liao2022-G")}  # fmt: skip
    assert set(flagged["note"]) == {"fits the transfer printed for Fujian"}


def test_the_studys_coefficient_is_its_amount_over_its_transfer(frame):
    evidence = frame[(frame["item"] == "coefficient") & (frame["preset"] == "liao2022-b")].set_index(
        ["region", "detail"]
    )
    assert evidence.loc[("Shanghai", "amount over transfer"), "published"] == pytest.approx(286.44 / 252.47)
    swapped = evidence.loc[("Fujian", "Guangdong's amount over Fujian's transfer")]
    assert swapped["published"] == pytest.approx(183.62 / 240.57)
    assert abs(evidence["ratio"].drop(("Guangdong", "amount over transfer")) - 1).max() < 0.005
    assert abs(evidence.loc[("Guangdong", "amount over transfer"), "ratio"] - 1) > 0.05


def test_rankings_are_compared_by_overlap_and_order(frame):
    regions = ["Shandong", "Guangdong", "Inner Mongolia", "Shanxi"]  # of the printed ten, those the results have
    assert [rows(frame, "rank_production", r)["computed"] for r in regions] == [1, 3, 2, 4]
    assert frame.loc[frame["item"] == "overlap_production", "computed"].iloc[0] == 4
    # six pairs, of which Guangdong before Inner Mongolia is the other way round
    assert frame.loc[frame["item"] == "order_production", "computed"].iloc[0] == 5
    assert frame.loc[frame["item"] == "order_production", "published"].iloc[0] == 45


def test_a_province_the_results_lack_says_so(frame):
    line = rows(frame, "rank_production", "Henan")
    assert np.isnan(line["computed"])
    assert line["reason"] == "not-in-results"


def test_statistics_of_shares_and_counts_are_over_our_own_net_in_and_net_out(frame):
    share, nets = np.linspace(0.3, 0.8, 8), np.array(NETS)
    found = frame[(frame["item"] == "share")].set_index(["region", "detail"])["computed"]
    assert found["all", "mean"] == pytest.approx(share.mean())
    assert found["net-in", "max"] == pytest.approx(share[nets < 0].max())
    assert found["net-out", "min"] == pytest.approx(share[nets > 0].min())
    assert list(frame.loc[frame["item"] == "count", "computed"]) == [3, 5]
    exceeds = frame[frame["item"].isin(("production_exceeds", "consumption_exceeds"))]
    assert list(exceeds["computed"]) == [3, 5]
    assert list(exceeds["published"]) == [23, 7]


def test_reasons_follow_what_the_value_rests_on(study, figures):
    made = compare_published(study, ours(figures, price=50.0, estimated=False))
    assert rows(made, "carbon_price", "all")["reason"] == ""
    assert rows(made, "rank_production", "Shandong")["reason"] == "other-inventory"
    amount = rows(made, "compensation", "Shanghai", "liao2022-b")["reason"].split(";")
    assert {"other-price", "table-not-public"} <= set(amount)
    assert "estimated-flows" not in amount
    codes = {code for text in compare_published(study, ours(figures))["reason"] for code in text.split(";") if code}
    assert codes <= set(REASONS)


def test_a_curve_of_ones_own_is_compared_beside_the_presets(study, figures):
    made = compare_published(study, ours(figures, curve={"preset": "liao2022", "b": 0.9}))
    assert "configured" in set(made["preset"])


def test_another_years_results_are_not_held_against_2017(study, figures):
    made = compare_published(study, ours(figures, year=2012))
    assert made["computed"].isna().all()
    assert set(made["reason"]) == {"other-year"}
    assert "Net transfers" not in comparison_page(made, 2012, "en")


def test_literature_of_another_year_stands_beside_ours_only_as_a_share(figures):
    total = compare_published(records(item="total_emissions", year="2012", published=9742.7), ours(figures)).iloc[0]
    assert np.isnan(total["computed"])
    share = compare_published(records(item="share_home", year="2007", published=43.0, unit="%"), ours(figures)).iloc[0]
    assert share["computed"] == pytest.approx(100.0)
    assert share["reason"] == "other-year;estimated-flows"


def test_every_committed_literature_check_names_a_known_quantity_or_a_reason(repo, figures):
    literature = read_literature(repo / "data" / "reference" / "literature_checks.csv")
    made = compare_published(literature, ours(figures))
    silent = made[made["computed"].isna() & (made["reason"] == "")]
    assert len(silent) == 0
    assert (made["what_zh"] != "").all()
    total = made[made["id"] == "L9c"].iloc[0]
    assert total["computed"] == pytest.approx(sum(PRODUCTION) + 8)


def test_an_unknown_item_is_refused(figures):
    with pytest.raises(LabelError, match=r"'net_transferr' is unknown \(did you mean 'net_transfer'\?\)"):
        compare_published(records(item="net_transferr", id="x"), ours(figures))


def test_no_result_depends_on_a_published_value(study, figures):
    before = compare_published(study, ours(figures))
    after = compare_published(study.assign(published=study["published"] * 1.7), ours(figures))
    values = ["computed"]
    own = before["item"] != "coefficient"  # records derived from the print itself may come and go
    pd.testing.assert_frame_equal(before[own][values].reset_index(drop=True),
                                  after[after["item"] != "coefficient"][values].reset_index(drop=True))  # fmt: skip


# -- tables typed in by whoever owns the paper -----------------------------------------------------------------------
def typed(folder, number, **columns):
    text = ["province," + ",".join(columns)]
    text += [f"{region}," + ",".join(str(columns[c].get(region, "")) for c in columns) for region in ("上海", "Fujian")]
    (folder / f"table{number}.csv").write_text("\n".join(text) + "\n", encoding="utf-8")


def test_the_templates_ship_empty_with_thirty_rows(repo):
    folder = repo / "data" / "reference" / "liao2022"
    assert len(read_typed_tables(folder)) == 0
    for number in (1, 2, 3):
        table = pd.read_csv(folder / f"table{number}.csv")
        assert len(table) == 30
        assert table.drop(columns=["province", "province_zh"]).isna().all(axis=None)


def test_every_filled_cell_is_compared_and_blanks_are_not(tmp_path, figures, study):
    typed(tmp_path, 1, net_transfer_Mt={"上海": "252.47", "Fujian": "−20"}, transferred_in_10kt={"Fujian": "3,000"})
    with pytest.raises(InputError, match=r"table1\.csv, row 3"):  # a comma makes two cells
        read_typed_tables(tmp_path)
    typed(tmp_path, 1, net_transfer_Mt={"上海": "252.47", "Fujian": "−20"}, transferred_in_10kt={"Fujian": "3000"})
    typed(tmp_path, 3, amount_100M_CNY={"上海": "-286.44"})
    records = read_typed_tables(tmp_path)
    assert list(records["published"]) == [252.47, -20.0, 30.0, -286.44]
    assert list(records["place"]) == ["Table 1"] * 3 + ["Table 3"]
    made = compare_published(pd.concat([study, records]), ours(figures))
    cells = made[made["kind"] == "table"]
    assert len(cells) == 3 + 4  # the amount under every preset
    assert cells["published_rank"].isna().all()  # a column of two of eight provinces ranks nothing
    assert cells.iloc[0]["computed"] == 100.0
    # the text prints 240.57 for Fujian
    assert "print-contradicts-print" in cells.iloc[1]["reason"]
    assert "print-contradicts-print" not in cells.iloc[0]["reason"]
    page = comparison_page(made, 2017, "en")
    assert "as typed in" in page


@pytest.mark.parametrize(("column", "cell", "message"), [
    ("net_transfer", "1", r"found column 'net_transfer' \(did you mean 'net_transfer_Mt'\?\)"),
    ("net_tranfer_Mt", "1", r"found column 'net_tranfer_Mt' \(did you mean 'net_transfer_Mt'\?\)"),
    ("share_100M_CNY", "1", r"found column 'share_100M_CNY'"),
    ("net_transfer_Mt", "n.a.", r"table1.csv, row 2, column B \(net_transfer_Mt\): found the text 'n.a.'"),
])  # fmt: skip
def test_a_typing_mistake_is_named(tmp_path, column, cell, message):
    typed(tmp_path, 1, **{column: {"上海": cell}})
    with pytest.raises(InputError, match=message):
        read_typed_tables(tmp_path)


def test_a_full_column_is_ranked(tmp_path, figures):
    text = "province,net_transfer_Mt\n" + "".join(f"{r},{v}\n" for r, v in zip(REGIONS, range(8, 0, -1), strict=True))
    (tmp_path / "table1.csv").write_text(text, encoding="utf-8")
    made = compare_published(read_typed_tables(tmp_path), ours(figures))
    assert list(made["published_rank"]) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert list(made["computed_rank"]) == [2, 6, 3, 8, 4, 7, 1, 4]


# -- the page --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_is_whole_in_either_language(repo, figures, language):
    made = compare_published(read_reference(repo / "data" / "reference"), ours(figures))
    page = comparison_page(made, 2017, language)
    tables = [block for block in page.split("\n\n") if block.startswith("|")]
    assert len(tables) == 9
    for block in tables:
        widths = {line.replace("\\|", "").count("|") for line in block.splitlines()}
        assert len(widths) == 1, block
    assert ("Shanghai" in page) is (language == "en")
    assert ("上海" in page) is (language == "zh")
    assert not re.search(r"\bnan\b", page, re.IGNORECASE)


def section(page, heading):
    """Return the rows of a section's table as {heading: cell}."""
    block = page.split(heading, 1)[1].split("\n\n")[1]
    head, _, *lines = ([cell.strip() for cell in line.strip("| ").split(" | ")] for line in block.splitlines())
    return [dict(zip(head, line, strict=False)) for line in lines]


def test_the_page_has_one_quantity_a_column_and_the_worst_gap_first(repo, figures):
    made = compare_published(read_reference(repo / "data" / "reference"), ours(figures))
    page = comparison_page(made, 2017, "en")
    lines = section(page, "## Net transfers, Mt")
    gaps = [abs(float(line["Difference"].replace("−", "-").replace(",", ""))) for line in lines]
    published = [abs(float(line["Published"].replace("−", "-"))) for line in lines]
    relative = [gap / value for gap, value in zip(gaps, published, strict=True)]
    assert relative == sorted(relative, reverse=True) and len(lines) == 6
    assert not any("(" in line["Ours"] for line in lines)
    assert not re.search(r"×|[−-]0(\.0+)?(?![\d.])", page)
    opposite = {line["Province"] for line in lines if line["Ratio"] == "opposite sign"}
    assert opposite == {"Fujian", "Shandong"}


def test_every_reason_leads_to_its_section_and_every_source_is_named(repo, figures):
    made = compare_published(read_reference(repo / "data" / "reference"), ours(figures))
    page = comparison_page(made, 2017, "en")
    codes = set(re.findall(r"\]\(#([\w-]+)\)", page))
    assert {"table-not-public", "not-physical"} <= codes <= set(re.findall(r"^### (.*)$", page, re.M))
    assert "Liao, Liu & Yao 2022" in page
    without = section(page, "## Published, but beside nothing of ours")
    assert without and all(len(line["Why"]) > 20 and line["Source"] for line in without)
    assert "not-computed |" not in page


def test_the_finding_that_payers_are_eastern_and_developed_has_its_rows(frame, figures):
    east, richer = (rows(frame, item, "net-out") for item in ("payers_eastern", "payers_richer"))
    assert east["computed"] == pytest.approx(100 * 4 / 5)  # Shanghai, Guangdong, Shandong, Beijing; Chongqing is West
    gdp = figures["gdp_per_capita"].to_series()
    pays = pd.Series(NETS, REGIONS) > 0
    assert richer["computed"] == pytest.approx(gdp[REGIONS][pays].mean() / gdp[REGIONS][~pays].mean())
    page = comparison_page(frame, 2017, "en")
    told = {line["Quantity"]: line["Published"] for line in section(page, "## Shares, counts")}
    assert told["Paying provinces in the East"] == "mostly"


def test_all_three_scopes_stand_beside_what_is_printed(study, figures):
    table = Table.from_arrays([[0, 0], [50, 0]], [[100, 0], [0, 20]], regions=["Shanghai", "Shanxi"], sectors=["all"],
                              categories=["use"], year=2017, exports=[0, 30], imports_by_product=[[10, 0]],
                              imports_final=[[10], [0]])  # fmt: skip
    F = table.output.copy(data=[[7.0], [10.0]]).assign_attrs(unit="Mt")
    nets = scoped_transfers(table, F, "eebt", "")
    assert nets["scope"].values.tolist() == ["interprovincial", "with-exports", "exports-less-imports"]
    assert nets.sel(scope="interprovincial").values.tolist() == pytest.approx([5.0, -5.0])
    assert nets.sel(scope="with-exports").values.tolist() == pytest.approx([5.0, -8.0])
    plain = Table(table.data.drop_vars("imports_by_product"))
    assert scoped_transfers(plain, F, "eebt", "")["scope"].values.tolist() == ["interprovincial", "with-exports"]
    made, shared = results()
    held = our_results(made, shared, None, figures, Terms(100.0, {"preset": "liao2022"}))
    held = replace(held, scopes=nets.reindex(region=REGIONS, fill_value=0.0).assign_coords(resolution="six"))
    frame = compare_published(study, held)
    scoped = frame[frame["scope"] != ""].set_index(["region", "scope"])
    assert len(scoped) == 18 and scoped.loc[("Shanxi", "with-exports"), "computed"] == pytest.approx(-8.0)
    lines = section(comparison_page(frame, 2017, "en"), "## Net transfers in all three scopes")
    assert {line["Province"]: line["With exports"] for line in lines}["Shanxi"] == "−8.0"
