"""Code in the text: shortcodes, tags, scripts, addresses on lines of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Edit,
    Example,
    FieldChange,
    Fix,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
    Triggers,
    addresses,
    compile_re,
    cut,
    phrasebook,
)


def _shown(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:39] + "…"


_NO_LETTERS = "[^\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufefc\n]"
_LEADING = r"[ \t\x0b\x0c\u00a0\u061c\u2009\u200a\u200b\u200c\u200e\u200f\u202a-\u202c\u202f\ufeff]*"
"""What a line is stripped of at its beginning."""
_SCRIPT_SIGNS = (
    r"function\s*\w*\s*\(|\bvar\s+\w+\s*=|\bconst\s+\w+\s*=|\blet\s+\w+\s*=|document\.\w+|window\.\w+|googletag\.\w+|"
    r"\(adsbygoogle|dataLayer\.push|jQuery\(|\$\(\s*['\"(dw]|\bgtag\(|fbq\(|ga\(['\"]|_gaq\.push|addEventListener|"
    r"\breturn\b[^\n]*;|@media\b|@import\b|@font-face|!important|\b(?:margin|padding|width|height|color|display|"
    r"background(?:-\w+)?|font-\w+|position|float|border(?:-\w+)?|z-index|text-align)\s*:\s*[^:;\n]{1,60};|\"@context\"|\"@type\"|"
    r"=>\s*\{|\}\)\s*;|\}\s*\(\s*\)|\bif\s*\(.{0,80}\)\s*\{|\btry\s*\{|\bcatch\s*\("
)


@dataclass(frozen=True)
class ScriptOrStyle:
    """Lines of JavaScript, CSS or JSON-LD: no letter of the script, and the punctuation of code."""

    spec: RuleSpec
    _sign = compile_re(_SCRIPT_SIGNS)
    _start = compile_re(r"(?=..[ -~]*[({};=])[ -~\t]+")
    _line = compile_re(r"(?=..[ -~]*[({};=])[ -~\t]+|[ -~\t]*[{}();,\]\[][ -~\t]*")
    _joint = compile_re(rf"(?=.*[{{}}();=]){_NO_LETTERS}{{0,300}}|[\s{{}}()\[\];,]*")

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a block of lines."""
        lines = anatomy.filled
        at = 0
        while at < len(lines):
            text = lines[at].text
            if not (self._start.fullmatch(text) and self._sign.search(text)):
                at += 1
                continue
            first = last = at
            while (
                first > 0
                and self._joint.fullmatch(lines[first - 1].text)
                and self._line.fullmatch(lines[first - 1].text)
            ):
                first -= 1
            while last + 1 < len(lines) and (
                self._joint.fullmatch(lines[last + 1].text)
                or (self._line.fullmatch(lines[last + 1].text) and self._sign.search(lines[last + 1].text))
            ):
                last += 1
            span = Span(lines[first].body.start, lines[last].body.end)
            edit = Edit(Span(lines[first].span.start, lines[last].full.end), "")
            fix = Fix("Delete the code", Applicability.UNSAFE, (edit,))
            # a line of code behind a sentence is what a lesson shows
            shown = first == last and first > 0 and lines[first - 1].text[-1] in ".:："
            sure = 0.8 if shown and not _PROGRAM.search(text) else 0.97
            yield self.spec.report(
                anatomy.document, span, fix=fix, confidence=sure, found=_shown(span.of(anatomy.text))
            )
            at = last + 1


_PROGRAM = compile_re(r"\b(?:var|let|const|function|document|window|googletag|adsbygoogle|jQuery|push)\b|\$\(")


