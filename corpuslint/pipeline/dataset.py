"""From files to a dataset version: read, fix, split, judge the corpus, withhold what has an error left, write.

Between engine and publishing: the only module that knows both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from corpuslint.config.settings import Settings, settings_of
from corpuslint.engine.rules import packs
from corpuslint.engine.ruleset import RuleSet
from corpuslint.errors import ConfigError
from corpuslint.formats.files import Paths, as_paths
from corpuslint.pipeline.cleaning import Cleaning, base_of, cleaned_in
from corpuslint.pipeline.drive import EachShard, Execution
from corpuslint.pipeline.folders import Sessions, look_at, sessions, warn_of_own_words
from corpuslint.pipeline.plan import deciding
from corpuslint.pipeline.states import Pile
from corpuslint.publishing.building import Built, Request, write_version
from corpuslint.publishing.card import CardFacts
from corpuslint.publishing.manifest import Recipe, Version
from corpuslint.publishing.parquet import canonical_json
from corpuslint.publishing.records import CleanStory, Entry, RemovedText
from corpuslint.publishing.splits import SplitPlan
from corpuslint.version import __version__


def build(
    paths: Paths,
    settings: Settings | None = None,
    *,
    name: str,
    version: Version | str,
    out: Path | str = "dist",
    removed_text: RemovedText = RemovedText.FULL,
    plan: SplitPlan | None = None,
    shards: int = 0,
    execution: Execution | None = None,
    each: EachShard | None = None,
) -> Built:
    """Build a version of a dataset in `out/name` from files and folders, which are not touched, with every fix made.

    In folders that `settings` trust their own configurations hold. Where rules for personal data are on, no removed
    text is published, whatever `removed_text` says.

    The version does not depend on `execution`. With a work folder there, a build that ended early goes on where it was,
    on any executor; `build_share` says how ranks fill it.

    Raises SourceError for a path that is not there, PublishError when the version cannot be built, ConfigError for a
    way that is none.
    """
    settings = settings_of(settings)
    if execution is not None and execution.world_size > 1:
        raise ConfigError("one rank of several builds no version", remedy="Call build_share for each, then build.")
    paths = as_paths(paths)
    version = Version.parse(version) if isinstance(version, str) else version
    facts = facts_of(settings)
    judging = sessions(list(look_at(paths, settings).files), settings)
    if any(code.startswith("PII") for session, _ in judging for code in session.rules.specs):
        removed_text = RemovedText.NONE  # a hash of ten digits is found by trying all of them
    recipe, drop = _recipe_of(judging, removed_text), frozenset(settings.dataset.get(_DROP, ()))
    request = Request(name, version, Path(out), recipe, plan, shards, facts, drop=drop)
    cleaning = Cleaning(judging, execution or Execution(jobs=settings.jobs), base_of(paths), each)
    payloads = Pile()
    for payload in cleaning.payloads():
        payloads.add([("", payload)])
    cleaning.judge()
    unheeded: list[str] = []  # files whose words about their own findings do not count

    def entries() -> Iterator[Entry]:
        for cleaned in chain.from_iterable(map(cleaned_in, payloads)):
            if isinstance(cleaned, CleanStory) and cleaned.is_unheeded and not cleaned.index:
                unheeded.append(cleaned.path)
            yield cleaning.entry(cleaned, removed_text)

    built = write_version(request, entries())
    warn_of_own_words(unheeded, settings)
    return replace(built, unreadable=tuple(sorted(cleaning.unreadable)))


def build_share(paths: Sequence[str], settings: Settings, execution: Execution) -> None:
    """Do the share of one rank of a build and keep it in the work folder; `build` with that folder then has less to do.

    Raises SourceError for a path that is not there, PublishError for files that cannot be cleaned, ConfigError for a
    way that is none.
    """
    execution.refuse_nonsense()
    judging = sessions(list(look_at(paths, settings).files), settings)
    for _ in Cleaning(judging, execution, base_of(paths)).payloads():
        pass


def _recipe_of(judging: Sessions, removed_text: RemovedText) -> Recipe:
    """What decides the content of a version; configurations of folders are part of it where they have some.

    Of the settings every one is hashed that can change the outcome, and none that says only where things lie.
    """
    used = {pack.name: pack.version for session, _ in judging for pack in packs(session.settings)}
    specs = {code: spec for session, _ in reversed(judging) for code, spec in session.rules.specs.items()}
    own, *others = (_recipe(session.settings, session.rules) for session, _ in judging)
    return Recipe(
        tool=__version__,
        config_sha256=hashlib.sha256(canonical_json({**own, "folders": others} if others else own)).hexdigest(),
        packs=dict(sorted(used.items())),
        rules={str(code): f"{spec.name}/{spec.version}" for code, spec in sorted(specs.items())},
        removed_text=removed_text.value,
    )


_DROP = "drop-fields"
_OURS = (_DROP, "withhold")
"""Keys of `[dataset]` that say how it is built, and stand on no card."""


def facts_of(settings: Settings) -> CardFacts:
    """What the configuration's `[dataset]` says about the dataset."""
    table = settings.dataset.items()
    said: dict[str, Any] = {key.replace("-", "_"): ", ".join(texts) for key, texts in table if key not in _OURS}
    return CardFacts(**said, source_licenses=settings.source_licenses)


def _recipe(settings: Settings, rules: RuleSet) -> dict[str, Any]:
    return {
        "rules": sorted([code, spec.version, spec.severity.value] for code, spec in rules.specs.items()),
        **deciding(settings),
        "exclude": list(settings.exclude),
        "withhold": list(settings.dataset.get("withhold", ("error",))),
        "drop_fields": sorted(settings.dataset.get(_DROP, ())),
    }
