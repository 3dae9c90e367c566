# make          set up and run the whole pipeline        make test    set up and run the tests, on all cores
# make quick    tests that take no run, page or estimate make lint    rules, formats and types of the code
# make report   Snakemake's own report                   make format  write the code as the formatters have it
# make bench    time the solver against a peer           make docs    docs/api from the docstrings
# make STUDY=price60        another study (studies/price60.yaml) beside the default one, in results/price60
# make CONFIGFILE=mine.yaml another configuration over the default one, read strictly before Snakemake opens it
# make clean    remove what the pipeline made (never data)
# make studies  tests that run whole studies of their own to the end   make example  five regions of another country
# make uncertainty          the pipeline with intervals from 1,000 draws (finished draws are not repeated)
# make validate-intervals   how often intervals hold the truth, on a table whose flows are known
# make wheelhouse           the packages as files, for a machine without an index   make lock   the lock from pyproject.toml
# make unlock               after a run that was killed: it goes on with `make` where it was
# make slurm                the pipeline as jobs of a Slurm queue   make test-slurm   the same on a Slurm of its own
# make release-check        build, install and run outside, with and without extras; docs, links, versions
# make validate-estimator   score the estimate of flows on a table whose flows are known
PYTHON ?= python3
CORES  ?= 2
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
COMPILE := --quiet --all-extras --universal --generate-hashes --no-header --no-annotate --python-version 3.11

# Python starts four times faster from modules it has compiled before, and every job starts it.
unexport PYTHONDONTWRITEBYTECODE

