"""Five regions of another country, ten sectors, euros: from a configuration of its own to tables, figures and page."""

import re

import pandas as pd
import pytest
from five_regions import five_regions, run_example

pytestmark = pytest.mark.study
REGIONS = ["Nordmark", "Westland", "Midland", "Eastmoor", "Southport"]
TARGETS = [
    "results/2020/table1_transfers.csv", "results/2020/table2_responsibility.csv", "results/2020/atlas.html",
    "results/2020/regions.csv", "results/2020/print/table1_transfers_zh.md", "figures/2020/tile_map.png",
]  # fmt: skip
PAID = ["results/2020/table3_compensation.csv", "results/2020/print/table3_compensation.md"]


@pytest.fixture(scope="module")
def example(repo, tmp_path_factory):
    root = five_regions(repo, tmp_path_factory.mktemp("other") / "five-regions")
    made = run_example(repo, root, *TARGETS, *PAID)
    assert made.returncode == 0, made.stderr
    return root


def read(root, name):
    return pd.read_csv(root / "results" / "2020" / name, encoding="utf-8-sig")


def test_the_tables_name_the_regions_and_hold_the_conservation_laws(example):
    table = read(example, "table1_transfers.csv")
    assert table["province"].tolist() == [*REGIONS, "Total"]
    assert table["province_zh"].tolist()[:2] == ["北境", "西原"]
    total = table.iloc[-1]
    for variant in ("eebt_six", "eebt_10", "mrio_six", "mrio_10"):
        parts = ("consumption", "exports", "excluded", "residual", "zero_output")
        assert sum(total[f"{variant}_{part}_Mt"] for part in parts) == pytest.approx(total["production_Mt"], rel=1e-8)
        assert total[f"{variant}_net_transfer_Mt"] == pytest.approx(0, abs=1e-6)


def test_money_is_in_euros_at_the_price_of_the_configuration(example):
    money = read(example, "table3_compensation.csv").iloc[:-1]
    implied = -money["eebt_six_net_transfer_Mt"] * money["coefficient"] * 30 / 100
    assert money["eebt_six_amount_100M_EUR"].tolist() == pytest.approx(implied.tolist(), rel=1e-7)
    assert not [name for name in money if "CNY" in name]
    printed = (example / "results" / "2020" / "print" / "table3_compensation.md").read_text(encoding="utf-8")
    assert "at 30 euros per tonne" in printed and "yuan" not in printed


def test_nothing_is_said_of_china_and_no_flow_is_called_estimated(example):
    page = (example / "results" / "2020" / "atlas.html").read_text(encoding="utf-8")
    words = page[page.index('"words"') : page.index('"definitions"')]
    told = page[: page.index("<script")] + words
    told = re.sub(r"<[^>]*>", " ", told)
    for word in (
        "China",
        "中国",
        "台湾",
        "Taiwan",
        r"[a-z] provinces?\b",
        "yuan",
        "Flows between regions are estimated",
    ):
        assert not re.search(word, told), word
    groups = read(example, "regions.csv")
    assert set(groups["group"]) == {"Coast", "Inland"} and set(groups["group_zh"]) == {"沿海", "内陆"}


def test_without_socioeconomic_figures_the_run_ends_with_table_2(repo, example):
    path = example / "data" / "raw" / "2020" / "socioeconomic.csv"
    away = path.rename(path.with_suffix(".away"))
    try:
        shown = run_example(repo, example, "--dry-run")
    finally:
        away.rename(path)
    assert shown.returncode == 0, shown.stderr
    assert "so Table 3 is not made" in shown.stderr
    assert "compensation" not in {line.split()[0] for line in shown.stdout.splitlines() if line.strip()}
