"""Code in the text: shortcodes, tags, scripts, addresses on lines of their own."""

import re
from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    DeclarativeRule,
    Diagnostic,
    Edit,
    FieldChange,
    Span,
    addresses,
    compile_re,
    cut,
    phrasebook,
)

_NO_LETTERS = "[^\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc\n]"
_SCRIPT_SIGNS = (
    r"function\s*\w*\s*\(|\bvar\s+\w+\s*=|\bconst\s+\w+\s*=|\blet\s+\w+\s*=|document\.\w+|window\.\w+|googletag\.\w+|"
    r"\(adsbygoogle|dataLayer\.push|jQuery\(|\$\(\s*['\"(dw]|\bgtag\(|fbq\(|ga\(['\"]|_gaq\.push|addEventListener|"
    r"\breturn\b[^\n]*;|@media\b|@import\b|@font-face|!important|\b(?:margin|padding|width|height|color|display|"
    r"background(?:-\w+)?|font-\w+|position|float|border(?:-\w+)?|z-index|text-align)\s*:\s*[^:;\n]{1,60};|\"@context\"|\"@type\"|"
    r"=>\s*\{|\}\)\s*;|\}\s*\(\s*\)|\bif\s*\(.{0,80}\)\s*\{|\btry\s*\{|\bcatch\s*\("
)
_SIGN = compile_re(_SCRIPT_SIGNS)
_START = compile_re(r"(?=..[ -~]*[({};=])[ -~\t]+")
_LINE = compile_re(r"(?=..[ -~]*[({};=])[ -~\t]+|[ -~\t]*[{}();,\]\[][ -~\t]*")
_JOINT = compile_re(rf"(?=.*[{{}}();=]){_NO_LETTERS}{{0,300}}|[\s{{}}()\[\];,]*")


