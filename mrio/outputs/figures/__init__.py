"""Figures for print: PNG at 300 dpi, SVG and PDF, byte-stable, in English and Chinese.

Here belongs one function per figure, from labelled results to a matplotlib Figure; words are in :mod:`mrio.words`.
"""
