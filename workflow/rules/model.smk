# The model: accounts (eqs 3-5), shared responsibility (eq 6), compensation (eqs 7-9).


rule accounts:
    message: "{wildcards.year}: production, consumption and flows between provinces"
    input:
        table="results/{year}/table.nc",
        emissions=raw("emissions"),
        modules=script_inputs("accounts.py"),
    output:
        accounts="results/{year}/accounts.nc",
        table="results/{year}/table1_transfers.csv",
    params:
        methods=config["methods"],
        resolutions=config["resolutions"],
        residual_carbon=config["limits"]["residual_carbon"],
    log: "logs/{year}/accounts.log",
    benchmark: "benchmarks/rules/{year}_accounts.tsv"
    script: "../scripts/accounts.py"


rule responsibility:
    message: "{wildcards.year}: responsibility shared by value added"
    input:
        table="results/{year}/table.nc",
        emissions=raw("emissions"),
        modules=script_inputs("responsibility.py"),
    output:
        responsibility="results/{year}/responsibility.nc",
        table="results/{year}/table2_responsibility.csv",
    params:
        methods=config["methods"],
        resolutions=config["resolutions"],
        options=config["responsibility"],
    log: "logs/{year}/responsibility.log",
    benchmark: "benchmarks/rules/{year}_responsibility.tsv"
    script: "../scripts/responsibility.py"


rule compensation:
    message: "{wildcards.year}: compensation at {params.carbon_price} yuan/t"
    input:
        accounts="results/{year}/accounts.nc",
        socioeconomic=raw("socioeconomic"),
        modules=script_inputs("compensation.py"),
    output:
        compensation="results/{year}/compensation.nc",
        table="results/{year}/table3_compensation.csv",
    params:
        carbon_price=config["carbon_price"],
        curve=config["curve"],
    log: "logs/{year}/compensation.log",
    benchmark: "benchmarks/rules/{year}_compensation.tsv"
    script: "../scripts/compensation.py"
