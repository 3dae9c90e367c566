# What people read: the workbook of Tables 1-3, and figures.
KINDS = ["png", "svg", "pdf"]
SUFFIX = {"en": "", "zh": "_zh"}
FIGURES = ["figure1_emissions", "transfer_matrix"]


def tables_of(year):
    """Tables 1-3 of a year; without socioeconomic figures there is no Table 3."""
    names = ["table1_transfers", "table2_responsibility"]
    names += ["table3_compensation"] if INPUTS[int(year)].socioeconomic is not None else []
    return [f"results/{year}/{name}.csv" for name in names]


def details_of(year):
    """What stands behind Tables 1-3."""
    names = ["table.nc", "validation.csv", "accounts.nc", "tables.xlsx", "table2_sectors.csv", "schemes.csv"]
    names += ["reconciliation.csv"] if RECONCILED else []
    names += ["regions.csv"] if config["groupings"] else []
    names += ["sensitivity.csv"]
    names += ["table3_presets.csv", "who_pays_whom.csv"] if INPUTS[int(year)].socioeconomic is not None else []
    return [f"results/{year}/{name}" for name in names]


def products(wildcards):
    """Everything the configuration asks for."""
    files = []
    for year in config["years"]:
        files += tables_of(year) + details_of(year) + review_of(year)
        files += [f"figures/{year}/{name}{SUFFIX[language]}.{kind}"
                  for name in FIGURES for language in config["languages"] for kind in KINDS]
        if INPUTS[year].socioeconomic is None:
            print(f"note: {year} has no data/raw/{year}/socioeconomic.csv, so Table 3 is not made for it.", file=sys.stderr)
    return files


rule workbook:
    message: "{wildcards.year}: Tables 1-3 as a workbook"
    input:
        tables=lambda wildcards: tables_of(wildcards.year),
        validation="results/{year}/validation.csv",
        modules=script_inputs("workbook.py"),
    output:
        workbook="results/{year}/tables.xlsx",
    params:
        carbon_price=price,
        curve=config["curve"],
    log: "logs/{year}/workbook.log",
    benchmark: "benchmarks/rules/{year}_workbook.tsv"
    script: "../scripts/workbook.py"


rule figures:
    message: "{wildcards.year}: figure 1 and the transfer matrix"
    input:
        accounts="results/{year}/accounts.nc",
        modules=script_inputs("figures.py"),
    output:
        expand("figures/{{year}}/{name}{suffix}.{kind}", name=FIGURES, kind=KINDS,
               suffix=[SUFFIX[language] for language in config["languages"]]),
    params:
        languages=config["languages"],
        method=config["methods"][0],
        resolution=config["resolutions"][0],
    log: "logs/{year}/figures.log",
    benchmark: "benchmarks/rules/{year}_figures.tsv"
    script: "../scripts/figures.py"
