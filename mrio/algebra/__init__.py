"""Linear algebra on plain arrays: Leontief systems, balancing (RAS, GRAS), bounded least squares.

Here belongs what would be the same for any country or pollutant; labels, units and files do not.
"""
