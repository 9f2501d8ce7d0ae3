"""A second story that a "read also" line announces."""

from collections.abc import Iterator

from corpuslint import (
    STORY_MARKERS,
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
    "افتتح وزير النقل صباح اليوم جسر المشاة الجديد في حي الزهور بعد عامين من العمل.\n"
    "وقال الوزير إن الجسر يربط الحي بمحطة القطار ويخدم عشرين ألفا من السكان كل يوم.\n"
    "وأضاف أن كلفة الجسر بلغت أربعة ملايين دينار، وأن الصيانة تتولاها بلدية المدينة."
)
_OTHER = (
    "فريق الشباب يحرز كأس الناشئين للمرة الثالثة\n"
    "أحرز فريق الشباب لكرة السلة كأس الناشئين للمرة الثالثة في تاريخه بفوزه على نادي الميناء 71-64 مساء الجمعة.\n"
    "وتقدم الميناء في الشوط الأول بفضل رميات هدافه سامر الحلبي، قبل أن يقلب الشباب النتيجة في الدقائق الأخيرة.\n"
    "وقال مدرب الشباب إن اللاعبين استحقوا الكأس بعد موسم لم يخسروا فيه سوى مباراتين."
)


class MarkedSecondStory:
    """A headline and its paragraphs after "read also"."""

    spec = RuleSpec(
        code=RuleCode("MIX001"),
        name="marked-second-story",
        summary="A second story follows a “read also” line",
        message="a second story begins after “{marker}”",
        severity=Severity.ERROR,
        triggers=STORY_MARKERS,
        budget=EditBudget(whole_lines=True),
        docs=Docs(
            finds=(
                "A line such as “اقرأ أيضا:” after which another article stands, headline and paragraphs. Headlines "
                "alone, and a linked headline after which the story goes on, are another defect (family ART)."
            ),
            why="Two stories in one record poison entities, topics, summaries and deduplication.",
            fix_safety=(
                "Unsafe: the marker line and the story leave the document. The story becomes a document of its own, "
                "without the date and source of the first. Below a confidence of 0.95 the fix is only shown: the first "
                "story may go on after the marker and merely read like another one."
            ),
        ),
        invalid=(
            Example(
                f"{_OWN}\nالمصدر: وكالات\nإقرأ أيضاً:\n{_OTHER}",
                spans=("إقرأ أيضاً:\nفريق الشباب يحرز كأس الناشئين للمرة الثالثة",),
                fixed=f"{_OWN}\nالمصدر: وكالات\n",
            ),
            Example(f"{_OWN}\nقد يهمك أيضا | {_OTHER}", fixed=f"{_OWN}\n"),
        ),
        valid=(
            Example(
                f"{_OWN}\nاقرأ أيضا: افتتاح نفق جديد في العاصمة\n"
                "وختم الوزير بأن الجسر هدية من الوزارة إلى سكان حي الزهور.",
                why="one linked headline between paragraphs, after which the story goes on",
            ),
            Example(
                f"{_OWN}\nمواضيع ذات صلة\nفريق الشباب يحرز كأس الناشئين\nأمطار غزيرة على الساحل",
                why="a list of headlines, no story",
            ),
            Example(f"{_OWN}\nوتابع القراء أيضا: صور الجسر على مواقع التواصل.", why="the words stand in a sentence"),
        ),
    )

    def check(self, anatomy: Anatomy) -> Iterator[Diagnostic]:
        """The second stories of one document."""
        for story in anatomy.markers.stories:
            start = story.cut.start
            sure = story.is_sure
            yield self.spec.report(
                anatomy.document,
                Span(start, max(story.headline.end, start + 1)),
                severity=Severity.ERROR if sure else Severity.WARNING,
                fix=Fix(
                    "Split the second story off",
                    Applicability.UNSAFE if sure else Applicability.DISPLAY,
                    (Edit(story.cut, ""),),
                    splits=(Split(story.span),),
                ),
                confidence=story.confidence,
                evidence={"because": story.evidence},
                related=(Related(anatomy.document.id, story.span, "the second story"),),
                marker=story.marker,
            )


RULES = (MarkedSecondStory(),)
