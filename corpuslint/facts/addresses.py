"""Addresses: what kind of page one leads to, and the form in which a dataset holds it.

The `url` of a record is the page it was scraped from. Most addresses that stand in an article are something else: the
outlet's channel on a messenger, its app in a shop, a picture, a share link, a shortener, the next article of a list.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

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


_CHANNELS: Final = frozenset(
    (
        "whatsapp.com", "wa.me", "t.me", "telegram.me", "telegram.org", "telegram.dog", "youtube.com", "youtu.be",
        "youtube-nocookie.com", "twitter.com", "x.com", "facebook.com", "fb.com", "fb.watch", "m.me", "messenger.com",
        "instagram.com", "instagr.am", "threads.net", "threads.com", "tiktok.com", "snapchat.com", "linkedin.com",
        "pinterest.com", "pin.it", "reddit.com", "vk.com", "ok.ru", "tumblr.com", "flickr.com", "soundcloud.com",
        "spotify.com", "podcasts.apple.com", "music.apple.com", "podcasts.google.com", "anchor.fm", "castbox.fm",
        "vimeo.com", "dailymotion.com", "dai.ly", "twitch.tv", "rumble.com", "clubhouse.com", "discord.gg",
        "discord.com", "viber.com", "line.me", "signal.group", "signal.me", "weibo.com", "weixin.qq.com", "kwai.com",
        "bsky.app", "mastodon.social", "truthsocial.com", "gettr.com", "koo.app", "likee.video", "imo.im", "botim.me",
        # Iran's messengers and video sites
        "eitaa.com", "eitaa.ir", "bale.ai", "ble.ir", "ble.im", "rubika.ir", "splus.ir", "sapp.ir", "gap.im",
        "igap.net", "virasty.com", "aparat.com", "namasha.com", "telewebion.com", "shenoto.com", "wisgoon.com",
        # readers that collect other sites' pieces, and feeds
        "nabd.com", "nabdapp.com", "flipboard.com", "news.google.com", "feedly.com", "feedburner.com", "getpocket.com",
        "linktr.ee", "zez.am", "takprosto.cc", "zil.ink",
    )
)  # fmt: skip
_SHOPS: Final = frozenset(
    (
        "play.google.com", "apps.apple.com", "itunes.apple.com", "appgallery.huawei.com", "appgallery.cloud.huawei.com",
        "galaxystore.samsung.com", "galaxy.store", "apkpure.com", "apps.microsoft.com", "amazon.com", "amazon.sa",
        "amazon.ae", "amazon.eg", "noon.com", "cafebazaar.ir", "myket.ir", "sibapp.com", "sibapp.ir", "sibche.com",
        "anardoni.com", "iapps.ir", "charkhoneh.com", "onelink.me", "app.link", "page.link", "app.goo.gl", "adj.st",
    )
)  # fmt: skip
_SHORTENERS: Final = frozenset(
    (
        "bit.ly", "j.mp", "tinyurl.com", "goo.gl", "t.co", "ow.ly", "is.gd", "buff.ly", "cutt.ly", "shorturl.at",
        "shorturl.asia", "rb.gy", "dlvr.it", "ift.tt", "trib.al", "lnkd.in", "fb.me", "amzn.to", "adf.ly", "wp.me",
        "tiny.cc", "v.gd", "s.id", "t.ly", "bl.ink", "rebrand.ly", "lnk.to", "u.to", "clck.ru", "goo.su", "urlz.fr",
        "2u.pw", "2h.ae", "mz.cm", "qr.ae", "yhoo.it", "dld.bz", "po.st", "shar.es", "su.pr", "cli.gs", "snip.ly",
        "yun.ir", "b2n.ir", "plink.ir", "zaya.io", "opizo.com", "vrgl.ir", "yon.ir", "kutt.it", "lnk.ir", "hdlink.ir",
        # newsrooms' own
        "bbc.in", "nyti.ms", "reut.rs", "cnn.it", "wapo.st", "econ.st", "bloom.bg", "apne.ws", "aje.io", "aje.me",
        "f24.my", "p.dw.com", "skynews.link", "ara.tv", "arbne.ws", "on.rt.com", "sptnkne.ws", "trt.global", "aljzr.co",
    )
)  # fmt: skip
_SHARING: Final = frozenset(("addtoany.com", "addthis.com", "sharethis.com", "sharer.org"))
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
    names = _names(host)
    for known, kind in (
        (_SHARING, AddressKind.SHARE),
        (_SHORTENERS, AddressKind.SHORTENER),
        (_SHOPS, AddressKind.SHOP),
        (_CHANNELS, AddressKind.CHANNEL),
    ):
        if names & known:
            return kind
    return AddressKind.PAGE


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
