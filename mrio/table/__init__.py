"""Tables and what makes them sound: ``Table`` (interregional), ``ProvincialTables`` (single provinces), policies,
checks.

Here belongs what a table is and which identities it must meet; files, emissions and equations on tables do not.
"""
