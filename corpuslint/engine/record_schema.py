"""MET900: a record that does not fit the schema of its own corpus.

The rule exists where the corpus has a schema: `record-schema` in the configuration, or `schemas/record.schema.json`
beside it. What is checked is the record as read: `text` and the metadata under our names.
"""

from __future__ import annotations

import json
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

        try:
            schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
            kind = jsonschema.validators.validator_for(schema)
            kind.check_schema(schema)
        except (OSError, ValueError, jsonschema.SchemaError) as error:
            reason = getattr(error, "message", "") or str(error)
            raise ConfigError(f"is no usable JSON Schema: {reason}", path=str(path)) from None
        self._validator = kind(schema)
        self._name = path.name

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding for each way in which the record does not fit."""
        record = {
            **{key: list(value) if isinstance(value, tuple) else value for key, value in anatomy.metadata.items()},
            "text": anatomy.text,
        }
        for error in sorted(
            self._validator.iter_errors(record), key=lambda error: (list(map(str, error.path)), error.message)
        ):
            place = ".".join(map(str, error.path))
            reason = f"{place}: {error.message}" if place else error.message
            yield self.spec.report(anatomy.document, schema=self._name, reason=reason[:300])
