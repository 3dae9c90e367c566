# Snakemake's own report (make report): what is shown in it, each with a caption in workflow/report/.
report: "../report/workflow.rst"


def captioned(path, category):
    """Mark an output for the report; its caption is workflow/report/<stem>.rst, whatever the language."""
    stem = Path(path).stem
    labels = {"year": "{year}", "what": stem.removesuffix("_zh")}
    if category == "Figures":
        labels["language"] = "zh" if stem.endswith("_zh") else "en"
    return report(path, caption=f"../report/{labels['what']}.rst", category=category, labels=labels)
