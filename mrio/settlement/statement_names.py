"""The statements of a register, by name."""

#: Every statement, in the order a reader wants them.
STATEMENTS = ("summary", "balance", "applications", "receipts", "draws", "payments", "payees", "offsets",
              "certificates", "lots", "shortfalls", "occupancies")  # fmt: skip
