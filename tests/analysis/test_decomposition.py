"""Structural decomposition: printed cases, brute force over all orders, identities on random tables."""

from itertools import permutations, product

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import CATEGORIES, random_emissions, random_table

from mrio.analysis.attribution import polar_forms, shapley
from mrio.analysis.decomposition import Observation, chained, comparable, decompose
from mrio.analysis.terms import by_account
from mrio.equations.flows import accounts
from mrio.errors import BalanceError, ConfigError, LabelError
from mrio.table.interregional import Table

Z0, Y0 = np.array([[10, 20, 25], [15, 5, 30], [30, 40, 5.0]]), np.array([45, 30, 25.0])
Z1, Y1 = np.array([[12, 15, 35], [24, 11, 30], [36, 50, 8.0]]), np.array([50, 35, 26.0])


def observed(seed, regions=3, sectors=3, heads=False, **kind):
    table = random_table(seed, regions, sectors, **kind)
    F, _ = random_emissions(table, seed)
    people = xr.DataArray(np.random.default_rng(seed).random(regions) + 1, {"region": table.regions}, ("region",))
    return Observation(table, F, people if heads else None)


@pytest.fixture(scope="module")
def printed():
    """Return output by (L, f) at both ends of the example of Miller & Blair (2009), section 13.1."""
    L = [np.linalg.inv(np.eye(3) - Z / (Z.sum(1) + Y)) for Z, Y in ((Z0, Y0), (Z1, Y1))]
    return L, [Y0, Y1]


def test_output_by_technology_and_final_demand_as_miller_and_blair_print_it(printed):
    L, Y = printed
    values = np.array([[L[a] @ Y[b] for b in (0, 1)] for a in (0, 1)])
    technology, demand = shapley(values, 2)
    assert np.round(technology, 2).tolist() == [0.84, 9.14, 9.49]
    assert np.round(demand, 2).tolist() == [11.16, 10.86, 10.51]
    assert technology.sum() == pytest.approx(19.47, abs=5e-3)
    assert demand.sum() == pytest.approx(32.53, abs=5e-3)
    assert (technology + demand).tolist() == pytest.approx([12, 20, 20])
    assert np.mean(polar_forms(values, 2), axis=0) == pytest.approx(np.stack([technology, demand]))


def test_the_same_by_decompose_on_one_region():
    """Final demand apart in mix and level: their sum is the final-demand term but for how L's change is averaged."""

    def one(Z, Y):
        x = Z.sum(1) + Y
        table = Table.from_arrays(Z, Y[:, None], regions=["r"], sectors=list("abc"), categories=["final"], year=2000)
        return Observation(table, xr.DataArray(x[None], {"region": ["r"], "sector": list("abc")}, ("region", "sector"),
                                               attrs={"unit": "Mt"}))  # fmt: skip

    made = decompose(one(Z0, Y0), one(Z1, Y1))  # emissions of one per unit of output: terms are of output
    terms = made["terms"].sel(form="shapley", destination="r", region="r")
    assert abs(terms.sel(factor=["intensity", "trade"])).max() < 1e-12
    assert np.round(terms.sel(factor="technology").values, 1).tolist() == [0.8, 9.1, 9.5]
    assert terms.sum("factor").values.tolist() == pytest.approx([12, 20, 20])


def dense_value(ends, states):
    """Return E[r, s] with factors in the states given, by numpy alone, for tables without negative or empty cells."""
    intensity, technology, trade, mix, volume, population = states

    def of(k):
        table, F = ends[k].table, ends[k].F.values
        x, Z = table.output.values, table.Z.values
        Y = table.Y.values
        A = Z / x
        size = Y.sum((0, 1, 3))
        return {"f": F / x, "H": A.sum(0), "S": A / A.sum(0), "B": Y.sum(0) / size[:, None],
                "T": Y / Y.sum(0), "p": ends[k].population.values, "v": size / ends[k].population.values}  # fmt: skip

    parts = [of(0), of(1)]
    R, n = parts[0]["f"].shape
    A = (parts[trade]["S"] * parts[technology]["H"]).reshape(R * n, R * n)
    Y = (parts[trade]["T"] * parts[mix]["B"]).sum(3) * parts[volume]["v"] * parts[population]["p"]
    X = np.linalg.inv(np.eye(R * n) - A) @ Y.reshape(R * n, R)
    return (parts[intensity]["f"].reshape(-1, 1) * X).reshape(R, n, R).sum(1)


