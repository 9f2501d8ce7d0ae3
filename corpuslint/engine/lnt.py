"""What the run reports about itself (LNT), about a decision, and about a schema: specs without a rule behind them.

Their tables are in `data/run.toml`; the engine raises them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from corpuslint.model.levels import Scope
from corpuslint.model.rule import Example, RuleSpec
from corpuslint.text.toml import kept_toml


def _spec(summary: str = "", reported: str = "by the engine", **table: Any) -> RuleSpec:
    example = Example("", why=f"reported {reported}")
    told = {"summary": summary or table["docs"]["finds"].split(". ")[0].rstrip("."), "scope": Scope.DOCUMENT}
    return msgspec.convert({**told, "invalid": (example,), "valid": (example,), **table}, RuleSpec)


_TABLES = kept_toml((Path(__file__).parent / "data" / "run.toml").read_text("utf-8"))["rule"]
_SPECS = {table["code"]: _spec(**table) for table in _TABLES}
LNT_SPECS = tuple(spec for code, spec in _SPECS.items() if code.startswith("LNT"))

FILE_UNREADABLE = _SPECS["LNT001"]
FILE_SKIPPED = _SPECS["LNT002"]
RULE_CRASHED = _SPECS["LNT003"]
FIX_DID_NOT_CONVERGE = _SPECS["LNT004"]
FIX_OUTSIDE_BUDGET = _SPECS["LNT005"]
BROKEN_RECORD = _SPECS["LNT006"]
DOCUMENT_UNJUDGED = _SPECS["LNT007"]
SHARD_FAILED = _SPECS["LNT008"]
FIXES_NOT_WRITTEN = _SPECS["LNT009"]
UNUSED_SUPPRESSION = _SPECS["LNT010"]
UNUSED_BASELINE_ENTRY = _SPECS["LNT011"]
EXPIRED_ENTRY = _SPECS["LNT012"]
BROKEN_SUPPRESSION = _SPECS["LNT013"]
SPLIT_BY_REVIEW = _SPECS["MIX090"]
RECORD_DOES_NOT_FIT = _SPECS["MET900"]
