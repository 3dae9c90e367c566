# make          set up and run the whole pipeline        make test    set up and run the tests, on all cores
# make quick    tests that take no run, page or estimate make lint    rules, formats and types of the code
# make report   Snakemake's own report                   make format  write the code as the formatters have it
# make bench    time the solver against a peer           make docs    docs/api from the docstrings
# make clean    remove what the pipeline made (never data)
# make studies  tests that run whole studies of their own to the end   make example  five regions of another country
# make uncertainty          the pipeline with intervals from 1,000 draws (finished draws are not repeated)
# make validate-intervals   how often intervals hold the truth, on a table whose flows are known
# make validate-estimator   score the estimate of flows on a table whose flows are known
PYTHON ?= python3
CORES  ?= 2
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

# Python starts four times faster from modules it has compiled before, and every job starts it.
unexport PYTHONDONTWRITEBYTECODE

SCRIPTS := $(wildcard mrio/outputs/atlas/*.js)

.PHONY: studies all example test quick mutants lint format report bench uncertainty validate-estimator validate-intervals docs config-pages golden clean

all: $(READY)
	@$(BIN)/snakemake --cores $(CORES)

EXAMPLE := examples/five-regions

example: $(READY)
	@MRIO_LABELS=$(EXAMPLE)/data/raw/2020 $(BIN)/python $(EXAMPLE)/write_data.py
	@$(BIN)/snakemake --cores $(CORES) --directory $(EXAMPLE) --configfile $(EXAMPLE)/config.yaml

# One thread of linear algebra each, since the processes share the cores.
test: $(READY)
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses $(CORES) -m "not study"

# Whole studies run to the end: another country, 30 sectors, two years, one study twice, the worked example.
studies: $(READY)
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest --numprocesses $(CORES) -m study

quick: $(READY)
	@$(BIN)/python -m pytest -m "not slow and not browser and not pipeline and not study"

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

# The lock is installed as it stands (frozen); uv itself comes into the same environment, so that nothing but
# Python is asked of the machine.
$(READY): uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, found %s; call make PYTHON=python3.12" % sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5'
	@UV_PROJECT_ENVIRONMENT=$(VENV) UV_PYTHON_DOWNLOADS=never $(BIN)/uv sync --quiet --frozen --inexact
	@touch $@

# Accept the tables of the default study as the golden ones (say why in the CHANGELOG).
golden: all
	cp results/2017/table1_transfers.csv results/2017/table2_responsibility.csv results/2017/table3_compensation.csv tests/expected/
