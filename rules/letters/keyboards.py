"""Sorani typed on a keyboard that lacks its letters."""

from collections import Counter
from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    Edit,
    EditBudget,
    Example,
    Fix,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
    Triggers,
    compile_re,
    invisible,
    sorani,
)

_WORD = compile_re(f"[{invisible.LETTERS}]+")
_SURE = 0.5
"""How sure the least sure letter of a word must be; below it the word stays as it is."""

_MARGIN = 5.0
"""How surely (in logits) a text of no declared language must read as Sorani."""

_LINE_MARGIN = 12.0
"""How surely a line must read as Sorani by itself where the other lines have its letters."""

_TYPED_FOR_AE = "هھةە"
_FEWEST_AE = 2
"""A text with fewer is a name, whose ی و ر ل stay: ە is the most frequent letter, whatever it was typed as."""

_SHARE = 25
"""One letter of the alphabet's own in so many is none: Sorani has one in five."""


class SoraniOnOtherKeyboard:
    """ههولیر for هەولێر."""

    spec = RuleSpec(
        code=RuleCode("LET014"),
        name="sorani-on-other-keyboard",
        summary="Sorani is written without the letters that only Sorani has",
        message="{count} Sorani word(s) typed on a Persian or Arabic keyboard",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=(f"[{invisible.LETTERS}]{{2}}",)),
        budget=EditBudget(characters="هەھہیێيىئکكورڕلڵۆؤة"),
        docs=Docs(
            finds="Lines of Sorani with hardly any of ە ێ ۆ ڕ ڵ: they were typed as ه ی و ر ل, or as ة ئ ؤ. Lines too "
            "that have the others but ه for each ە: it was typed as ه and a non-joiner, and the non-joiners are lost.",
            why="Every second word is another word to every search, vocabulary and tokeniser.",
            fix_safety="Unsafe: which letter was meant is told by the letters around it, fitted on clean Sorani. "
            "Of words in text never seen, 97 in 100 are decided, and 94 in 100 of those rightly; the others are left.",
            references=("https://www.unicode.org/L2/L2014/14136-kurdish-uighur-heh.pdf",),
        ),
        invalid=(
            Example(
                "ئهمرو له شاری ههولیر کوبوونهوهیهک دهکریت",
                {"language": "ckb"},
                fixed="ئەمڕۆ لە شاری هەولێر کۆبوونەوەیەک دەکرێت",
            ),
            Example(
                "ئهمڕۆ له شاری ههولێر کۆبوونهوهیهک دهکرێت",
                {"language": "ckb"},
                fixed="ئەمڕۆ لە شاری هەولێر کۆبوونەوەیەک دەکرێت",
            ),
        ),
        valid=(
            Example("ئەمڕۆ لە شاری هەولێر کۆبوونەوەیەک دەکرێت", {"language": "ckb"}, why="the letters of the alphabet"),
            Example(
                "قل هو الله أحد الله الصمد لم يلد ولم يولد ولم يكن له كفوا أحد",
                {"language": "ckb"},
                why="a verse of the Qur'an",
            ),
            Example("نورجان کریمی", {"language": "ckb"}, why="names, in which ە is rare"),
            Example("وزارت آموزش دیروز اعلام کرد که مدرسه هفته آینده باز می شود", why="Persian"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if anatomy.declared_language != "ckb" and (anatomy.language != "ckb" or anatomy.reading.margin < _MARGIN):
            return
        text = anatomy.text
        doubtful = sorani.AMBIGUOUS if sum(map(text.count, _TYPED_FOR_AE)) >= _FEWEST_AE else ""
        written = len(sorani.OWN_LETTERS.findall(text)) * _SHARE > len(text)
        for line in anatomy.filled:
            own = len(sorani.OWN_LETTERS.findall(line.text)) * _SHARE > len(line.text)
            if (own and not sorani.lacks_ae(line.text)) or anatomy.language_of(line) != "ckb":
                continue
            if not own and written and anatomy.read_piece(line.body).margin < _LINE_MARGIN:
                continue  # names, or words of another language, in a text that has the letters
            edits = []
            words = list(_WORD.finditer(text, *line.body))
            for match, quoted in zip(words, sorani.in_arabic([match[0] for match in words]), strict=True):
                right, sureness = sorani.restore_sorani(match[0], sorani.HEH if own else doubtful)
                span = Span(*match.span())
                if right != match[0] and sureness >= _SURE and not quoted and not anatomy.is_protected(span):
                    edits.append(Edit(span, right))
            if edits:
                fix = Fix("Write the Kurdish letters", Applicability.UNSAFE, tuple(edits))
                yield self.spec.report(
                    anatomy.document,
                    Span(edits[0].span.start, edits[-1].span.end),
                    fix=fix,
                    language="ckb",
                    confidence=0.95,
                    evidence={"count": len(edits)},
                    count=len(edits),
                )


class SoraniOfOldFont:
    """طوتى for گوتی."""

    spec = RuleSpec(
        code=RuleCode("LET016"),
        name="sorani-of-old-font",
        summary="Sorani is stored as it was typed for a font from before Unicode",
        message="Sorani typed for the font {font}",
        severity=Severity.ERROR,
        triggers=Triggers(patterns=("ة[ء-ي]",)),
        before=("LET004", "LET007", "LET009", "LET014"),
        docs=Docs(
            finds="Lines that read as Sorani only in the letters that Ali-K, Ali-Web or Dylan drew: these fonts had چ, "
            "پ, گ, ژ, ە and other letters of Kurdish in the places of ض, ث, ط, ذ, ة.",
            why="Without that font the text is no language at all.",
            fix_safety="Unsafe: Arabic words in the line are changed too.",
        ),
        invalid=(
            Example(
                "طوتى كة ضةند ثيَشمةرطة لة شارى هةوليَر بوون",
                fixed="گوتی کە چەند پێشمەرگە لە شاری هەولێر بوون",
            ),
        ),
        valid=(
            Example("گوتی کە چەند پێشمەرگە لە شاری هەولێر بوون", why="the letters of the alphabet"),
            Example("ضمت القافلة ثلاثة أطباء وطاقما طبيا لمدينة ثانية في الجنوب", why="Arabic"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        told = [(line, font) for line in anatomy.filled if (font := sorani.font_of(line.text))]
        if not told:
            return
        # A text was typed for one font; a short line can look like one of another.
        ((font, _),) = Counter(font for _, font in told).most_common(1)
        for line, _ in told:
            right = sorani.from_font(line.text, font)
            fix = Fix.replace("Write the letters that the font drew", line.body, right, Applicability.UNSAFE)
            yield self.spec.report(anatomy.document, line.body, fix=fix, language="ckb", confidence=0.95, font=font)


RULES = (SoraniOnOtherKeyboard(), SoraniOfOldFont())
