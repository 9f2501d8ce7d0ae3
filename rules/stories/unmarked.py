"""Foreign text that nothing announces: a whole second story, or the openings of several."""

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
    Related,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
    Split,
)

_OWN = (
    "افتتح وزير النقل صباح اليوم جسر المشاة الجديد في حي الزهور بعد عامين من العمل المتواصل فيه.\n"
    "وقال الوزير إن الجسر يربط حي الزهور بمحطة القطار ويخدم عشرين ألفا من سكان الحي كل يوم تقريبا.\n"
    "وأضاف أن كلفة الجسر بلغت أربعة ملايين دينار، وأن صيانة جسر المشاة تتولاها بلدية المدينة وحدها.\n"
    "من جهته، أوضح رئيس البلدية أن سكان الحي كانوا يعبرون سكة القطار مشيا قبل بناء الجسر الجديد."
)
_STORY = (
    "أحرز فريق الشباب لكرة السلة كأس الناشئين للمرة الثالثة في تاريخه بفوزه على نادي الميناء 71-64 مساء الجمعة.\n"
    "وتقدم الميناء في الشوط الأول بفضل رميات هدافه سامر الحلبي، قبل أن يقلب الشباب النتيجة في الدقائق الأخيرة.\n"
    "وقال مدرب الشباب إن لاعبي كرة السلة استحقوا الكأس بعد موسم لم يخسر فيه الفريق سوى مباراتين اثنتين."
)
_TEASERS = (
    "أحرز فريق الشباب لكرة السلة كأس الناشئين للمرة الثالثة في تاريخه بفوزه على نادي الميناء مساء الجمعة.\n"
    "حذرت دائرة الأرصاد الجوية، السبت، من سيول وأمطار غزيرة على الساحل الشمالي خلال اليومين المقبلين.\n"
    "أعلن البنك المركزي، الأحد، رفع سعر الفائدة ربع نقطة مئوية للمرة الثانية هذا العام لكبح التضخم.\n"
    "توفي الروائي منصور العابدي، الإثنين، عن 81 عاما بعد صراع طويل مع المرض في أحد مستشفيات باريس."
)


def _report(spec: RuleSpec, anatomy: Anatomy, kind: str, title: str) -> Iterator[Diagnostic]:
    for story in anatomy.unmarked:
        if story.kind.value != kind:
            continue
        sure = story.is_sure
        yield spec.report(
            anatomy.document,
            Span(story.span.start, story.parts[0].end),
            severity=Severity.ERROR if sure else Severity.WARNING if story.is_likely else Severity.INFO,
            fix=Fix(
                title,
                Applicability.UNSAFE if sure else Applicability.DISPLAY,
                (Edit(story.cut, ""),),
                splits=tuple(Split(part, teaser=kind == "teasers") for part in story.parts),
            ),
            confidence=story.confidence,
            evidence={"because": story.evidence},
            related=(Related(anatomy.document.id, story.span, "the foreign text"),),
            count=len(story.parts),
        )


class UnmarkedSecondStory:
    """A second story glued to the first."""

    spec = RuleSpec(
        code=RuleCode("MIX002"),
        name="unmarked-second-story",
        summary="A second story follows without any marker",
        message="a second story begins here",
        severity=Severity.ERROR,
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds=(
                "Text that belongs to another story, at the end of the document, inside it, or above the story that "
                "the declared title names: it shares few terms and little meaning with the rest, opens like a story "
                "(a headline, a writer or a day above it, a dateline, an agency named again), and hangs together by "
                "itself. A small fitted model weighs these signs; `confidence` is its probability, lower where the "
                "language is one whose words the model does not know: from 0.9 on the finding is an error, below 0.5 it "
                "is only worth knowing of. The finding begins at the story's own headline."
            ),
            why="Two stories in one record poison entities, topics, summaries and deduplication.",
            fix_safety=(
                "Unsafe: the foreign text leaves the document and becomes one of its own, without date and source. "
                "Below a confidence of 0.95 the fix is only shown. A background part that resembles another story can "
                "be split off wrongly."
            ),
        ),
        invalid=(Example(f"{_OWN}\n{_STORY}", metadata={"title": "افتتاح جسر المشاة في حي الزهور"}),),
        valid=(
            Example(_OWN, why="one story; later paragraphs go on with what the first ones name"),
            Example(
                f"{_OWN}\nوفي سياق متصل، يذكر أن الوزارة أعلنت العام الماضي خطة لبناء تسعة جسور للمشاة في ثلاث مدن.",
                why="background of the same story",
            ),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """The second story of one document, if there is one."""
        return _report(self.spec, anatomy, "unmarked", "Split the second story off")


class ForeignTeasers:
    """The opening paragraphs of other stories."""

    spec = RuleSpec(
        code=RuleCode("MIX003"),
        name="foreign-teasers",
        summary="The opening paragraphs of other stories stand in the document",
        message="{count} opening paragraphs of other stories",
        severity=Severity.ERROR,
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds=(
                "A block in which each paragraph is the opening of another article: sites show such teasers below "
                "the text, or above its last paragraph, and scrapers take them for paragraphs of it."
            ),
            why="In one outlet's pages such blocks were two fifths of all characters; nothing marks them.",
            fix_safety=(
                "Unsafe: the block leaves the document; each teaser becomes a fragment of its own, which `build` puts "
                "into quarantine. Below a confidence of 0.95 the fix is only shown."
            ),
        ),
        invalid=(Example(f"{_OWN}\n{_TEASERS}", metadata={"title": "افتتاح جسر المشاة في حي الزهور"}),),
        valid=(Example(_OWN, why="no paragraph but the first opens like a story"),),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """The block of teasers of one document, if there is one."""
        return _report(self.spec, anatomy, "teasers", "Move the teasers out of the story")


RULES = (UnmarkedSecondStory(), ForeignTeasers())
