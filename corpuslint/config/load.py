"""Finding and reading configuration files: the nearest one, and what it extends."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from corpuslint.config.options import Options
from corpuslint.errors import ConfigError, nearest
from corpuslint.formats.streams import text_of, text_or
from corpuslint.languages import LANGUAGES, named_language
from corpuslint.model.document import METADATA_KEYS
from corpuslint.text.patterns import compile_re
from corpuslint.text.strict import WrongTableError, line_of, typed
from corpuslint.text.toml import BrokenTomlError, toml_of

FILE_NAME = "corpuslint.toml"
_LONGEST_CHAIN = 32


def find_config(start: Path) -> Path | None:
    """The configuration file that holds for `start` (a file or folder): the nearest in it or above it.

    `corpuslint.toml` goes before `pyproject.toml` in the same folder; a `pyproject.toml` without `[tool.corpuslint]`
    is no configuration.
    """
    folder = start.resolve() if start.is_dir() else start.resolve().parent
    for candidate in (folder, *folder.parents):
        own = candidate / FILE_NAME
        if os.path.lexists(own):  # a folder, or a link that leads nowhere: whoever reads it says so
            return own
        project = candidate / "pyproject.toml"
        if project.is_file() and _is_for_us(project):
            return project
    return None


def _is_for_us(project: Path) -> bool:
    try:
        return "[tool.corpuslint" in text_of(project)
    except (OSError, UnicodeDecodeError):
        return False


def load_options(path: Path) -> list[tuple[Path, Options]]:
    """The options of `path` and of every file it extends, the farthest first.

    Raises ConfigError with file and line for anything that is not a known key of the right type.
    """
    chain: list[tuple[Path, Options]] = []
    seen: set[str] = set()
    at: Path | None = path
    while at is not None:
        if os.path.realpath(at) in seen:
            raise ConfigError("extends itself", path=str(at), key="extend")
        if len(seen) == _LONGEST_CHAIN:
            raise ConfigError(f"is extended by more than {_LONGEST_CHAIN - 1} files", path=str(at), key="extend")
        seen.add(os.path.realpath(at))
        options = _read(at)
        chain.append((at, options))
        at = (at.parent / options.extend) if options.extend else None
    return list(reversed(chain))


def written_at(path: Path, key: str, number: int = 0) -> int:
    """The line of a configuration file that sets `key`, or opens the table `number` (from 0) of a list of that name; 0
    where there is none."""
    line = 0
    with suppress(OSError, UnicodeDecodeError):
        text = _for_us(path, text_of(path))
        for _ in range(number + 1):
            line = line_of(text, key, line + 1)
    return line


def _for_us(path: Path, text: str) -> str:
    """The text of a configuration file, in a `pyproject.toml` with nothing in the lines before our first table."""
    first = line_of(text, "corpuslint") if path.name == "pyproject.toml" else 1
    return "\n" * (first - 1) + "".join(text.splitlines(keepends=True)[max(first - 1, 0) :])


def _read(path: Path) -> Options:
    text = text_or(path, partial(ConfigError, path=str(path)))
    try:
        data = toml_of(text)
    except BrokenTomlError as error:
        raise ConfigError(str(error), path=str(path), line=error.line) from None
    if path.name == "pyproject.toml":
        tools = data.get("tool", {})
        data = tools.get("corpuslint", {}) if isinstance(tools, dict) else {}
        if not isinstance(data, dict):
            raise ConfigError("'tool.corpuslint' must be a table", path=str(path), line=line_of(text, "corpuslint"))
    return options_of(data, path=str(path), text=_for_us(path, text))


def options_of(data: dict[str, Any], *, path: str = "", text: str = "") -> Options:
    """The options that a table holds, checked."""
    try:
        options = typed(data, Options)
    except WrongTableError as error:
        line = line_of(text, error.key)
        raise ConfigError(error.message, path=path, line=line, remedy=error.remedy) from None
    if options.language:
        known_language(options.language, path=path, line=line_of(text, "language"))
    for name in options.fields or ():
        if name not in _FIELDS:
            remedy = nearest(name.lower(), _FIELDS)
            line = line_of(text, name)
            raise ConfigError(f"unknown metadata key {name!r}", path=path, key="fields", line=line, remedy=remedy)
    return options


_FIELDS = ("text", *METADATA_KEYS, "date")
_TAG = compile_re(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def known_language(tag: str, *, path: str = "", line: int = 0) -> str:
    """A BCP 47 tag as it is. Raises ConfigError for a word that is none, such as the name of a language."""
    near = named_language(tag)
    if near or not _TAG.fullmatch(tag):
        remedy = nearest(near or tag.lower(), LANGUAGES)
        raise ConfigError(f"unknown language {tag!r}", path=path, key="language", line=line, remedy=remedy)
    return tag
