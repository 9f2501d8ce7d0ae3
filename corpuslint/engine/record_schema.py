"""MET900: a record that does not fit the schema of its own corpus.

The rule exists where the corpus has a schema: `record-schema` in the configuration, or `schemas/record.schema.json`
beside it. What is checked is the record as read: `text` and the metadata under our names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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


class RecordFitsSchema:
    """The rule for one schema."""

    spec = RECORD_DOES_NOT_FIT

    def __init__(self, path: Path) -> None:
        import jsonschema
        from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

        try:
            schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
            if not isinstance(schema, dict):
                raise ValueError("a schema is an object")
            kind = jsonschema.validators.validator_for(schema)
            kind.check_schema(schema)
        except (OSError, ValueError, TypeError, RecursionError, jsonschema.SchemaError) as error:
            reason = getattr(error, "message", "") or str(error)
            raise ConfigError(f"is no usable JSON Schema: {reason}", path=str(path)) from None
        # what a schema refers to is in it or in the standard: nothing is fetched
        self._validator = kind(schema, registry=REGISTRY)
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
        except (Unresolvable, RecursionError, re.error) as error:  # only a record that gets there tells
            raise ConfigError(f"is no usable JSON Schema: {error}"[:300], path=self._name) from None
        return sorted(found, key=lambda error: (list(map(str, error.path)), error.message))
