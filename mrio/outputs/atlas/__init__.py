"""The atlas: results of a year as one web page that works offline, in Chinese and English.

Here belongs the page, a pure function from accounts and tables to the text of the file, with its own style, script and
chart library; a content policy forbids it any request.  What it says is in :mod:`mrio.words`.
"""

from mrio.outputs.atlas.page import build_page

__all__ = ["build_page"]
