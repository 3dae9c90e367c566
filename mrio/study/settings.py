"""The configuration of a study as types: every key, what it means and what it may be.

The schema in ``workflow/schemas`` and the table of keys in ``config/README.md`` are written from this file by
:mod:`mrio.study.settings_pages`; the values themselves, the default study, stand in ``config/config.yaml``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, WrapValidator, model_validator

from mrio.choosable import CO2, Imports, Method, Preset, Scope
from mrio.errors import ConfigError
from mrio.strict import Section
from mrio.study.typed_values import (
    FORMATS,
    as_written,
    curve_of_name,
    formats_of_known,
    listed,
    name_of_number,
    once,
    priced,
    prices_by_year,
    year_of_text,
)
from mrio.table.plausibility.registry import check_names

T = TypeVar("T")


def _known_checks(reasons: dict[str, str]) -> dict[str, str]:
    """Refuse the name of a plausibility check that there is not, and a reason that gives none."""
    check_names(reasons)
    for name, reason in reasons.items():
        if not any(map(str.isalnum, reason)):
            raise ConfigError(f"key 'plausible' gives no reason for {name!r}; write why it is right.")
    return reasons


def _without_default(schema: dict[str, Any]) -> None:
    del schema["default"]


def _preset_value(meaning: str) -> Any:
    """Return a key that may be left out, whose value then is the preset's and stands in no schema."""
    return Field(None, description=meaning, json_schema_extra=_without_default)


Once = Annotated[list[T], BeforeValidator(listed), AfterValidator(once), Field(json_schema_extra={"uniqueItems": True})]
Year = Annotated[int, Field(ge=1900, le=2100), BeforeValidator(year_of_text)]
NotNegative = Annotated[float, Field(ge=0), WrapValidator(as_written)]
Positive = Annotated[float, Field(gt=0), WrapValidator(as_written)]
Share = Annotated[float, Field(ge=0, le=1), WrapValidator(as_written)]
Limit = Annotated[float, Field(gt=0, le=1), WrapValidator(as_written)]
Prices = Annotated[
    dict[str, NotNegative],
    BeforeValidator(prices_by_year),
    Field(json_schema_extra={"expected": "a price of each year ({2017: 100})"}),
]
Folder = Annotated[str, Field(pattern="^[^/.][^/]*$", json_schema_extra={"expected": "the name of a folder"})]
Formats = Once[Literal["png", "svg", "pdf"]]
Stressor = Annotated[
    str,
    Field(
        pattern="^[A-Za-z][A-Za-z0-9.]{0,15}$",
        json_schema_extra={"expected": "the name of a stressor of at most 16 letters, figures and points (SO2, PM2.5)"},
    ),
]
Day = Annotated[
    str,
    Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"expected": "a day such as 2026-06-30"}),
    BeforeValidator(name_of_number),
]


class CurveChoice(Section):
    """Growth curve of the compensation coefficient, rho = K / (1 + a exp(-b t))."""

    preset: Preset = Field(description="growth curve: `liao2022` (= `liao2022-b`), `liao2022-G`, `logistic`, `pearl`")
    a: NotNegative = _preset_value("another a than the preset's")
    b: NotNegative = _preset_value("another b than the preset's")
    G: Positive = _preset_value("another G than the preset's, yuan per head")
    engel: Literal["all", "urban"] = Field("all", description="Engel coefficient of `all` or `urban` households")


class Responsibility(Section):
    """Sharing by value added."""

    alpha_exports: Share = Field(
        description="part of the emissions of foreign exports that stays with the producer, 0 to 1"
    )
    weight_exports: bool = Field(description="weight a province's alpha by foreign exports too")


class Policies(Section):
    """What is done with the awkward parts of a table."""

    residual: Literal["keep", "spread", "refuse"] = Field(
        description="the table's residual column: `keep` as an account, `spread` over the row's users, `refuse` above "
        "`limits.residual_output`"
    )
    zero_output: Literal["keep", "refuse"] = Field(
        description="emissions of sectors without output: `keep` as an account, `refuse`"
    )


class Balancing(Section):
    """Gaps of the row and column identities, moved to accounts of their own where they are borne."""

    rounding: Literal["residual", "refuse"] = Field(
        description="gaps that the rounding of the printed numbers explains: counted in the `residual`, or `refuse`"
    )
    limit: Annotated[float, Field(gt=0, le=0.01), WrapValidator(as_written)] = Field(
        description="largest gap of a row or column, as a share of its output, that is borne whatever its cause"
    )


class Limits(Section):
    """Shares beyond which the run stops."""

    residual_carbon: Limit = Field(description="largest share of production embodied in the table's residual")
    residual_output: Limit = Field(description="share of output above which a row's residual is reported")


