"""Accounts, shared responsibility and schemes -> Tables 1 and 2, and what stands behind them."""

from mrio.formats.result_files import read_dataset
from mrio.outputs.detail_tables import reconciliation_table, schemes_table, sectors_table
from mrio.outputs.table_files import write_table
from mrio.outputs.tables import responsibility_table, transfers_table
from mrio.study.grid_stressors import results_by_stem
from mrio.study.grid_walks import walks
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    i, o = snakemake.input, snakemake.output
    accounts, shared, schemes = (read_dataset(p) for p in (i.accounts, i.shared, i.schemes))
    told = results_by_stem((i.accounts, i.shared), i.others, snakemake.params.stressors)
    write_table(transfers_table(told["accounts"]), o.table1)
    write_table(responsibility_table(told["responsibility"]), o.table2)
    write_table(sectors_table(shared), o.sectors)
    write_table(schemes_table(schemes), o.schemes_table)
    for path in o.get("reconciliation", []):
        write_table(reconciliation_table(walks(accounts)), path)
