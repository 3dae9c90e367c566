"""The one door to every word: a key and a language in, a text out.

Each topic has a module of its own with :class:`Words`, so that editing a word reruns only the rules that say it.
Where the regions are not China's provinces, every text says so (:mod:`mrio.words.other_regions`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mrio import own_labels
from mrio.words.other_regions import of_any_regions

#: English and Chinese.
Text = tuple[str, str]
LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Words:
    """The words of one topic: key -> English and Chinese, where ``{name}`` is a blank to be filled in."""

    texts: Mapping[str, Text]

    def say(self, key: str, language: str, **blanks: object) -> str:
        """Return the text of a key in `language` (``en`` or ``zh``); without blanks its braces are left alone.

        A blank that is given as a pair of texts is filled in the same language.
        """
        at = LANGUAGES.index(language)
        filled = {name: value[at] if isinstance(value, tuple) else value for name, value in blanks.items()}
        text = self.texts[key][at]
        if own_labels.in_use() is not None:
            text = of_any_regions(text, language)
        return text.format(**filled) if filled else text

    def both(self, key: str, **blanks: object) -> Text:
        """Return the text of a key in English and in Chinese."""
        return self.say(key, "en", **blanks), self.say(key, "zh", **blanks)

    def name(self, key: str, language: str) -> str:
        """Return the text of a key, or the key itself where it is a label of the user's own."""
        return self.say(key, language) if key in self.texts else key

    def names(self, key: str) -> Text:
        """Return :meth:`name` in English and in Chinese."""
        return self.name(key, "en"), self.name(key, "zh")

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def __contains__(self, key: object) -> bool:
        return key in self.texts
