"""From files to a dataset version: read, fix, split, judge the corpus, withhold what has an error left, write.

Between engine and publishing: the only module that knows both.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import IO, Any

from corpuslint.config.settings import Settings, withhold_from
from corpuslint.engine.rules import packs
from corpuslint.engine.ruleset import RuleSet
from corpuslint.errors import ConfigError, SourceError
from corpuslint.formats.files import discover
from corpuslint.pipeline.cleaning import Cleaning, base_of, cleaned_in
from corpuslint.pipeline.drive import EachShard, Execution
from corpuslint.pipeline.folders import Sessions, sessions, warn_of_own_words
from corpuslint.pipeline.session import Session
from corpuslint.publishing.building import Built, Request, write_version
from corpuslint.publishing.manifest import Recipe
from corpuslint.publishing.papers import CardFacts
from corpuslint.publishing.parquet import canonical_json
from corpuslint.publishing.records import CleanDocument, Entry, RemovedText
from corpuslint.version import __version__


def build(
    paths: Sequence[str],
    settings: Settings,
    request: Request,
    removed_text: RemovedText = RemovedText.FULL,
    execution: Execution | None = None,
    each: EachShard | None = None,
) -> Built:
    """Build a version from files and folders with every fix made, safe and unsafe; the input is not touched.

    Of `request` the recipe and what is dropped are found out here.

    In folders that `settings` trust their own configurations hold. What comes out does not depend on `execution`.
    Raises SourceError for a path that is not there, PublishError when the version cannot be.
    """
    judging = _sessions(paths, settings)
    if any(code.startswith("PII") for session, _ in judging for code in session.rules.specs):
        removed_text = RemovedText.NONE  # a hash of ten digits is found by trying all of them
    cleaning = Cleaning(judging, execution or Execution(jobs=settings.jobs), base_of(paths), each)
    try:
        with tempfile.TemporaryFile() as stream:
            for payload in cleaning.payloads():
                stream.write(len(payload).to_bytes(8, "big") + payload)
            judged = cleaning.judged()
            stream.seek(0)
            unheeded: list[str] = []
            entries = (
                entry
                for payload in _framed(stream)
                for cleaned in _noted(cleaned_in(payload), unheeded)
                for entry in cleaning.entries(cleaned, judged, removed_text)
            )
            built = write_version(_with_recipe(request, judging, removed_text), entries)
            warn_of_own_words(unheeded, settings)
            return built
    except OSError as error:  # the version's own folder has its own words
        raise SourceError(
            f"what the build keeps until all is read cannot be written: {error.strerror or error}; no version was made",
            origin=tempfile.gettempdir(),
            remedy="Free some space there, or name another folder with TMPDIR.",
        ) from error


def clean_share(paths: Sequence[str], settings: Settings, execution: Execution) -> None:
    """Clean the shards of one rank and keep them in the work folder that `how` names, for a build to be made of."""
    for _ in Cleaning(_sessions(paths, settings), execution, base_of(paths)).payloads():
        pass


def _sessions(paths: Sequence[str], settings: Settings) -> Sessions:
    """The files of a build and who judges them, the run's own session first."""
    files = discover(paths, exclude=settings.exclude, gitignore=settings.respect_gitignore, packs=settings.packs)
    return sessions(files, settings)


def _noted(documents: Iterable[CleanDocument | Entry], unheeded: list[str]) -> Iterator[CleanDocument | Entry]:
    """The documents; the files of those whose words about their own findings do not count go into `unheeded`."""
    for cleaned in documents:
        if isinstance(cleaned, CleanDocument) and cleaned.is_unheeded:
            unheeded.append(cleaned.path)
        yield cleaned


def _framed(stream: IO[bytes]) -> Iterator[bytes]:
    while head := stream.read(8):
        yield stream.read(int.from_bytes(head, "big"))


def _with_recipe(request: Request, judging: Sessions, removed_text: RemovedText) -> Request:
    """The request with what decides its content; configurations of folders are part of it where they have some."""
    settings = judging[0][0].settings
    used = {pack.name: pack.version for session, _ in judging for pack in packs(session.settings)}
    specs = {code: spec for session, _ in reversed(judging) for code, spec in session.rules.specs.items()}
    recipe = Recipe(
        tool=__version__,
        config_sha256=_recipe_sha256([session for session, _ in judging]),
        packs=dict(sorted(used.items())),
        rules={str(code): f"{spec.name}/{spec.version}" for code, spec in sorted(specs.items())},
        removed_text=removed_text.value,
    )
    return replace(request, recipe=recipe, drop=frozenset(settings.dataset.get(_DROP, ())))


_DROP = "drop-fields"
_OURS = (_DROP, "withhold")
"""Keys of `[dataset]` that say how it is built, and stand on no card."""


def facts_of(settings: Settings) -> CardFacts:
    """What the configuration's `[dataset]` says about the dataset; ConfigError for a key no card has."""
    known = {part.name.replace("_", "-"): part.name for part in fields(CardFacts) if part.type == "str"}
    for key in settings.dataset:
        if key not in known and key not in _OURS:
            raise ConfigError(
                f"a dataset's card has no {key!r}",
                path=settings.origins.get("dataset", ""),
                key=f"dataset.{key}",
                remedy=f"known keys: {', '.join(sorted({*known, *_OURS}))}",
            )
    withhold_from(settings)
    stated: dict[str, Any] = {known[key]: ", ".join(value) for key, value in settings.dataset.items() if key in known}
    return CardFacts(**stated, source_licenses=settings.source_licenses)


def _recipe_sha256(judging: Sequence[Session]) -> str:
    """A hash of every setting that can change the outcome, and of none that says only where things lie."""
    own, *others = (_recipe(session.settings, session.rules) for session in judging)
    return hashlib.sha256(canonical_json({**own, "folders": others} if others else own)).hexdigest()


def _recipe(settings: Settings, rules: RuleSet) -> dict[str, Any]:
    return {
        "rules": sorted([code, spec.version, spec.severity.value] for code, spec in rules.specs.items()),
        "per_file_ignores": {key: list(value) for key, value in settings.per_file_ignores.items()},
        "per_source_ignores": {key: list(value) for key, value in settings.per_source_ignores.items()},
        "fields": dict(settings.fields),
        "language": settings.language,
        "max_bytes": settings.max_bytes,
        "exclude": list(settings.exclude),
        "withhold": list(settings.dataset.get("withhold", ("error",))),
        "drop_fields": sorted(settings.dataset.get(_DROP, ())),
    }
