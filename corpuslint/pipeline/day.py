"""What day it is for suppressions and baseline entries that hold until a day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping


def today(environment: Mapping[str, str]) -> datetime.date:
    """The day that expiry is counted from; `SOURCE_DATE_EPOCH` fixes it for runs that must be repeatable."""
    fixed = environment.get("SOURCE_DATE_EPOCH", "")
    if fixed.isdigit():
        return datetime.datetime.fromtimestamp(int(fixed), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()
