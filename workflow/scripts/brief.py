"""Accounts, compensation and three figures -> the brief, in every language asked for."""

from pathlib import Path

from mrio.formats.result_files import read_dataset
from mrio.outputs.brief_page import brief_html, pictures_of
from mrio.study.jobs import reporting

with reporting(snakemake.log[0], snakemake.output):
    i, p = snakemake.input, snakemake.params
    accounts = read_dataset(i.accounts)
    paid = [read_dataset(path) for path in i.compensation]
    for language, page in zip(p.languages, snakemake.output, strict=True):
        stems = [Path(f"{stem}{'_zh' if language == 'zh' else ''}") for stem in p.figures]
        html = brief_html(accounts, *(paid or [None]), pictures_of(stems), p.estimated, language)
        Path(page).write_text(html, encoding="utf-8", newline="\n")
