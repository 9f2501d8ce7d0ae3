"""Other articles' headlines between the paragraphs, and round-ups, which are no mixed stories."""

from collections.abc import Iterator

from corpuslint import (
    Anatomy,
    Applicability,
    Diagnostic,
    Docs,
    EditBudget,
    Example,
    Fix,
    RuleCode,
    RuleSpec,
    Severity,
    Span,
)

SURE = 0.9

_LEAD = "افتتح وزير النقل صباح اليوم جسر المشاة الجديد في حي الزهور بعد عامين من العمل المتواصل فيه."
_SECOND = "وقال الوزير إن الجسر يربط حي الزهور بمحطة القطار ويخدم عشرين ألفا من سكان الحي كل يوم تقريبا."
_THIRD = "وأضاف أن كلفة الجسر بلغت أربعة ملايين دينار، وأن صيانة جسر المشاة تتولاها بلدية المدينة وحدها."
_BARE = "فريق الشباب يحرز كأس الناشئين للمرة الثالثة\nالأرصاد تحذر من سيول وأمطار غزيرة على الساحل"


class BareForeignHeadline:
    """A headline of another article, standing bare between two paragraphs."""

    spec = RuleSpec(
        code=RuleCode("MIX004"),
        name="bare-foreign-headline",
        summary="Another article's headline stands between the paragraphs",
        message="another article's headline between the paragraphs",
        severity=Severity.WARNING,
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds=(
                "A line with the length and shape of a headline between two paragraphs of running text that does not "
                "belong to either: the paragraph below goes on with the one above. A subhead of the story's own is "
                "taken up by the paragraph below it. Headlines below a “read also” line, after which the story goes "
                "on, are found with that line."
            ),
            why="Sites put links to other articles between paragraphs; without their frame they read as text.",
            fix_safety=(
                "Unsafe, and below a confidence of 0.95 only shown: an unusual subhead may be taken for a foreign "
                "headline."
            ),
        ),
        invalid=(
            Example(f"{_LEAD}\n{_SECOND}\n{_BARE}\n{_THIRD}", spans=tuple(_BARE.split("\n"))),
            Example(
                f"{_LEAD}\n{_SECOND}\nاقرأ أيضا:\n{_BARE}\n{_THIRD}",
                spans=(f"اقرأ أيضا:\n{_BARE}",),
                fixed=f"{_LEAD}\n{_SECOND}\n{_THIRD}",
            ),
        ),
        valid=(
            Example(f"{_LEAD}\nكلفة الجسر وصيانته\n{_THIRD}", why="a subhead of the story's own"),
            Example(
                f"{_LEAD}\n{_SECOND}\nيا جسر حي الزهور كم مرت بنا ... أيام صبر في انتظار بناك\n{_THIRD}",
                why="a verse",
            ),
            Example(
                f"{_LEAD}\n{_SECOND}\nوقرأ الوزير في ختام الحفل هذين البيتين من شعر أهل الحي القديم في المدينة:\n"
                f"يا جسر حي الزهور كم مرت بنا\nأيام صبر في انتظار أن نراك\n{_THIRD}",
                why="announced by the line above",
            ),
            Example(f"جسر المشاة في حي الزهور يفتح أبوابه\n{_LEAD}\n{_SECOND}", why="the document's own headline"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """The bare headlines of one document."""
        for span, cut, confidence in anatomy.bare_headlines:
            yield self.spec.report(
                anatomy.document,
                span,
                fix=Fix.delete(
                    "Delete the headline",
                    cut,
                    Applicability.UNSAFE if confidence >= SURE else Applicability.DISPLAY,
                ),
                confidence=confidence,
            )


_ITEMS = (
    "انقطاع المياه عن أحياء شرق المدينة ليومين\n"
    "تنقطع مياه الشرب عن خمسة أحياء شرق المدينة يومي الثلاثاء والأربعاء بسبب تبديل الأنابيب الرئيسة.\n"
    "معرض الكتاب يستقبل زواره في قاعة الشرف\n"
    "فتح معرض الكتاب السنوي أبوابه أمس في قاعة الشرف بمشاركة ستين ناشرا من عشر دول عربية وأوروبية.\n"
    "القبض على لص سرق دراجات من محطة القطار\n"
    "ألقت الشرطة القبض على شاب سرق سبع دراجات هوائية من أمام محطة القطار خلال أسبوع واحد فقط.\n"
    "منتخب السباحة يحصد ثلاث ميداليات ذهبية\n"
    "حصد منتخب السباحة للناشئات ثلاث ميداليات ذهبية وفضية في البطولة الإقليمية التي اختتمت في عمان."
)


class RoundUp:
    """Many short items under one title."""

    spec = RuleSpec(
        code=RuleCode("MIX005"),
        name="round-up",
        summary="The document is a round-up of short items",
        message="a round-up of {count} items",
        severity=Severity.INFO,
        docs=Docs(
            finds="Four or more items, each with a heading, that have little to do with each other.",
            why=(
                "A round-up is one document by intent, but it has many subjects: whoever wants one story a record "
                "takes it apart or leaves it out. It is never split here."
            ),
        ),
        invalid=(Example(_ITEMS),),
        valid=(
            Example(
                f"{_LEAD}\nكلفة الجسر وصيانة مصاعده في حي الزهور\n{_THIRD}\nمحطة القطار وسكان الحي والجسر\n{_SECOND}",
                why="a feature with subheads",
            ),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """The round-up, if the document is one."""
        items = anatomy.roundup
        if items:
            yield self.spec.report(anatomy.document, Span(items[0].start, items[-1].end), count=len(items))


RULES = (BareForeignHeadline(), RoundUp())
