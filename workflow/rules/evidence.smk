# What an estimated table rests on: every observation beside its estimate, and the results without each piece of evidence.
# A table that was not estimated here has no evidence, and none of this is made for it.
EVIDENCE_FIGURES = ["evidence_electricity", "evidence_local_shares", "evidence_corrections"]
EVIDENCE_PAGES = [f"<results>/{{year}}/evidence{SUFFIX[language]}.html" for language in config["languages"]]


def evidence_of(year):
    """Products of the evidence of a year, where `mrio estimate` left it beside the table."""
    files = year_files(f"data/raw/{year}")
    made = []
    if files["evidence"].exists() and files["account"].exists():
        made += [f"<results>/{year}/evidence.csv", *(page.format(year=year) for page in EVIDENCE_PAGES)]
        made += drawn(EVIDENCE_FIGURES, year)
    if files["alternatives"].exists():
        made.append(f"<results>/{year}/evidence_sensitivity.csv")
    return made


rule evidence:
    input:
        evidence=raw("evidence"),
        account=raw("account"),
        table="<computed>/{year}/table.nc",
        emissions=raw("emissions"),
        modules=script_inputs("evidence.py"),
    output:
        table=captioned("<results>/{year}/evidence.csv", "Evidence"),
        pages=EVIDENCE_PAGES,
        figures=captioned_drawings(EVIDENCE_FIGURES),
    log:
        "<logs>/{year}/evidence.log",
    benchmark:
        "<benchmarks>/{year}_evidence.tsv"
    threads: 1
    resources:
        **needs("evidence"),
    params:
        languages=config["languages"],
        drawn_in=DRAWN_IN,
        formats=FORMATS_OF,
    message:
        "{wildcards.year}: every observation beside its estimate"
    script:
        "../scripts/evidence.py"


rule evidence_sensitivity:
    input:
        alternatives=raw("alternatives"),
        accounts="<results>/{year}/accounts.nc",
        socioeconomic=raw("socioeconomic"),
        modules=script_inputs("evidence_sensitivity.py"),
    output:
        table=captioned("<results>/{year}/evidence_sensitivity.csv", "Evidence"),
    log:
        "<logs>/{year}/evidence_sensitivity.log",
    benchmark:
        "<benchmarks>/{year}_evidence_sensitivity.tsv"
    threads: 1
    resources:
        **needs("evidence_sensitivity"),
    params:
        carbon_price=price,
        curve=config["curve"],
    message:
        "{wildcards.year}: Tables 1 and 3 without each piece of evidence"
    script:
        "../scripts/evidence_sensitivity.py"
