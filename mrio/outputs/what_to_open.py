"""The last lines of ``make``: what was made, and what to open.

``python -m mrio.outputs.what_to_open`` says it of the study of ``config/config.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mrio.outputs.figures.typefaces import NO_CHINESE_FACE, chinese_possible
from mrio.strict import read_yaml
from mrio.words.ending_words import ENDING

CONFIG = Path("config/config.yaml")


def last_lines(config: Mapping, folder: Path, drawn_in_chinese: bool = True) -> list[str]:
    """Return five lines, of the last year of a study; a sixth where Chinese figures could not be made.

    Parameters
    ----------
    config : mapping
        Keys ``years`` and ``languages``.
    folder : Path
        In which ``results/`` and ``figures/`` lie.
    """
    years, language = list(config["years"]), config["languages"][0]
    year = max(years)
    results, figures = Path("results") / str(year), Path("figures") / str(year)
    count = len(list((folder / figures).glob("*.caption.txt")))
    suffix = "_zh" if language == "zh" else ""
    told = {"years": ", ".join(map(str, years)), "results": results.as_posix(), "figures": figures.as_posix(),
            "count": count, "suffix": suffix}  # fmt: skip
    lines = [ENDING.say(key, language, **told) for key in ENDING]
    return lines if drawn_in_chinese or "zh" not in config["languages"] else [*lines, f"{NO_CHINESE_FACE}."]


if __name__ == "__main__":
    print("\n".join(last_lines(read_yaml(CONFIG), Path(), chinese_possible())))
