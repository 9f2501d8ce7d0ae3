"""Secrets in what is shown to people and kept in logs: addresses with passwords, signed links, tokens.

An error of a network library tells the whole address it asked for, and an address may carry a password. Whatever
leaves the program as a message, a file name or a reason passes through here; texts of documents do not.
"""

from __future__ import annotations

import os
import re

from corpuslint.text.patterns import compile_re

HIDDEN = "***"

# The variables that Hub, cloud and proxy clients read; what they hold is hidden wherever it turns up.
_VARIABLES = (
    "HF_TOKEN",
    "HUGGING_FACE_HUB_TOKEN",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AZURE_STORAGE_KEY",
    "AZURE_STORAGE_ACCOUNT_KEY",
    "AZURE_STORAGE_SAS_TOKEN",
    "GITHUB_TOKEN",
    "CI_JOB_TOKEN",
)
_SHORTEST = 8
"""A variable that holds less is a placeholder, and hiding it would hide ordinary words."""

_WORTH_A_LOOK = compile_re(r"@|hf_|[?&;]|[Bb]earer|[Bb]asic|[Aa]uthorization|AKIA|gh[pousr]_")
_SECRETS = compile_re(
    r"""
    (?P<scheme>\b[A-Za-z][A-Za-z0-9+.-]{0,30}://)[^/\s@?\#]{1,2000}@      # user:password@host
    | \b(?-i:hf_)[A-Za-z0-9]{8,}                                         # a Hub's token
    | \bgh[pousr]_[A-Za-z0-9]{16,}                                       # a forge's
    | \bAKIA[A-Z0-9]{12,}                                                # a cloud's key id
    | (?P<kind>\b(?:bearer|basic)\s+)[A-Za-z0-9+/=._~-]{6,}              # what an Authorization header holds
    | (?P<header>\bauthorization['"]?\s{0,3}[:=]\s{0,3}['"]?)(?!bearer\b|basic\b)[^\s'",]+
    | (?P<parameter>[?&;](?:access_token|token|sig|signature|key|api_key|apikey|password|secret|auth
        |awsaccesskeyid|x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential))=)[^&;\s'"]+
    """,
    re.VERBOSE | re.IGNORECASE,
)


def without_secrets(text: str) -> str:
    """`text` with what nobody but its owner may read hidden.

    >>> without_secrets("cannot open https://me:pass@host/a.jsonl?token=abc&page=2")
    'cannot open https://***@host/a.jsonl?token=***&page=2'
    >>> without_secrets("Authorization: Bearer abcdef123"), without_secrets("قال: a@b.example")
    ('Authorization: Bearer ***', 'قال: a@b.example')
    """
    for variable in _VARIABLES:
        value = os.environ.get(variable, "")
        if len(value) >= _SHORTEST:
            text = text.replace(value, HIDDEN)
    if not _WORTH_A_LOOK.search(text):
        return text
    return _SECRETS.sub(_hidden, text)


def _hidden(match: re.Match[str]) -> str:
    if match["scheme"]:
        return f"{match['scheme']}{HIDDEN}@"
    return (match["kind"] or match["header"] or match["parameter"] or "") + HIDDEN
