"""Settings: every option settled, frozen, each value remembering where it was said."""

from __future__ import annotations

import fnmatch
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from corpuslint.config.load import find_config, known_language, load_options, written_at
from corpuslint.config.options import Options
from corpuslint.errors import ConfigError, CorpuslintError, Note, nearest
from corpuslint.formats.files import DEFAULT_EXCLUDE
from corpuslint.formats.reading import Defaults, ReadOptions, is_any_of
from corpuslint.model.levels import MIN_CONFIDENCE, Severity
from corpuslint.text.strict import as_texts

COMMAND_LINE = "command line"
SUPPRESSIONS = "corpuslint.suppress.toml"
DECISIONS = "corpuslint.decisions.jsonl"
BASELINE = "corpuslint.baseline.json"


class Settings(msgspec.Struct, frozen=True):
    """What a run is to do. `origins` names, for each option said somewhere, the file or the command line.

    `trust` are the folders in which a configuration of their own holds, and what documents say of their own findings.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    fixable: tuple[str, ...] = ()
    unfixable: tuple[str, ...] = ()
    packs: tuple[Path, ...] = ()
    severity: Mapping[str, Severity] = {}
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}
    per_source_ignores: Mapping[str, tuple[str, ...]] = {}
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    respect_gitignore: bool = True
    defaults: tuple[Defaults, ...] = ()
    fail_on: str = "error"
    min_confidence: float = MIN_CONFIDENCE
    fields: Mapping[str, str] = {}
    language: str = ""
    output_format: str = "full"
    baseline: Path | None = None
    record_schema: Path | None = None
    max_bytes: int = 0
    jobs: int = 0
    trust: tuple[Path, ...] = ()
    suppressions: Path | None = None
    decisions: Path | None = None
    dataset: Mapping[str, tuple[str, ...]] = {}
    source_licenses: Mapping[str, str] = {}
    splits: str = ""
    split_salt: str = ""
    root: Path = Path()
    config: Path | None = None
    above: Settings | None = None  # of the run, where these are of a folder that it trusts
    command_line: Options | None = None  # None where no configuration was looked for
    origins: Mapping[str, str] = {}

    @property
    def home(self) -> Path:
        """The folder that names of files in suppressions and decisions are relative to."""
        said = self.suppressions or self.decisions
        return said.parent if said is not None else self.root

    @property
    def reading(self) -> ReadOptions:
        """How readers should read."""
        return ReadOptions(self.fields, self.language, self.max_bytes, self.defaults)

    @contextmanager
    def saying(self, key: str) -> Iterator[None]:
        """Add to what is refused inside, for the value of a key, the file and line that hold it."""
        try:
            yield
        except CorpuslintError as error:
            origin = self.origins.get(key, COMMAND_LINE)
            if origin != COMMAND_LINE and not error.place:
                error.path, error.key, error.line = origin, key, written_at(Path(origin), key)
            raise

    def ignored_in(self, filename: str, site: str = "") -> tuple[str, ...]:
        """The selectors that are switched off in one file, or in documents of one source in it.

        File patterns are relative to the folder of the configuration, wherever the run was started; one without a
        slash holds for file names anywhere.
        """
        if not (self.per_file_ignores or self.per_source_ignores):
            return ()
        by_file = (
            selector
            for pattern, selectors in self.per_file_ignores.items()
            if is_any_of(filename, (pattern,), self.root)
            for selector in selectors
        )
        by_source = (
            selector
            for pattern, selectors in self.per_source_ignores.items()
            if fnmatch.fnmatchcase(site, pattern)
            for selector in selectors
        )
        return (*by_file, *by_source)

    def trusts(self, filename: str) -> bool:
        """Whether a file lies in a folder of `trust`, or below one; links are followed to where they lead."""
        if not self.trust or "://" in filename:
            return False
        folder = Path(os.path.realpath(Path(filename).parent))
        return any(folder.is_relative_to(os.path.realpath(trusted)) for trusted in self.trust)


def withhold_from(settings: Settings) -> Severity | None:
    """The least severity of a finding that keeps a record out of a dataset (`[dataset] withhold`), None for never."""
    (word,) = settings.dataset.get("withhold", ("error",))
    return None if word == "never" else Severity(word)


def settle(
    command_line: Options, *, start: Path = Path(), isolated: bool = False, config: Path | None = None
) -> Settings:
    """The settings for a run in the folder `start`: configuration files (unless `isolated`), then the command line.

    The nearest configuration in `start` or above it holds, or `config`; never one of the paths that are looked at. A
    later layer replaces single values, `select`, `fixable` and `exclude`, and adds to tables and to the other lists.
    """
    layers: list[tuple[str, Path, Options]] = []
    if config is not None and not config.is_file():
        raise ConfigError("there is no such configuration file", path=str(config))
    path = None if isolated else config or find_config(start)
    if path is not None:
        layers += [(str(file), file.parent, options) for file, options in load_options(path)]
    layers.append((COMMAND_LINE, Path(), command_line))
    root = path.parent if path is not None else Path()
    settings = structs.replace(_merged(layers, root=root), config=path)
    if isolated:
        return settings
    for folder in settings.trust:
        if not folder.is_dir():
            origin = settings.origins["trust"]
            place = f"{origin}:{written_at(Path(origin), 'trust')}"
            warnings.warn(f"{place} [trust]: there is no folder {folder}", Note, stacklevel=2)
    suppressions, decisions = root / SUPPRESSIONS, root / DECISIONS
    return structs.replace(
        settings,
        command_line=command_line,
        suppressions=suppressions if suppressions.is_file() else None,
        decisions=decisions if decisions.is_file() else None,
    )


def settings_of(given: Settings | None) -> Settings:
    """The settings that a program gives, or those that hold where it runs."""
    if given is not None and not isinstance(given, Settings):
        raise TypeError(f"settings are a corpuslint Settings or None, not {type(given).__name__}")
    return given or settle(Options())


class Nearest(msgspec.Struct, frozen=True):
    """The configuration nearest to a file, or words about findings without one, where they are not the run's own, and
    whether they hold there."""

    path: Path
    holds: bool


def nearest_config(filename: str, settings: Settings) -> Nearest | None:
    """The configuration or the words about findings nearest to a file, None where the run's own are or there are none.

    They hold only where the run's own configuration names their folder in `trust`: what lies among scrapes is data.
    """
    if settings.command_line is None or "://" in filename:
        return None
    folder = Path(filename).parent.resolve()
    found = find_config(folder)
    if found is not None and found not in (settings.config and settings.config.resolve(), find_config(Path())):
        if settings.trusts(str(found)):
            return Nearest(found, True)
    else:
        found = None
    root = settings.root.resolve()
    for at in (folder, *folder.parents):
        if root.is_relative_to(at) or (found is not None and found.parent == at):
            break
        words = next((at / name for name in (SUPPRESSIONS, DECISIONS, BASELINE) if (at / name).is_file()), None)
        if words is not None:
            return Nearest(words, settings.trusts(str(words)))
    return Nearest(found, False) if found is not None else None


def settings_in(filename: str, settings: Settings) -> Settings:
    """The settings that hold for one file in a run with `settings`."""
    nearest = nearest_config(filename, settings)
    return under(nearest.path, settings) if nearest is not None and nearest.holds else settings


_OF_THE_RUN = (
    "exclude",
    "respect_gitignore",
    "fail_on",
    "output_format",
    "jobs",
    "trust",
    "dataset",
    "source_licenses",
    "splits",
    "split_salt",
)
"""What is decided for a run as a whole, by its own configuration."""


def under(path: Path, settings: Settings) -> Settings:
    """The settings in a trusted folder, by the configuration or the words about findings that lie there.

    What decides about the run as a whole is as in `settings`; all below the folder is trusted as it is.
    """
    if path.name in (SUPPRESSIONS, DECISIONS, BASELINE):
        words = {"suppressions": SUPPRESSIONS, "decisions": DECISIONS, "baseline": BASELINE}
        files = ((key, path.parent / name) for key, name in words.items())
        said: dict[str, Any] = {key: file if file.is_file() else None for key, file in files}
        return structs.replace(settings, **said, above=settings)
    own = settle(settings.command_line or Options(), config=path)
    names = {name.replace("_", "-") for name in _OF_THE_RUN}
    origins = {name: origin for name, origin in own.origins.items() if name not in names}
    origins |= {name: origin for name, origin in settings.origins.items() if name in names}
    return structs.replace(
        own, **{name: getattr(settings, name) for name in _OF_THE_RUN}, above=settings, origins=origins
    )


_REPLACED = ("select", "fixable", "exclude")
"""Lists of which the last one said holds; the others add up."""
_PATHS = ("packs", "trust", "baseline", "record_schema")
"""Relative to the file that says them."""
_LISTS = ("per_file_ignores", "per_source_ignores")
"""Tables of lists."""


def _merged(layers: list[tuple[str, Path, Options]], *, root: Path) -> Settings:
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for origin, folder, options in layers:
        for name, value in structs.asdict(options).items():
            if value is None or name == "extend":
                continue
            if isinstance(value, str) and isinstance(getattr(_UNSAID, name, ()), tuple):
                value = (value,)
            if name in _PATHS:
                value = tuple(folder / each for each in value) if isinstance(value, tuple) else folder / value
            elif name == "dataset":
                value = {key: as_texts(said) for key, said in msgspec.to_builtins(value).items() if said is not None}
            elif name in _LISTS:
                value = {key: as_texts(listed) for key, listed in value.items()}
            elif name == "defaults":
                value = tuple(_defaults(table, number, root, origin) for number, table in enumerate(value))
            elif name == "extend_exclude":
                name, value = "exclude", (*values.get("exclude", DEFAULT_EXCLUDE), *value)
            if isinstance(value, Mapping):
                value = {**values.get(name, {}), **value}
            elif isinstance(value, tuple) and name not in _REPLACED:
                value = (*values.get(name, ()), *value)
            values[name] = value
            origins[name.replace("_", "-")] = origin
    return Settings(**values, root=root, origins=origins)


_UNSAID = Settings()


DEFAULTS = ("title", "source", "published", "url", "language", "credit", "keywords")
"""What a table of `[[defaults]]` may say of documents."""


def _defaults(table: Mapping[str, str | tuple[str, ...]], number: int, root: Path, origin: str) -> Defaults:
    files = table.get("files", ())
    line = partial(written_at, Path(origin), "defaults", number)
    if not files:
        remedy = 'files = "scrapes/okaz/**"'
        raise ConfigError("a table without `files`", path=origin, key="defaults", line=line(), remedy=remedy)
    for key, value in table.items():
        if key not in ("files", *DEFAULTS):
            remedy = nearest(key, ("files", *DEFAULTS), "known keys")
            raise ConfigError(f"unknown key '{key}'", path=origin, key="defaults", line=line(), remedy=remedy)
        if key == "language" and isinstance(value, str):
            known_language(value, path=origin, line=line())
    metadata = {key: value for key, value in table.items() if key != "files"}
    return Defaults(as_texts(files), metadata, root)
