# Forest-carbon registers (data/raw/settlement/<register>): statements and the balance over time.
# Without the key `settlement` in the configuration none of this is made.
from mrio.settlement.statement_names import STATEMENTS

SETTLEMENT = config.get("settlement") or {"registers": [], "as_of": None}


CHARTS = [
    path
    for language in DRAWN_IN
    for path in files_of_figure(f"<figures>/settlement/{{register}}/balance{SUFFIX[language]}")
]


def settlement_products():
    """Statements and chart of every register asked for."""
    tables = expand("<results>/settlement/{register}/{name}.csv", register=SETTLEMENT["registers"], name=STATEMENTS)
    return tables + [path.format(register=register) for register in SETTLEMENT["registers"] for path in CHARTS]


def sheets_of(wildcards):
    """Every file of a register folder; what is in it is checked by the reader."""
    folder = Path("data/raw/settlement") / wildcards.register
    return [str(folder / "rules.yaml"), *sorted(str(path) for path in folder.glob("*.csv"))]


rule settlement:
    input:
        sheets=sheets_of,
        modules=script_inputs("settlement.py"),
    output:
        summary=shown(
            "<results>/settlement/{register}/summary.csv", "settlement_summary", "Settlement", register="{register}"
        ),
        statements=expand("<results>/settlement/{{register}}/{name}.csv", name=STATEMENTS[1:]),
        figures=[
            shown(path, "settlement_balance", "Settlement", register="{register}") if path.endswith(".svg") else path
            for path in CHARTS
        ],
    log:
        "<logs>/settlement/{register}.log",
    benchmark:
        "<benchmarks>/settlement_{register}.tsv"
    wildcard_constraints:
        register=r"[^/]+",
    threads: 1
    resources:
        **needs("settlement"),
    params:
        folder="data/raw/settlement/{register}",
        as_of=SETTLEMENT["as_of"],
        languages=DRAWN_IN,
        formats=FORMATS_OF,
    message:
        "register {wildcards.register}: statements and balance"
    script:
        "../scripts/settlement.py"
