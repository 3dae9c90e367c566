# Emissions, forests and land by East, Middle and West, and what own sinks change in the compensation.
# Without the key `regional` in the configuration none of this is made.
REGIONAL = config.get("regional")
FORESTS = sorted(str(path) for path in Path("data/raw/regional").glob("forest_stock_*.csv"))
GROWTH = [REGIONAL["forest_growth_rate"]] if REGIONAL and isinstance(REGIONAL["forest_growth_rate"], str) else []


#: Figures of the picture, in every language; another country's groups have no picture of theirs.
REGIONAL_FIGURES = [
    path
    for name in ("regional_map", "regional_bars")
    for language in DRAWN_IN
    for path in files_of_figure(f"<figures>/regional/{name}{SUFFIX[language]}")
]


def regional_products():
    """The regional picture, and the compensation after sinks of every year that has a Table 3."""
    if not REGIONAL:
        return []
    years = [year for year in config["years"] if INPUTS[year].socioeconomic]
    tables = [f"<results>/regional/{name}.csv" for name in ("provinces", "groups", "published")]
    return [*tables, *REGIONAL_FIGURES, *(f"<results>/{year}/compensation_after_sink.csv" for year in years)]


def shown(path, stem, category, **labels):
    """Mark an output for the report with the caption workflow/report/<stem>.rst."""
    return report(
        path, caption=f"../report/{stem}.rst", category=chapter(category), labels={"what": titled(stem), **labels}
    )


if REGIONAL:

    rule regional:
        input:
            figures=expand(
                "data/raw/regional/{name}_{year}.csv", name=["emissions", "gdp", "land_use"], year=REGIONAL["year"]
            ),
            forests=FORESTS,
            growth=GROWTH,
            published="data/reference/regional_picture.csv",
            modules=script_inputs("regional.py"),
        output:
            provinces="<results>/regional/provinces.csv",
            groups=shown("<results>/regional/groups.csv", "regional_groups", "Regions and sinks"),
            published=shown("<results>/regional/published.csv", "regional_published", "Regions and sinks"),
        log:
            "<logs>/regional.log",
        benchmark:
            "<benchmarks>/regional.tsv"
        threads: 1
        resources:
            **needs("regional"),
        params:
            year=REGIONAL["year"],
            growth_rate=REGIONAL["forest_growth_rate"],
        message:
            "regional picture {params.year}: emissions, forests, land, beside the published figures"
        script:
            "../scripts/regional.py"

    rule regional_figures:
        input:
            provinces="<results>/regional/provinces.csv",
            groups="<results>/regional/groups.csv",
            modules=script_inputs("regional_figures.py"),
        output:
            [
                (
                    shown(path, Path(path).name.split(".")[0].removesuffix("_zh"), "Regions and sinks")
                    if path.endswith(".svg")
                    else path
                )
                for path in REGIONAL_FIGURES
            ],
        log:
            "<logs>/regional_figures.log",
        benchmark:
            "<benchmarks>/regional_figures.tsv"
        threads: 1
        resources:
            **needs("regional_figures"),
        params:
            year=REGIONAL["year"],
            languages=DRAWN_IN,
            formats=FORMATS_OF,
        message:
            "figures of the regional picture {params.year}"
        script:
            "../scripts/regional_figures.py"

    rule after_sink:
        input:
            compensation="<results>/{year}/compensation.nc",
            forests=FORESTS,
            growth=GROWTH,
            modules=script_inputs("after_sink.py"),
        output:
            table=shown(
                "<results>/{year}/compensation_after_sink.csv",
                "compensation_after_sink",
                "Regions and sinks",
                year="{year}",
            ),
        log:
            "<logs>/{year}/after_sink.log",
        benchmark:
            "<benchmarks>/{year}_after_sink.tsv"
        threads: 1
        resources:
            **needs("after_sink"),
        params:
            growth_rate=REGIONAL["forest_growth_rate"],
            carbon_price=price,
        message:
            "{wildcards.year}: compensation with and without own forest sinks"
        script:
            "../scripts/after_sink.py"
