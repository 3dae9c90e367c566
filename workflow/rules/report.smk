# Snakemake's own report (make report): what is shown in it, each with a caption in workflow/report/.
report: "../report/workflow.rst"


def captioned(path, category):
    """Mark an output for the report; its caption is workflow/report/<stem>.rst, whatever the language."""
    stem = Path(path).stem
    labels = {"year": "{year}", "what": stem.removesuffix("_zh")}
    if category == "Figures":
        labels["language"] = "zh" if stem.endswith("_zh") else "en"
    return report(path, caption=f"../report/{labels['what']}.rst", category=category, labels=labels)


KINDS = ["png", "svg", "pdf"]
SUFFIX = {"en": "", "zh": "_zh"}


def drawn(names, year="{year}", languages=tuple(config["languages"])):
    """Files of figures in every language and kind."""
    stems = [f"figures/{year}/{name}{SUFFIX[language]}" for name in names for language in languages]
    return [f"{stem}.{kind}" for stem in stems for kind in KINDS]


def captioned_drawings(names, languages=tuple(config["languages"])):
    """The same as outputs of a rule: the report shows the SVG."""
    files = drawn(names, languages=languages)
    return [captioned(path, "Figures") if path.endswith(".svg") else path for path in files]
