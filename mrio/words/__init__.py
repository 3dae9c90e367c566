"""Every word people read, in English and Chinese: names, labels, headings, notes, captions.

Here belongs text by key and language, a module a topic, each behind :class:`mrio.words.door.Words`; nothing is computed
here and no number is formatted.
"""
