"""The gate: every identity of a table with pass or fail, its worst cell and its size.

Here belongs what a sound table is, check by check; nothing is mended, and nothing is read or written here.
"""