SCRIPT = ScriptOrStyle(
    RuleSpec(
        code=RuleCode("ART006"),
        name="script-or-style",
        summary="Lines of a script, a style sheet or structured data stand in the text",
        message="code of the page in the text: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(rf"^{_LEADING}[ -~\t]{{2,}}[({{}};=]",)),
        docs=Docs(
            finds="Lines without a letter of the script that hold the signs of JavaScript, CSS or JSON-LD: "
            "`googletag.cmd.push(…)`, `var x = …`, `.box { width: 10px; }`, and the brackets around them.",
            why="A scraper that keeps `<script>` and `<style>` puts programs into the corpus.",
            fix_safety="Only whole lines without a letter of the script go. A listing in an article on programming "
            "is code too; suppress the rule there.",
        ),
        invalid=(
            Example(
                "بدأ العمل.\nvar slot = document.getElementById('ad');\n});\nوانتهى غدا.\n",
                spans=("var slot = document.getElementById('ad');\n});",),
                fixed="بدأ العمل.\nوانتهى غدا.\n",
            ),
            Example(".share-box { margin: 0 auto; width: 100%; }\nخبر امروز.\n", fixed="خبر امروز.\n"),
        ),
        valid=(
            Example("x = 5 (m)\n", why="a formula"),
            Example("AFP (Paris); Reuters\n", why="names in Latin letters"),
        ),
    )
)

_URL = (
    r"(?:https?:?//|www\.|pic\.twitter\.com/|pic\.x\.com/|t\.co/|t\.me/|youtu\.be/)[^\s<>«»\u0600-\u06ff]{3,500}"
    r"|[a-z0-9-]{2,40}\.(?:com|net|org|ir|info|tv|news|me|co|af|pk|iq|krd)(?:/[^\s<>«»\u0600-\u06ff]{0,300})?"
)


@dataclass(frozen=True)
class AddressLine:
    """A line that is nothing but addresses of pages, or a label and an address."""

    spec: RuleSpec
    _line = compile_re(
        rf"""[^\w\n]*
        (?:(?P<label>[\u0600-\u06ff\N{{ZERO WIDTH NON-JOINER}} ]{{2,30}}?)\s*[:：]\s*)?
        (?P<url>{_URL})(?P<more>(?:\s+(?:{_URL}))*)[^\w\n/]*""".replace("\\N{ZERO WIDTH NON-JOINER}", "\u200c"),
        re.VERBOSE | re.IGNORECASE,
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a line; the address of the page itself becomes `url` where none is declared."""
        lines = anatomy.filled
        found = {index: match for index, line in enumerate(lines) if (match := self._line.fullmatch(line.text))}
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
            fix = Fix(title, Applicability.UNSAFE, (Edit(line.full, ""),), fields)
            edge = index < 2 or index >= len(lines) - 3
            sure = 0.97 if own or (edge and not label and kind in _OF_THE_PAGE) else 0.8
            yield self.spec.report(anatomy.document, line.body, fix=fix, confidence=sure, found=_shown(url))


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

ADDRESS = AddressLine(
    RuleSpec(
        code=RuleCode("ART007"),
        name="address-line",
        summary="A line is nothing but the address of a page",
        message="line with nothing but an address: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(
            patterns=(
                r"[hH][tT][tT][pP][sS]?:?//",
                r"[wW][wW][wW]\.",
                r"youtu\.be/",
                r"[a-zA-Z0-9]\.(?:com|net|org|ir|info|tv|news|me|co|af|pk|iq|krd|COM|NET|ORG)",
            )
        ),
        docs=Docs(
            finds="Lines that hold an address and nothing else, with or without a label before it.",
            why="It is the link under the text, the short link of a share box, or the page's own address.",
            fix_safety="A line with a label for the page's own link goes, and so does a channel, an app, a share link "
            "or a short link at an edge of the text; any other address can be what the text speaks of or was taken "
            "from, and the fix is only shown. The address becomes `url` where no `url` is declared and the label says "
            "that it is the page's own: no channel, app, picture, share link, short link or front page, none out of "
            "several.",
        ),
        invalid=(
            Example(
                "بدأ العمل.\nرابط الخبر: https://news.example/2024/05/bridge\n",
                spans=("رابط الخبر: https://news.example/2024/05/bridge",),
                fixed="بدأ العمل.\n",
                fields={"url": "https://news.example/2024/05/bridge"},
            ),
            Example(
                "بدأ العمل.\nالمصدر: https://news.example/2024/05/bridge\n",
                fixed="بدأ العمل.\n",
                fields={},
                why="the page that it was taken from",
            ),
            Example("کار آغاز شد.\nلینک کوتاه: example.ir/x81a\n", fixed="کار آغاز شد.\n"),
            Example("بدأ العمل.\npic.twitter.com/x81a\n", fixed="بدأ العمل.\n", fields={}),
            Example("بدأ العمل.\nhttps://t.me/manara_news\n", fixed="بدأ العمل.\n", fields={}, why="a channel"),
            Example(
                "بدأ العمل.\nhttps://news.example/uploads/2024/05/bridge.jpg\n",
                fixed="بدأ العمل.\n",
                fields={},
                why="a picture",
            ),
            Example(
                "بدأ العمل.\nhttps://news.example/2024/05/bridge\nhttps://news.example/2024/05/road\n",
                fixed="بدأ العمل.\n",
                fields={},
                why="one of several",
            ),
            Example(
                "بدأ العمل.\nhttps://youtu.be/x81a\n", fixed="بدأ العمل.\n", fields={}, why="a video, not the page"
            ),
        ),
        valid=(
            Example("زوروا الموقع www.example.org لمزيد من الشرح.", why="an address in a sentence"),
            Example("وقال موقع example.com إن العمل بدأ.", why="a site as the subject of a sentence"),
            Example("يجري التسجيل على الرابط:\nhttps://example.org/form\n", why="the sentence above leads to it"),
        ),
    )
)


@dataclass(frozen=True)
class HandleLine:
    """A line of handles or of hashtags."""

    spec: RuleSpec
    _line = compile_re(
        r"[^\w@#\n]*(?:[^\W\d]{2,12}\s*[:：]\s*)?(?:@[A-Za-z0-9_.]{2,40}|#[\w\u200c]{2,60})(?:[\s,،|/]+(?:@[A-Za-z0-9_.]{2,40}|#[\w\u200c]{2,60}))*[^\w\n]*"
    )

    _quoted = compile_re(
        r"(?:(?:https?://)?(?:t\.co|pic\.(?:twitter|x)\.com)/\w+\s*)*"
        r"(?:[—–-]{1,2}\s?[^\n(—–]{1,60}\(@[A-Za-z0-9_]{2,20}\)\s*(?=[^\n]*\d{4})[^\n]{4,30}"
        r"|(?<=\s)(?:https?://)?(?:pic\.(?:twitter|x)\.com|t\.co)/\w+\s*)"
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """One finding a line; hashtags become `keywords`."""
        for line in anatomy.filled:
            foot = _FOOT.search(line.text, max(0, len(line.text) - _LONGEST_FOOT))
            quoted = self._quoted.fullmatch(line.text, foot.start()) if foot else None
            if quoted is not None:
                span = Span(line.body.start + quoted.start(), line.body.end)
                edits = (cut(anatomy.text, span),)
                fix = Fix("Delete the foot of the post", Applicability.UNSAFE, edits)
                yield self.spec.report(anatomy.document, span, fix=fix, found=_shown(quoted[0]))
                continue
            if len(line.text) > 300 or not self._line.fullmatch(line.text):
                continue
            tags = tuple(tag.replace("_", " ") for tag in re.findall(r"#([\w\u200c]+)", line.text))
            if tags and "@" not in line.text and len(tags) < 2:
                continue  # one hashtag alone on a line heads the items of a column
            lifts = tags and not anatomy.metadata.get("keywords")
            fields = (FieldChange("keywords", ", ".join(tags), tags),) if lifts else ()
            fix = Fix("Delete the line", Applicability.UNSAFE, (Edit(line.full, ""),), fields)
            yield self.spec.report(anatomy.document, line.body, fix=fix, found=_shown(line.text))


_LONGEST_FOOT = 200
_FOOT = compile_re(r"(?:https?://)?(?:t\.co|pic\.(?:twitter|x)\.com)/\w|[—–-]{1,2}\s?[^\n(—–]{1,60}\(@")

HANDLE = HandleLine(
    RuleSpec(
        code=RuleCode("ART008"),
        name="handle-line",
        summary="A line is nothing but handles or hashtags, or closes like a post that was embedded",
        message="handles, hashtags or the foot of a post: {found}",
        severity=Severity.ERROR,
        triggers=Triggers(
            patterns=(r"@[A-Za-z0-9_]{2}", r"pic\.(?:twitter|x)\.com/", r"[/ ]t\.co/", r"#[^\n #]{2,60}[ ,|/]{1,3}#")
        ),
        docs=Docs(
            finds="Lines of `@names`, lines of two or more `#hashtags`, and the foot of a post that the page embeds: "
            "`pic.twitter.com/…`, `— name (@handle) October 3, 2023`.",
            why="They are the share box's suggestion or the author's account, not a sentence.",
            fix_safety="The line goes; hashtags become `keywords` where none are declared. A columnist's account is "
            "lost "
            "from the text.",
        ),
        invalid=(
            Example("نص المقال هنا.\n@ahmad_writes\n", spans=("@ahmad_writes",), fixed="نص المقال هنا.\n"),
            Example(
                "نص الخبر.\nبدأ العمل pic.twitter.com/a1 — سامي (@sami) October 3, 2023\n",
                spans=("pic.twitter.com/a1 — سامي (@sami) October 3, 2023",),
                fixed="نص الخبر.\nبدأ العمل\n",
            ),
            Example("متن خبر.\n— شهرداری (@shahr) 3 اکتبر 2023\n", fixed="متن خبر.\n"),
            Example("متن خبر.\n#پل #کار_تازه\n", fixed="متن خبر.\n", fields={"keywords": ("پل", "کار تازه")}),
        ),
        valid=(
            Example("كتب @ahmad أن العمل بدأ.", why="a handle in a sentence"),
            Example("#نافذة:\nقال الكاتب إن العمل بدأ.", why="one hashtag as the heading of an item"),
        ),
    )
)

RULES = (SCRIPT, ADDRESS, HANDLE)