class Regional(Section):
    """The regional picture."""

    year: Year = Field(
        description="year of the regional picture: emissions, GDP, land use (`regional: null` leaves it out)"
    )
    forest_growth_rate: float | str | None = Field(
        description="growth of forest stock a year where no second inventory is given: `null`, a rate, or a CSV by "
        "province"
    )


class Settlement(Section):
    """Forest-carbon registers to settle."""

    registers: Once[Folder] = Field(
        description="folders of `data/raw/settlement` to settle (`settlement: null` leaves them out)"
    )
    as_of: Day | None = Field(description="last day to book; `null`: the last event's")


class Uncertainty(Section):
    """Monte Carlo of the whole chain."""

    draws: Annotated[int, Field(ge=20, le=10000)] = Field(
        description="draws of the whole chain that intervals rest on (`uncertainty: null` leaves intervals out)"
    )
    draws_by_source: Annotated[int, Field(ge=10, le=10000)] = Field(
        description="draws of each source of uncertainty alone, for variance by source"
    )
    draws_per_job: Annotated[int, Field(ge=1, le=10000)] = Field(
        description="draws a job makes; finished jobs are not repeated when more draws are asked for"
    )
    seed: Annotated[int, Field(ge=0)] = Field(
        description="seed of all draws; a draw is seeded by it and by its own number"
    )


class Settings(Section):
    """Configuration of the study."""

    years: Once[Year] = Field(min_length=1, description="years to compute, each a folder `data/raw/<year>/`")
    methods: Once[Method] = Field(
        min_length=1,
        description="definitions of the embodied flow: `eebt` (the study's reading), `mrio` (footprint), `gross` "
        "(content of gross trade)",
    )
    scope: Scope = Field(
        description="what the net transfer counts: `interprovincial`, `with-exports` (the study's eq 5 literally), "
        "`exports-less-imports`"
    )
    foreign_imports: Imports = Field(
        description="emissions of foreign imports by domestic technology: `excluded`, `province`, `national`"
    )
    resolutions: Once[Annotated[str, BeforeValidator(name_of_number)]] = Field(
        min_length=1,
        description="sectors to compute at: `six` as the study, `30` and `42` computed there and added up to six, or a "
        "sector scheme of the label folder in use",
    )
    exclude_regions: Once[str] = Field(
        description="regions outside the study; flows to and from them are an account of their own"
    )
    stressors: Once[Stressor] = Field(
        [CO2],
        min_length=1,
        description="what Tables 1 and 2 are made of, side by side: CO2, and any other of which each year has a file "
        "`emissions_<n>_<stressor>.csv` (docs/data.md); everything else is of CO2",
    )
    carbon_price: NotNegative | Prices = Field(
        description="yuan per tonne of CO2, one price or one for each year (`{2012: 60, 2017: 100}`)"
    )
    compensation_base: Literal["net_transfer", "shared"] = Field(
        description="what is compensated: `net_transfer`, or `shared` (responsibility beyond own production)"
    )
    curve: Annotated[CurveChoice, BeforeValidator(curve_of_name)]
    responsibility: Responsibility
    policies: Policies
    balance: Balancing
    limits: Limits
    plausible: Annotated[dict[str, str], AfterValidator(_known_checks)] = Field(
        {},
        description="plausibility checks (docs/plausibility.md) whose findings are right all the same: name of the "
        "check and the reason, which is printed on the tables",
    )
    groupings: Once[str] = Field(
        description="groups of provinces added up in regions.csv: `region3` (East, Middle, West), `region8`, or "
        "groupings of the label folder in use"
    )
    regional: Regional | None
    settlement: Settlement | None
    uncertainty: Uncertainty | None
    labels: str | None = Field(
        None,
        description="folder with `regions.csv` and `sectors.csv` of another country; `null`: those beside the table, "
        "else China's provinces",
    )
    formats: Annotated[dict[str, Formats], AfterValidator(formats_of_known)] = Field(
        FORMATS,
        description="files of the figures, `png`, `svg`, `pdf`: `default` of every figure, and of single figures by "
        "name where they are wanted otherwise (`transfer_matrix: [pdf]`)",
    )
    languages: Once[Literal["en", "zh"]] = Field(min_length=1, description="languages of the figures: `en`, `zh`")

    @model_validator(mode="after")
    def _fit_together(self) -> Settings:
        """Refuse what is wrong between keys that are each allowed."""
        if not {"eebt", "mrio"} & set(self.methods):
            raise ValueError(
                "methods has only 'gross', which counts a tonne at every border, so that responsibility cannot be "
                "shared; add 'eebt' or 'mrio'."
            )
        if self.scope == "exports-less-imports" and self.foreign_imports == "excluded":
            raise ValueError(
                "scope is 'exports-less-imports', which needs the emissions of imports; set 'foreign_imports' to "
                "'province' or 'national'."
            )
        priced(self.stressors, self.carbon_price)
        return self