def test_every_term_is_the_mean_over_all_720_orders_of_changing_the_factors():
    plain = {"categories": ["a", "b"], "residual": False, "heads": True}
    ends = [observed(seed, 2, 3, **plain) for seed in (1, 2)]
    made = decompose(*ends)
    known = {states: dense_value(ends, states) for states in product((0, 1), repeat=6)}
    total = np.zeros((6, 2, 2))
    orders = list(permutations(range(6)))
    for order in orders:
        states = (0,) * 6
        for k in order:
            after = (*states[:k], 1, *states[k + 1 :])
            total[k] += known[after] - known[states]
            states = after
    got = made["terms"].sel(form="shapley", destination=["r0", "r1"]).sum("sector").values
    assert got == pytest.approx(total / len(orders), rel=1e-10, abs=1e-12)
    forward = made["terms"].sel(form="polar_forward", factor="trade", destination=["r0", "r1"]).sum("sector").values
    assert forward == pytest.approx(known[1, 1, 1, 0, 0, 0] - known[1, 1, 0, 0, 0, 0], rel=1e-9)


cases = st.fixed_dictionaries({
    "regions": st.integers(1, 4), "sectors": st.integers(1, 4), "zero_sectors": st.integers(0, 2),
    "categories": st.sampled_from([CATEGORIES, ["household", "inventory"], ["final"]]),
    "negative_inventory": st.booleans(), "residual": st.booleans(), "exports": st.booleans(), "heads": st.booleans(),
})  # fmt: skip


def dense_eebt(ends, states):
    """Return E[r, s] by bilateral trade with factors in the states given, province by province, by numpy alone."""
    intensity, technology, trade, mix, volume, population = states
    parts = []
    for k in (0, 1):
        table, F = ends[k].table, ends[k].F.values
        A, Y, people = table.Z.values / table.output.values, table.Y.values, ends[k].population.values
        size = Y.sum((0, 1, 3))
        parts.append({"f": F / table.output.values, "H": A.sum(0), "S": A / A.sum(0), "B": Y.sum(0) / size[:, None],
                      "T": Y / Y.sum(0), "p": people, "v": size / people})  # fmt: skip
    A = parts[trade]["S"] * parts[technology]["H"]
    Y = (parts[trade]["T"] * parts[mix]["B"]).sum(3) * parts[volume]["v"] * parts[population]["p"]
    R, n = parts[0]["f"].shape
    x = (np.linalg.inv(np.eye(R * n) - A.reshape(R * n, R * n)) @ Y.sum(2).ravel()).reshape(R, n)
    E = np.zeros((R, R))
    for r, s in product(range(R), repeat=2):
        shipped = Y[r, :, s] + (A[r, :, s] @ x[s] if r != s else 0)
        E[r, s] = parts[intensity]["f"][r] @ np.linalg.solve(np.eye(n) - A[r, :, r], shipped)
    return E


def test_bilateral_trade_is_attributed_as_by_every_order_of_an_independent_computation():
    ends = [observed(seed, 2, 3, categories=["a", "b"], residual=False, exports=False, heads=True) for seed in (1, 2)]
    made = decompose(*ends, "eebt")
    known = np.array([dense_eebt(ends, states) for states in product((0, 1), repeat=6)]).reshape((2,) * 6 + (2, 2))
    got = made["terms"].sel(form="shapley", destination=["r0", "r1"]).sum("sector").values
    total, orders = np.zeros_like(got), list(permutations(range(6)))
    for order in orders:
        states = [0] * 6
        for k in order:
            before = known[tuple(states)]
            states[k] = 1
            total[k] += known[tuple(states)] - before
    assert got == pytest.approx(total / len(orders), rel=1e-10, abs=1e-12)
    assert made.attrs["definition"] == "eebt"


def test_gross_trade_is_not_decomposed():
    with pytest.raises(ConfigError, match="method is 'gross', expected 'mrio' or 'eebt' in a decomposition"):
        decompose(observed(1), observed(2), "gross")


def test_bilateral_trade_by_hand():
    """Two provinces, one sector, no own inputs: A ships 50 to B's industry, 10 to its demand, at .1 then .2 t."""

    def one(f):
        table = Table.from_arrays([[0, 50], [0, 0]], [[40, 10], [0, 100]], regions=["A", "B"], sectors=["all"],
                                  categories=["final"], year=2000)  # fmt: skip
        F = table.output.copy(data=[[100 * f], [0.0]]).assign_attrs(unit="Mt")
        return Observation(table, F)

    made = by_account(decompose(one(0.1), one(0.2), "eebt"))
    assert made["net_transfer"]["values"].sel(region="B").values == pytest.approx([6, 12])
    terms = made["net_transfer"]["terms"].sel(form="shapley", region="B")
    assert terms.sel(factor="intensity") == pytest.approx(6)
    assert abs(terms.drop_sel(factor="intensity")).max() < 1e-12


