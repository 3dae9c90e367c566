# Inputs of a year: read, cut to the study's regions, held to every identity.
from mrio import own_labels
from mrio.places import PACKAGE, ROOT, data_dir
from mrio.study.modules import used_modules
from mrio.study.year_folder import year_files


wildcard_constraints:
    year=r"\d{4}",


#: What the study chooses.
SCOPE = {"scope": config["scope"], "imports": config["foreign_imports"]}
GRID = {"methods": config["methods"], "resolutions": config["resolutions"]}
CONCORDANCES = [f"concordances/{scheme}_to_six.csv" for scheme in ("42", "42-2012")]
LABELS = [data_dir() / name for name in ("provinces.csv", "sectors.csv", *CONCORDANCES)]


#: Labels of the tables' own, which the pre-flight has found beside them.
OWN_LABELS = sorted(own_labels.in_use().rglob("*.csv")) if own_labels.in_use() else []


#: Module -> files beside it that it reads.
TEMPLATES = {
    "mrio/outputs/figures/style.py": ["figures/print.mplstyle"],
    "mrio/outputs/validation_files.py": ["validation.html"],
    "mrio/outputs/evidence_page.py": ["evidence.html"],
    "mrio/outputs/decomposition_page.py": ["decomposition.html", "decomposition.js"],
    "mrio/outputs/brief_page.py": ["brief.html"],
    "mrio/outputs/atlas/page.py": ["atlas/*.html", "atlas/*.css", "atlas/*.js", "atlas/d3/*.min.js"],
}


def beside(modules):
    """Files that modules read beside them: templates of pages, the style of figures."""
    patterns = [pattern for module in modules for pattern in TEMPLATES.get(module, [])]
    return sorted(path for pattern in patterns for path in (PACKAGE / "outputs").glob(pattern))


def script_inputs(name):
    """Package modules (and the label tables and templates they read) a script depends on: an edit reruns it."""
    modules = used_modules(workflow.source_path(f"../scripts/{name}"))
    labels = [*LABELS, *OWN_LABELS] if "mrio/labels.py" in modules else []
    return [str(path) for path in (*(ROOT / module for module in modules), *labels, *beside(modules))]


def raw(what):
    """Input function: a year's raw file, where it exists (socioeconomic figures and parts of an estimate may be lacking)."""
    return lambda wildcards: [str(p) for p in [year_files(f"data/raw/{wildcards.year}")[what]] if p.exists()]


#: What the job of the table leaves in the folder of a year.
OF_TABLE = ["table.nc", "validation.csv", "validation_cells.csv", "validation.html"]


rule table:
    input:
        table=raw("table"),
        emissions=raw("emissions"),
        socioeconomic=raw("socioeconomic"),
        parts=raw("parts"),
        modules=script_inputs("table.py"),
    output:
        table="<computed>/{year}/table.nc",
        validation="<computed>/{year}/validation.csv",
        cells="<computed>/{year}/validation_cells.csv",
        page="<computed>/{year}/validation.html",
    log:
        "<computed_logs>/{year}/table.log",
    benchmark:
        "<computed_benchmarks>/{year}_table.tsv"
    threads: 1
    resources:
        **needs("table"),
    params:
        config={
            key: config[key]
            for key in ("exclude_regions", "policies", "balance", "limits", "plausible")
            if key in config
        },
    message:
        "{wildcards.year}: read and validate the table"
    script:
        "../scripts/table.py"


if FOLDERS["computed"] != FOLDERS["results"]:

    # The folder of a study is whole: what it has in common with the default one is copied into it.
    rule in_common:
        input:
            expand("<computed>/{{year}}/{name}", name=OF_TABLE),
        output:
            expand("<results>/{{year}}/{name}", name=OF_TABLE),
        log:
            "<logs>/{year}/in_common.log",
        benchmark:
            "<benchmarks>/{year}_in_common.tsv"
        threads: 1
        resources:
            **needs("in_common"),
        params:
            folder=lambda wildcards, output: str(Path(output[0]).parent),
        message:
            "{wildcards.year}: the table, as the default study has it"
        shell:
            "cp {input} {params.folder} 2> {log}"
