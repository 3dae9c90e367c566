"""One table of units: money in yuan, mass in tonnes; what a file states is converted, never assumed."""

from __future__ import annotations

#: Monetary units and their size in yuan.
UNITS = {"CNY": 1.0, "10k CNY": 1e4, "M CNY": 1e6, "100M CNY": 1e8}
