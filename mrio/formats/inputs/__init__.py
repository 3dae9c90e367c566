"""The CSV files beside a table: emissions, energy, socioeconomic figures, spread, regional and published values.

Here belongs one module per file with its columns and checks; tables themselves are read in :mod:`mrio.formats`.
"""
