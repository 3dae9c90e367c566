# Why results changed and along which paths: supply chains, linkages, extraction, trade in value added; series of years.
from types import SimpleNamespace

#: Paths listed of every province's footprint, and flows (Mt) that count as links.
PATHS, LINKS = 50, [1.0, 5.0]
#: Sector scheme in which vintages of the official tables meet.
COMMON_SECTORS = "30"
SEVERAL = len(config["years"]) > 1
DEFLATORS = [path for path in ["data/raw/deflators.csv"] if Path(path).exists()]
#: Tables of which a series is made, of the years that have them.
SERIES = [
    "table1_transfers",
    "table2_responsibility",
    "table3_compensation",
    "schemes",
    "linkages",
    "value_added",
    "network",
]

#: Definitions that can be decomposed, in the order of the configuration; the footprint where there is none of them.
DECOMPOSED = [name for name in config["methods"] if name in ("eebt", "mrio")] or ["mrio"]
DECOMPOSITION_PAGES = [f"<results>/series/decomposition{SUFFIX[language]}.html" for language in config["languages"]]


def has_population(year):
    return INPUTS[int(year)].population


def analysis_of(year):
    """What the tools make of a year."""
    names = ["paths", "path_chains", "linkages", "extraction", "value_added", "value_added_pairs", "network"]
    names += ["inequality"] if has_population(year) else []
    files = [f"<results>/{year}/{name}.csv" for name in names]
    return files + [f"<results>/{year}/paths.html", *drawn(["key_sectors"], year)]


def series_files():
    """What is made of all years together."""
    tables = [f"<results>/series/{name}.csv" for name in ("decomposition", "decomposition_pairs")]
    return [*series_tables(), *tables, *DECOMPOSITION_PAGES, "<results>/series/atlas.html"]


def analysis_products():
    """What the tools make of every year, and of all years together where there are several."""
    files = [path for year in config["years"] for path in analysis_of(year)]
    if SEVERAL:
        files += [*series_files(), "<results>/series/provenance.json"]
        files += drawn(["net_transfer_change", "decomposition"], "series")
    return files


def series_sources(stem):
    """The years' files of a table, of those years that have it."""
    lacking = {year for year in config["years"] if stem.startswith("table3") and not INPUTS[year].socioeconomic}
    return [f"<results>/{year}/{stem}.csv" for year in config["years"] if year not in lacking]


def series_tables():
    return [f"<results>/series/{stem}.csv" for stem in SERIES if series_sources(stem)]


rule structure:
    input:
        table="<computed>/{year}/table.nc",
        emissions=raw("emissions"),
        modules=script_inputs("structure.py"),
    output:
        paths=captioned("<results>/{year}/paths.csv", "Behind the tables"),
        chains="<results>/{year}/path_chains.csv",
        page="<results>/{year}/paths.html",
        linkages=captioned("<results>/{year}/linkages.csv", "Behind the tables"),
        kinds="<results>/{year}/linkages.nc",
        extraction=captioned("<results>/{year}/extraction.csv", "Behind the tables"),
    log:
        "<logs>/{year}/structure.log",
    benchmark:
        "<benchmarks>/{year}_structure.tsv"
    threads: 1
    resources:
        **needs("structure"),
    params:
        paths=PATHS,
        language=config["languages"][0],
    message:
        "{wildcards.year}: supply chains, linkages, and accounts without a province or sector"
    script:
        "../scripts/structure.py"


rule key_sectors_figure:
    input:
        kinds="<results>/{year}/linkages.nc",
        modules=script_inputs("key_sectors_figure.py"),
    output:
        captioned_drawings(["key_sectors"]),
    log:
        "<logs>/{year}/key_sectors_figure.log",
    benchmark:
        "<benchmarks>/{year}_key_sectors_figure.tsv"
    threads: 1
    resources:
        **needs("key_sectors_figure"),
    params:
        languages=DRAWN_IN,
        formats=FORMATS_OF,
    message:
        "{wildcards.year}: map of key sectors"
    script:
        "../scripts/key_sectors_figure.py"


