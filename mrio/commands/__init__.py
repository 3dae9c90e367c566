"""The commands of ``mrio``, one file each; :mod:`mrio.cli` gathers them."""
