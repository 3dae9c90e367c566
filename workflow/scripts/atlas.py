"""Results of one year, or of several -> the atlas, one page that works offline."""

from pathlib import Path

from mrio.formats.inputs.socioeconomic import read_socioeconomic
from mrio.outputs.atlas import Results, build_page
from mrio.outputs.tables import tables_of
from mrio.study.grid_stressors import results_by_stem
from mrio.study.jobs import reporting


def results_of_year(given, stressors, options):
    """Results of a year as the page takes them; per head and per GDP where there are socioeconomic figures."""
    made = results_by_stem(given["results"], given["others"], stressors)
    of_CO2 = results_by_stem(given["results"], [], stressors)
    regions = of_CO2["accounts"]["region"].values.tolist()
    figures = [read_socioeconomic(path, regions=regions, year=given["year"]) for path in given["socioeconomic"]]
    paid = of_CO2.get("compensation")
    return Results(of_CO2["accounts"], tables_of(made), of_CO2["schemes"], *figures, payments=paid, **options)


with reporting(snakemake.log[0], snakemake.output):
    years = [
        results_of_year(given, snakemake.params.stressors, options)
        for given, options in zip(snakemake.params.given, snakemake.params.options, strict=True)
    ]
    page = build_page(years, language=snakemake.params.language)
    Path(snakemake.output.page).write_text(page, encoding="utf-8", newline="\n")
