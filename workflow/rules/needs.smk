# What a job asks of a cluster: what it took when it was measured (workflow/needs.tsv, of 31 provinces x 42 sectors; `make
# needs` writes it), and a margin. A job that is cut off all the same asks for twice as much, then three times.
import csv
from math import ceil

#: What Snakemake itself takes, which is started twice around a job on a cluster (MB, as measured); then the margin.
AROUND, MARGIN = 300, 1.5
#: Processor time was measured: so many times longer on a busy machine, and nothing shorter than this (minutes).
SLOWER, SHORTEST = 10, 10

with open(workflow.source_path("../needs.tsv"), encoding="utf-8") as stream:
    MEASURED = {row["rule"]: row for row in csv.DictReader(stream, delimiter="\t")}


def needs(rule):
    """Memory (MB) and time (minutes) of a rule's job; of one not measured, as much as the largest."""
    rows = [MEASURED[rule]] if rule in MEASURED else list(MEASURED.values())
    memory, seconds = (max(float(row[what]) for row in rows) for what in ("MB", "seconds"))
    return {
        "mem_mb": lambda wildcards, attempt: attempt * ceil(MARGIN * (AROUND + memory)),
        "runtime": lambda wildcards, attempt: attempt * max(SHORTEST, ceil(SLOWER * seconds / 60)),
    }
