"""The atlas: results of a year as one web page that works offline, in Chinese and English.

:func:`build_page` is a pure function from accounts and tables to the text of the file.  The page brings its own style,
script and chart library; a content policy forbids it any request.
"""

from mrio.outputs.atlas.page import build_page

__all__ = ["build_page"]
