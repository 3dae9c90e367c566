"""The last lines of ``make``: what was made, and what to open.

``python -m mrio.outputs.what_to_open [STUDY]`` says it of the study of ``config/config.yaml``, or of one of
``studies/``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from mrio.outputs.figures.typefaces import NO_CHINESE_FACE, chinese_possible
from mrio.strict import read_yaml
from mrio.study.studies import study_file
from mrio.words.ending_words import ENDING

CONFIG = Path("config/config.yaml")


def last_lines(config: Mapping, folder: Path, drawn_in_chinese: bool = True, study: str = "") -> list[str]:
    """Return five lines, of the last year of a study; a sixth where Chinese figures could not be made.

    Parameters
    ----------
    config : mapping
        Keys ``years`` and ``languages``.
    folder : Path
        In which ``results/`` and ``figures/`` lie.
    drawn_in_chinese : bool
    study : str
        Its name, "" for the default one.
    """
    years, language = list(config["years"]), config["languages"][0]
    year = max(years)
    results, figures = Path("results", study, str(year)), Path("figures", study, str(year))
    count = len(list((folder / figures).glob("*.caption.txt")))
    suffix = "_zh" if language == "zh" else ""
    told = {"years": ", ".join(map(str, years)), "results": results.as_posix(), "figures": figures.as_posix(),
            "count": count, "suffix": suffix}  # fmt: skip
    lines = [ENDING.say(key, language, **told) for key in ENDING]
    return lines if drawn_in_chinese or "zh" not in config["languages"] else [*lines, f"{NO_CHINESE_FACE}."]


if __name__ == "__main__":
    name = "".join(sys.argv[1:2])
    stated = read_yaml(CONFIG) | (read_yaml(study_file(name)) if name else {})
    print("\n".join(last_lines(stated, Path(), chinese_possible(), name)))