@settings(max_examples=20)
@given(st.integers(0, 9999), st.integers(0, 9999), cases, st.sampled_from(["mrio", "eebt"]))
def test_terms_add_up_to_the_change_of_every_account_of_both_tables(seed, other, kind, method):
    ends = [observed(s, **kind) for s in (seed, other)]
    made = decompose(*ends, method)
    results = [accounts(one.table, one.F, method=method) for one in ends]
    for name, of in by_account(made).items():
        change = results[1][name] - results[0][name]
        scale = max(float(abs(result["production"]).sum()) for result in results)
        assert abs(of["terms"].sum("factor") - change).max() <= 1e-10 * scale, name
    pairs = made["terms"].sum("sector").sel(destination=ends[0].table.regions).sum("factor")
    change = (results[1]["flows"] - results[0]["flows"]).values
    assert (abs(pairs.values - change) <= 1e-10 * sum(abs(result["flows"]).values for result in results) + 1e-12).all()


@settings(max_examples=20)
@given(st.integers(0, 9999), cases)
def test_the_way_back_takes_every_term_back(seed, kind):
    ends = [observed(s, **kind) for s in (seed, seed + 1)]
    there, back = decompose(*ends)["terms"], decompose(*reversed(ends))["terms"]
    size = float(abs(there).max()) + 1e-300
    assert abs(there.sel(form="shapley") + back.sel(form="shapley")).max() <= 1e-9 * size
    assert abs(there.sel(form="polar_forward") + back.sel(form="polar_backward")).max() <= 1e-9 * size


@settings(max_examples=20)
@given(st.integers(0, 9999), cases, st.floats(0.1, 5))
def test_what_alone_changed_has_the_whole_change(seed, kind, scale):
    one = observed(seed, **kind)
    cleaner = Observation(one.table, (one.F * scale).assign_attrs(one.F.attrs), one.population)
    terms = decompose(one, cleaner)["terms"]
    assert abs(terms.drop_sel(factor="intensity")).max() <= 1e-9 * float(one.F.max()) * max(scale, 1)
    larger = Table(one.table.data * scale)
    larger.data.attrs.update(one.table.data.attrs)
    same_f = (one.F * scale).assign_attrs(one.F.attrs)
    terms = decompose(one, Observation(larger, same_f, one.population))["terms"]
    assert abs(terms.drop_sel(factor="volume")).max() <= 1e-9 * float(one.F.max()) * max(scale, 1)


def test_more_heads_of_the_same_demand_each():
    one = observed(5, heads=True)
    crowd = Observation(one.table, one.F, 2 * one.population)
    terms = by_account(decompose(one, crowd))["consumption"]["terms"].sel(form="shapley")
    assert terms.sel(factor="population").values == pytest.approx(-terms.sel(factor="volume").values)
    assert (terms.sel(factor="population") > 0).all()


def test_emissions_without_output_count_as_intensity_of_no_destination():
    one = observed(3, 3, 4, zero_sectors=1)
    idle = np.argwhere(one.table.output.values == 0)[0]
    F = one.F.copy()
    F[tuple(idle)] = 2.5
    made = decompose(one, Observation(one.table, F))
    term = made["terms"].sel(form="shapley", factor="intensity", destination="zero_output")
    assert float(term.sum()) == pytest.approx(2.5)
    assert float(abs(made["terms"]).sum("factor").sel(form="shapley").drop_sel(destination="zero_output").max()) < 1e-12


def test_steps_of_a_chain_add_up_to_the_whole_change():
    years = [observed(seed) for seed in (1, 2, 3)]
    steps = chained(years)
    assert len(steps) == 2
    moved = sum(step["terms"].sel(form="shapley").sum("factor") for step in steps)
    whole = decompose(years[0], years[2])["terms"].sel(form="shapley").sum("factor")
    assert abs(moved - whole).max() < 1e-9


