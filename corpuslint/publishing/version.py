"""Version numbers of datasets, and the guard that keeps a small number from hiding a large change."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from corpuslint.errors import PublishError

_NUMBERS = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})", re.ASCII)
"""`datasets` loads no card whose config says anything but three numbers: `v1.0.0`, `1.0`, `1.0.0-rc.1` all fail."""


class Step(IntEnum):
    """How far a version goes beyond the one before it."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Version(NamedTuple):
    """A version of a dataset: three numbers, ordered as numbers."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @classmethod
    def parse(cls, text: str) -> Version:
        """The version `text` writes; PublishError when it is anything but `X.Y.Z`.

        >>> Version.parse("1.10.0") > Version.parse("1.9.3")
        True
        """
        if not (found := _NUMBERS.fullmatch(text)):
            raise PublishError(
                f"{text!r} is not a dataset version",
                remedy="Write three numbers, as 1.0.0: `datasets` loads no v1, 1.0 or 1.0.0-rc1. "
                "A release candidate is a branch on the Hub, not a version.",
            )
        return cls(*(int(number) for number in found.groups()))

    def after(self, step: Step) -> Version:
        """The next version one `step` further.

        >>> str(Version(1, 2, 3).after(Step.MINOR))
        '1.3.0'
        """
        kept = Step.MAJOR - step
        numbers = [*self[:kept], self[kept] + 1, 0, 0]
        return Version(*numbers[:3])


def guard(old: Version, new: Version, least: Step, why: str) -> None:
    """Raise PublishError when `new` is a smaller step from `old` than what changed asks for."""
    if new < old.after(least):
        raise PublishError(
            f"version {new} is too small a step from {old}: {why}, which asks for at least a {least} step",
            remedy=f"Build it as {old.after(least)} or later.",
        )
