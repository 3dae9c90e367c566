"""Evidence beside the provincial tables: small files of facts, each turned into observations with errors.

Here belong what is known of a year (:class:`Evidence`) and how each kind of fact becomes observations, one module per
kind; the facts themselves are data (``data/raw/evidence``), and so is the list of what is used (its ``evidence.yaml``).
"""
