"""The equations of the method, one pure function each: flows (2-5), sharing (6), payment (7-9), groups.

Here belongs what docs/method.md numbers; questions asked of the results are in :mod:`mrio.analysis`, grids of choices
in :mod:`mrio.study`.
"""
