"""The exceptions corpuslint raises: trouble with a *request*, never with a document.

Trouble with a document is a `Diagnostic`. One boundary in `cli/app.py` turns these into one message that says what
went wrong, where, and what to do, and ends the run with status 2. A warning is one line, and the run goes on.
"""

from __future__ import annotations

from collections.abc import Iterable


def nearest(
    word: str, known: Iterable[str], kind: str = "known", *, otherwise: str = "", most: int = 1, within: str = ""
) -> str:
    """Remedy for a word that is none of those `known`: the one that was meant, or `otherwise`, or all of them.

    `within` is what goes before each of them where it is written.
    """
    from difflib import get_close_matches  # few runs end so

    known = list(known)
    near = ", ".join(repr(f"{within}{one}") for one in get_close_matches(word, known, n=most))
    return f"did you mean {near}?" if near else otherwise or f"{kind}: {', '.join(known)}"


class CorpuslintError(Exception):
    """Something the user asked for cannot be done.

    `message` is one sentence, `remedy` is what to do about it ("" when the sentence already tells). `path` is the file,
    folder, URL or repository that it is about, `line` and `key` the place in it.
    """

    def __init__(self, message: str, *, path: str = "", key: str = "", line: int = 0, remedy: str = "") -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy
        self.path, self.key, self.line = path, key, line

    @property
    def place(self) -> str:
        """Where the trouble lies, as `file:line`, a key or a URL; "" when there is no place."""
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{where} [{self.key}]" if where and self.key else where or self.key

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}\n  {self.remedy}" if self.remedy else head


class ConfigError(CorpuslintError):
    """A configuration file or option is wrong."""


class PackError(CorpuslintError):
    """A rule pack does not load; the run stops."""


class SourceError(CorpuslintError):
    """An input cannot be read or an output cannot be written."""


class PublishError(CorpuslintError):
    """A dataset version cannot be built, verified or published."""


class Note(UserWarning):
    """What a run has to say beside its findings."""


class Unfollowed(Note):
    """Something among the documents would say how a run goes, and does not, because nobody trusted its folder."""


class Unproven(Note):
    """A rule of the user's own does not do what its examples say."""
