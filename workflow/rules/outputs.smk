# What people read: the workbook of Tables 1-3, figures, and the atlas.
import re
from types import SimpleNamespace

FIGURES = [
    "figure1_emissions",
    "net_transfers",
    "transfer_matrix",
    "region_matrix",
    "tile_map",
    "responsibility_schemes",
]
#: Figures of the compensation.
PAID_FIGURES = ["compensation", "who_pays_whom", "payment_matrix"]


def tables_of(year):
    """Tables 1-3 of a year; without socioeconomic figures there is no Table 3."""
    names = ["table1_transfers", "table2_responsibility"]
    names += ["table3_compensation"] if INPUTS[int(year)].socioeconomic else []
    return [f"<results>/{year}/{name}.csv" for name in names]


def results_of(year, *names):
    """Results of a year as they were computed; compensation where there are socioeconomic figures."""
    paid = ["compensation"] if INPUTS[int(year)].socioeconomic else []
    lying = {"schemes": "<computed>"}
    return [f"{lying.get(name, '<results>')}/{year}/{name}.nc" for name in (*names, *paid)]


def details_of(year):
    """What stands behind Tables 1-3."""
    names = ["accounts.nc", "tables.xlsx", "table2_sectors.csv", "schemes.csv"]
    names += ["reconciliation.csv"] if RECONCILED else []
    names += ["regions.csv"] if config["groupings"] else []
    names += ["sensitivity.csv"]
    names += ["table3_presets.csv", "who_pays_whom.csv"] if INPUTS[int(year)].socioeconomic else []
    return [f"<results>/{year}/{name}" for name in (*names, *OF_TABLE)]


def products_of(year):
    """Tables, figures and pages of a year."""
    files = tables_of(year) + details_of(year) + review_of(year)
    files += [f"<results>/{year}/brief{SUFFIX[language]}.html" for language in config["languages"]]
    files += [f"<results>/{year}/atlas.html", *drawn(FIGURES, year), *drawn(["sensitivity"], year)]
    files += drawn(PAID_FIGURES, year) if INPUTS[int(year)].socioeconomic else []
    return files + evidence_of(year) + uncertainty_of(year)


def products(wildcards):
    """Everything the configuration asks for."""
    files = ["<results>/series/atlas.html"] if len(config["years"]) > 1 else []
    for year in config["years"]:
        files += products_of(year)
        if not INPUTS[year].socioeconomic:
            print(
                f"note: {year} has no data/raw/{year}/socioeconomic.csv, so Table 3 is not made for it.",
                file=sys.stderr,
            )
    return files


rule workbook:
    input:
        results=lambda wildcards: results_of(wildcards.year, "accounts", "responsibility"),
        others=others_of("accounts", "responsibility"),
        validation="<computed>/{year}/validation.csv",
        modules=script_inputs("workbook.py"),
    output:
        workbook="<results>/{year}/tables.xlsx",
    log:
        "<logs>/{year}/workbook.log",
    benchmark:
        "<benchmarks>/{year}_workbook.tsv"
    threads: 1
    resources:
        **needs("workbook"),
    params:
        stressors=STRESSORS,
        carbon_price=price,
        curve=config["curve"],
        estimated=lambda wildcards: INPUTS[int(wildcards.year)].estimated,
    message:
        "{wildcards.year}: Tables 1-3 as a workbook"
    script:
        "../scripts/workbook.py"


# One job per language: drawing is what takes longest, and two cores halve it.
for language in DRAWN_IN:

    rule:
        name:
            f"figures_{language}"
        input:
            accounts="<results>/{year}/accounts.nc",
            schemes="<computed>/{year}/schemes.nc",
            modules=script_inputs("figures.py"),
        output:
            captioned_drawings(FIGURES, languages=[language]),
        log:
            f"<logs>/{{year}}/figures_{language}.log",
        benchmark:
            f"<benchmarks>/{{year}}_figures_{language}.tsv"
        threads: 1
        resources:
            **needs(f"figures_{language}"),
        params:
            languages=[language],
            formats=FORMATS_OF,
            variant={"definition": config["methods"][0], "resolution": config["resolutions"][0]},
        message:
            "{wildcards.year}: figures of emissions, transfers and responsibility ({params.languages})"
        script:
            "../scripts/figures.py"


