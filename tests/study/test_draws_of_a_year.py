"""Statistics of a year's draws by hand: of money, payments and sources; the chain they come from; their files."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from drawn_study import all_sources
from strategies import CATEGORIES, random_emissions, random_table

from mrio import labels
from mrio.analysis.drawn_money import Fund, drawn_amounts
from mrio.analysis.intervals import convergence, interval, positive, rank_interval
from mrio.analysis.results_vector import Asked, Results
from mrio.analysis.sources import DrawNoise, Sources
from mrio.equations.payment import CURVES, compensation, who_pays_whom
from mrio.errors import LabelError
from mrio.estimation.making_parts import estimate_parts
from mrio.formats.inputs.evidence_files import (
    ALTERNATIVES,
    read_alternatives,
    read_observed,
    write_alternatives,
    write_observed,
)
from mrio.formats.inputs.uncertainty_file import Parameter
from mrio.study.damage import damaged_outputs, discard_damaged, record_outputs
from mrio.study.draw_files import drawn_alone, read_draws, write_draws
from mrio.study.draw_jobs import job_of
from mrio.study.drawn_chain import study_chain
from mrio.study.grid_alternatives import QUANTITIES, alternatives_table
from mrio.study.grid_model import Choices, model_grid
from mrio.study.grid_money_intervals import drawn_bases, fund_of, money_intervals, payment_intervals
from mrio.study.grid_payment import compensation_grid, payments_grid, transfer_base
from mrio.study.grid_sources import source_shares
from mrio.table.provincial import collapse

METHODS, RESOLUTIONS = ("eebt", "mrio", "gross"), ("six", "42")
PROVINCES = ["Beijing", "Hebei", "Inner Mongolia"]
PRICE, CURVE = 80.0, {"preset": "logistic"}


@pytest.fixture(scope="module")
def study():
    """Return table and emissions by fuel of three provinces in the official 42 sectors."""
    table = random_table(seed=6, regions=3, sectors=42, region_labels=PROVINCES, scheme="42",
                         sector_labels=labels.sectors("42")["code"].tolist(), categories=CATEGORIES)  # fmt: skip
    F, F_Y = random_emissions(table)
    fuel, household = xr.DataArray([0.7, 0.3], {"fuel": ["raw_coal", "natural_gas"]}), ("urban", "rural")
    by_household = xr.DataArray([0.6, 0.4], {"household": list(household)})
    parts = {"F_by_fuel": fuel * F, "F_Y_by_fuel": fuel * F_Y * by_household}
    return table, F, F_Y, xr.Dataset({"F": F, "F_Y": F_Y, **parts}, attrs={"year": 2017, "scheme": "42"})


@pytest.fixture(scope="module")
def model(study):
    return model_grid(*study[:3], Choices(METHODS, RESOLUTIONS))


@pytest.fixture(scope="module")
def figures():
    values = {
        "gdp_per_capita": [130e3, 45e3, 63e3], "engel": [0.2, 0.25, 0.27], "gdp": [28e3, 34e3, 15e3],
        "population": [2170.0, 7520, 2400], "engel_urban": [0.21, 0.26, 0.28],
    }  # fmt: skip
    return xr.Dataset({name: ("region", v) for name, v in values.items()}, {"region": PROVINCES}, {"year": 2017})


@pytest.fixture(scope="module")
def money(model, figures):
    return compensation_grid(model.accounts["net_transfer"], figures, price=PRICE, curve=CURVE)


def differences(draws=5, seed=0, size=0.02):
    """Return drawn differences of every result, as one vector each, and by name."""
    results = Results(Asked(METHODS, RESOLUTIONS), 3)
    vectors = size * np.random.default_rng(seed).normal(size=(draws, results.size))
    return vectors, results.unpacked(vectors)


# -- money ------------------------------------------------------------------------------------------------------------
def test_what_is_compensated_is_the_net_transfer_or_the_responsibility_beyond_production(model):
    vectors, by_name = differences()
    accounts, shared = model.accounts, model.shared
    for made in (
        drawn_bases(accounts, None, vectors, "shared"),
        drawn_bases(accounts, shared, vectors, "net_transfer"),
    ):
        np.testing.assert_array_equal(made, by_name["net_transfer"])
    beyond = drawn_bases(accounts, shared, vectors, "shared")
    for draw, k, d, r in np.ndindex(5, 2, 2, 3):
        expected = by_name["shared"][draw, k, d, r] - by_name["production"][draw, r]
        assert beyond[draw, k, d, r] == expected
    point = transfer_base(accounts, shared, "shared")
    np.testing.assert_allclose(point, shared["shared"] - accounts["production"].sel(definition=["eebt", "mrio"]))
    assert transfer_base(accounts, shared, "net_transfer").equals(accounts["net_transfer"])
    assert transfer_base(accounts, None, "shared").equals(accounts["net_transfer"])


def test_money_of_draws_is_that_of_the_equation_and_its_quantiles(model, money, figures):
    nets = model.accounts["net_transfer"]
    _, by_name = differences(draws=9)
    draws = [DrawNoise(4, k) for k in range(9)]
    sources = all_sources(0.5).only(["economy"])
    found, balanced = money_intervals(money, nets, by_name["net_transfer"], figures, sources, draws)
    first = {"resolution": [0], "definition": [0]}  # incomes are those of one definition, however many there are
    lone = by_name["net_transfer"][:, :1, :1]
    one, _ = money_intervals(money.isel(first), nets.isel(first), lone, figures, sources, draws)
    assert one["gdp_per_capita_p05"].equals(found["gdp_per_capita_p05"])
    amounts = np.empty((9, 2, 3, 3))
    for k, noise in enumerate(draws):
        fund = fund_of(money).drawn(sources, noise)
        drawn = {"gdp_per_capita": fund.gdp_per_capita, "engel": fund.engel}
        drawn = {name: figures[name].copy(data=values) for name, values in drawn.items()}
        for i, j in np.ndindex(2, 3):
            net = nets.transpose("resolution", "definition", "region")[i, j]
            net = net.copy(data=net.values + by_name["net_transfer"][k, i, j]).drop_vars(["resolution", "definition"])
            made = compensation(net.assign_attrs(unit="Mt"), drawn["gdp_per_capita"], drawn["engel"], PRICE, CURVE)
            amounts[k, i, j] = made["amount"]
            np.testing.assert_allclose(balanced[k, i, j], made["balanced"], rtol=1e-9)
    order = ("resolution", "definition", "region")
    for name, divisor in (
        ("amount", np.ones(3)),
        ("gdp_share", figures["gdp"]),
        ("per_head", figures["population"] / 1e4),
    ):
        low = np.quantile(amounts, 0.05, axis=0) / np.asarray(divisor)
        np.testing.assert_allclose(found[f"{name}_p05"].transpose(*order), low, rtol=1e-9)
    pays = (amounts < 0).mean(axis=0)
    np.testing.assert_allclose(found["amount_p_pays"].transpose(*order), pays)
    np.testing.assert_allclose(found["amount_sd"].transpose(*order), amounts.std(axis=0, ddof=1), rtol=1e-9)


def test_who_pays_whom_is_drawn_as_the_equation_says(model, money):
    vectors, by_name = differences(draws=4)
    payments = payments_grid(money, model.accounts)
    flows, nets = model.accounts["flows"], model.accounts["net_transfer"]
    fund = fund_of(money)
    amounts = drawn_amounts(
        nets.transpose("resolution", "definition", "region").values + by_name["net_transfer"], fund, Sources(()),
        [DrawNoise(0, k) for k in range(4)],
    )["balanced"]  # fmt: skip
    found = payment_intervals(payments, model.accounts, amounts, vectors)
    at = {"resolution": "42", "definition": "mrio"}
    paid = []
    for k in range(4):
        E = flows.sel(at, drop=True).transpose("region", "to_region")
        E = E.copy(data=E.values + by_name["flows"][k, 1, 1])
        of = xr.Dataset({"balanced": ("region", amounts[k, 1, 1], {"unit": "100M CNY"})}, {"region": PROVINCES})
        paid.append(who_pays_whom(of, E).transpose("region", "to_region").values)
    median = np.quantile(np.stack(paid), 0.5, axis=0)
    np.testing.assert_allclose(found["paid_p50"].sel(at).transpose("region", "to_region"), median, atol=1e-6)


def test_the_fund_of_a_compensation_is_its_own_figures_and_curve(money, figures):
    fund = fund_of(money)
    np.testing.assert_array_equal(fund.gdp_per_capita, figures["gdp_per_capita"])
    np.testing.assert_array_equal(fund.engel, figures["engel"])
    assert fund.curve == CURVES["logistic"] and fund.price == PRICE
    np.testing.assert_allclose(fund.coefficient(), money["coefficient"].isel(resolution=0, definition=0))


def test_burdens_are_shares_of_gdp_and_yuan_a_head(money, figures):
    amount = money["amount"].sel(resolution="six", definition="eebt")
    np.testing.assert_allclose(money["gdp_share"].sel(resolution="six", definition="eebt"), amount / figures["gdp"])
    expected = amount * 1e8 / (figures["population"] * 1e4)
    np.testing.assert_allclose(money["per_head"].sel(resolution="six", definition="eebt"), expected)
    assert (money["gdp_share"].attrs["unit"], money["per_head"].attrs["unit"]) == ("1", "CNY")


def test_both_readings_of_the_curve_are_as_likely_and_a_drawn_share_stays_below_one():
    sources = Sources((Parameter("curve", "curve.preset", "choice", ("liao2022-b", "liao2022-G", "logistic"), "t"),
                       Parameter("economy", "economy.engel", "normal", 3.0, "t")))  # fmt: skip
    fund = Fund(np.full(3, 6e4), np.full(3, 0.3), CURVES["liao2022-b"], 100.0)
    drawn = [fund.drawn(sources, DrawNoise(1, k)) for k in range(300)]
    names = {curve: name for name, curve in CURVES.items()}
    counts = pd.Series([names[one.curve] for one in drawn]).value_counts()
    assert set(counts.index) == {"liao2022-b", "liao2022-G", "logistic"} and counts.min() > 70
    assert max(one.engel.max() for one in drawn) == 0.95
    other = Fund(np.full(3, 6e4), np.full(3, 0.3), CURVES["pearl"], 100.0)
    assert other.drawn(sources, DrawNoise(1, 0)).curve == CURVES["pearl"]  # none of the readings


# -- by source --------------------------------------------------------------------------------------------------------
def test_variance_by_source_is_that_of_each_alone(model, money):
    drawn = {name: differences(draws=6, seed=k, size=k + 1.0)[0] for k, name in enumerate(("reports", "pattern"))}
    sources = all_sources(1.0)
    found = source_shares(model.accounts, money, drawn, sources, seed=7)
    assert set(found) == {"consumption", "net_transfer", "amount"}
    results = Results(Asked(METHODS, RESOLUTIONS), 3)
    for quantity in ("consumption", "net_transfer"):
        sd = {name: results.unpacked(v)[quantity][:, 0, 0].std(axis=0, ddof=1) for name, v in drawn.items()}
        whole = sum(values**2 for values in sd.values())
        for name, values in sd.items():
            np.testing.assert_allclose(found[quantity][name]["sd"], values)
            np.testing.assert_allclose(found[quantity][name]["share"], values**2 / whole)
    point = money.isel(resolution=0, definition=0)
    a_tonne = (point["coefficient"] * PRICE * 0.01).values  # 1 Mt at 1 yuan/t is .01 of 10^8 yuan
    sd = results.unpacked(drawn["pattern"])["net_transfer"][:, 0, 0].std(axis=0, ddof=1) * a_tonne
    np.testing.assert_allclose(found["amount"]["pattern"]["sd"], sd)
    for name in ("economy", "curve"):
        funds = [fund_of(money).drawn(sources.only([name]), DrawNoise(7, k)) for k in range(6)]
        nets = model.accounts["net_transfer"].isel(resolution=0, definition=0).values
        amounts = np.stack([-nets * PRICE * 0.01 * one.coefficient() for one in funds])
        np.testing.assert_allclose(found["amount"][name]["sd"], amounts.std(axis=0, ddof=1), rtol=1e-9)
    assert set(found["amount"]) == {"reports", "pattern", "economy", "curve"}
    assert set(source_shares(model.accounts, None, drawn, sources, 7)) == {"consumption", "net_transfer"}


# -- intervals --------------------------------------------------------------------------------------------------------
def test_statistics_of_few_draws_by_hand():
    point = xr.DataArray([10.0, 1.0], {"region": ["a", "b"]}, attrs={"unit": "Mt"})
    drawn = np.array([[-1.0, 0.0], [1.0, -3.0], [3.0, 11.0]])
    found = interval(point, drawn)
    np.testing.assert_allclose(found["p50"], [11.0, 1.0])
    np.testing.assert_allclose(found["p05"], [9.0 + 0.1 * 2, -2.0 + 0.1 * 3])
    np.testing.assert_allclose(found["sd"], [2.0, np.std([0, -3, 11], ddof=1)])
    assert found["sd"].attrs == {"unit": "Mt"} and interval(point, drawn[:1])["sd"].values.tolist() == [0.0, 0.0]
    np.testing.assert_allclose(interval(point, drawn[:2])["sd"], [np.sqrt(2), np.sqrt(4.5)])
    np.testing.assert_allclose(positive(point, drawn), [1, 2 / 3])
    assert positive(point, np.array([[-10.0, 0.0]])).values.tolist() == [0.0, 1.0]  # zero pays nothing
    ranks = rank_interval(point, np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 9.5]]))  # the last time b is larger
    assert ranks["rank_low"].values.tolist() == [1.0, 1.0] and ranks["rank_high"].values.tolist() == [2.0, 2.0]
    same = rank_interval(point, np.zeros((3, 2)))
    assert same["rank_low"].values.tolist() == same["rank_high"].values.tolist() == [1.0, 2.0]


def test_convergence_is_the_shift_of_the_farther_end_over_the_width():
    drawn = np.array([[0.0, 5.0], [1.0, 5.0], [2.0, 5.0], [10.0, 5.0]])
    low, high = np.quantile(drawn[:, 0], [0.05, 0.95])
    ends = np.quantile(drawn[:3, 0], [0.05, 0.95])
    expected = max(abs(ends[0] - low), abs(ends[1] - high)) / (high - low)
    assert convergence(drawn, [3, 4]) == {3: pytest.approx(expected), 4: 0.0}
    assert convergence(drawn[:, 1:], [2]) == {2: 0.0}


# -- the chain --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("estimated", [False, True])
def test_the_chain_without_errors_is_the_study(study, model, estimated):
    table, *_, emissions = study
    parts = estimate_parts(collapse(table), None) if estimated else None
    chain = study_chain(table, emissions, parts, Choices(METHODS, RESOLUTIONS), seed=3)
    assert chain.seed == 3 and list(chain.kept) == [0, 1, 2]
    found = chain.results.unpacked(chain.without_errors)
    order = ("resolution", "definition", "region")
    np.testing.assert_allclose(found["production"], model.accounts["production"].isel(resolution=0, definition=0))
    np.testing.assert_allclose(found["household"], model.accounts["household"].isel(resolution=0, definition=0))
    if not estimated:
        for name in ("consumption", "net_transfer", "exports", "inflow"):
            np.testing.assert_allclose(found[name], model.accounts[name].transpose(*order), atol=1e-8)
        np.testing.assert_allclose(found["share"], model.shared["share"].transpose(*order), atol=1e-9)
        np.testing.assert_allclose(found["shared"], model.shared["shared"].transpose(*order), atol=1e-8)


def test_emissions_of_a_chain_know_their_fuels_groups_and_split_sectors(study):
    table, *_, emissions = study
    chain = study_chain(table, emissions, None, Choices(METHODS, RESOLUTIONS), seed=0)
    made = chain.emissions
    np.testing.assert_allclose(made.by_fuel, [0.7 * study[1].values, 0.3 * study[1].values])
    np.testing.assert_allclose(made.households, [0.7 * study[2].values, 0.3 * study[2].values])
    six = labels.concordance("42", "six")
    assert list(made.groups) == [six[sector] for sector in table.sectors]
    bridge = pd.read_csv(labels.data_dir() / "concordances" / "ceads_split_42.csv", dtype=str)
    split = {tuple(table.sectors[i] for i in positions) for positions in made.split}
    assert split == {tuple(of["to"]) for _, of in bridge.groupby("from") if len(of) > 1} and split
    groups = chain.groups
    assert groups["42"] is None and groups["six"].shape == (6, 42) and (groups["six"].sum(0) == 1).all()
    codes = labels.sectors("six")["code"].tolist()
    for i, sector in enumerate(table.sectors):
        assert codes[int(groups["six"][:, i].argmax())] == six[sector]


def test_parts_of_another_table_are_refused(study):
    table, *_, emissions = study
    parts = estimate_parts(collapse(table), None)
    fewer = study_chain(table.drop_regions(["Hebei"]), emissions, parts, Choices(METHODS, ("42",)), seed=0)
    assert list(fewer.kept) == [0, 2] and len(fewer.results.unpacked(fewer.without_errors)["production"]) == 2
    other = estimate_parts(collapse(random_table(1, 3, 4, region_labels=PROVINCES)), None)
    with pytest.raises(LabelError, match="other sectors or regions"):
        study_chain(table, emissions, other, Choices(METHODS, ("42",)), seed=0)
    names = ["Beijing", "Hebei", "Shanxi"]
    with pytest.raises(LabelError, match="other sectors or regions"):
        renamed = type(table)(table.data.assign_coords(region=names, to_region=names))
        study_chain(renamed, emissions, parts, Choices(METHODS, ("42",)), seed=0)


# -- alternatives and files -------------------------------------------------------------------------------------------
def test_alternatives_stand_beside_the_study_with_their_change(model, figures):
    accounts = model.accounts
    keys = ["resolution", "definition", "region"]
    rows = accounts[QUANTITIES].to_dataframe(dim_order=keys)[QUANTITIES].reset_index()
    rows = rows.assign(alternative="half", **{q: 0.5 * rows[q] for q in QUANTITIES})
    found = alternatives_table(rows, accounts, figures, PRICE, CURVE).set_index(
        ["alternative", "definition", "resolution", "province"]
    )
    for province in PROVINCES:
        net = float(accounts["net_transfer"].sel(definition="mrio", resolution="42", region=province))
        half, used = (found.loc[name, "mrio", "42", province] for name in ("half", "as used"))
        assert half["net_transfer"] == pytest.approx(net / 2) and half["net_transfer_change"] == pytest.approx(-net / 2)
        assert (used["net_transfer_change"], used["amount_change"]) == (0.0, 0.0)
        assert half["amount"] == pytest.approx(used["amount"] / 2)
        assert half["amount_change"] == pytest.approx(-used["amount"] / 2)
    some = alternatives_table(rows[rows["definition"] != "gross"], accounts, None, PRICE, CURVE)
    assert "amount" not in some
    of = some[some["alternative"] == "half"].groupby("definition")["net_transfer"]
    assert of.count().to_dict() == {"eebt": 6, "mrio": 6}


def test_draws_come_back_from_their_files_in_order(tmp_path):
    first, second = np.arange(6.0).reshape(2, 3), np.arange(3.0)[None]
    write_draws(first, tmp_path / "a.npy")
    write_draws(second, tmp_path / "b.npy")
    np.testing.assert_array_equal(read_draws([tmp_path / "b.npy", tmp_path / "a.npy"]), np.vstack([second, first]))
    assert job_of(101, 50) == {"0000-0049": range(50), "0050-0099": range(50, 100), "0100-0100": range(100, 101)}
    assert job_of(0, 50) == {}
    shipped = drawn_alone(labels.data_dir() / "uncertainty.csv")
    assert "economy" not in shipped and "curve" not in shipped and {"reports", "allocation"} <= set(shipped)
    assert len(set(shipped)) == len(shipped)


def test_observations_and_alternatives_come_back_from_their_files(tmp_path):
    seen = pd.DataFrame({
        "evidence": ["national"], "account": ["exports"], "region": ["*"], "sector": ["06"], "value": [1.26],
        "error": [0.34], "estimate": [2.04], "gap": [1.23456], "source": ["a book"], "more": [1],
    })  # fmt: skip
    write_observed(seen, tmp_path / "observed.csv")
    expected = seen.drop(columns="more").assign(value=1.3, error=0.3, estimate=2.0, gap=1.235)
    pd.testing.assert_frame_equal(read_observed(tmp_path / "observed.csv"), expected)
    about = {"alternative": ["x"], "definition": ["mrio"], "resolution": ["42"], "region": ["A"]}
    rows = pd.DataFrame(about | {name: [0.1234567] for name in QUANTITIES})[ALTERNATIVES]
    write_alternatives(rows.assign(more=1), tmp_path / "alternatives.csv")
    pd.testing.assert_frame_equal(read_alternatives(tmp_path / "alternatives.csv"), rows.round(6))


def test_a_damaged_result_is_told_and_removed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "whole.csv").write_text("1\n")
    (tmp_path / "cut.csv").write_text("1\n2\n")
    (tmp_path / "logs").mkdir()
    record = record_outputs(["whole.csv", "cut.csv"], "logs/job.log")
    assert record.read_text().splitlines()[0] == f"{hashlib.sha256(b'1' + chr(10).encode()).hexdigest()}  whole.csv"
    assert damaged_outputs("logs") == []
    (tmp_path / "cut.csv").write_text("1\n")
    discard_damaged("logs", dry=True)
    assert (tmp_path / "cut.csv").exists() and "would be made again" in capsys.readouterr().err
    discard_damaged("logs")
    assert not (tmp_path / "cut.csv").exists() and (tmp_path / "whole.csv").exists()
    assert "cut.csv is not as it was made (its sha256 differs): it is made again" in capsys.readouterr().err
