# The model, computed once: accounts (eqs 3-5) and shared responsibility (eq 6); then Tables 1 and 2, compensation
# (eqs 7-9), and what follows from them.
from mrio.study.config import price_of


def price(wildcards):
    return price_of(config, int(wildcards.year))


RECONCILED = {"eebt", "mrio", "gross"} <= set(config["methods"])


rule model:
    input:
        table="<computed>/{year}/table.nc",
        emissions=raw("emissions"),
        modules=script_inputs("model.py"),
    output:
        accounts="<computed>/{year}/model/accounts.nc",
        responsibility="<computed>/{year}/model/responsibility.nc",
        schemes="<computed>/{year}/schemes.nc",
    log:
        "<computed_logs>/{year}/model.log",
    benchmark:
        "<computed_benchmarks>/{year}_model.tsv"
    threads: 1
    resources:
        **needs("model"),
    params:
        choices={**GRID, **SCOPE, **config["responsibility"]},
        residual_carbon=config["limits"]["residual_carbon"],
    message:
        "{wildcards.year}: production, consumption, flows between provinces, and responsibility for them"
    script:
        "../scripts/model.py"


rule model_tables:
    input:
        accounts="<results>/{year}/accounts.nc",
        shared="<results>/{year}/responsibility.nc",
        schemes="<computed>/{year}/schemes.nc",
        others=others_of("accounts", "responsibility"),
        modules=script_inputs("model_tables.py"),
    output:
        table1=captioned("<results>/{year}/table1_transfers.csv", "Tables 1-3"),
        table2=captioned("<results>/{year}/table2_responsibility.csv", "Tables 1-3"),
        sectors=captioned("<results>/{year}/table2_sectors.csv", "Behind the tables"),
        schemes_table=captioned("<results>/{year}/schemes.csv", "Behind the tables"),
        reconciliation=[captioned("<results>/{year}/reconciliation.csv", "Behind the tables")] if RECONCILED else [],
    log:
        "<logs>/{year}/model_tables.log",
    benchmark:
        "<benchmarks>/{year}_model_tables.tsv"
    threads: 1
    resources:
        **needs("model_tables"),
    params:
        stressors=STRESSORS,
    message:
        "{wildcards.year}: Tables 1 and 2, and what stands behind them"
    script:
        "../scripts/model_tables.py"


rule compensation:
    input:
        accounts="<results>/{year}/accounts.nc",
        shared=["<results>/{year}/responsibility.nc"] if config["compensation_base"] == "shared" else [],
        socioeconomic=raw("socioeconomic"),
        draws=draws_of(),
        sources=SOURCES if UNCERTAINTY else [],
        modules=script_inputs("compensation.py"),
    output:
        compensation="<results>/{year}/compensation.nc",
        table=captioned("<results>/{year}/table3_compensation.csv", "Tables 1-3"),
        presets=captioned("<results>/{year}/table3_presets.csv", "Behind the tables"),
        payments=captioned("<results>/{year}/who_pays_whom.csv", "Behind the tables"),
    log:
        "<logs>/{year}/compensation.log",
    benchmark:
        "<benchmarks>/{year}_compensation.tsv"
    threads: 1
    resources:
        **needs("compensation"),
    params:
        carbon_price=price,
        curve=config["curve"],
        base=config["compensation_base"],
        uncertainty=UNCERTAINTY,
    message:
        "{wildcards.year}: compensation at {params.carbon_price} yuan/t"
    script:
        "../scripts/compensation.py"


rule sensitivity:
    input:
        accounts="<results>/{year}/accounts.nc",
        shared="<results>/{year}/responsibility.nc",
        table="<computed>/{year}/table.nc",
        emissions=raw("emissions"),
        socioeconomic=raw("socioeconomic"),
        modules=script_inputs("sensitivity.py"),
    output:
        table=captioned("<results>/{year}/sensitivity.csv", "Behind the tables"),
        figures=captioned_drawings(["sensitivity"]),
    log:
        "<logs>/{year}/sensitivity.log",
    benchmark:
        "<benchmarks>/{year}_sensitivity.tsv"
    threads: 1
    resources:
        **needs("sensitivity"),
    params:
        scope=config["scope"],
        base=config["compensation_base"],
        carbon_price=price,
        curve=config["curve"],
        languages=DRAWN_IN,
        formats=FORMATS_OF,
        variant={"definition": config["methods"][0], "resolution": config["resolutions"][0]},
    message:
        "{wildcards.year}: which provinces change sign or rank under which choice"
    script:
        "../scripts/sensitivity.py"


rule regions:
    input:
        accounts="<results>/{year}/accounts.nc",
        socioeconomic=raw("socioeconomic"),
        modules=script_inputs("regions.py"),
    output:
        table=captioned("<results>/{year}/regions.csv", "Behind the tables"),
    log:
        "<logs>/{year}/regions.log",
    benchmark:
        "<benchmarks>/{year}_regions.tsv"
    threads: 1
    resources:
        **needs("regions"),
    params:
        groupings=config["groupings"],
    message:
        "{wildcards.year}: groups of provinces"
    script:
        "../scripts/regions.py"
