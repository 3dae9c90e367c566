# %% [markdown]
# A walk through the study, from a table to who pays whom. Run it whole, `python docs/walkthrough.py`, or cell by cell
# in an editor that knows `# %%` (VS Code, PyCharm, Spyder, Jupyter with jupytext).
#
# 从投入产出表到补偿额度的完整演示:可整体运行,也可在支持 `# %%` 的编辑器中逐格运行。

# %% A table by hand: two provinces, one product, numbers to follow with a pencil
from pathlib import Path

import numpy as np
import xarray as xr

import mrio
from mrio.formats.inputs.emission_files import read_emissions
from mrio.formats.inputs.socioeconomic import read_socioeconomic

two = mrio.Table.from_arrays(
    Z=[[20, 10], [30, 40]],  # North sells 20 to its own industry and 10 to the South; the South 30 and 40
    Y=[[60, 10], [0, 130]],
    regions=["North", "South"],
    sectors=["goods"],
    categories=["urban"],
    year=2017,
)
emissions = xr.DataArray([[50.0], [20.0]], {"region": two.regions, "sector": two.sectors}, attrs={"unit": "Mt"})
mrio.validate(two).raise_for_errors()
by_hand = mrio.accounts(two, emissions, method="eebt")
print("who emits for whom, Mt (rows emit):")
print(by_hand.flows.to_pandas().round(3), "\n")

# %% The same with a pencil: output 100, f = .5, own coefficient .2: a unit the North sends holds .5 / .8 = .625
assert np.isclose(by_hand.flows.sel(region="North", to_region="South"), 0.625 * (10 + 10))

# %% The 2017 table: 30 provinces, 42 sectors, added up to the study's six
raw = Path(__file__).resolve().parent.parent / "data" / "raw" / "2017"
table = mrio.read_table(raw / "mrio_42.nc")
table = table.drop_regions([name for name in ["Tibet"] if name in table.regions])
report = mrio.validate(table)
print(f"{table!r}: {'sound' if report.ok else 'broken'}; {len(report.failed('warning'))} warnings\n")
six = table.aggregate(sectors="six")
carbon = read_emissions(raw / "emissions_6.csv", regions=six.regions, scheme="six", year=2017)

# %% Production, consumption and net transfer (positive: net-out, pays), under two definitions of the flow
made = {method: mrio.accounts(six, carbon.F, carbon.F_Y, method=method) for method in ("eebt", "mrio")}
nets = xr.Dataset({method: result.net_transfer for method, result in made.items()}).to_dataframe()
print("largest net-out and net-in, Mt:")
print(nets.sort_values("eebt").iloc[[0, 1, 2, -3, -2, -1]].round(1), "\n")

# %% Who answers: the producer keeps what its local value added is of the flow
shared = mrio.responsibility(six, made["eebt"])
print("shared responsibility less production, Mt:")
print((shared.shared - made["eebt"].production).to_series().sort_values().iloc[[0, 1, -2, -1]].round(1), "\n")

# %% Who pays: 100 yuan a tonne, weighted by the growth curve; then half the price
figures = read_socioeconomic(raw / "socioeconomic.csv", regions=six.regions, year=2017)
money = mrio.compensation(made["eebt"].net_transfer, figures.gdp_per_capita, figures.engel, price=100)
print(f"payments {float(money.payments):,.0f}, receipts {float(money.receipts):,.0f}, the fund keeps "
      f"{float(money.fund):,.0f} (10^8 yuan)")  # fmt: skip
half = mrio.compensation(made["eebt"].net_transfer, figures.gdp_per_capita, figures.engel, price=50)
assert np.allclose(half.amount, money.amount / 2)

# %% What must hold, holds: every tonne has one account, transfers add up to nothing, shared emissions are production
for result in made.values():
    outside = result.exports + result.excluded + result.residual + result.zero_output
    assert np.allclose(result.flows.sum("to_region") + outside, result.production)
    assert abs(float(result.net_transfer.sum())) < 1e-9 * float(result.production.sum())
assert np.isclose(float(shared.shared.sum() + shared.rest_of_world.sum()), float(carbon.F.sum()))
print("every tonne has one account")
