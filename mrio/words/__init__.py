"""Every word people read, in English and Chinese: names, labels, headings, notes, captions.

Here belongs text by key and language; nothing is computed here and no number is formatted.
"""
