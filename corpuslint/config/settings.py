"""Settings: every option settled, frozen, each value remembering where it was said."""

from __future__ import annotations

import difflib
import fnmatch
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpuslint.config.load import find_config, load_options
from corpuslint.config.options import Options
from corpuslint.errors import ConfigError
from corpuslint.formats.files import DEFAULT_EXCLUDE
from corpuslint.formats.reading import Defaults, ReadOptions, is_any_of
from corpuslint.model.levels import Severity

DEFAULT = "default"
COMMAND_LINE = "command line"
SUPPRESSIONS = "corpuslint.suppress.toml"
DECISIONS = "corpuslint.decisions.jsonl"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is to do. `origins` names, for each option said somewhere, the file or the command line.

    `trusted` is whether packs may run Python: not where the configuration came with a folder that was only named.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    packs: tuple[Path, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    per_source_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    respect_gitignore: bool = True
    defaults: tuple[Defaults, ...] = ()
    fail_on: str = "error"
    fields: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    output_format: str = "full"
    baseline: Path | None = None
    record_schema: Path | None = None
    max_bytes: int = 0
    jobs: int = 0
    suppressions: Path | None = None
    decisions: Path | None = None
    dataset: Mapping[str, str] = field(default_factory=dict)
    source_licenses: Mapping[str, str] = field(default_factory=dict)
    splits: str = ""
    split_salt: str = ""
    root: Path = Path()
    trusted: bool = True
    config: Path | None = None
    command_line: Options | None = None  # kept where other files may have a configuration of their own
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def reading(self) -> ReadOptions:
        """How readers should read."""
        return ReadOptions(self.fields, self.language, self.max_bytes, self.defaults)

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


def settle(command_line: Options, *, start: Path, isolated: bool = False, config: Path | None = None) -> Settings:
    """The settings for a run at `start`: configuration files (unless `isolated`), then the command line.

    A later layer replaces single values and lists and adds to tables; `extend-…` lists and `packs` add up.
    """
    layers: list[tuple[str, Path, Options]] = []
    if config is not None and not config.is_file():
        raise ConfigError("there is no such configuration file", path=str(config))
    path = None if isolated else config or find_config(start)
    if path is not None:
        layers += [(str(file), file.parent, options) for file, options in load_options(path)]
    layers.append((COMMAND_LINE, Path(), command_line))
    root = path.parent if path is not None else Path()
    settings = replace(
        _merged(layers, root=root), config=path, trusted=config is not None or path is None or _is_ours(path)
    )
    if isolated:
        return settings
    if config is None:
        settings = replace(settings, command_line=command_line)
    suppressions, decisions = root / SUPPRESSIONS, root / DECISIONS
    return replace(
        settings,
        suppressions=suppressions if suppressions.is_file() else None,
        decisions=decisions if decisions.is_file() else None,
    )


def _is_ours(path: Path) -> bool:
    """Whether a configuration lies in the current folder or above it: whoever works there has chosen to."""
    here = Path.cwd().resolve()
    return path.resolve().parent in (here, *here.parents)


def _merged(layers: list[tuple[str, Path, Options]], *, root: Path) -> Settings:
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}

    def say(name: str, value: Any, origin: str) -> None:
        values[name] = value
        origins[name.replace("_", "-")] = origin

    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    for origin, folder, options in layers:
        for name in (
            "select",
            "fields",
            "language",
            "output_format",
            "max_bytes",
            "jobs",
            "splits",
            "split_salt",
            "respect_gitignore",
        ):
            value = getattr(options, name)
            if value is not None:
                say(name, value, origin)
        for name in ("ignore", "extend_select"):
            value = getattr(options, name)
            if value is not None:
                say(name, (*values.get(name, ()), *value), origin)
        if options.packs is not None:
            say("packs", (*values.get("packs", ()), *(folder / pack for pack in options.packs)), origin)
        if options.severity is not None:
            levels = {key: _severity(level, origin, key) for key, level in options.severity.items()}
            say("severity", {**values.get("severity", {}), **levels}, origin)
        for name in ("per_file_ignores", "per_source_ignores"):
            table = getattr(options, name)
            if table is not None:
                say(name, {**values.get(name, {}), **table}, origin)
        for name in ("dataset", "source_licenses"):
            value = getattr(options, name)
            if value is not None:
                say(name, {**values.get(name, {}), **value}, origin)
        if options.defaults is not None:
            tables = tuple(_defaults(table, root, origin) for table in options.defaults)
            say("defaults", (*values.get("defaults", ()), *tables), origin)
        if options.exclude is not None or options.extend_exclude is not None:
            exclude = (*(exclude if options.exclude is None else options.exclude), *(options.extend_exclude or ()))
            say("exclude", exclude, origin)
        if options.fail_on is not None:
            say("fail_on", options.fail_on, origin)
        if options.baseline is not None:
            say("baseline", folder / options.baseline, origin)
        if options.record_schema is not None:
            say("record_schema", folder / options.record_schema, origin)
    return Settings(**values, root=root, origins=origins)


DEFAULTS = ("title", "source", "published", "url", "language", "credit", "keywords")
"""What a table of `[[defaults]]` may say of documents."""


def _defaults(table: Mapping[str, str | tuple[str, ...]], root: Path, origin: str) -> Defaults:
    """One table of `[[defaults]]`."""
    files = table.get("files", ())
    if not files:
        raise ConfigError("a table without `files`", path=origin, key="defaults", remedy='files = "scrapes/okaz/**"')
    for key in table:
        if key not in ("files", *DEFAULTS):
            near = difflib.get_close_matches(key, DEFAULTS, n=1)
            remedy = f"did you mean '{near[0]}'?" if near else f"known keys: files, {', '.join(DEFAULTS)}"
            raise ConfigError(f"unknown key '{key}'", path=origin, key="defaults", remedy=remedy)
    metadata = {key: value for key, value in table.items() if key != "files"}
    return Defaults((files,) if isinstance(files, str) else files, metadata, root)


def _severity(level: str, origin: str, key: str) -> Severity:
    try:
        return Severity(level)
    except ValueError:
        raise ConfigError(
            f"{level!r} is no severity", path=origin, key=f"severity.{key}", remedy="one of error, warning, info"
        ) from None