rule trade_views:
    input:
        table="<computed>/{year}/table.nc",
        emissions=raw("emissions"),
        modules=script_inputs("trade_views.py"),
    output:
        value_added=captioned("<results>/{year}/value_added.csv", "Behind the tables"),
        pairs="<results>/{year}/value_added_pairs.csv",
        network=captioned("<results>/{year}/network.csv", "Behind the tables"),
    log:
        "<logs>/{year}/trade_views.log",
    benchmark:
        "<benchmarks>/{year}_trade_views.tsv"
    threads: 1
    resources:
        **needs("trade_views"),
    params:
        thresholds=LINKS,
    message:
        "{wildcards.year}: value added beside carbon, and links between provinces"
    script:
        "../scripts/trade_views.py"


rule inequality:
    input:
        accounts="<results>/{year}/accounts.nc",
        socioeconomic=raw("socioeconomic"),
        modules=script_inputs("inequality.py"),
    output:
        table=captioned("<results>/{year}/inequality.csv", "Behind the tables"),
    log:
        "<logs>/{year}/inequality.log",
    benchmark:
        "<benchmarks>/{year}_inequality.tsv"
    threads: 1
    resources:
        **needs("inequality"),
    params:
        variant={
            "definition": "mrio" if "mrio" in config["methods"] else config["methods"][0],
            "resolution": config["resolutions"][-1],
        },
    message:
        "{wildcards.year}: how unequal emissions per head are"
    script:
        "../scripts/inequality.py"


if SEVERAL:

    rule decomposition:
        input:
            tables=expand("<computed>/{year}/table.nc", year=config["years"]),
            emissions=[path for year in config["years"] for path in raw("emissions")(SimpleNamespace(year=year))],
            deflators=DEFLATORS,
            socioeconomic=[
                path for year in config["years"] for path in raw("socioeconomic")(SimpleNamespace(year=year))
            ],
            modules=script_inputs("decomposition.py"),
        output:
            table="<results>/series/decomposition.csv",
            pairs="<results>/series/decomposition_pairs.csv",
            pages=DECOMPOSITION_PAGES,
            figures=drawn(["decomposition"], "series"),
        log:
            "<logs>/series/decomposition.log",
        benchmark:
            "<benchmarks>/series_decomposition.tsv"
        threads: 1
        resources:
            **needs("decomposition"),
        params:
            years=config["years"],
            definitions=DECOMPOSED,
            sectors=COMMON_SECTORS,
            socioeconomic=[str(year_files(f"data/raw/{year}")["socioeconomic"]) for year in config["years"]],
            languages=DRAWN_IN,
            page_languages=config["languages"],
            formats=FORMATS_OF,
        message:
            "{params.years}: why results changed"
        script:
            "../scripts/decomposition.py"

    rule series:
        input:
            tables=[path for stem in SERIES for path in series_sources(stem)],
            accounts=[f"<results>/{year}/accounts.nc" for year in (config["years"][0], config["years"][-1])],
            modules=script_inputs("series.py"),
        output:
            tables=series_tables(),
            figures=drawn(["net_transfer_change"], "series"),
        log:
            "<logs>/series/series.log",
        benchmark:
            "<benchmarks>/series.tsv"
        threads: 1
        resources:
            **needs("series"),
        params:
            years=config["years"],
            stems=[Path(path).stem for path in series_tables()],
            variant={"definition": config["methods"][0], "resolution": config["resolutions"][0]},
            languages=DRAWN_IN,
            formats=FORMATS_OF,
        message:
            "{params.years}: every result by year"
        script:
            "../scripts/series.py"

    rule series_provenance:
        input:
            results=series_files(),
            validation=expand("<computed>/{year}/validation.csv", year=config["years"]),
            data=sorted({path for year in config["years"] for path in data_files(year)}),
            modules=script_inputs("provenance.py"),
        output:
            provenance="<results>/series/provenance.json",
        log:
            "<logs>/series/provenance.log",
        benchmark:
            "<benchmarks>/series_provenance.tsv"
        threads: 1
        resources:
            **needs("series_provenance"),
        params:
            year=None,
            config=config,
            code=CODE,
            study=STUDY,
        message:
            "where the series of years come from"
        script:
            "../scripts/provenance.py"
