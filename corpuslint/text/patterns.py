"""Regular expressions that are compiled when they are first used.

Python compiles every expression anew in every process; an alternation of three hundred date labels takes it longer than
reading a hundred documents does, and a run over a few files uses few of them.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast


def compile_re(pattern: AnyStr, flags: int | re.RegexFlag = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, compiled when its first method is called: an error in `pattern` shows only then."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))


class _Lazy(Generic[AnyStr]):
    """A `re.Pattern` to be. What is asked of it once lies in its `__dict__`, and costs nothing more from then on."""

    def __init__(self, pattern: AnyStr, flags: int | re.RegexFlag) -> None:
        self.pattern: AnyStr = pattern
        self._asked = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        real = self.__dict__.get("_real")
        if real is None:
            real = self.__dict__["_real"] = re.compile(self.pattern, self._asked)
        value = self.__dict__[name] = getattr(real, name)
        return value

    def __reduce__(self) -> tuple[Any, ...]:
        return compile_re, (self.pattern, self._asked)
