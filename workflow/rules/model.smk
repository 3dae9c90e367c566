# The model: accounts (eqs 3-5), shared responsibility (eq 6), compensation (eqs 7-9), and what follows from them.
from mrio.study.config import price_of


def price(wildcards):
    return price_of(config, int(wildcards.year))


RECONCILED = {"eebt", "mrio", "gross"} <= set(config["methods"])
#: The spread is that of the interprovincial net transfer; other scopes and bases are shown without.
SPREAD = raw("spread") if config["scope"] == "interprovincial" else []
SCOPE = {"scope": config["scope"], "imports": config["foreign_imports"]}
GRID = {"methods": config["methods"], "resolutions": config["resolutions"]}


rule accounts:
    input:
        table="results/{year}/table.nc",
        emissions=raw("emissions"),
        spread=SPREAD,
        modules=script_inputs("accounts.py"),
    output:
        accounts="results/{year}/accounts.nc",
        table=captioned("results/{year}/table1_transfers.csv", "Tables 1-3"),
        reconciliation=[captioned("results/{year}/reconciliation.csv", "Behind the tables")] if RECONCILED else [],
    log:
        "logs/{year}/accounts.log",
    benchmark:
        "benchmarks/rules/{year}_accounts.tsv"
    params:
        options={**GRID, **SCOPE},
        residual_carbon=config["limits"]["residual_carbon"],
    message:
        "{wildcards.year}: production, consumption and flows between provinces"
    script:
        "../scripts/accounts.py"


rule responsibility:
    input:
        table="results/{year}/table.nc",
        emissions=raw("emissions"),
        spread=raw("spread"),
        modules=script_inputs("responsibility.py"),
    output:
        responsibility="results/{year}/responsibility.nc",
        schemes="results/{year}/schemes.nc",
        table=captioned("results/{year}/table2_responsibility.csv", "Tables 1-3"),
        sectors=captioned("results/{year}/table2_sectors.csv", "Behind the tables"),
        schemes_table=captioned("results/{year}/schemes.csv", "Behind the tables"),
    log:
        "logs/{year}/responsibility.log",
    benchmark:
        "benchmarks/rules/{year}_responsibility.tsv"
    params:
        options={**GRID, **SCOPE, **config["responsibility"]},
    message:
        "{wildcards.year}: responsibility shared by value added, and other schemes"
    script:
        "../scripts/responsibility.py"


rule compensation:
    input:
        accounts="results/{year}/accounts.nc",
        shared=["results/{year}/responsibility.nc"] if config["compensation_base"] == "shared" else [],
        socioeconomic=raw("socioeconomic"),
        spread=SPREAD if config["compensation_base"] == "net_transfer" else [],
        modules=script_inputs("compensation.py"),
    output:
        compensation="results/{year}/compensation.nc",
        table=captioned("results/{year}/table3_compensation.csv", "Tables 1-3"),
        presets=captioned("results/{year}/table3_presets.csv", "Behind the tables"),
        payments=captioned("results/{year}/who_pays_whom.csv", "Behind the tables"),
    log:
        "logs/{year}/compensation.log",
    benchmark:
        "benchmarks/rules/{year}_compensation.tsv"
    params:
        carbon_price=price,
        curve=config["curve"],
        base=config["compensation_base"],
    message:
        "{wildcards.year}: compensation at {params.carbon_price} yuan/t"
    script:
        "../scripts/compensation.py"


rule sensitivity:
    input:
        accounts="results/{year}/accounts.nc",
        shared="results/{year}/responsibility.nc",
        socioeconomic=raw("socioeconomic"),
        modules=script_inputs("sensitivity.py"),
    output:
        table=captioned("results/{year}/sensitivity.csv", "Behind the tables"),
    log:
        "logs/{year}/sensitivity.log",
    benchmark:
        "benchmarks/rules/{year}_sensitivity.tsv"
    params:
        scope=config["scope"],
        base=config["compensation_base"],
        carbon_price=price,
        curve=config["curve"],
    message:
        "{wildcards.year}: which provinces change sign or rank under which choice"
    script:
        "../scripts/sensitivity.py"


rule regions:
    input:
        accounts="results/{year}/accounts.nc",
        socioeconomic=raw("socioeconomic"),
        modules=script_inputs("regions.py"),
    output:
        table=captioned("results/{year}/regions.csv", "Behind the tables"),
    log:
        "logs/{year}/regions.log",
    benchmark:
        "benchmarks/rules/{year}_regions.tsv"
    params:
        groupings=config["groupings"],
    message:
        "{wildcards.year}: groups of provinces"
    script:
        "../scripts/regions.py"
