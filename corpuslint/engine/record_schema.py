"""MET900: a record that does not fit the schema of its own corpus.

The rule exists where the corpus has a schema: `record-schema` in the configuration, or `schemas/record.schema.json`
beside it. What is checked is the record as read: `text` and the metadata under our names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpuslint.errors import ConfigError
from corpuslint.facts.anatomy import Anatomy
from corpuslint.model.diagnostic import Diagnostic
from corpuslint.model.levels import Scope, Severity
from corpuslint.model.rule import Docs, Example, RuleCode, RuleSpec

RECORD_DOES_NOT_FIT = RuleSpec(
    code=RuleCode("MET900"),
    name="record-does-not-fit",
    summary="A record that does not fit the corpus's own schema",
    message="the record does not fit {schema}: {reason}",
    severity=Severity.ERROR,
    docs=Docs(
        finds="A record whose text or metadata breaks `schemas/record.schema.json` of its own corpus.",
        why="Who loads the dataset relies on that schema; a record outside it breaks training code late and far away.",
        options="`record-schema` names the schema file.",
    ),
    invalid=(Example("", why="reported where a schema is configured"),),
    valid=(Example("", why="reported where a schema is configured"),),
    scope=Scope.DOCUMENT,
)


PATTERN_SECONDS = 1.0
"""Processor time that one `pattern` of a schema may take on one value."""


class RecordFitsSchema:
    """The rule for one schema.

    A schema lies in the corpus, which may be a stranger's: nothing it refers to is fetched, from the network or from
    another file, and its patterns are held to what those of packs are held to.
    """

    spec = RECORD_DOES_NOT_FIT

    def __init__(self, path: Path) -> None:
        import jsonschema
        from jsonschema_specifications import REGISTRY

        try:
            schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
            if not isinstance(schema, dict):
                raise ValueError("a schema is an object")
            kind = jsonschema.validators.validator_for(schema)
            kind.check_schema(schema)
        except (OSError, ValueError, TypeError, RecursionError, jsonschema.SchemaError) as error:
            reason = getattr(error, "message", "") or str(error)
            raise ConfigError(f"is no usable JSON Schema: {reason}", path=str(path)) from None
        if complaint := _complaint_about(schema):
            raise ConfigError(f"is no usable JSON Schema: {complaint}", path=str(path))
        bounded = jsonschema.validators.extend(kind, {"pattern": _pattern})
        self._validator = bounded(schema, registry=REGISTRY)
        self._name = path.name

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding for each way in which the record does not fit."""
        record = {
            **{key: list(value) if isinstance(value, tuple) else value for key, value in anatomy.metadata.items()},
            "text": anatomy.text,
        }
        for error in self._errors(record):
            place = ".".join(map(str, error.path))
            reason = f"{place}: {error.message}" if place else error.message
            yield self.spec.report(anatomy.document, schema=self._name, reason=reason[:300])

    def _errors(self, record: dict[str, Any]) -> list[Any]:
        from referencing.exceptions import Unresolvable

        try:
            found = list(self._validator.iter_errors(record))
        except (Unresolvable, RecursionError) as error:  # only a record that gets there tells
            raise ConfigError(f"is no usable JSON Schema: {error}"[:300], path=self._name) from None
        return sorted(found, key=lambda error: (list(map(str, error.path)), error.message))


def _complaint_about(schema: object) -> str:
    """What in a schema could reach outside it or hang; "" when nothing could."""
    own = {value["$id"] for value in _tables(schema) if isinstance(value.get("$id"), str)}
    for table in _tables(schema):
        reference = table.get("$ref")
        if isinstance(reference, str) and urlsplit(reference).scheme:
            target = reference.partition("#")[0]
            if target not in own and urlsplit(target).netloc != "json-schema.org":
                return f"it refers to {reference}, and nothing is fetched; put what it needs into `$defs`"
        patterns = table.get("patternProperties")
        for pattern in (table.get("pattern"), *(patterns if isinstance(patterns, dict) else ())):
            if isinstance(pattern, str) and (complaint := _pattern_complaint(pattern)):
                return f"the pattern {pattern[:80]!r} {complaint}"
    return ""


def _tables(value: object) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, itself included."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _pattern_complaint(pattern: str) -> str:
    import regex

    from corpuslint.packs.backtracking import complaint_about

    try:
        complaint = complaint_about(regex.compile(pattern))
    except regex.error as error:
        return f"is not a regular expression: {error}"
    return f"backtracks without bound: {complaint}" if complaint else ""


def _pattern(validator: Any, pattern: str, value: object, schema: object) -> Iterator[Any]:
    """The keyword `pattern`, with an end to its time."""
    import jsonschema
    import regex

    if isinstance(value, str) and not regex.search(pattern, value, timeout=PATTERN_SECONDS):
        yield jsonschema.ValidationError(f"{value!r} does not match {pattern!r}")
