"""Raw table of a year -> validated canonical table and its validation report."""

from pathlib import Path

from mrio.formats.netcdf import write_netcdf
from mrio.outputs.validation_files import write_report
from mrio.study.inputs import read_inputs
from mrio.study.jobs import reporting
from mrio.study.year_folder import year_files

with reporting(snakemake.log[0], snakemake.output):
    folder = Path(snakemake.input.table[0]).parent
    files = {name: Path(*snakemake.input[name]) for name in ("table", "emissions")}
    files = year_files(folder) | files
    inputs = read_inputs(files, int(snakemake.wildcards.year), snakemake.params.config)
    write_netcdf(inputs.table, snakemake.output.table)
    write_report(inputs.report, Path(snakemake.output.validation).with_suffix(""))
