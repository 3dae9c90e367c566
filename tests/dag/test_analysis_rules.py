"""The analysis rules on the tiny study: what is made of a year, and of several years together."""

import shutil

import pandas as pd
import pytest
from tiny_study import run, tiny_inputs

pytestmark = pytest.mark.pipeline


def read(path):
    return pd.read_csv(path, encoding="utf-8-sig")


def test_every_year_has_its_paths_linkages_extractions_and_value_added(finished_study):
    folder = finished_study / "results" / "2017"
    table1 = read(folder / "table1_transfers.csv").set_index("province")
    paths = read(folder / "paths.csv")
    footprint = paths.groupby("destination")["emissions_Mt"].sum()
    assert footprint.to_numpy() == pytest.approx(table1.loc[footprint.index, "mrio_42_consumption_Mt"].to_numpy())
    assert len(read(folder / "linkages.csv")) == 126
    before = read(folder / "extraction.csv").query("extracted == 'province'").drop_duplicates("province")
    net = table1.loc[before["province"], "mrio_42_net_transfer_Mt"]
    assert before["net_transfer_Mt"].to_numpy() == pytest.approx(net.to_numpy())
    gains = read(folder / "value_added.csv").set_index("province")
    assert gains["carbon_gain_Mt"].to_numpy() == pytest.approx(-table1.loc[gains.index, "mrio_42_net_transfer_Mt"])
    assert (folder / "paths.html").exists() and len(read(folder / "network.csv")) == 6


@pytest.mark.study
def test_several_years_have_series_and_a_decomposition(finished_study, tmp_path):
    study = tmp_path / "study"
    shutil.copytree(finished_study, study, symlinks=True)
    tiny_inputs(study / "data" / "raw" / "2012", 2012, seed=5)
    asked = ["results/series/decomposition.csv", "results/series/table1_transfers.csv", "results/series/atlas.html"]
    done = run(study, *asked, "--config", "years=[2012,2017]")
    assert done.returncode == 0, done.stderr
    rows = read(study / asked[0]).query("quantity == 'net_transfer'")
    assert rows["change_Mt"].sum() == pytest.approx(0, abs=1e-6)
    factors = ["intensity_Mt", "technology_Mt", "trade_Mt", "mix_Mt", "volume_Mt"]
    assert rows[factors].sum(axis=1).to_numpy() == pytest.approx(rows["change_Mt"].to_numpy(), abs=1e-6)
    series = read(study / asked[1])
    assert series["year"].value_counts().to_dict() == {2012: 4, 2017: 4}
    of_2017 = series[series["year"] == 2017].drop(columns="year").reset_index(drop=True)
    alone = read(study / "results" / "2017" / "table1_transfers.csv")
    pd.testing.assert_frame_equal(of_2017[alone.columns], alone, check_dtype=False)
    assert '"years":[2012,2017]' in (study / asked[2]).read_text(encoding="utf-8")
    assert (study / "figures" / "series" / "decomposition_zh.svg").exists()
    assert (study / "figures" / "series" / "net_transfer_change_zh.svg").exists()
