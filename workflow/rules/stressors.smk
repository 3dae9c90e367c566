# Stressors beside CO2 (the key `stressors`): accounts and shared responsibility of each, for Tables 1 and 2 alone.
# With CO2 alone none of this is made, and adding a stressor computes nothing of CO2 again.
from mrio.study.year_folder import other_files, stressors_of

STRESSORS = stressors_of(config)
OTHERS = [name for name in STRESSORS if name != "CO2"]


def emissions_of_others(wildcards):
    files = other_files(year_files(f"data/raw/{wildcards.year}")["emissions"], config)
    return [str(path) for path in files.values()]


def others_of(*names):
    """Results of the other stressors, to stand beside those of CO2."""
    return [f"<results>/{{year}}/stressors/{name}.nc" for name in names] if OTHERS else []


if OTHERS:

    rule stressors:
        input:
            table="<computed>/{year}/table.nc",
            emissions=emissions_of_others,
            modules=script_inputs("stressors.py"),
        output:
            accounts="<results>/{year}/stressors/accounts.nc",
            responsibility="<results>/{year}/stressors/responsibility.nc",
        log:
            "<logs>/{year}/stressors.log",
        benchmark:
            "<benchmarks>/{year}_stressors.tsv"
        threads: 1
        resources:
            **needs("stressors"),
        params:
            stressors=OTHERS,
            choices={**GRID, **SCOPE, **config["responsibility"]},
            residual_carbon=config["limits"]["residual_carbon"],
        message:
            "{wildcards.year}: accounts and responsibility of {params.stressors}"
        script:
            "../scripts/stressors.py"
