"""Every word in both languages, with the same blanks, behind one door; and no Chinese word anywhere else."""

import re
from importlib import import_module

import pytest

from mrio.words.door import Words

CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: Texts that are the same in both languages, or need no Chinese character: units, marks, names of provinces' groups.
ALIKE = {
    "megatonnes", "flow", "regions_axis", "comma", "colon", "enumeration", "after_number", "before_unit", "all", "",
    "money", "other", "within_1", "within_2", "end", "gap",
}  # fmt: skip
#: Modules that read Chinese in users' files, or are not about words.
READERS = (
    "labels.py", "sums_named.py", "units.py", "currencies.py", "formats/",
    "settlement/rules.py", "settlement/register_files.py", "settlement/sheets.py",
)  # fmt: skip


def tables(folder):
    """Return (module.table, key, English, Chinese) of every word of the house."""
    found = []
    for path in sorted(folder.glob("*_words.py")):
        module = import_module(f"mrio.words.{path.stem}")
        for name, table in vars(module).items():
            if isinstance(table, Words):
                found += [(f"{path.stem}.{name}", key, *table.texts[key]) for key in table]
    return found


def test_every_word_has_both_languages_and_the_same_blanks(repo):
    found = tables(repo / "mrio" / "words")
    assert len(found) > 300
    for table, key, english, chinese in found:
        blanks = [sorted(set(re.findall(r"\{(\w+)[^{}]*\}", text))) for text in (english, chinese)]
        assert blanks[0] == blanks[1] or key in ("warnings", "title"), (table, key)
        assert not CHINESE.search(english), (table, key)
        said = re.sub(r"\{[^}]*\}", "", chinese)  # blanks are filled in Chinese
        assert CHINESE.search(said) or key in ALIKE or not re.search("[A-Za-z]", said), (table, key)
        assert (english == "") == (chinese == "") or key in ("before_unit", "gap"), (table, key)


#: Names of files and columns, code and blanks, which are as they are.
CODE = re.compile(r"\{\{.*?\}\}|\{[^{}]*\}|`[^`]*`|\[[^\]]*\]\([^)]*\)|https?://\S+")
#: Half-width marks that stand wrongly beside Chinese, and a hyphen that stands for a minus.
HALF = re.compile(
    r"[\u4e00-\u9fff）」”][,;:?!()]|[,;:?!()][\u4e00-\u9fff（「“]"
    r"|(?<![\w`/-])-(?=[\d\u4e00-\u9fff{])|[\u4e00-\u9fff] ?Mt"
)


def mostly_chinese(line):
    """Return whether a line is Chinese text, and no English one that names something in Chinese."""
    letters = [ch for ch in CODE.sub("", line) if ch.isalpha()]
    return 2 * sum(bool(CHINESE.match(ch)) for ch in letters) > len(letters) and not re.match(r"\S+,\d", line)


def chinese_texts(repo):
    """Return (where, text) of every Chinese text people read: words, Markdown, captions of the report."""
    found = [(f"{table}.{key}", text) for table, key, _, text in tables(repo / "mrio" / "words")]
    for path in [*repo.glob("*.md"), *repo.glob("docs/*.md"), *repo.glob("workflow/report/*.rst")]:
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [(f"{path.name}:{k}", line) for k, line in enumerate(lines, 1) if mostly_chinese(line)]
    return found


def test_chinese_has_punctuation_and_units_of_its_own(repo):
    bad = [(where, text) for where, text in chinese_texts(repo)
           if not where.startswith("atlas_words") and HALF.search(CODE.sub("X", text))]  # fmt: skip
    assert bad == []


def test_one_word_never_means_opposite_things(repo):
    """Carbon sent with goods is no 'outflow': the study's net-out is what a province draws beyond what it sends."""
    found = tables(repo / "mrio" / "words")
    mixed = [(table, key) for table, key, english, _ in found
             if re.search(r"outflow", english, re.I) and not table.startswith(("evidence_words", "atlas_words"))
             and not re.search(r"electricity|goods", english, re.I)]  # fmt: skip
    assert mixed == []


def test_no_chinese_word_stands_outside_the_room_of_words(repo):
    package = repo / "mrio"
    named = [path.relative_to(package).as_posix() for path in sorted(package.rglob("*.py"))]
    outside = [name for name in named if not name.startswith(("words/", *READERS))]
    assert [name for name in outside if CHINESE.search((package / name).read_text(encoding="utf-8"))] == []


def test_a_text_is_said_in_the_language_asked_for_with_its_blanks_filled_in():
    words = Words({"flow": ("from {origin}", "自{origin}"), "total": ("Total", "合计")})
    assert words.say("total", "zh") == "合计"
    assert words.both("flow", origin="A") == ("from A", "自A")
    assert words.say("flow", "en") == "from {origin}"
    assert words.name("Atlantis", "zh") == "Atlantis"
    with pytest.raises(KeyError, match="totel"):
        words.say("totel", "en")
    with pytest.raises(ValueError):
        words.say("total", "fr")
