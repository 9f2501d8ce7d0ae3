"""Options as a user writes them, in `corpuslint.toml` or `[tool.corpuslint]`. The JSON Schema is made from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated, Any, NamedTuple

from msgspec import Meta

Texts = tuple[str, ...]
Table = Mapping[str, str]
Lists = Mapping[str, Texts]
Tables = tuple[Mapping[str, str | Texts], ...]
Whole = int
Share = float


class Kind(NamedTuple):
    """A kind of value: what it is called, and the type of what is written in TOML."""

    words: str
    written: Any


_TEXTS = str | tuple[str, ...]
KINDS = {
    "str": Kind("a string", str),
    "bool": Kind("true or false", bool),
    "Whole": Kind("a whole number of 0 or more", Annotated[int, Meta(ge=0)]),
    "Share": Kind("a number from 0 to 1", Annotated[float, Meta(ge=0, le=1)]),
    "Texts": Kind("a list of strings", _TEXTS),
    "Table": Kind("a table of strings", dict[str, str]),
    "Lists": Kind("a table of lists of strings", dict[str, _TEXTS]),
    "Tables": Kind(
        "a list of tables, each written as [[…]], of strings and lists of strings", tuple[dict[str, _TEXTS], ...]
    ),
}
"""Name of a type below -> what a value of it is."""


def _option(
    purpose: str, example: str, default: str = "", *, metavar: str = "", typed: Texts = (), is_path: bool = False
) -> Any:
    """An option: what it is for, how it is written, and what holds where it is not.

    `metavar` stands for its value on the command line, where it is `typed` in another way than its name. A path is
    relative to the file that says it.
    """
    given = {"help": purpose, "example": example, "default": default, "metavar": metavar, "typed": typed}
    return field(default=None, metadata=given | {"is_path": is_path})


@dataclass(frozen=True, slots=True)
class Options:
    """One configuration file, or the command line. None means "not said"; keys are written with hyphens."""

    extend: str | None = _option(
        "Another configuration file this one builds on; its lists and tables come first.",
        'extend = "../corpuslint.toml"',
    )
    select: Texts | None = _option(
        "The rules to run: codes, prefixes of codes, names, or ALL.",
        'select = ["LET", "ART0", "missing-source"]',
        "the rules that are on by default",
        metavar="CODES",
    )
    ignore: Texts | None = _option(
        "Rules not to run; of two selectors that match, the longer wins.",
        'ignore = ["QLT", "DAT002"]',
        metavar="CODES",
    )
    extend_select: Texts | None = _option(
        "Rules to run beside those selected.",
        'extend-select = ["PII001"]',
        metavar="CODES",
    )
    fixable: Texts | None = _option(
        "The rules whose fixes may be made; those of others are only shown.",
        'fixable = ["LET", "SPC"]',
        "all of them",
        metavar="CODES",
    )
    unfixable: Texts | None = _option(
        "Rules whose fixes are only shown; of two selectors that match, the longer wins.",
        'unfixable = ["ART", "MIX001"]',
        metavar="CODES",
    )
    packs: Texts | None = _option(
        "Folders of your own rule packs, relative to this file.",
        'packs = ["rules/local"]',
        is_path=True,
    )
    trust: Texts | None = _option(
        "Folders, relative to this file, in which a configuration of their own holds, and what documents say of their "
        "own findings.",
        'trust = ["scrapes/okaz"]',
        is_path=True,
    )
    severity: Table | None = _option(
        "Selector -> error, warning or info.",
        '[severity]\nDAT001 = "error"',
    )
    per_file_ignores: Lists | None = _option(
        "File pattern -> rules not to run there.",
        '[per-file-ignores]\n"poems/*" = ["LET001", "QLT"]',
    )
    per_source_ignores: Lists | None = _option(
        "Pattern of a source (declared, else the host of the URL) -> rules not to run on its documents.",
        '[per-source-ignores]\n"Example Agency*" = ["ART034"]',
    )
    exclude: Texts | None = _option(
        "Names and paths that a folder walk leaves out, in place of the built-in list.",
        'exclude = ["drafts", "*.old.txt"]',
        "the list below",
    )
    extend_exclude: Texts | None = _option(
        "Names and paths to leave out beside the built-in list.",
        'extend-exclude = ["drafts"]',
        metavar="PATTERNS",
        typed=("--exclude",),
    )
    respect_gitignore: bool | None = _option(
        "Whether a folder walk leaves out what git ignores there; true unless said.",
        "respect-gitignore = false",
        "true",
    )
    defaults: Tables | None = _option(
        "Metadata that holds for the documents of some files where they declare none: `files` (patterns) and values.",
        '[[defaults]]\nfiles = "scrapes/okaz/**"\nsource = "okaz"\nlanguage = "ar"',
    )
    fail_on: str | None = _option(
        "What makes `check` exit with 1: error, warning, info, never, or rates: ART001>20, LET>0.5%, LET>0.5%/source.",
        'fail-on = "error,LET>0.5%/source"',
        "error",
        metavar="CONDITIONS",
    )
    min_confidence: Share | None = _option(
        "The least confidence, 0 to 1, at which a fix that removes or moves words is applied; 0.95 unless said.",
        "min-confidence = 0.9",
        "0.95",
        metavar="P",
    )
    fields: Table | None = _option(
        "Our metadata key -> the field of your records that holds it.",
        '[fields]\ntext = "body"\npublished = "pub_date"',
    )
    language: str | None = _option(
        "The language of documents that declare none, as a BCP 47 code.",
        'language = "ar"',
        metavar="TAG",
    )
    output_format: str | None = _option(
        "The format of the report.",
        'output-format = "concise"',
        "full",
        metavar="FORMAT",
    )
    baseline: str | None = _option(
        "The baseline: findings written down in it do not count. In a configuration, relative to that file.",
        'baseline = "corpuslint.baseline.json"',
        metavar="FILE",
        is_path=True,
    )
    record_schema: str | None = _option(
        "JSON Schema that every record must fit, relative to this file; schemas/record.schema.json when it is there.",
        'record-schema = "schemas/record.schema.json"',
        is_path=True,
    )
    max_bytes: Whole | None = _option(
        "Skip (and report) files of more than this many bytes.",
        "max-bytes = 5_000_000",
        "0",
    )
    dataset: Lists | None = _option(
        "What a dataset's card says of it (title, license, contact and others); drop-fields to leave out; withhold: "
        "the least severity of a finding left that keeps a record out (error, warning, info or never).",
        '[dataset]\ntitle = "Morning papers"\nlicense = "cc-by-4.0"\ndrop-fields = ["html"]',
    )
    source_licenses: Table | None = _option(
        "Source -> its licence, for a dataset's card.",
        '[source-licenses]\n"Example Agency" = "cc-by-4.0"',
    )
    splits: str | None = _option(
        "The splits of a dataset, as train=0.9,test=0.1; kept by later versions.",
        'splits = "train=0.9,test=0.1"',
        metavar="NAME=WEIGHT,…",
    )
    split_salt: str | None = _option(
        "Makes the choice of splits this dataset's own.",
        'split-salt = "morning-papers"',
        metavar="TEXT",
    )
    jobs: Whole | None = _option(
        "How many processes to use; 0 is one a core.",
        "jobs = 4",
        "0",
        metavar="N",
        typed=("--jobs", "-j"),
    )


KIND_OF = {entry.name: KINDS[str(entry.type).removesuffix(" | None")] for entry in fields(Options)}
OPTIONS = {entry.name.replace("_", "-"): entry.name for entry in fields(Options)}
"""Every key a configuration file may hold, as written -> its name in `Options`."""
