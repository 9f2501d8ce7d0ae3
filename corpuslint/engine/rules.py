"""From settings to the rules of a run: packs loaded, codes selected, severities set."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from corpuslint.config.settings import Settings
from corpuslint.engine.lnt import LNT_SPECS
from corpuslint.engine.record_schema import RecordFitsSchema
from corpuslint.engine.ruleset import RuleSet, ruleset
from corpuslint.formats.streams import text_of
from corpuslint.model.rule import RuleSpec
from corpuslint.packs.loader import RulePack, load_packs
from corpuslint.packs.selection import ALL, matching, select
from corpuslint.packs.shipped import shipped_packs
from corpuslint.version import REPOSITORY

_lists_of: list[tuple[Path, ...]] = [()]


def packs(settings: Settings) -> tuple[RulePack, ...]:
    """The shipped packs and those that the settings name, which from now on say how the lists of shipped ones go on."""
    _lists_of[0] = settings.packs
    return load_packs(settings.packs, shipped_packs)


def hold_lists(settings: Settings) -> None:
    """Let the lists of shipped packs go on as the packs of these settings say, if others had a say last."""
    if _lists_of[0] != settings.packs:
        packs(settings)


def record_schema_of(settings: Settings) -> Path | None:
    """The schema that every record of this corpus must fit, if it has one.

    The schema of published datasets, which `corpuslint` ships under the same name, is not meant: input is not there
    yet.
    """
    if settings.record_schema is not None:
        return settings.record_schema
    path = settings.root / "schemas" / "record.schema.json"
    if settings.origins and path.is_file() and not _is_shipped(path):
        return path
    return None


def _is_shipped(schema: Path) -> bool:
    try:
        return REPOSITORY in text_of(schema)
    except (OSError, UnicodeDecodeError):
        return False  # which is said where it is read


def known_specs(settings: Settings) -> tuple[RuleSpec, ...]:
    """Every rule that there is, ours and the user's, whether it runs or not, sorted by code."""
    specs = [rule.spec for pack in packs(settings) for rule in pack.all_rules]
    return tuple(sorted([*specs, *LNT_SPECS], key=lambda spec: spec.code))


def rules_for(settings: Settings) -> RuleSet:
    """The rules that the settings select, with their severities.

    Raises ConfigError for a selector that matches nothing, PackError for a pack that does not load.
    """
    rules = [rule for pack in packs(settings) for rule in pack.all_rules]
    schema = record_schema_of(settings)
    if schema is not None:
        rules.append(RecordFitsSchema(schema))
    specs = [rule.spec for rule in rules]
    known = [*specs, *LNT_SPECS]
    for key, selectors in {
        "select": settings.select,
        "ignore": settings.ignore,
        "extend-select": settings.extend_select,
        "fixable": settings.fixable,
        "unfixable": settings.unfixable,
        "severity": settings.severity,
        "per-file-ignores": chain(*settings.per_file_ignores.values()),
        "per-source-ignores": chain(*settings.per_source_ignores.values()),
    }.items():
        with settings.saying(key):
            matching(selectors, known)
    chosen = select(known, select=settings.select, ignore=settings.ignore, extend_select=settings.extend_select)
    severities = {
        code: level
        for selector, level in sorted(settings.severity.items(), key=lambda entry: len(entry[0]))
        for code in matching((selector,), known)
    }
    reported = [spec.code for spec in LNT_SPECS if spec.code in chosen]
    fixable = select(known, select=settings.fixable or (ALL,), ignore=settings.unfixable, opting_in=False)
    return ruleset(
        [rule for rule in rules if rule.spec.code in chosen],
        severities,
        reported,
        settings.min_confidence,
        chosen - fixable,
    )


def rules_in(filename: str, settings: Settings, rules: RuleSet, site: str = "") -> RuleSet:
    """Those of `rules` that hold for one file, or for documents of one source in it."""
    ignored = settings.ignored_in(filename, site)
    if not ignored:
        return rules
    # Checked against every rule there is when the run began; here a selector may well name one that does not run.
    return rules.narrowed(
        lambda spec: ALL not in ignored and spec.name not in ignored and not spec.code.startswith(ignored)
    )
