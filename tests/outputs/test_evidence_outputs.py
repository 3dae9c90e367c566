"""The page and figures of evidence, and Tables 1 and 3 of alternatives, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from mrio.errors import LabelError
from mrio.outputs.columns import column
from mrio.outputs.evidence_page import evidence_html, pieces_summary
from mrio.outputs.figures.evidence_figures import corrections_by_province, local_shares
from mrio.outputs.printed_pages import pages
from mrio.study.grid_alternatives import QUANTITIES, alternatives_table
from mrio.table.interregional import ESTIMATED, Table


def observed():
    rows = [("national", "exports", "*", "01", 10.0, 2.0, 12.0), ("national", "exports", "*", "02", 10.0, 2.0, 4.0),
            ("electricity", "net_outflow", "Beijing", "24", -5.0, 1.0, -5.5)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["evidence", "account", "region", "sector", "value", "error", "estimate"])
    return table.assign(gap=(table["estimate"] - table["value"]) / table["error"], source="<a source>")


def test_pieces_are_summed_up():
    summary = pieces_summary(observed()).set_index("evidence")
    assert summary.loc["national", "observations"] == 2
    assert summary.loc["national", "rms"] == pytest.approx(np.sqrt((1 + 9) / 2))
    assert summary.loc["national", "within_1"] == 0.5 and summary.loc["electricity", "within_1"] == 1


def test_the_page_names_the_furthest_first_and_escapes_sources():
    page = evidence_html(observed(), 2017, "42")
    assert 'src="../../figures/2017/evidence_electricity.svg"' in page
    of_a_study = evidence_html(observed(), 2017, "42", figures="../../../figures/price60/2017")
    assert 'src="../../../figures/price60/2017/evidence_electricity.svg"' in of_a_study
    assert "&lt;a source&gt;" in page and "<a source>" not in page
    assert page.index("02 Coal") < page.index("01 Agri")
    assert "北京" in evidence_html(observed(), 2017, "42", "zh")


def test_corrections_and_local_shares_by_hand():
    account = pd.DataFrame({"region": ["A", "A", "B"]})
    for name in ("consumption", "formation", "inventory", "exports", "imports"):
        account[f"reported_{name}"], account[f"used_{name}"] = 1.0, [1.0, 3.0, 1.0]
    account.loc[2, "used_exports"] = -20.0
    changes = corrections_by_province(account)
    assert changes.index.tolist() == ["B", "A"]
    assert changes.loc["A"].tolist() == [2, 2, 2, 2, 2] and changes.loc["B", "exports"] == -21
    Z = np.zeros((2, 1, 2, 1))
    Z[:, 0, :, 0] = [[6, 2], [1, 3]]
    table = Table.from_arrays(Z, np.zeros((2, 1, 2, 1)), regions=["Beijing", "Tianjin"], sectors=["01"],
                              categories=["final"], year=2017)  # fmt: skip
    shares = local_shares(table)
    assert shares.loc["01", "province"] == pytest.approx(9 / 12)
    assert shares.loc["01", "region"] == pytest.approx(1)  # both lie in one of the eight regions


def test_alternatives_stand_beside_the_study():
    coords = {"definition": ["eebt"], "resolution": ["six"], "region": ["A", "B"]}
    dims = ("resolution", "definition", "region")
    made = xr.Dataset({name: (dims, np.array([[[1.0, 2.0]]])) for name in QUANTITIES}, coords, {"unit": "Mt"})
    rows = pd.DataFrame({"alternative": "without it", "definition": "eebt", "resolution": "six", "region": ["B", "A"]})
    for name in QUANTITIES:
        rows[name] = [5.0, 4.0]
    table = alternatives_table(rows, made, None, 100, {"preset": "liao2022"})
    assert table["alternative"].tolist() == ["as used", "as used", "without it", "without it"]
    assert table["net_transfer_change"].tolist() == [0, 0, 3, 3]
    assert table["province"].tolist() == ["A", "B", "A", "B"]


@pytest.mark.parametrize(("estimated", "said"), [(True, "every flow between provinces is an estimate"), (False, "")])
def test_only_an_estimated_table_is_called_so(estimated, said):
    table = pd.DataFrame({"province": ["A", "Total"], "province_zh": ["甲", "合计"],
                          column("net_transfer", "six", "eebt"): [1.0, 1.0]})  # fmt: skip
    about = {"year": 2017, "carbon_price": 100, "curve": {"preset": "liao2022"}, "estimated": estimated}
    notes = " ".join(note[0] for note in pages("table1_transfers", table, about)[0].notes)
    assert said in notes and ("estimate" in notes) == estimated
    arrays = np.zeros((1, 1, 1, 1))
    given = Table.from_arrays(arrays, arrays, regions=["A"], sectors=["s"], categories=["c"], year=2017,
                              attrs={"source": ESTIMATED if estimated else "published"})  # fmt: skip
    assert given.estimated == estimated


def test_definitions_an_alternative_lacks_are_left_out_of_it():
    coords = {"definition": ["gross", "eebt"], "resolution": ["six"], "region": ["Hebei", "Beijing"]}
    dims = ("resolution", "definition", "region")
    values = np.array([[[7.0, -7.0], [1.0, -1.0]]])
    made = xr.Dataset({name: (dims, values) for name in QUANTITIES}, coords, {"unit": "Mt"})
    figures = xr.Dataset({"gdp_per_capita": ("region", [40_000.0, 120_000.0], {"unit": "CNY"}),
                          "engel": ("region", [0.3, 0.2])}, {"region": coords["region"]})  # fmt: skip
    rows = pd.DataFrame({"alternative": "other", "definition": "eebt", "resolution": "six",
                         "region": ["Beijing", "Hebei"]})  # fmt: skip
    rows = rows.assign(**{name: [-3.0, 3.0] for name in QUANTITIES})
    table = alternatives_table(rows, made, figures, 100, {"preset": "liao2022", "engel": "all"})
    other = table[table["alternative"] == "other"].set_index("province")
    assert other["definition"].unique().tolist() == ["eebt"] and len(table) == 6
    assert other["net_transfer_change"].to_dict() == {"Hebei": 2, "Beijing": -2}
    used = table[(table["alternative"] == "as used") & (table["definition"] == "eebt")].set_index("province")
    np.testing.assert_allclose(other["amount"], 3 * used["amount"])
    np.testing.assert_allclose(other["amount_change"], 2 * used["amount"])
    with pytest.raises(LabelError, match=r"alternative 'other' has no \('eebt', 'six', 'Hebei'\), expected every"):
        alternatives_table(rows.iloc[:1], made, figures, 100, {"preset": "liao2022", "engel": "all"})
