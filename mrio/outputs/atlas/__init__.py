"""The atlas: results of a year, or of several, as one web page that works offline, in Chinese and English.

Here belongs the page, a pure function from accounts and tables to the text of the file, with its own style and script
and the few parts of D3 it draws with (``d3``); a content policy forbids it any request.  What it says is in
:mod:`mrio.words`.
"""

from mrio.outputs.atlas.page import build_page
from mrio.outputs.atlas.page_data import Results

__all__ = ["Results", "build_page"]
