# Interprovincial embodied carbon: raw tables -> accounts -> responsibility -> compensation -> tables and figures.
# Configuration: config/config.yaml (its keys: config/README.md).
# Inputs and results are those of the folder it is called in; code, labels and scripts come from beside this file, or, where
# a Snakefile elsewhere imports it as a module, from beside it or from the installed package (docs/deploy.md).
import os
import sys
from pathlib import Path

from snakemake.utils import min_version

# In a checkout, its own package and none that is installed, in every job as here.
BESIDE = workflow.current_basedir.get_path_or_uri(secret_free=True)
if (Path(BESIDE) / "mrio").is_dir():
    sys.path.insert(0, BESIDE)
    os.environ.update(PYTHONPATH=os.pathsep.join([BESIDE, *filter(None, [os.environ.get("PYTHONPATH")])]))

from mrio.study.config import check_config
from mrio.errors import MrioError
from mrio.outputs.figures.typefaces import chinese_possible
from mrio.strict import read_yaml
from mrio.settlement.folder import check_registers
from mrio.study.damage import discard_damaged
from mrio.study.inputs import preflight
from mrio.study.side_inputs import check_side_inputs
from mrio.study.typed_values import FORMATS

min_version("9.0")


configfile: "config/config.yaml"


# A mistake in the configuration or an input ends the run here, before any job, with one sentence.
try:
    for path in workflow.configfiles:
        read_yaml(Path(path))  # refuses a key that stands twice, of which Snakemake has taken the last
    config = check_config(config, "config")
    INPUTS = preflight(config, Path("data/raw"))
    check_side_inputs(config, INPUTS, Path("data"))
    check_registers(config["settlement"], Path("data/raw/settlement"))
    if workflow.is_main_process:  # a job would take what another job is writing for damaged
        discard_damaged(Path("logs"), dry=bool({"-n", "--dry-run", "--dryrun"} & set(sys.argv)))
except MrioError as error:
    sys.exit(f"error: {error}")


include: "workflow/rules/inputs.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/uncertainty.smk"
include: "workflow/rules/stressors.smk"
include: "workflow/rules/model.smk"
include: "workflow/rules/outputs.smk"
include: "workflow/rules/evidence.smk"
include: "workflow/rules/review.smk"
include: "workflow/rules/analysis.smk"
include: "workflow/rules/regional.smk"
include: "workflow/rules/settlement.smk"


rule all:
    default_target: True
    input:
        products,
        analysis_products(),
        regional_products(),
        settlement_products(),
