"""Addresses: what kind of page one leads to, and the form in which a dataset holds it.

The `url` of a record is the page it was scraped from. Most addresses that stand in an article are something else: the
outlet's channel on a messenger, its app in a shop, a picture, a share link, a shortener, the next article of a list.
"""

from __future__ import annotations

from enum import Enum
from functools import cache, lru_cache
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

from corpuslint.resources import fact_data
from corpuslint.text.patterns import compile_re


class AddressKind(Enum):
    """What stands at an address."""

    PAGE = "a page"
    HOME = "the front page of a site"
    SECTION = "a section, a tag or a search"
    POST = "a post on a social site"
    CHANNEL = "a channel or an account"
    SHOP = "an app in a shop"
    SHORTENER = "a short link"
    FILE = "a picture or another file"
    SHARE = "a share link"
    NONE = "no address"


_FILE = compile_re(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|ico|heic|pdf|docx?|xlsx?|pptx?|zip|rar|apk|mp[34]|m4[av]|webm|mov|avi"
    r"|flv|ogg|wav|m3u8|css|js|json|xml|rss|woff2?)$"
)
_SHARE = compile_re(
    r"/(?:sharer?|sharer\.php|share\.php|sharearticle|intent|save|submit|dialog/share|pin/create|share/url)(?:/|\.php|$)"
)
_SECTION = compile_re(
    r"/(?:tags?|categor(?:y|ies)|section|topics?|authors?|writers?|search|archives?|feed|rss|page|login|register"
    r"|subscribe|newsletter|contact(?:-us)?|about(?:-us)?|privacy(?:-policy)?|terms)(?:/[^/]*)?/?$"
)
_HOME = compile_re(r"/?(?:(?:[a-z]{2}(?:-[a-z]{2})?|arabic|persian|farsi|urdu|index\.(?:html?|php|aspx)|home)/?)?")
_POST = compile_re(
    r"/(?:[^/]+/)*(?:status(?:es)?|posts?|videos?|p|reels?|watch|permalink(?:\.php)?|photo(?:\.php)?|comments|story(?:\.php)?"
    r"|s/[^/]+|v)(?:/|$)|/[^/]+/\d+/?$"
)
_CODE = compile_re(r"/(?=[a-z-]*[A-Z0-9])(?=[^/]*[A-Za-z])[A-Za-z0-9_-]{3,8}/?")
"""A path of one short code, as short links of an outlet's own have it."""


def address_kind(url: str) -> AddressKind:
    """What stands at an address, as far as the address tells.

    >>> address_kind("https://t.me/manara"), address_kind("https://manara.example/2024/05/bridge")
    (<AddressKind.CHANNEL: 'a channel or an account'>, <AddressKind.PAGE: 'a page'>)
    """
    if plain := _PLAIN.fullmatch(url):
        host, path, query = plain[1].lower(), plain[2] or "", plain[3] or ""
    elif parts := _split(url):
        host, path, query = parts.hostname or "", parts.path, parts.query
    else:
        return AddressKind.NONE
    kind, lowered = _kind_of_host(host.removeprefix("www.")), path.lower()
    if kind is AddressKind.SHARE or _SHARE.search(lowered) or "u=http" in query or "url=http" in query:
        return AddressKind.SHARE
    if kind in (AddressKind.SHORTENER, AddressKind.SHOP):
        return kind
    if _FILE.search(lowered):
        return AddressKind.FILE
    if kind is AddressKind.CHANNEL:
        return AddressKind.POST if _POST.match(path) or "v=" in query else kind
    if _HOME.fullmatch(lowered) and not query:
        return AddressKind.HOME
    if _SECTION.search(lowered):
        return AddressKind.SECTION
    return AddressKind.SHORTENER if _CODE.fullmatch(path) and not query else kind


_PLAIN = compile_re(r"https?://([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(/[^\s?#]*)?(?:\?([^\s#]*))?(?:#\S*)?")


@lru_cache(maxsize=1024)  # a corpus has few outlets
def _kind_of_host(host: str) -> AddressKind:
    found = {_hosts()[name] for name in _names(host) if name in _hosts()}
    return next((kind for kind in _OF_HOSTS if kind in found), AddressKind.PAGE)


_OF_HOSTS: Final = (AddressKind.SHARE, AddressKind.SHORTENER, AddressKind.SHOP, AddressKind.CHANNEL)
"""What stands at every address of a host; of a host that lies in two that are known, the first holds."""


@cache
def _hosts() -> dict[str, AddressKind]:
    rows = (line.split("\t") for line in fact_data("hosts.tsv").splitlines() if not line.startswith("#"))
    return {host: AddressKind[kind.upper()] for kind, host in rows}


OWN: Final = frozenset((AddressKind.PAGE, AddressKind.POST, AddressKind.HOME, AddressKind.SECTION))
"""Kinds that a record may declare as where it was scraped."""

_TRACKING = compile_re(
    r"utm_\w+|fbclid|gclid|yclid|mc_[ce]id|igshid?|ref_src|ocid|at_\w+|__twitter_impression|_ga|cmpid"
)


def canonical_address(url: str) -> str:
    """The address without what browsers and campaigns add to it; what is no web address stays as it is.

    >>> canonical_address("HTTPS://WWW.Example.com:443/a?id=5&utm_source=x#comments")
    'https://www.example.com/a?id=5'
    """
    parts = _split(url)
    if parts is None:
        return url
    host = parts.netloc.rpartition("@")[2].lower()
    for scheme, port in (("http", ":80"), ("https", ":443")):
        if parts.scheme == scheme:
            host = host.removesuffix(port)
    query = parts.query
    if _TRACKING.search(query):
        query = urlencode(
            [pair for pair in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
        )
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""  # pages that scripts draw
    return SplitResult(parts.scheme, host, parts.path or "/", query, fragment).geturl()


def _split(url: str) -> SplitResult | None:
    """The parts of a web address, None for anything else."""
    if not url.lower().startswith(("http://", "https://")) or any(mark in url for mark in " \n\t"):
        return None
    try:
        parts = urlsplit(url)
        return parts if parts.hostname and "." in parts.hostname and parts.port != 0 else None
    except ValueError:  # brackets and ports that are none
        return None


def _names(host: str) -> frozenset[str]:
    """The host and every domain it lies in: "m.facebook.com", "facebook.com"."""
    labels = host.split(".")
    return frozenset(".".join(labels[start:]) for start in range(len(labels) - 1))
