"""The model and its draws -> accounts and responsibility with intervals, and how far these have converged."""

import shutil

import pandas as pd

from mrio.analysis.intervals import convergence
from mrio.formats.result_files import read_dataset
from mrio.outputs.table_files import write_table
from mrio.study.draw_files import read_draws
from mrio.study.grid_intervals import account_intervals, share_intervals
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    i, o = snakemake.input, snakemake.output
    if not i.draws:
        shutil.copyfile(i.accounts, o.accounts)
        shutil.copyfile(i.shared, o.responsibility)
    else:
        accounts, shared = (read_dataset(path) for path in (i.accounts, i.shared))
        drawn = read_draws(i.draws)
        accounts.merge(account_intervals(accounts, drawn)).to_netcdf(o.accounts, engine="h5netcdf")
        shared.merge(share_intervals(accounts, shared, drawn)).to_netcdf(o.responsibility, engine="h5netcdf")
        steps = sorted({max(10, len(drawn) * part // 8) for part in range(1, 9)})
        moved = convergence(drawn, steps)
        for path in o.convergence:
            write_table(pd.DataFrame({"draws": list(moved), "median_shift_of_90": list(moved.values())}), path)
