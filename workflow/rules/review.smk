# What a reviewer asks for: published values beside ours, tables for print, and where every result comes from.
from mrio.review.code_files import code_state
from mrio.study.memory import files_below

CODE = code_state(ROOT)
REFERENCE = [
    path
    for path in (
        "data/reference/paper_published_values.csv",
        "data/reference/literature_checks.csv",
        *(f"data/reference/liao2022/table{number}.csv" for number in (1, 2, 3)),
    )
    if Path(path).exists()
]
COMPARISON = ["comparison.csv", *(f"comparison{SUFFIX[language]}.md" for language in config["languages"])]


def compared(year):
    return [f"<results>/{year}/{name}" for name in COMPARISON] if REFERENCE and not own_labels.in_use() else []


def printed(year):
    """Every table of the year in LaTeX and Markdown, in every language."""
    return [
        f"<results>/{year}/print/{Path(table).stem}{SUFFIX[language]}.{kind}"
        for table in tables_of(year)
        for language in config["languages"]
        for kind in ("tex", "md")
    ]


def data_files(year):
    """Every file under data/ that a rule might read: all but those of other years."""
    others = {path.name for path in Path("data/raw").iterdir() if path.name.isdigit()} - {str(year)}
    return sorted(
        path.as_posix()
        for path in files_below(Path("data"))
        if path.suffix in (".csv", ".nc", ".yaml") and ".template" not in path.name and not others & set(path.parts)
    )


def review_of(year):
    return [f"<results>/{year}/{name}.json" for name in ("provenance", "datapackage")] + [
        *compared(year),
        *printed(year),
    ]


rule scopes:
    input:
        table="<computed>/{year}/table.nc",
        emissions=raw("emissions"),
        modules=script_inputs("scopes.py"),
    output:
        "<computed>/{year}/model/scopes.nc",
    log:
        "<computed_logs>/{year}/scopes.log",
    benchmark:
        "<computed_benchmarks>/{year}_scopes.tsv"
    threads: 1
    resources:
        **needs("scopes"),
    params:
        variant={"definition": config["methods"][0], "resolution": config["resolutions"][0]},
    message:
        "{wildcards.year}: net transfers in every scope"
    script:
        "../scripts/scopes.py"


rule compare:
    input:
        scopes="<computed>/{year}/model/scopes.nc",
        accounts="<results>/{year}/accounts.nc",
        responsibility="<results>/{year}/responsibility.nc",
        emissions=raw("emissions"),
        socioeconomic=raw("socioeconomic"),
        reference=REFERENCE,
        modules=script_inputs("compare.py"),
    output:
        table=captioned("<results>/{year}/comparison.csv", "Published and computed"),
        pages=[f"<results>/{{year}}/{name}" for name in COMPARISON[1:]],
    log:
        "<logs>/{year}/compare.log",
    benchmark:
        "<benchmarks>/{year}_compare.tsv"
    threads: 1
    resources:
        **needs("compare"),
    params:
        terms=lambda wildcards: {
            "price": price(wildcards),
            "curve": config["curve"],
            "base": config["compensation_base"],
        },
        languages=config["languages"],
    message:
        "{wildcards.year}: published values beside ours"
    script:
        "../scripts/compare.py"


#: Results a table is made of: it is printed from them, not from its CSV.
PRINTED_FROM = {
    "table1_transfers": "accounts",
    "table2_responsibility": "responsibility",
    "table3_compensation": "compensation",
}


def told_of(wildcards):
    """What titles and notes of a table say: a new price prints Table 3 anew and no other."""
    paid = {"carbon_price": price(wildcards), "curve": config["curve"]}
    about = {"year": wildcards.year, "estimated": INPUTS[int(wildcards.year)].estimated}
    return about | (paid if PRINTED_FROM[wildcards.table] == "compensation" else {})


def others_printed(result, year):
    return [path.format(year=year) for path in others_of(result)] if result != "compensation" else []


rule print_table:
    input:
        results=lambda wildcards: f"<results>/{wildcards.year}/{PRINTED_FROM[wildcards.table]}.nc",
        others=lambda wildcards: others_printed(PRINTED_FROM[wildcards.table], wildcards.year),
        modules=script_inputs("print_table.py"),
    output:
        expand(
            "<results>/{{year}}/print/{{table}}{suffix}.{kind}",
            kind=["tex", "md"],
            suffix=[SUFFIX[language] for language in config["languages"]],
        ),
    log:
        "<logs>/{year}/print_{table}.log",
    benchmark:
        "<benchmarks>/{year}_print_{table}.tsv"
    wildcard_constraints:
        table="table[123]_[a-z]+?",
    threads: 1
    resources:
        **needs("print_table"),
    params:
        about=told_of,
        stressors=STRESSORS,
        languages=config["languages"],
    message:
        "{wildcards.year}: {wildcards.table} for print"
    script:
        "../scripts/print_table.py"


def recorded(year):
    """Everything in the folder of a year but what is said about all of it."""
    said = ("provenance.json", "datapackage.json")
    made = [str(path) for path in (*products_of(year), *analysis_of(year))]
    return [path for path in made if path.startswith(f"<results>/{year}/") and not path.endswith(said)]


rule provenance:
    input:
        results=lambda wildcards: recorded(wildcards.year),
        table="<computed>/{year}/table.nc",
        validation=["<computed>/{year}/validation.csv"],
        data=lambda wildcards: data_files(wildcards.year),
        modules=script_inputs("provenance.py"),
    output:
        provenance="<results>/{year}/provenance.json",
    log:
        "<logs>/{year}/provenance.log",
    benchmark:
        "<benchmarks>/{year}_provenance.tsv"
    threads: 1
    resources:
        **needs("provenance"),
    params:
        year=lambda wildcards: int(wildcards.year),
        config=config,
        code=CODE,
        study=STUDY,
    message:
        "{wildcards.year}: where the results come from"
    script:
        "../scripts/provenance.py"


def described(year):
    """CSV files of a year whose columns are described."""
    names = ["paths", "path_chains", "linkages", "extraction", "value_added", "value_added_pairs", "network"]
    files = [
        *tables_of(year),
        *details_of(year),
        *uncertainty_of(year),
        *(f"<results>/{year}/{name}.csv" for name in names),
    ]
    files += [path for path in (*evidence_of(year), *compared(year)) if path.endswith(".csv")]
    return [path for path in files if path.endswith(".csv")]


rule datapackage:
    input:
        tables=lambda wildcards: described(wildcards.year),
        modules=script_inputs("datapackage.py"),
    output:
        "<results>/{year}/datapackage.json",
    log:
        "<logs>/{year}/datapackage.log",
    benchmark:
        "<benchmarks>/{year}_datapackage.tsv"
    threads: 1
    resources:
        **needs("datapackage"),
    params:
        stressors=STRESSORS,
    message:
        "{wildcards.year}: what every column means"
    script:
        "../scripts/datapackage.py"
