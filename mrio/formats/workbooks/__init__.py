"""Published Excel workbooks, described by the layout files of ``config/layouts``.

Here belongs finding headings, labels and numbers in sheets; a new vintage is a layout file, not code here.
"""