def test_years_meet_in_common_sectors_and_provinces():
    def of(scheme, year, regions):
        from mrio import labels

        codes = labels.sectors(scheme)["code"].tolist()
        table = random_table(year, len(regions), len(codes), region_labels=regions, sector_labels=codes, scheme=scheme,
                             year=year)  # fmt: skip
        return Observation(table, random_emissions(table, year)[0])

    both = comparable([of("42-2012", 2012, ["Beijing", "Hebei", "Tibet"]), of("42", 2017, ["Hebei", "Beijing"])])
    assert [one.table.scheme for one in both] == ["30", "30"]
    assert [one.table.regions for one in both] == [["Beijing", "Hebei"]] * 2
    made = decompose(*both)
    assert made.attrs["from"] == 2012 and made.attrs["scheme"] == "30"
    assert float(made["values"].sel(end="start", destination="excluded").sum()) > 0
    assert len(comparable([of("42", 2017, ["Hebei"])] * 2)[0].table.sectors) == 42


def test_refusals_say_what_differs():
    one = observed(1)
    with pytest.raises(LabelError, match="differ in their sectors; bring them together with comparable"):
        decompose(one, observed(1, sectors=4))
    with pytest.raises(LabelError, match="emissions of the two years are in 'Mt' and 'kt'"):
        decompose(one, Observation(one.table, one.F.assign_attrs(unit="kt")))
    with pytest.raises(ConfigError, match="a change needs two years at least"):
        comparable([one])
    stocks = random_table(1, 2, 2, categories=["final", "inventory"])
    Y = stocks.Y.values.copy()
    Y[:, :, 1, 0] = 0
    data = stocks.data.assign(Y=(stocks.Y.dims, Y, stocks.Y.attrs))
    odd = Observation(Table(data), random_emissions(stocks)[0])
    with pytest.raises(BalanceError, match="final demand of r1 is inventory change alone"):
        decompose(odd, odd)


def economy(A, Y, residual=0.0, f=None):
    """Return the observation of coefficients A (N, N) and final demand Y (N, 2) of two regions, N = 2 n."""
    N, n = len(A), len(A) // 2
    eps = np.zeros(N) + residual
    x = np.linalg.inv(np.eye(N) - A) @ (Y.sum(1) + eps)
    x[np.abs(x) < 1e-12] = 0
    table = Table.from_arrays(A * x, Y, residual=eps, output=x, regions=["a", "b"], sectors=[str(i) for i in range(n)],
                              categories=["final"], year=2000)  # fmt: skip
    f = np.arange(1.0, N + 1) if f is None else f
    F = xr.DataArray((f * x).reshape(2, n), {"region": ["a", "b"], "sector": table.sectors}, ("region", "sector"))
    return Observation(table, F.assign_attrs(unit="Mt"))


@pytest.fixture
def coefficients():
    return np.random.default_rng(5).uniform(0.02, 0.2, (4, 4))


def moved_by(made):
    size = abs(made["terms"].sel(form="shapley")).sum(("region", "sector", "destination"))
    return {str(name) for name in size["factor"].values if float(size.sel(factor=name)) > 1e-9}


def test_a_product_that_was_not_bought_before_is_no_change_of_trade(coefficients):
    Y = np.full((4, 2), 10.0)
    without = Y.copy()
    without[[0, 2], 0] = 0  # region a buys nothing of product 0, of either region
    assert moved_by(decompose(economy(coefficients, without), economy(coefficients, Y))) == {"mix", "volume"}


def test_a_sector_that_did_not_exist_before_has_no_intensity_or_technology_to_change(coefficients):
    alone = coefficients.copy()
    alone[3] = 0  # nobody buys of sector 3 but final demand
    Y = np.full((4, 2), 10.0)
    without = Y.copy()
    without[3] = 0
    before = economy(alone, without)
    assert float(before.table.output.sel(region="b", sector="1")) == 0
    assert moved_by(decompose(before, economy(alone, Y))) == {"trade", "mix", "volume"}


def test_a_sector_whose_residual_cancels_its_demand_keeps_every_flow_exact(coefficients):
    alone = coefficients.copy()
    alone[3] = 0
    Y = np.full((4, 2), 10.0)
    cancelled = economy(alone, Y, residual=np.array([0, 0, 0, -20.0]))
    assert float(cancelled.table.output.sel(region="b", sector="1")) == 0
    values = decompose(cancelled, economy(alone, Y))["values"].sel(end="start", destination=["a", "b"]).sum("sector")
    assert values.values == pytest.approx(accounts(cancelled.table, cancelled.F)["flows"].values, rel=1e-12)
