"""Which language a document is in, against what is declared and what its parts say."""

from collections.abc import Iterator

from corpuslint import (
    LANGUAGES,
    Anatomy,
    Diagnostic,
    Docs,
    Example,
    RuleCode,
    RuleSpec,
    Scope,
    Severity,
    Span,
    Triggers,
    compile_re,
)


def _bears_hallmarks(text: str, language: str) -> bool:
    marks = LANGUAGES[language].hallmarks
    return bool(marks) and all(mark in text for mark in marks)


def _name(language: str) -> str:
    return LANGUAGES[language].name if language in LANGUAGES else "no Arabic-script language"


class DeclaredLanguageContradicted:
    """`language: fa` on an Arabic text."""

    spec = RuleSpec(
        code=RuleCode("LNG001"),
        name="declared-language-contradicted",
        summary="The text is in another language than its metadata declares",
        message="declared {declared}, but the text is {found}",
        severity=Severity.WARNING,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds=(
                "Documents with a declared language whose words belong, beyond doubt, to another one. Letters do not "
                "count: Persian typed with Arabic letters is Persian."
            ),
            why="Letters are repaired for the declared language, and the record goes to its part of the dataset.",
        ),
        invalid=(
            Example(
                "وزارت بهداشت امروز اعلام کرد که شمار بیماران برای سومین هفته پیاپی کاهش یافته است", {"language": "ar"}
            ),
            Example("The ministry said today that the number of patients had fallen again", {"language": "ar"}),
        ),
        valid=(
            Example("أعلنت وزارة الصحة اليوم أن عدد الإصابات انخفض من جديد", {"language": "ar-EG"}, why="agrees"),
            Example("وزارت بهداشت امروز اعلام کرد که شمار بیماران کم شد", why="nothing declared"),
            Example("وزير كشور گفت كه اين طرح اجرا مي شود", {"language": "fa"}, why="wrong letters, right language"),
            Example("جدول", {"language": "ar"}, why="too short to tell"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if "language" not in anatomy.metadata:
            return
        declared = anatomy.declared_language
        if not declared or _bears_hallmarks(anatomy.text, declared):
            return
        reading = anatomy.reading
        foreign = reading.language == "other" and len(anatomy.text) >= _LETTERS
        if foreign or (
            reading.language not in (declared, "other", "") and reading.sure and reading.letters >= _LETTERS
        ):
            yield self.spec.report(
                anatomy.document,
                language=reading.language,
                evidence={"declared": declared, "found": reading.language, "margin": round(reading.margin, 1)},
                declared=_name(declared),
                found=_name(reading.language),
            )


_LETTERS = 40


class UnknownLanguage:
    """A text whose language nothing tells."""

    spec = RuleSpec(
        code=RuleCode("LNG002"),
        name="unknown-language",
        summary="The language of the text cannot be told",
        message="language cannot be told",
        severity=Severity.INFO,
        scope=Scope.DOCUMENT,
        docs=Docs(
            finds="Documents without a declared language whose words do not tell it: too few, or in a foreign script.",
            why="Rules that depend on the language stay silent on such a text.",
        ),
        invalid=(Example("2023 - 10 - 20"), Example("The summit was held on Thursday")),
        valid=(
            Example("أعلنت وزارة الصحة اليوم أن عدد الإصابات انخفض", why="Arabic"),
            Example("2023 - 10 - 20", {"language": "ar"}, why="declared"),
            Example("", why="empty"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if anatomy.declared_language or anatomy.language not in ("", "other") or not anatomy.text.strip():
            return
        yield self.spec.report(anatomy.document, evidence={"letters": anatomy.reading.letters})


_FOREIGN = "[A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f]"
_IDEOGRAPHIC = r"(?:[\u0590-\u05FF\u3040-\u30FF\u4E00-\u9FFF]\s?){60}"
_WORDS = rf"(?:{_FOREIGN}{{2,20}}[ ,.;:'’\"()0-9%-]{{1,4}}){{25}}"
# What wakes the rule is shorter than what it looks for: long counted repeats cost the one scan a quarter of its time.
_SOME_IDEOGRAPHIC = r"[\u0590-\u05FF\u3040-\u30FF\u4E00-\u9FFF]"
_SOME_WORDS = rf"(?:{_FOREIGN}{{2,20}}[ ,.;:'’\"()0-9%-]{{1,4}}){{3}}"
_PERSIAN_LINE = r"[پچژگ][^\n]*[پچژگ][^\n]*[پچژگ]"
_OTHER_SCRIPT = compile_re(rf"{_IDEOGRAPHIC}.*|{_WORDS}.*")
_OTHER_LETTER = compile_re(f"{_FOREIGN}|{_SOME_IDEOGRAPHIC}".replace("]|[", ""))
_BLOCK = 50  # letters: 25 words have two each, and 60 ideographs are more
_OTHER_LANGUAGE = compile_re(_PERSIAN_LINE)
_BLOCK_LETTERS = 100


class ForeignScriptBlock:
    """A passage in another script."""

    spec = RuleSpec(
        code=RuleCode("LNG004"),
        name="foreign-script-block",
        summary="A passage is in another script than the document",
        message="passage in another script",
        severity=Severity.INFO,
        triggers=Triggers(patterns=(_SOME_IDEOGRAPHIC, _SOME_WORDS)),
        docs=Docs(
            finds="Runs of 25 words in Latin, Greek or Cyrillic letters, and of 60 Hebrew, Japanese or Chinese ones.",
            why="A corpus of one language should know where it is not.",
        ),
        invalid=(
            Example(
                "أعلنت الوزارة أمس عن خطة جديدة لحماية المدارس من المرض في الشتاء، وقالت إنها ستنشر التفاصيل لاحقا.\n"
                + "the ministry said it will " * 6
                + "\nوأضافت أن الخطة تشمل المعلمين أيضا، وأن عدد الإصابات انخفض للأسبوع الثالث على التوالي.\n"
                "وسيكون التطعيم مجانيا لجميع التلاميذ دون استثناء بعد اجتماع مع المديرين في كل المدن الكبرى.",
            ),
        ),
        valid=(Example("قالت شركة Apple Inc في بيان إنها ستطلق iPhone جديدا في الأسبوع المقبل", why="names"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        if len(_OTHER_LETTER.findall(anatomy.text)) < _BLOCK:
            return
        for match in _OTHER_SCRIPT.finditer(anatomy.text):
            span = Span(*match.span())
            if 2 * (span.end - span.start) < len(anatomy.text):
                yield self.spec.report(anatomy.document, span, language="other")


class ForeignBlock:
    """A paragraph in another language."""

    spec = RuleSpec(
        code=RuleCode("LNG003"),
        name="foreign-block",
        summary="A paragraph is in another language than the document",
        message="paragraph in {name}",
        severity=Severity.INFO,
        triggers=Triggers(
            patterns=("[پچژگ]",),
        ),
        docs=Docs(
            finds=("A line of a hundred letters and more that reads as another language than its document."),
            why="A corpus of one language should know where it is not.",
        ),
        invalid=(
            Example(
                "أعلنت وزارة الصحة اليوم أن عدد الإصابات انخفض للأسبوع الثالث على التوالي في جميع المدن\n"
                "وزارت بهداشت امروز اعلام کرد که شمار بیماران برای سومین هفته پیاپی در همهٔ شهرهای کشور کاهش یافته است "
                "و گفت که مدارس از شنبه باز خواهند شد"
                "\nوقالت الوزارة إنها ستعلن في الأسبوع المقبل عن خطة جديدة للوقاية من المرض في المدارس",
                {"language": "ar"},
            ),
        ),
        valid=(
            Example("قالت شركة Apple Inc في بيان إنها ستطلق iPhone جديدا في الأسبوع المقبل", why="names"),
            Example("أعلنت وزارة الصحة اليوم أن عدد الإصابات انخفض", why="one language"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        own = anatomy.language
        if own not in ("ar", "ur", "ckb", "ps", "sd", "ug") and not (
            own == "fa" and _bears_hallmarks(anatomy.text, "ar")
        ):
            return
        if not _OTHER_LANGUAGE.search(anatomy.text):
            return
        for line in anatomy.filled:
            if len(line.text) < _BLOCK_LETTERS:
                continue
            reading = anatomy.read_piece(line.body)
            if reading.language not in (own, "", "other") and reading.sure and reading.letters >= _BLOCK_LETTERS:
                yield self.spec.report(
                    anatomy.document, line.body, language=reading.language, name=_name(reading.language)
                )


RULES = (DeclaredLanguageContradicted(), UnknownLanguage(), ForeignBlock(), ForeignScriptBlock())
