"""Options as a user writes them, in `corpuslint.toml` or `[tool.corpuslint]`.

The types are here, what each is for in `data/options.toml`: the JSON Schema, `--help` and the docs are made of both.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, convert, structs

from corpuslint.model.levels import Severity
from corpuslint.text.strict import Texts
from corpuslint.text.toml import kept_toml

Whole = Annotated[int, Meta(ge=0)]
Jobs = Annotated[int, Meta(ge=0, le=100_000)]
Share = Annotated[float, Meta(ge=0, le=1)]
Table = dict[str, str]
Lists = dict[str, Texts]


class Dataset(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """The table `[dataset]`: what a dataset's card says of it, and how it is built."""

    title: Texts | None = None
    description: Texts | None = None
    homepage: Texts | None = None
    license: Texts | None = None
    license_link: Texts | None = None
    collection: Texts | None = None
    curation: Texts | None = None
    personal_information: Texts | None = None
    intended_use: Texts | None = None
    limits: Texts | None = None
    contact: Texts | None = None
    citation: Texts | None = None
    drop_fields: Texts | None = None
    withhold: Literal["error", "warning", "info", "never"] | None = None


class Options(Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """One configuration file, or the command line. None means "not said"; keys are written with hyphens."""

    extend: str | None = None
    select: Texts | None = None
    ignore: Texts | None = None
    extend_select: Texts | None = None
    fixable: Texts | None = None
    unfixable: Texts | None = None
    packs: Texts | None = None
    trust: Texts | None = None
    severity: dict[str, Severity] | None = None
    per_file_ignores: Lists | None = None
    per_source_ignores: Lists | None = None
    exclude: Texts | None = None
    extend_exclude: Texts | None = None
    respect_gitignore: bool | None = None
    defaults: tuple[Lists, ...] | None = None
    fail_on: str | None = None
    min_confidence: Share | None = None
    fields: Table | None = None
    language: str | None = None
    output_format: str | None = None
    baseline: str | None = None
    record_schema: str | None = None
    max_bytes: Whole | None = None
    dataset: Dataset | None = None
    source_licenses: Table | None = None
    splits: str | None = None
    split_salt: str | None = None
    jobs: Jobs | None = None


TYPES: dict[str, Any] = {one.encode_name: one.type for one in structs.fields(Options)}
"""Key as it is written -> its type."""


class Option(Struct, frozen=True):
    """What an option is for, how it is written, and what holds where it is not said.

    `metavar` stands for its value on the command line, where it is `typed` in another way than its name.
    """

    purpose: str
    example: str
    default: str = ""
    metavar: str = ""
    typed: tuple[str, ...] = ()


@cache
def described() -> dict[str, Option]:
    """Every key that a configuration file may hold, as it is written."""
    written = (Path(__file__).parent / "data" / "options.toml").read_text("utf-8")
    return convert(kept_toml(written), dict[str, Option])