def script_or_style(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """Lines of JavaScript, CSS or JSON-LD: no letter of the script, and the punctuation of code."""
    lines = anatomy.filled
    at = 0
    while at < len(lines):
        text = lines[at].text
        if not (_START.fullmatch(text) and _SIGN.search(text)):
            at += 1
            continue
        first = last = at
        while first > 0 and _JOINT.fullmatch(lines[first - 1].text) and _LINE.fullmatch(lines[first - 1].text):
            first -= 1
        while last + 1 < len(lines) and (
            _JOINT.fullmatch(lines[last + 1].text)
            or (_LINE.fullmatch(lines[last + 1].text) and _SIGN.search(lines[last + 1].text))
        ):
            last += 1
        span = Span(lines[first].body.start, lines[last].body.end)
        edit = Edit(Span(lines[first].span.start, lines[last].full.end), "")
        fix = rule.fix((edit,), "Delete the code")
        # a line of code behind a sentence is what a lesson shows
        shown = first == last and first > 0 and lines[first - 1].text[-1] in ".:："
        sure = 0.8 if shown and not _PROGRAM.search(text) else 0.97
        yield rule.report(anatomy, span, fix=fix, confidence=sure)
        at = last + 1


_PROGRAM = compile_re(r"\b(?:var|let|const|function|document|window|googletag|adsbygoogle|jQuery|push)\b|\$\(")
_URL = (
    r"(?:https?:?//|www\.|pic\.twitter\.com/|pic\.x\.com/|t\.co/|t\.me/|youtu\.be/)[^\s<>«»\u0600-\u06ff]{3,500}"
    r"|[a-z0-9-]{2,40}\.(?:com|net|org|ir|info|tv|news|me|co|af|pk|iq|krd)(?:/[^\s<>«»\u0600-\u06ff]{0,300})?"
)
_ADDRESS_LINE = compile_re(
    rf"""[^\w\n]*
    (?:(?P<label>[\u0600-\u06ff\N{{ZERO WIDTH NON-JOINER}} ]{{2,30}}?)\s*[:：]\s*)?
    (?P<url>{_URL})(?P<more>(?:\s+(?:{_URL}))*)[^\w\n/]*""".replace("\\N{ZERO WIDTH NON-JOINER}", "\u200c"),
    re.VERBOSE | re.IGNORECASE,
)


def address_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A line that is nothing but addresses of pages, or a label and an address."""
    lines = anatomy.filled
    found = {index: match for index, line in enumerate(lines) if (match := _ADDRESS_LINE.fullmatch(line.text))}
    for index, match in found.items():
        line = lines[index]
        if index and lines[index - 1].text.endswith((":", "：")) and not match["label"]:
            continue  # "… at this address:" leads to the line below
        url = match["url"]
        kind = addresses.address_kind(url if "//" in url else f"https://{url}")
        label = phrasebook.fold(match["label"] or "")
        own = bool(_OWN_LABEL.search(label))
        alone = len(found) == 1 and not match["more"]  # of a list, no address is the page's own
        fields: tuple[FieldChange, ...] = ()
        page = own and alone and kind is addresses.AddressKind.PAGE and not _SHORT.search(label)
        if page and "//" in url and not anatomy.stated("url"):
            fields = (FieldChange("url", addresses.canonical_address(url)),)
        title = "Lift the address into `url`" if fields else "Delete the line"
        fix = rule.fix((Edit(line.full, ""),), title, fields)
        above = lines[index - 1].text if index and index - 1 not in found else "."
        announced = len(above) <= 30 and above[-1] not in ".!؟۔" and not _OWN_LABEL.search(phrasebook.fold(above))
        edge = not announced and (index < 2 or index >= len(lines) - 3)
        sure = 0.97 if own or (edge and not label and kind in _OF_THE_PAGE) else 0.8
        if sure == 0.8 and len(found) > 2:
            continue  # the article lists them
        yield rule.report(anatomy, line.body, fix=fix, confidence=sure, found=url if len(url) <= 40 else url[:39] + "…")


# "Link of the story", "address"; a video and a form have links, too, and a source is another page. Letters are folded.
_OWN_LABEL = compile_re(r"^(?:ال)?(?:رابط|لینک|نشانی|لنک)(?!.*(?:ویدی?و|فیدیو|ثبت))")
_SHORT = compile_re("کوتاه|مختصر|قصیر")
_OF_THE_PAGE = frozenset(
    (
        addresses.AddressKind.CHANNEL,
        addresses.AddressKind.SHOP,
        addresses.AddressKind.SHARE,
        addresses.AddressKind.SHORTENER,
    )
)
"""What stands at an edge for the outlet's sake; any other address there can be what the text speaks of."""
_HANDLE_LINE = compile_re(
    r"[^\w@#\n]*(?:[^\W\d]{2,12}\s*[:：]\s*)?(?:@[A-Za-z0-9_.]{2,40}|#[\w\u200c]{2,60})(?:[\s,،|/]+(?:@[A-Za-z0-9_.]{2,40}|#[\w\u200c]{2,60}))*[^\w\n]*"
)
_QUOTED = compile_re(
    r"(?:(?:https?://)?(?:t\.co|pic\.(?:twitter|x)\.com)/\w+\s*)*"
    r"(?:[—–-]{1,2}\s?[^\n(—–]{1,60}\(@[A-Za-z0-9_]{2,20}\)\s*(?=[^\n]*\d{4})[^\n]{4,30}"
    r"|(?<=\s)(?:https?://)?(?:pic\.(?:twitter|x)\.com|t\.co)/\w+\s*)"
)


def handle_line(rule: DeclarativeRule, anatomy: Anatomy) -> Iterator[Diagnostic]:
    """A line of handles or of hashtags."""
    for line in anatomy.filled:
        foot = _FOOT.search(line.text, max(0, len(line.text) - _LONGEST_FOOT))
        quoted = _QUOTED.fullmatch(line.text, foot.start()) if foot else None
        if quoted is not None:
            span = Span(line.body.start + quoted.start(), line.body.end)
            name = _SPEAKER.search(quoted[0])  # whose words the post is, unless the text tells it elsewhere
            told = name is None or re.search(rf"(?<!\w){re.escape(name[1])}(?!\w|\s*\(@)", anatomy.text)
            sure = 0.98 if told else 0.8
            fix = rule.fix((cut(anatomy.text, span),), "Delete the foot of the post")
            yield rule.report(anatomy, span, fix, confidence=sure)
            continue
        if len(line.text) > 300 or not _HANDLE_LINE.fullmatch(line.text):
            continue
        tags = tuple(tag.replace("_", " ") for tag in re.findall(r"#([\w\u200c]+)", line.text))
        if tags and "@" not in line.text and len(tags) < 2:
            continue  # one hashtag alone on a line heads the items of a column
        lifts = tags and not anatomy.metadata.get("keywords")
        fields = (FieldChange("keywords", ", ".join(tags), tags),) if lifts else ()
        yield rule.line(anatomy, line, fields)


_SPEAKER = compile_re(r"[—–-]{1,2}\s?([^\n(—–]{1,60}?)\s*\(@")
_LONGEST_FOOT = 200
_FOOT = compile_re(r"(?:https?://)?(?:t\.co|pic\.(?:twitter|x)\.com)/\w|[—–-]{1,2}\s?[^\n(—–]{1,60}\(@")
