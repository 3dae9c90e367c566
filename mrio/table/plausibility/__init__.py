"""Plausibility: what no identity protects is held against evidence.

Checks of emissions, socioeconomic figures, tables, side files and registers against figures known from elsewhere belong
here, with their evidence, factors and messages in one table; identities of a table do not (see ``validation``).
"""
