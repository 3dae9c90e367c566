"""The one door to every word: a key and a language in, a text out.

Each topic has a module of its own with :class:`Words`, so that editing a word reruns only the rules that say it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

#: English and Chinese.
Text = tuple[str, str]
LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Words:
    """The words of one topic: key -> English and Chinese, where ``{name}`` is a blank to be filled in."""

    texts: Mapping[str, Text]

    def say(self, key: str, language: str, **blanks: object) -> str:
        """Return the text of a key in `language` (``en`` or ``zh``); without blanks its braces are left alone."""
        text = self.texts[key][LANGUAGES.index(language)]
        return text.format(**blanks) if blanks else text

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
