# Snakemake's own report (make report): what is shown in it, each with a caption in workflow/report/.
report: "../report/workflow.rst"


#: Chapters of the report in the order they are read; it sorts them by name, so each carries its number.
CHAPTERS = [
    "Tables 1-3",
    "Figures",
    "Behind the tables",
    "Published and computed",
    "Evidence",
    "Regions and sinks",
    "Settlement",
]


def chapter(category):
    return f"{CHAPTERS.index(category) + 1} {category}"


def titled(stem):
    """A file's name as a title: table1_transfers is Table1 transfers."""
    return stem.replace("_", " ").capitalize()


def captioned(path, category):
    """Mark an output for the report; its caption is workflow/report/<stem>.rst, whatever the language."""
    stem = Path(path).stem
    name = stem.removesuffix("_zh")
    labels = {"year": "{year}", "what": titled(name)}
    if category == "Figures":
        labels["language"] = "zh" if stem.endswith("_zh") else "en"
    return report(path, caption=f"../report/{name}.rst", category=chapter(category), labels=labels)


SUFFIX = {"en": "", "zh": "_zh"}
#: Languages figures are drawn in: without a Chinese font there are none in Chinese, which the run says at its end.
DRAWN_IN = [language for language in config["languages"] if language != "zh" or chinese_possible()]
#: What the report shows of a figure, the first that it is written in.
SHOWN = ("svg", "png", "pdf")


#: Figure -> its formats, those of `default` where it is not named.
FORMATS_OF = config.get("formats", FORMATS)


def formats_of(name):
    """What a figure is written in."""
    return FORMATS_OF.get(name, FORMATS_OF["default"])


def files_of_figure(stem):
    """Files of one figure in one language: its formats, and its caption."""
    name = Path(stem).name.removesuffix("_zh")
    return [*(f"{stem}.{kind}" for kind in formats_of(name)), f"{stem}.caption.txt"]


def drawn(names, year="{year}", languages=tuple(DRAWN_IN)):
    """Files of figures in every language."""
    stems = [f"<figures>/{year}/{name}{SUFFIX[language]}" for name in names for language in languages]
    return [path for stem in stems for path in files_of_figure(stem)]


def captioned_drawings(names, languages=tuple(DRAWN_IN)):
    """The same as outputs of a rule: the report shows one of them."""

    def marked(path):
        kind = next(kind for kind in SHOWN if kind in formats_of(Path(path).name.split(".")[0].removesuffix("_zh")))
        return captioned(path, "Figures") if path.endswith(f".{kind}") else path

    return [marked(path) for path in drawn(names, languages=languages)]
