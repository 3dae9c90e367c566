# Draws of the whole chain, in jobs that scatter by number, and intervals gathered from them (docs/intervals.md).
# Without the key `uncertainty` in the configuration nothing is drawn and results stand without intervals.
from mrio.study.draw_jobs import job_of, file_of_sources

UNCERTAINTY = config.get("uncertainty")
SOURCES = str(file_of_sources(Path("data/raw")))
JOBS = job_of(UNCERTAINTY["draws"], UNCERTAINTY["draws_per_job"]) if UNCERTAINTY else {}
#: Sources of the table and of emissions, each drawn on its own; those of payments alone take no solving.
ALONE = CHECKED.drawn_alone


wildcard_constraints:
    job=r"\d{4}-\d{4}",


def draws_of(year="{year}"):
    """Files of all draws of a year, by the number of their first."""
    return [f"<computed>/{year}/draws/{job}.npy" for job in JOBS]


def uncertainty_of(year):
    """Intervals of a year as tables."""
    names = ["intervals.csv", "interval_pairs.csv", "interval_sources.csv", "interval_convergence.csv"]
    return [f"<results>/{year}/{name}" for name in names] if UNCERTAINTY else []


DRAWN = {
    "table": "<computed>/{year}/table.nc",
    "emissions": raw("emissions"),
    "parts": raw("parts"),
    "sources": SOURCES,
    "modules": script_inputs("draws.py"),
}


rule draws:
    input:
        **DRAWN,
    output:
        draws="<computed>/{year}/draws/{job}.npy",
    log:
        "<computed_logs>/{year}/draws/{job}.log",
    benchmark:
        "<computed_benchmarks>/{year}_draws_{job}.tsv"
    threads: 1
    resources:
        **needs("draws"),
    params:
        choices={**GRID, **SCOPE, **config["responsibility"]},
        seed=UNCERTAINTY["seed"] if UNCERTAINTY else 0,
        alone=[],
        draws=lambda wildcards: list(JOBS[wildcards.job]),
    message:
        "{wildcards.year}: draws {wildcards.job}"
    script:
        "../scripts/draws.py"


#: One job: each source takes few draws, and starting a job costs as much as some tens of them.
rule draws_by_source:
    input:
        **DRAWN,
    output:
        draws=expand("<computed>/{{year}}/draws/only_{source}.npy", source=ALONE),
    log:
        "<computed_logs>/{year}/draws/by_source.log",
    benchmark:
        "<computed_benchmarks>/{year}_draws_by_source.tsv"
    threads: 1
    resources:
        **needs("draws_by_source"),
    params:
        choices={**GRID, **SCOPE, **config["responsibility"]},
        seed=UNCERTAINTY["seed"] if UNCERTAINTY else 0,
        alone=ALONE,
        draws=list(range(UNCERTAINTY["draws_by_source"] if UNCERTAINTY else 0)),
    message:
        "{wildcards.year}: draws of each source of uncertainty alone"
    script:
        "../scripts/draws.py"


rule intervals:
    input:
        accounts="<computed>/{year}/model/accounts.nc",
        shared="<computed>/{year}/model/responsibility.nc",
        draws=draws_of(),
        modules=script_inputs("intervals.py"),
    output:
        accounts="<results>/{year}/accounts.nc",
        responsibility="<results>/{year}/responsibility.nc",
        convergence=["<results>/{year}/interval_convergence.csv"] if UNCERTAINTY else [],
    log:
        "<logs>/{year}/intervals.log",
    benchmark:
        "<benchmarks>/{year}_intervals.tsv"
    threads: 1
    resources:
        **needs("intervals"),
    message:
        "{wildcards.year}: intervals of accounts and shares"
    script:
        "../scripts/intervals.py"


rule interval_tables:
    input:
        results=lambda wildcards: results_of(wildcards.year, "accounts", "responsibility"),
        modules=script_inputs("interval_tables.py"),
    output:
        intervals=captioned("<results>/{year}/intervals.csv", "Tables 1-3"),
        pairs=captioned("<results>/{year}/interval_pairs.csv", "Behind the tables"),
    log:
        "<logs>/{year}/interval_tables.log",
    benchmark:
        "<benchmarks>/{year}_interval_tables.tsv"
    threads: 1
    resources:
        **needs("interval_tables"),
    message:
        "{wildcards.year}: intervals of every number of Tables 1-3"
    script:
        "../scripts/interval_tables.py"


rule interval_sources:
    input:
        accounts="<results>/{year}/accounts.nc",
        compensation=lambda wildcards: results_of(wildcards.year),
        draws=expand("<computed>/{{year}}/draws/only_{source}.npy", source=ALONE),
        sources=SOURCES,
        modules=script_inputs("interval_sources.py"),
    output:
        table=captioned("<results>/{year}/interval_sources.csv", "Behind the tables"),
    log:
        "<logs>/{year}/interval_sources.log",
    benchmark:
        "<benchmarks>/{year}_interval_sources.tsv"
    threads: 1
    resources:
        **needs("interval_sources"),
    params:
        seed=UNCERTAINTY["seed"] if UNCERTAINTY else 0,
    message:
        "{wildcards.year}: which source of uncertainty moves which province"
    script:
        "../scripts/interval_sources.py"
