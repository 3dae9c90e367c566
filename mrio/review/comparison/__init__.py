"""Published values beside ours: value, difference, ratio, rank, sign and why they cannot agree.

Here belongs the table for the reader, never an oracle: no result depends on a published value.
"""