rule compensation_figure:
    input:
        compensation="<results>/{year}/compensation.nc",
        modules=script_inputs("compensation_figure.py"),
    output:
        captioned_drawings(PAID_FIGURES),
    log:
        "<logs>/{year}/compensation_figure.log",
    benchmark:
        "<benchmarks>/{year}_compensation_figure.tsv"
    threads: 1
    resources:
        **needs("compensation_figure"),
    params:
        languages=DRAWN_IN,
        formats=FORMATS_OF,
        variant={"definition": config["methods"][0], "resolution": config["resolutions"][0]},
    message:
        "{wildcards.year}: figures of the compensation"
    script:
        "../scripts/compensation_figure.py"


def placed(paths):
    """Paths as a script opens them that gets them as a parameter, not as an input."""
    return [re.sub("<([a-z_]+)>", lambda name: FOLDERS[name[1]], path) for path in paths]


def given_to_atlas(year):
    """What the atlas takes of a year, by the argument it is."""
    return {
        "year": int(year),
        "results": placed(results_of(year, "accounts", "responsibility", "schemes")),
        "others": placed([path.format(year=year) for path in others_of("accounts", "responsibility")]),
        "socioeconomic": raw("socioeconomic")(SimpleNamespace(year=year)),
    }


def atlas_files(years):
    """The files of several years, one after another."""
    given = [given_to_atlas(year) for year in years]
    return [path for each in given for name in ("results", "others", "socioeconomic") for path in each[name]]


def atlas_options(year):
    return {"carbon_price": price_of(config, int(year)), "curve": config["curve"]}


rule atlas:
    input:
        results=lambda wildcards: atlas_files([wildcards.year]),
        modules=script_inputs("atlas.py"),
    output:
        page="<results>/{year}/atlas.html",
    log:
        "<logs>/{year}/atlas.log",
    benchmark:
        "<benchmarks>/{year}_atlas.tsv"
    threads: 1
    resources:
        **needs("atlas"),
    params:
        given=lambda wildcards: [given_to_atlas(wildcards.year)],
        options=lambda wildcards: [atlas_options(wildcards.year)],
        stressors=STRESSORS,
        language=config["languages"][0],
    message:
        "{wildcards.year}: the atlas, one page that works offline"
    script:
        "../scripts/atlas.py"


def brief_figures(year):
    """The three figures of the brief: the ledger, net transfers ranked, who pays whom (or who emits for whom)."""
    paid = INPUTS[int(year)].socioeconomic
    return ["figure1_emissions", "net_transfers", "who_pays_whom" if paid else "region_matrix"]


rule brief:
    input:
        accounts="<results>/{year}/accounts.nc",
        compensation=lambda wildcards: [path for path in results_of(wildcards.year) if "compensation" in path],
        figures=lambda wildcards: drawn(brief_figures(wildcards.year), wildcards.year),
        modules=script_inputs("brief.py"),
    output:
        [f"<results>/{{year}}/brief{SUFFIX[language]}.html" for language in config["languages"]],
    log:
        "<logs>/{year}/brief.log",
    benchmark:
        "<benchmarks>/{year}_brief.tsv"
    threads: 1
    resources:
        **needs("brief"),
    params:
        languages=config["languages"],
        figures=lambda wildcards: placed(
            [f"<figures>/{wildcards.year}/{name}" for name in brief_figures(wildcards.year)]
        ),
        estimated=lambda wildcards: INPUTS[int(wildcards.year)].estimated,
    message:
        "{wildcards.year}: the brief, two pages"
    script:
        "../scripts/brief.py"


if len(config["years"]) > 1:

    rule series_atlas:
        input:
            results=atlas_files(config["years"]),
            modules=script_inputs("atlas.py"),
        output:
            page="<results>/series/atlas.html",
        log:
            "<logs>/series/atlas.log",
        benchmark:
            "<benchmarks>/series_atlas.tsv"
        threads: 1
        resources:
            **needs("series_atlas"),
        params:
            given=[given_to_atlas(year) for year in config["years"]],
            options=[atlas_options(year) for year in config["years"]],
            stressors=STRESSORS,
            language=config["languages"][0],
            years=config["years"],
        message:
            "{params.years}: the atlas of all years, with the change between any two"
        script:
            "../scripts/atlas.py"
