"""What the trial of the estimator counts, on small tables whose answers are known."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from click.testing import CliRunner
from drawn_study import spoiled
from strategies import random_emissions, random_table

from mrio import labels
from mrio.equations.flows import accounts
from mrio.errors import InputError
from mrio.estimation.chain import estimate_with_account
from mrio.estimation.gravity import balanced_flows, gravity_weights
from mrio.estimation.margins import margins_of
from mrio.estimation.options import EstimatorOptions
from mrio.estimation.trial import __main__ as trial
from mrio.estimation.trial import parameters
from mrio.estimation.trial.crossval import choose_beta
from mrio.estimation.trial.parameters import TRIED, known_scores, tried_options
from mrio.estimation.trial.scoring import between, scores, shipped
from mrio.estimation.trial.spoiling import OUTFLOW_OVER_INFLOW_2017, degrade
from mrio.table.interregional import Table
from mrio.table.provincial import collapse


@pytest.fixture(scope="module")
def known():
    """Return a table, emissions and distances."""
    table = random_table(4, 4, 3, residual=False)
    km = spoiled(0)[1]
    return table, random_emissions(table)[0], km


def gravity_table(table: Table, km: xr.DataArray, beta: float) -> Table:
    """Return the table with flows between regions as gravity has them, users in proportion."""
    true = between(shipped(table))
    outflow, inflow = true.sum(2).T, true.sum(1).T
    weights = gravity_weights(table.regions, km, beta)
    seed = weights[None] * outflow.T[:, :, None] * inflow.T[:, None, :]
    names = {"products": table.sectors, "regions": table.regions}
    flows = balanced_flows(seed, outflow, inflow, EstimatorOptions(), **names)
    ratio = np.divide(flows, true, out=np.ones_like(true), where=true > 0).transpose(1, 0, 2)[..., None]
    data = table.data.copy(deep=True)
    stock = np.array([name == "inventory" for name in table.categories])
    Y = table.Y.values * np.where(stock, 1.0, ratio)
    return Table(data.assign(Z=table.Z.copy(data=table.Z.values * ratio), Y=table.Y.copy(data=Y)))


def test_the_exponent_flows_were_made_with_is_found_whatever_is_left_out(known):
    table, _, km = known
    true = gravity_table(table, km, 1.5)
    found = choose_beta(true, km, (0.0, 1.0, 1.5, 2.0))
    assert found["left_out"].tolist() == [*table.sectors, *table.regions]
    assert found["kind"].tolist() == ["product"] * 3 + ["region"] * 4
    assert (found["beta"] == 1.5).all() and (found["best"] == 1.5).all() and (found["error"] < 1e-6).all()
    flows = between(shipped(true))
    outflow, inflow = flows.sum(2).T, flows.sum(1).T
    off = 1.0 - np.eye(4)
    seed = off[None] * outflow.T[:, :, None] * inflow.T[:, None, :]
    names = {"products": table.sectors, "regions": table.regions}
    plain = np.abs(balanced_flows(seed, outflow, inflow, EstimatorOptions(), **names) - flows)
    for k, row in enumerate(found.to_dict("records")):
        if row["kind"] == "product":
            error = plain[k].sum() / flows[k].sum()
        else:
            r = k - 3
            cells = [(r, s) for s in range(4) if s != r] + [(s, r) for s in range(4) if s != r]
            error = sum(plain[:, a, b].sum() for a, b in cells) / sum(flows[:, a, b].sum() for a, b in cells)
        assert row["error_no_distance"] == pytest.approx(error, rel=1e-5)


def test_what_the_rest_chooses_is_scored_on_what_is_left_out(known):
    table, _, km = known
    odd = gravity_table(table, km, 1.0)
    far = gravity_table(table, km, 2.0)
    mixed = odd.data.copy(deep=True)
    Z, Y = odd.Z.values.copy(), odd.Y.values.copy()
    Z[:, 0], Y[:, 0] = far.Z.values[:, 0], far.Y.values[:, 0]  # product 0 falls faster with distance
    found = choose_beta(Table(mixed.assign(Z=odd.Z.copy(data=Z), Y=odd.Y.copy(data=Y))), km, (0.0, 1.0, 2.0))
    first = found.iloc[0]
    assert (first["beta"], first["best"]) == (1.0, 2.0) and first["error"] > 0.01
    others = found.iloc[1:3]
    assert (others["best"] == 1.0).all()


def test_every_parameter_is_tried_beside_its_default_alone():
    tried = list(tried_options({"beta": (1.0, 2.0), "trade_error": (0.5,)}))
    assert [(name, value) for name, value, _ in tried[1:]] == [("beta", 1.0), ("beta", 2.0), ("trade_error", 0.5)]
    default = EstimatorOptions()
    assert tried[0][0] == "" and np.isnan(tried[0][1]) and tried[0][2] == default
    assert tried[2][2] == dataclasses.replace(default, beta=2.0)
    for name, values in TRIED.items():
        at = getattr(default, name)
        assert at not in values and len(set(values)) == len(values), name


def test_scores_are_shares_of_what_is_true_whatever_the_unit(known):
    table, F, km = known
    other = gravity_table(table, km, 1.0)
    plain = scores(other, table, F)
    small = [Table(one.data.map(lambda v: v * 2.0**-30, keep_attrs=True)) for one in (other, table)]
    for again in (scores(other, table, (F * 2.0**-20).assign_attrs(F.attrs)), scores(*small, F)):
        np.testing.assert_allclose(again, plain, rtol=1e-6)
    made, true = ((accounts(one, F, method="mrio"))["consumption"].values for one in (other, table))
    assert plain["consumption_mrio"] == pytest.approx(np.mean(np.abs(made - true) / true))
    assert (plain > 0).all()


def test_values_tried_are_those_the_documentation_shows_the_scores_of(repo):
    page = (repo / "docs/estimation.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \*\*(\S+)\*\* \| (\S+) \|", page, re.MULTILINE)
    shown = {name: (float(default), *(float(v) for n, _, v in rows if n == name)) for name, default, _ in rows}
    del shown["trade_floor"]  # its rows are of another default, as the page says
    assert len(shown) > 10
    for name, (default, *values) in shown.items():
        assert getattr(EstimatorOptions(), name) == default and list(TRIED[name]) == values, name


def test_values_tried_are_possible_and_rise():
    for name, values in TRIED.items():
        assert list(values) == sorted(values), name
        assert all(options for _, _, options in tried_options({name: values}))


def test_sums_apart_are_apart_and_nobody_nets_or_passes_on(known):
    prov = collapse(known[0])
    true, found = margins_of(prov), margins_of(degrade(prov, 0, **trial.CASES["sums apart only"]))
    assert true.disagreement() < 1e-9 and found.disagreement() > 0.1
    ratio = np.sqrt(OUTFLOW_OVER_INFLOW_2017[:3])
    kept = np.isclose(
        found.uses, true.uses + (true.outflow * ratio - true.outflow) * -1 + true.inflow / ratio - true.inflow
    )
    np.testing.assert_allclose(found.inflow[kept], (true.inflow / ratio)[kept])
    np.testing.assert_allclose(found.outflow[kept], (true.outflow * ratio)[kept])
    assert kept.mean() > 0.5


def test_two_regions_net_and_two_pass_on_unless_said_otherwise(known):
    prov = collapse(known[0])
    said = degrade(prov, 3, net_only=2, transit=2, apart=True, shuffled=False)
    assert degrade(prov, 3).data.equals(said.data) and not said.data.equals(prov.data)


def test_scores_of_spoiled_tables_are_means_in_per_cent(known):
    table, F, km = known
    tables = [collapse(table), spoiled(4)[0]]
    tables = [one for one in tables if one.sectors == table.sectors] or tables[:1]
    score = known_scores(table, F, km, tables)(EstimatorOptions())
    each = [scores(estimate_with_account(one, km, EstimatorOptions()).table, table, F) for one in tables]
    assert set(score) == {"bilateral", "net", "consumption"}
    for name, value in score.items():
        assert value == pytest.approx(100 * np.mean([one[f"{name}_mrio"] for one in each]))


def test_official_scores_count_shares_bounds_and_the_national_gap(provincial_2017, estimated_2017, monkeypatch):
    monkeypatch.setattr(parameters, "estimate_with_account", lambda *_, **__: estimated_2017)
    Z, prov = estimated_2017.table.Z.values, provincial_2017
    inside = pd.Series({r: Z[k, :, k].sum() for k, r in enumerate(prov.regions)})
    published = inside.drop(index="Tibet") if "Tibet" in inside else inside
    uses = pd.Series({r: prov.Z.values[k].sum() for k, r in enumerate(prov.regions)})
    found = parameters.official_scores(prov, None, None, published + 0.1 * uses[published.index])(EstimatorOptions())
    assert found["rank"] == pytest.approx(1.0) and found["error"] == pytest.approx(0.1)
    seen = estimated_2017.observations
    gaps = seen[seen["evidence"] == "national"]["gap"]
    assert found["national"] == pytest.approx(np.sqrt(np.mean(np.square(gaps))))
    cells = {(row.region, row.sector) for row in estimated_2017.bounds.itertuples()}
    assert found["bounds"] == pytest.approx(len(cells) / prov.output.size)


# -- the program ------------------------------------------------------------------------------------------------------
def test_distances_of_groups_are_means_of_their_provinces():
    provinces = labels.provinces()
    groups = provinces["region8"].unique().tolist()[:3]
    found = trial.region_distances(groups)
    km = labels.distances(provinces.index)
    for a in groups:
        for b in groups:
            pairs = [km.loc[r, s] for r in provinces.index[provinces["region8"] == a]
                     for s in provinces.index[provinces["region8"] == b]]  # fmt: skip
            assert float(found.sel(region=a, to_region=b)) == pytest.approx(np.mean(pairs))


def test_cases_are_scored_by_their_means(known, monkeypatch):
    table, F, km = known
    seen = []

    def shifted(prov, of):
        seen.append((prov, of is km))
        return table

    monkeypatch.setattr(trial, "methods", lambda options: {"the truth": shifted})
    rows = pd.DataFrame(trial.run(table, F, km, EstimatorOptions(), 2))
    assert rows["case"].tolist() == list(trial.CASES) and rows["draws"].tolist() == [1, 2, 2, 2]
    assert (rows[["trade", "net_mrio"]] == 0).all(axis=None) and len(seen) == 7


def test_the_folder_is_the_one_given_else_that_of_the_environment(tmp_path, known, monkeypatch):
    table, F, km = known
    seen = []
    monkeypatch.setattr(trial, "read_sic", lambda path: (seen.append(path), table, F)[1:])
    monkeypatch.setattr(trial, "region_distances", lambda regions: km)
    monkeypatch.setattr(trial, "parameter_scores", lambda folder, *_: pd.DataFrame({"in": [folder.name]}))
    monkeypatch.setenv("MRIO_DATA", str(tmp_path / "there"))
    for given, name in ((["--data", str(tmp_path / "here")], "here"), ([], "there")):
        made = CliRunner().invoke(trial.program, ["--parameters", *given])
        assert made.exit_code == 0 and name in made.output and seen.pop() == tmp_path / name / trial.SIC


def test_the_program_prints_and_writes_per_cent(tmp_path, known, monkeypatch):
    table, F, km = known
    monkeypatch.setattr(trial, "read_sic", lambda path: (table, F))
    monkeypatch.setattr(trial, "region_distances", lambda regions: km)
    rows = [{"case": "a", "method": "b", "draws": 2, "trade": 0.12345}]
    monkeypatch.setattr(trial, "run", lambda *_: rows)
    chosen = {"kind": ["product", "product"], "beta": [1.5, 2.0], "error": [0.1, 0.3], "error_no_distance": [0.5, 0.7]}
    monkeypatch.setattr(trial, "choose_beta", lambda *_: pd.DataFrame(chosen))
    made = CliRunner().invoke(trial.program, ["--data", str(tmp_path), "--out", str(tmp_path / "in" / "scores.csv")])
    assert made.exit_code == 0, made.output
    assert (tmp_path / "in" / "scores.csv").read_text() == "case,method,draws,trade\na,b,2,12.345\n"
    assert "12.3" in made.output and made.output.splitlines()[-1].split() == [
        "product", "1.5", "1.75", "2.0", "10.0", "20.0", "30.0", "50.0", "60.0", "70.0",
    ]  # fmt: skip

    tried = pd.DataFrame({"parameter": ["beta"], "value": [1.0], "net": [0.123456]})
    monkeypatch.setattr(trial, "parameter_scores", lambda *_: tried)
    made = CliRunner().invoke(
        trial.program, ["--data", str(tmp_path), "--parameters", "--out", str(tmp_path / "p.csv")]
    )
    assert "0.123" in made.output and (tmp_path / "p.csv").read_text() == "parameter,value,net\nbeta,1.0,0.1235\n"

    def missing(path):
        raise InputError("no file", "a file", "make it", file=path)

    monkeypatch.setattr(trial, "read_sic", missing)
    made = CliRunner().invoke(trial.program, ["--data", str(tmp_path)])
    assert made.exit_code == 1 and isinstance(made.exception, SystemExit)


def test_parameters_are_scored_on_both_tables_side_by_side(monkeypatch, tmp_path, known):
    table, F, km = known
    seen = {}
    monkeypatch.setattr(
        trial, "read_provincial_tables", lambda folder, year: (seen.update({folder.name: year}), spoiled(0)[0])[1]
    )
    monkeypatch.setattr(trial, "read_evidence", lambda path, year: seen.update({path.name: year}))
    monkeypatch.setattr(trial.labels, "distances", lambda regions: km.values)
    (tmp_path / "stats").mkdir()
    (tmp_path / "stats" / "published_intraprovince_use.csv").write_text("province,use\nr0,5\nr1,7\n")

    def official(prov, distances, evidence, published):
        seen["published"] = published
        return lambda options: {"rank": options.beta}

    monkeypatch.setattr(trial, "official_scores", official)
    monkeypatch.setattr(trial, "known_scores", lambda truth, of, km, spoiled: lambda options: {"net": len(spoiled)})
    monkeypatch.setattr(trial, "tried_options", lambda: tried_options({"beta": (1.0,)}))
    found = trial.parameter_scores(tmp_path, table, F, km, 3)
    assert found["rank"].tolist() == [1.75, 1.0] and found["net"].tolist() == [3, 3]
    assert (seen["2012"], seen["evidence.yaml"]) == (2012, 2012)
    assert seen["published"].tolist() == [500.0, 700.0]  # a million yuan is 100 times 10^4
