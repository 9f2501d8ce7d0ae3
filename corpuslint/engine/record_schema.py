"""MET900: a record that does not fit the schema of its own corpus.

The rule exists where the corpus has a schema: `record-schema` in the configuration, or `schemas/record.schema.json`
beside it. What is checked is the record as read: `text` and the metadata under our names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpuslint.engine.lnt import RECORD_DOES_NOT_FIT
from corpuslint.errors import ConfigError
from corpuslint.facts.anatomy import Anatomy
from corpuslint.formats.streams import text_of
from corpuslint.model.diagnostic import Diagnostic

PATTERN_SECONDS = 1.0
"""Processor time that one `pattern` of a schema may take on one value."""

MOST_REFERENCES = 10_000
"""How often one record may lead through a `$ref`: each may name two others, and so on, forty deep."""


class RecordFitsSchema:
    """The rule for one schema.

    A schema lies in the corpus, which may be a stranger's: nothing it refers to is fetched, from the network or from
    another file, its patterns are held to what those of packs are held to, and its references to a number.
    """

    spec = RECORD_DOES_NOT_FIT

    def __init__(self, path: Path) -> None:
        import jsonschema
        from jsonschema_specifications import REGISTRY

        try:
            schema: dict[str, Any] = json.loads(text_of(path))
            if not isinstance(schema, dict):
                raise ValueError("a schema is an object")
            kind = jsonschema.validators.validator_for(schema)
            kind.check_schema(schema)
        except (OSError, ValueError, TypeError, RecursionError, jsonschema.SchemaError) as error:
            reason = getattr(error, "message", "") or getattr(error, "strerror", "") or str(error)
            raise ConfigError(f"is no usable JSON Schema: {reason}", path=str(path)) from None
        if complaint := _complaint_about(schema):
            raise ConfigError(f"is no usable JSON Schema: {complaint}", path=str(path))
        for table in _tables(schema):  # a part that names its dialect would be judged by a validator without bounds
            table.pop("$schema", None)
        own = {"pattern": _pattern, "patternProperties": _pattern_properties}
        own |= {name: self._counted(kind.VALIDATORS[name]) for name in _REFERENCES & kind.VALIDATORS.keys()}
        if "additionalProperties" in kind.VALIDATORS:
            own["additionalProperties"] = _beside_patterns(kind.VALIDATORS["additionalProperties"])
        self._validator = jsonschema.validators.extend(kind, own)(schema, registry=REGISTRY)
        self._name = path.name
        self._followed = 0

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

    def _counted(self, follow: Keyword) -> Keyword:
        """A keyword that refers to another part of the schema, with an end to how often."""

        def counted(validator: Any, reference: Any, value: object, schema: Any) -> Iterator[Any]:
            self._followed += 1
            if self._followed > MOST_REFERENCES:
                reason = f"one record leads through more than {MOST_REFERENCES:,} references"
                raise ConfigError(f"is no usable JSON Schema: {reason}", path=self._name)
            yield from follow(validator, reference, value, schema) or ()

        return counted

    def _errors(self, record: dict[str, Any]) -> list[Any]:
        from referencing.exceptions import Unresolvable

        self._followed = 0
        try:
            found = list(self._validator.iter_errors(record))
        except (Unresolvable, RecursionError) as error:  # only a record that gets there tells
            raise ConfigError(f"is no usable JSON Schema: {error}"[:300], path=self._name) from None
        return sorted(found, key=lambda error: (list(map(str, error.path)), error.message))


def _complaint_about(schema: object) -> str:
    """What in a schema could reach outside it or hang; "" when nothing could."""
    unevaluated = any("unevaluatedProperties" in table for table in _tables(schema))
    own = {value["$id"] for value in _tables(schema) if isinstance(value.get("$id"), str)}
    for table in _tables(schema):
        reference = table.get("$ref")
        if isinstance(reference, str) and urlsplit(reference).scheme:
            target = reference.partition("#")[0]
            if target not in own and urlsplit(target).netloc != "json-schema.org":
                return f"it refers to {reference}, and nothing is fetched; put what it needs into `$defs`"
        patterns = table.get("patternProperties")
        if patterns and unevaluated:
            return "it has both `patternProperties` and `unevaluatedProperties`; use `additionalProperties`"
        for pattern in (table.get("pattern"), *(patterns if isinstance(patterns, dict) else ())):
            if isinstance(pattern, str) and (complaint := _pattern_complaint(pattern)):
                return f"the pattern {pattern[:80]!r} {complaint}"
    return ""


def _tables(value: object) -> Iterator[dict[str, Any]]:
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

    from corpuslint.packs.guarded import complaint_about

    try:
        complaint = complaint_about(regex.compile(pattern))
    except regex.error as error:
        return f"is not a regular expression: {error}"
    return f"backtracks without bound: {complaint}" if complaint else ""


def _pattern(validator: Any, pattern: str, value: object, schema: object) -> Iterator[Any]:
    """The keyword `pattern`, with an end to its time."""
    import jsonschema

    if isinstance(value, str) and not _matches(pattern, value):
        yield jsonschema.ValidationError(f"{value!r} does not match {pattern!r}")


def _pattern_properties(validator: Any, patterns: dict[str, Any], value: object, schema: object) -> Iterator[Any]:
    """The keyword `patternProperties`, with an end to its time."""
    for pattern, part in patterns.items() if isinstance(value, dict) else ():
        for key, own in value.items() if isinstance(value, dict) else ():
            if _matches(pattern, key):
                yield from validator.descend(own, part, path=key, schema_path=pattern)


def _beside_patterns(additional: Keyword) -> Keyword:
    """The keyword `additionalProperties` for what no pattern of `patternProperties` matches."""

    def checked(validator: Any, allowed: Any, value: object, schema: Any) -> Iterator[Any]:
        if isinstance(value, dict):
            patterns = schema.get("patternProperties", ())
            value = {key: own for key, own in value.items() if not any(_matches(each, key) for each in patterns)}
            schema = {key: part for key, part in schema.items() if key != "patternProperties"}
        yield from additional(validator, allowed, value, schema) or ()

    return checked


def _matches(pattern: str, value: str) -> bool:
    import regex

    return regex.search(pattern, value, timeout=PATTERN_SECONDS) is not None


Keyword = Callable[[Any, Any, Any, Any], Iterator[Any] | None]
_REFERENCES = {"$ref", "$dynamicRef", "$recursiveRef"}