SCRIPTS := $(wildcard mrio/outputs/*.js mrio/outputs/atlas/*.js)

.PHONY: unlock slurm test-slurm needs studies all example test quick mutants lint format report bench uncertainty validate-estimator validate-intervals docs config-pages golden clean lock wheelhouse release-check

# What a killed run leaves behind is a lock, and the sentence says what to do about it.
FREE := test -z "$$(ls -A .snakemake/locks 2>/dev/null)" || { echo "error: this folder is locked by a run that still goes on, for which wait, or by one that was killed, after which type: make unlock" >&2; exit 1; }

all: $(READY)
	@$(FREE)
	@$(if $(CONFIGFILE),$(BIN)/python -m mrio.study.config $(CONFIGFILE) && )$(BIN)/snakemake --cores $(CORES) $(if $(STUDY),--config study=$(STUDY)) $(if $(CONFIGFILE),--configfile $(CONFIGFILE))
	@$(BIN)/python -m mrio.outputs.what_to_open $(STUDY)

unlock: $(READY)
	@$(BIN)/snakemake --unlock

slurm: $(VENV)/.slurm
	@$(FREE)
	@$(BIN)/snakemake --workflow-profile profiles/slurm $(if $(STUDY),--config study=$(STUDY))

# A Slurm of one node, from Debian's packages slurm-wlm and munge, in a temporary folder.
test-slurm: $(VENV)/.slurm
	@$(BIN)/python -m pytest tests/slurm

# Memory and time that jobs on a cluster ask for, from what they took in the last runs.
needs: $(READY)
	@$(BIN)/python benchmarks/needs.py

EXAMPLE := examples/five-regions

example: $(READY)
	@MRIO_LABELS=$(EXAMPLE)/data/raw/2020 $(BIN)/python $(EXAMPLE)/write_data.py
	@$(BIN)/snakemake --cores $(CORES) --directory $(EXAMPLE) --configfile $(EXAMPLE)/config.yaml

# One thread of linear algebra each, since the processes share the cores.
test: $(READY)
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses $(CORES) -m "not study and not release and not slurm"

# Whole studies run to the end: another country, 30 sectors, two years, one study twice, the worked example.
studies: $(READY)
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses $(CORES) -m study

quick: $(READY)
	@$(BIN)/python -m pytest -m "not slow and not browser and not pipeline and not study and not release and not slurm"

# Change one operator of the library at a time and see whether the nearest tests notice (300 mutants; --count, --room).
mutants: $(READY)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/mutants.py

lint: $(READY)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/snakefmt --check Snakefile workflow
	@$(BIN)/clang-format --dry-run -Werror $(SCRIPTS)
	@$(BIN)/mypy

format: $(READY)
	@$(BIN)/ruff check --quiet --fix . && $(BIN)/ruff format --quiet .
	@$(BIN)/snakefmt Snakefile workflow
	@$(BIN)/clang-format -i $(SCRIPTS)

report: all
	@$(BIN)/snakemake --cores $(CORES) --report results/report.html

bench: $(READY)
	@$(BIN)/python benchmarks/leontief.py

uncertainty: $(READY)
	@$(FREE)
	@$(BIN)/snakemake --cores $(CORES) --configfile config/uncertainty.yaml

validate-intervals: $(READY)
	@$(BIN)/mrio validate-intervals --jobs $(CORES) --out results/validation

validate-estimator: $(READY)
	@$(BIN)/python -m mrio.estimation.trial

docs: $(READY)
	@$(BIN)/python docs/build_api.py

# The schema of the configuration and the table of its keys in config/README.md, from mrio/study/settings.py.
config-pages: $(READY)
	@$(BIN)/python -m mrio.study.settings_pages

clean:
	rm -rf results figures logs benchmarks/rules .snakemake

# A folder of wheels to install from, on a machine without an index (`make wheelhouse` fills it where there is one).
WHEELHOUSE ?= $(wildcard wheelhouse)
ifneq ($(if $(filter wheelhouse release-check,$(MAKECMDGOALS)),,$(WHEELHOUSE)),)
export PIP_NO_INDEX := 1
export PIP_FIND_LINKS := $(abspath $(WHEELHOUSE))
export UV_OFFLINE := 1
export UV_NO_INDEX := 1
export UV_FIND_LINKS := $(abspath $(WHEELHOUSE))
endif

# The lock is installed as it stands, every file held to its hash, from whatever index pip or uv is configured for. uv,
# which takes seconds where pip takes a minute, comes out of the lock too; where it cannot be had, or with `make UV=no`,
# pip installs everything.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, found %s; call make PYTHON=python3.12" % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@awk '/^[^ ]/ { taken = /^uv==/ } taken' requirements.lock >$(VENV)/uv.lock
	@awk '/^[^ ]/ { taken = !/$(SLURM)/ } taken' requirements.lock >$(VENV)/all.lock
	@if [ "$(UV)" != no ] && $(PIP) install --require-hashes -r $(VENV)/uv.lock 2>/dev/null; \
	then $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(VENV)/all.lock; \
	else $(PIP) install --require-hashes -r $(VENV)/all.lock; fi
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Snakemake's plugin for Slurm, from the same lock, where it is wanted: every start of Snakemake (two a job) takes a
# quarter longer with it.
SLURM := ^snakemake-executor-plugin-slurm
$(VENV)/.slurm: $(READY)
	@awk '/^[^ ]/ { taken = /$(SLURM)/ } taken' requirements.lock >$(VENV)/slurm.lock
	@$(PIP) install --no-deps --require-hashes -r $(VENV)/slurm.lock
	@touch $@

# Hash-pinned requirements, from pyproject.toml; versions already in the lock stay (`make lock UPGRADE=--upgrade`).
lock: $(READY)
	@$(BIN)/uv pip compile pyproject.toml $(COMPILE) $(UPGRADE) --output-file requirements.lock

# Before a release: rules, docs and their links, versions, then the wheel elsewhere: alone, and from files without index.
release-check: all lint docs wheelhouse
	@$(BIN)/python -m pytest tests/project tests/release

wheelhouse: $(READY)
	@$(PIP) download --require-hashes -r requirements.lock --dest $(or $(WHEELHOUSE),wheelhouse)

# Accept the tables of the default study as the golden ones (say why in the CHANGELOG).
golden: all
	cp results/2017/table1_transfers.csv results/2017/table2_responsibility.csv results/2017/table3_compensation.csv tests/expected/
