"""Evidence as observations: each kind by hand, refusals by name, and what the real tables have to meet with it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from scipy.stats import pearsonr, spearmanr

from mrio import labels
from mrio.equations.flows import accounts
from mrio.errors import ConfigError, InputError, LabelError
from mrio.estimation.chain import estimate_with_account
from mrio.estimation.evidence.alternatives import alternative_estimates
from mrio.estimation.evidence.gathering import Evidence, read_evidence
from mrio.estimation.evidence.physical_balance import balance, unit_price
from mrio.estimation.evidence.pieces import Piece, Setting
from mrio.estimation.margins import Margins, inventory_columns
from mrio.estimation.observations import Layout, Witness, joined, observe
from mrio.estimation.oddities import official_oddities
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.reconcile import FEW
from mrio.estimation.rows import Rows
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.workbooks.provincial_folder import read_provincial_tables

LIST = labels.data_dir() / "evidence" / "evidence.yaml"
WITNESS = Witness("n", "s")
ELECTRICITY = {2012: "25", 2017: "24"}


@pytest.fixture
def setting():
    """Two regions, two products; all amounts are easy."""
    layout = Layout(["r0", "r1"], ["a", "b"])
    made = np.array([[100.0, 50.0], [300.0, 50.0]])
    zero = np.zeros((2, 2))
    rows = Rows(0.5 * made, 0.3 * made, 0.2 * made, zero, zero, zero, zero, zero)
    return Setting(layout, "two", "10k CNY", rows, Margins(made, zero, zero, zero, zero, zero, zero, made))


# -- observations -----------------------------------------------------------------------------------------------------
def test_sums_carry_their_labels_and_unknown_errors_are_left_out():
    layout = Layout(["r0", "r1"], ["a", "b", "c"])
    found = joined([
        observe(layout, "exports", layout.each(), np.arange(6.0), np.array([1, 0, 1, 1, np.inf, 1]), WITNESS),
        observe(layout, "imports", layout.by_region(), np.array([7.0, 8]), np.ones(2), WITNESS),
    ])  # fmt: skip
    assert found.about["region"].tolist() == ["r0", "r0", "r1", "r1", "r0", "r1"]
    assert found.about["sector"].tolist() == ["a", "c", "a", "c", "*", "*"]
    cells = np.arange(8 * 6.0)
    gaps = found.gaps(cells)
    assert gaps["estimate"].tolist() == [24, 26, 27, 29, 30 + 31 + 32, 33 + 34 + 35]
    assert gaps["gap"].tolist() == (gaps["estimate"] - gaps["value"]).tolist()


# -- kinds, by hand ---------------------------------------------------------------------------------------------------
NATIONAL = {f"{name}_error": 0.1 for name in ("intermediate", "consumption", "formation", "inventory", "exports",
                                              "imports")} | {"residual_error": 0.01, "total_error": 0.02}  # fmt: skip


def national():
    facts = pd.DataFrame({
        "sector": ["b", "a"], "output": [200.0, 200.0], "intermediate": [90.0, 100.0], "consumption": [60.0, 60.0],
        "formation": [40.0, 20.0], "inventory": [2.0, 4.0], "exports": [10.0, 20.0], "imports": [2.0, 4.0],
    })  # fmt: skip
    return Piece("nation", "national", "a table", facts, NATIONAL)


def test_national_totals_grow_with_the_provinces_output(setting):
    # provinces make 400 of a (nation 200) and 100 of b (nation 200): twice and half the nation's accounts
    gathered = Evidence((national(),)).gather(setting)
    np.testing.assert_allclose(gathered.totals["consumption"], [120, 30])
    np.testing.assert_allclose(gathered.totals["exports"], [40, 5])
    # intermediate uses 200 and 45 add up to 245; the provinces' industries use 250
    np.testing.assert_allclose(gathered.totals["intermediate"], np.array([200, 45]) * 250 / 245)
    found = joined(gathered.observations)
    total = found.about[(found.about["account"] == "inventory") & (found.about["sector"] == "*")]
    assert found.value[total.index].tolist() == [8 + 1]


def test_a_physical_balance_closes_and_is_priced_where_it_is_sent_out(setting):
    facts = pd.DataFrame({"province": ["r1", "r0"], "generation": [190.0, 48.0], "consumption": [150.0, 100.0]})
    physical = balance(facts.set_index("province"))
    assert physical["net"].sum() == pytest.approx(0)  # 238 made are scaled to the 250 used
    assert physical.loc["r1", "net"] == pytest.approx(190 * 250 / 238 - 150)
    piece = Piece("power", "physical", "a balance", facts,
                  {"product": {"two": "a"}, "error": 0.1, "floor": 0.01, "doubts": {"net_outflow": 50}})  # fmt: skip
    gathered = Evidence((piece,)).gather(setting)
    (found,) = gathered.observations
    price = 300 / (190 * 250 / 238)  # r1 sends out: what it makes over what it generates
    np.testing.assert_allclose(found.value, [-price * physical.loc["r1", "net"], price * physical.loc["r1", "net"]])
    assert unit_price(np.array([10.0, 20.0]), np.array([-1.0, 1.0]), np.array([99.0, 40.0])) == 2
    assert gathered.doubts[0]["net_outflow"].tolist() == [50, 1]
    worded = dataclasses.replace(piece, settings={**piece.settings, "doubts": {"net_outflow": "large"}})
    with pytest.raises(ConfigError, match=r"evidence.power.doubts.net_outflow is 'large', expected a number"):
        Evidence((worded,)).gather(setting)


def test_local_delivery_says_no_net_trade_and_little_cross_hauling(setting):
    facts = pd.DataFrame({"scheme": ["two", "other"], "sector": ["b", "a"], "net_spread": [0.1, 0.1],
                          "cross_hauling": [0.02, 0.02]})  # fmt: skip
    gathered = Evidence((Piece("spot", "local", "a survey", facts, {"odds_error": 0.6}),)).gather(setting)
    (found,) = gathered.observations
    assert found.value.tolist() == [0, 0] and found.error.tolist() == [5, 5]
    assert gathered.surveyed.odds[1] == pytest.approx(np.log(0.02 / 0.98))
    assert gathered.surveyed.error.tolist() == [np.inf, 0.6]


def test_plausible_inventories_and_final_demand_take_the_nations_size(setting):
    pieces = (
        national(),
        Piece("stock", "plausible", "a table", pd.DataFrame(), {"error": 0.01}),
        Piece("final", "final_totals", "accounts", pd.DataFrame(), {"consumption_error": 0.05, "formation_error": 0.1}),
    )
    *_, stock, consumption, formation = Evidence(pieces).gather(setting).observations
    np.testing.assert_allclose(stock.value, np.array([0.02, 0.01, 0.02, 0.01]) * [100, 50, 300, 50])
    np.testing.assert_allclose(stock.error, [1, 0.5, 3, 0.5])
    np.testing.assert_allclose(consumption.value, 150 * np.array([45, 105]) / 150)
    np.testing.assert_allclose(formation.value.sum(), 20 * 2 + 40 * 0.5)
    with pytest.raises(ConfigError, match="needs national totals"):
        Evidence(pieces[1:]).gather(setting)


def test_a_new_piece_is_a_file_and_a_line(tmp_path, setting):
    (tmp_path / "customs.csv").write_text(
        "year,account,region,sector,value,error,unit,source\n"
        "2017,exports,r0+r1,a,2,0.1,M CNY,customs\n2012,exports,r0,a,9,9,M CNY,customs\n"
    )
    (tmp_path / "list.yaml").write_text("customs: {kind: sums, facts: customs.csv, source: customs statistics}\n")
    evidence = read_evidence(tmp_path / "list.yaml", 2017)
    (found,) = evidence.gather(setting).observations
    assert found.value.tolist() == [200] and found.error.tolist() == [10]  # M CNY -> 10k CNY
    assert found.about.iloc[0].tolist() == ["customs", "exports", "*", "a", "customs"]
    assert read_evidence(tmp_path / "list.yaml", 2015).names == []


@pytest.mark.parametrize(
    ("line", "facts", "error", "words"),
    [
        ("x: {kind: physcal, source: s}", "", ConfigError, "did you mean 'physical'"),
        ("x: {kind: sums, facts: f.csv}", "", ConfigError, "has no source"),
        ("x: {kind: sums, facts: f.csv, source: s}", "export,r0,a", LabelError, "did you mean 'exports'"),
        ("x: {kind: sums, facts: f.csv, source: s}", "exports,r9,a", LabelError, "'r9' is unknown"),
        ("x: {kind: final_totals, source: s}", "", ConfigError, "evidence.x.consumption_error is None"),
    ],
)  # fmt: skip
def test_mistakes_are_named(tmp_path, setting, line, facts, error, words):
    (tmp_path / "list.yaml").write_text(line)
    (tmp_path / "f.csv").write_text(f"account,region,sector,value,error,unit\n{facts},1,1,CNY\n")
    with pytest.raises(error, match=words):
        read_evidence(tmp_path / "list.yaml", 2017).gather(setting)


def test_no_list_and_no_such_piece_are_refused(tmp_path):
    with pytest.raises(InputError, match="no list of evidence"):
        read_evidence(tmp_path / "none.yaml", 2017)
    with pytest.raises(ConfigError, match="did you mean 'electricity'"):
        read_evidence(LIST, 2017).without("electicity")
    assert read_evidence(LIST, 2017).without("national").names == ["final_demand", "electricity", "local_delivery"]


# -- the official tables ----------------------------------------------------------------------------------------------
@pytest.fixture(scope="module", params=[2017, 2012])
def estimated(request, shared_data):
    year = request.param
    prov = read_provincial_tables(shared_data / "provincial_io" / str(year), year=year)
    km = xr.DataArray(labels.distances(prov.regions), dims=("region", "to_region"))
    return year, prov, km, estimate_with_account(prov, km, evidence=read_evidence(LIST, year))


def delivered(table):
    """Deliveries (origin, product, destination) without inventory change."""
    return table.Z.values.sum(3) + table.Y.values[..., ~inventory_columns(table.categories)].sum(3)


def test_electricity_flows_as_it_physically_does(estimated):
    year, _, _, found = estimated
    sent = delivered(found.table)[:, found.table.sectors.index(ELECTRICITY[year])]
    net = sent.sum(1) - sent.sum(0)
    facts = pd.read_csv(LIST.parent / "electricity.csv").query("year == @year").set_index("province")
    physical = balance(facts).loc[found.table.regions]
    assert pearsonr(net, physical["net"])[0] >= 0.97
    clear = (abs(physical["net"]) > 0.05 * physical["used"]).to_numpy()
    assert (np.sign(net) == np.sign(physical["net"]))[clear].all()


def test_national_ratios_and_final_demand_are_met(estimated):
    year, _, _, found = estimated
    table, x = found.table, found.table.output.values.sum(0)
    nation = pd.read_csv(LIST.parent / f"national_{year}.csv", dtype={"sector": str}).set_index("sector")
    ratio = (nation["intermediate"] + nation["consumption"] + nation["formation"] - nation["imports"]) / nation[
        "output"
    ]
    assert (abs(delivered(table).sum((0, 2)) - ratio.to_numpy() * x)).sum() / x.sum() <= 0.01
    scale = x / nation["output"].to_numpy()
    for name in ("consumption", "formation", "inventory"):
        used = float(found.account[f"used_{name}"].sum())
        assert used == pytest.approx((nation[name] * scale).sum(), rel=0.02), name


def test_few_bounds_decide_and_final_demand_is_not_cut_alike(estimated):
    _, prov, _, found = estimated
    assert len(found.bounds.drop_duplicates(["region", "sector"])) <= FEW * prov.output.size
    kinds = ("consumption", "formation", "inventory")
    used, reported = (sum(found.account[f"{what}_{name}"].sum("sector") for name in kinds)
                      for what in ("used", "reported"))  # fmt: skip
    assert float((used / reported - 1).std()) > 0.02


def test_local_shares_of_2012_are_near_the_published_ones(estimated, shared_data):
    year, prov, _, found = estimated
    if year != 2012:
        pytest.skip("published shares of 2012")
    published = pd.read_csv(shared_data / "stats" / "published_intraprovince_use.csv", index_col=0).iloc[:, 0].dropna()
    uses = pd.Series(prov.Z.values.sum((1, 2)), prov.regions)
    own = pd.Series(np.einsum("risj->rs", found.table.Z.values).diagonal(), prov.regions) / uses
    share = (published * 100 / uses).dropna()
    own = own.reindex(share.index)
    assert spearmanr(own, share)[0] >= 0.88 and abs(own - share).mean() <= 0.045


def test_products_delivered_on_the_spot_stay(estimated):
    _, prov, _, found = estimated
    region8 = labels.provinces()["region8"].reindex(prov.regions).to_numpy()
    same = region8[:, None] == region8[None, :]
    facts = pd.read_csv(LIST.parent / "local_delivery.csv", dtype=str).query("scheme == @prov.data.attrs['scheme']")
    for fact in facts.to_dict("records"):
        sent = delivered(found.table)[:, prov.sectors.index(fact["sector"])]
        assert sent[same].sum() / sent.sum() >= float(fact["local_share"]) - 0.03, fact["sector"]


def test_the_residual_carries_little_carbon(estimated):
    year, _, _, found = estimated
    thirty = found.table.drop_regions(["Tibet"])
    emissions = read_emissions(labels.data_dir() / str(year) / "emissions_42.csv", regions=thirty.regions)
    for method in ("mrio", "eebt"):
        made = accounts(thirty, emissions["F"], emissions["F_Y"], method=method)
        assert float(abs(made["residual"]).sum()) <= 0.01 * float(made["production"].sum())


def test_every_alternative_is_another_table(estimated):
    year, prov, km, found = estimated
    if year != 2017:
        pytest.skip("once is enough")
    evidence = read_evidence(LIST, year)
    made = dict(alternative_estimates(prov, km, EstimatorOptions(), evidence))
    assert list(made) == [*(f"without {name}" for name in evidence.names), "reports believed"]
    for name, one in made.items():
        assert abs(one.table.Z - found.table.Z).max() > 0, name
    believed = made["reports believed"]
    assert float(abs(believed.account["used_exports"] - found.account["used_exports"]).max()) > 0


def test_official_oddities_are_named(estimated):
    year, prov, _, _ = estimated
    said = " ".join(official_oddities(prov))
    if year == 2017:
        assert "Zhejiang 24%" in said and "Jiangxi 03 (5e-09" in said and "Hubei" in said
    else:
        assert "inventory" not in said or "%" in said
