"""Options as a user writes them, in `corpuslint.toml` or `[tool.corpuslint]`. The JSON Schema is made from this."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from msgspec import Meta

Texts = tuple[str, ...]


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
"""Name of a kind below -> what a value of it is."""


class Option:
    """An option: its kind (of `KINDS`), what it is for, how it is written, and what holds where it is not.

    `metavar` stands for its value on the command line, where it is `typed` in another way than its name. A path is
    relative to the file that says it.
    """

    name = ""

    def __init__(
        self,
        kind: str,
        purpose: str,
        example: str,
        default: str = "",
        *,
        metavar: str = "",
        typed: Texts = (),
        is_path: bool = False,
    ) -> None:
        self.kind, self.purpose, self.example, self.default = kind, purpose, example, default
        self.metavar, self.typed, self.is_path = metavar, typed, is_path

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, options: object | None, owner: type) -> Any:
        return self if options is None else None  # what is said lies in the options themselves


class Options:
    """One configuration file, or the command line. None means "not said"; keys are written with hyphens."""

    def __init__(self, **said: Any) -> None:
        if unknown := said.keys() - vars(Options).keys():
            raise TypeError(f"no such option: {', '.join(sorted(unknown))}")
        vars(self).update(said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Options) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # values may be tables

    extend = Option(
        "str",
        "Another configuration file this one builds on; its lists and tables come first.",
        'extend = "../corpuslint.toml"',
    )
    select = Option(
        "Texts",
        "The rules to run: codes, prefixes of codes, names, or ALL.",
        'select = ["LET", "ART0", "missing-source"]',
        "the rules that are on by default",
        metavar="CODES",
    )
    ignore = Option(
        "Texts",
        "Rules not to run; of two selectors that match, the longer wins.",
        'ignore = ["QLT", "DAT002"]',
        metavar="CODES",
    )
    extend_select = Option(
        "Texts", "Rules to run beside those selected.", 'extend-select = ["PII001"]', metavar="CODES"
    )
    fixable = Option(
        "Texts",
        "The rules whose fixes may be made; those of others are only shown.",
        'fixable = ["LET", "SPC"]',
        "all of them",
        metavar="CODES",
    )
    unfixable = Option(
        "Texts",
        "Rules whose fixes are only shown; of two selectors that match, the longer wins.",
        'unfixable = ["ART", "MIX001"]',
        metavar="CODES",
    )
    packs = Option(
        "Texts", "Folders of your own rule packs, relative to this file.", 'packs = ["rules/local"]', is_path=True
    )
    trust = Option(
        "Texts",
        "Folders, relative to this file, in which a configuration of their own holds, and what documents say of their "
        "own findings.",
        'trust = ["scrapes/okaz"]',
        is_path=True,
    )
    severity = Option("Table", "Selector -> error, warning or info.", '[severity]\nDAT001 = "error"')
    per_file_ignores = Option(
        "Lists", "File pattern -> rules not to run there.", '[per-file-ignores]\n"poems/*" = ["LET001", "QLT"]'
    )
    per_source_ignores = Option(
        "Lists",
        "Pattern of a source (declared, else the host of the URL) -> rules not to run on its documents.",
        '[per-source-ignores]\n"Example Agency*" = ["ART034"]',
    )
    exclude = Option(
        "Texts",
        "Names and paths that a folder walk leaves out, in place of the built-in list.",
        'exclude = ["drafts", "*.old.txt"]',
        "the list below",
    )
    extend_exclude = Option(
        "Texts",
        "Names and paths to leave out beside the built-in list.",
        'extend-exclude = ["drafts"]',
        metavar="PATTERNS",
        typed=("--exclude",),
    )
    respect_gitignore = Option(
        "bool",
        "Whether a folder walk leaves out what git ignores there; true unless said.",
        "respect-gitignore = false",
        "true",
    )
    defaults = Option(
        "Tables",
        "Metadata that holds for the documents of some files where they declare none: `files` (patterns) and values.",
        '[[defaults]]\nfiles = "scrapes/okaz/**"\nsource = "okaz"\nlanguage = "ar"',
    )
    fail_on = Option(
        "str",
        "What makes `check` exit with 1: error, warning, info, never, or rates: ART001>20, LET>0.5%, LET>0.5%/source.",
        'fail-on = "error,LET>0.5%/source"',
        "error",
        metavar="CONDITIONS",
    )
    min_confidence = Option(
        "Share",
        "The least confidence, 0 to 1, at which a fix that removes or moves words is applied; 0.95 unless said.",
        "min-confidence = 0.9",
        "0.95",
        metavar="P",
    )
    fields = Option(
        "Table",
        "Our metadata key -> the field of your records that holds it.",
        '[fields]\ntext = "body"\npublished = "pub_date"',
    )
    language = Option(
        "str", "The language of documents that declare none, as a BCP 47 code.", 'language = "ar"', metavar="TAG"
    )
    output_format = Option("str", "The format of the report.", 'output-format = "concise"', "full", metavar="FORMAT")
    baseline = Option(
        "str",
        "The baseline: findings written down in it do not count. In a configuration, relative to that file.",
        'baseline = "corpuslint.baseline.json"',
        metavar="FILE",
        is_path=True,
    )
    record_schema = Option(
        "str",
        "JSON Schema that every record must fit, relative to this file; schemas/record.schema.json when it is there.",
        'record-schema = "schemas/record.schema.json"',
        is_path=True,
    )
    max_bytes = Option("Whole", "Skip (and report) files of more than this many bytes.", "max-bytes = 5_000_000", "0")
    dataset = Option(
        "Lists",
        "What a dataset's card says of it (title, license, contact and others); drop-fields to leave out; withhold: "
        "the least severity of a finding left that keeps a record out (error, warning, info or never).",
        '[dataset]\ntitle = "Morning papers"\nlicense = "cc-by-4.0"\ndrop-fields = ["html"]',
    )
    source_licenses = Option(
        "Table", "Source -> its licence, for a dataset's card.", '[source-licenses]\n"Example Agency" = "cc-by-4.0"'
    )
    splits = Option(
        "str",
        "The splits of a dataset, as train=0.9,test=0.1; kept by later versions.",
        'splits = "train=0.9,test=0.1"',
        metavar="NAME=WEIGHT,…",
    )
    split_salt = Option(
        "str", "Makes the choice of splits this dataset's own.", 'split-salt = "morning-papers"', metavar="TEXT"
    )
    jobs = Option(
        "Whole", "How many processes to use; 0 is one a core.", "jobs = 4", "0", metavar="N", typed=("--jobs", "-j")
    )


DECLARED = tuple(value for value in vars(Options).values() if isinstance(value, Option))
OPTIONS = {option.name.replace("_", "-"): option for option in DECLARED}
"""Every key a configuration file may hold, as written."""
