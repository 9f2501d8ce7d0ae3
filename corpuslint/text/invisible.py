"""Named sets of the characters that nobody sees: spaces of every width, joiners, direction marks, controls.

Each set is a string, so that a rule can put it between the brackets of a regular expression or ask `in`. The sets
are disjoint; what they have in common is that a reader cannot tell them from nothing, or from a plain space.
"""

from __future__ import annotations

NO_BREAK_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
"""Spaces at which a line may not break. Between the groups of a number they are right."""

ODD_SPACES = (
    "\N{OGHAM SPACE MARK}"
    "\N{EN QUAD}"
    "\N{EM QUAD}"
    "\N{EN SPACE}"
    "\N{EM SPACE}"
    "\N{THREE-PER-EM SPACE}"
    "\N{FOUR-PER-EM SPACE}"
    "\N{SIX-PER-EM SPACE}"
    "\N{PUNCTUATION SPACE}"
    "\N{THIN SPACE}"
    "\N{HAIR SPACE}"
    "\N{MEDIUM MATHEMATICAL SPACE}"
    "\N{IDEOGRAPHIC SPACE}"
)
"""Typographers' spaces of another width than the plain one."""

BLANKS = " \t" + NO_BREAK_SPACES + ODD_SPACES
"""White space inside a line."""

ZERO_WIDTH_SPACES = "\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{MONGOLIAN VOWEL SEPARATOR}"
"""Break opportunities and their opposite, none of which has a width."""

JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
"""What says whether letters join, and has no width either."""

DIRECTION_MARKS = "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}"
"""Single marks that count as a letter of their direction."""

DIRECTION_OPENERS = (
    "\N{LEFT-TO-RIGHT EMBEDDING}"
    "\N{RIGHT-TO-LEFT EMBEDDING}"
    "\N{LEFT-TO-RIGHT OVERRIDE}"
    "\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{LEFT-TO-RIGHT ISOLATE}"
    "\N{RIGHT-TO-LEFT ISOLATE}"
    "\N{FIRST STRONG ISOLATE}"
)
"""Controls that hold until their closer, or else to the end of the paragraph."""

DIRECTION_CLOSERS = "\N{POP DIRECTIONAL FORMATTING}\N{POP DIRECTIONAL ISOLATE}"
"""What ends an embedding or override, and what ends an isolate."""

DIRECTIONS = DIRECTION_MARKS + DIRECTION_OPENERS + DIRECTION_CLOSERS
"""All that has a say in which way letters run."""

LINE_SEPARATORS = "\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
"""Line ends that no text file uses, and that some programs honour and some do not."""

WHITE_SPACE = BLANKS + LINE_SEPARATORS + "\n\v\f\r\x1c\x1d\x1e\x1f\N{NEXT LINE}"
"""All that `str.isspace` calls space."""

OTHER_INVISIBLES = (
    "\N{FUNCTION APPLICATION}"
    "\N{INVISIBLE TIMES}"
    "\N{INVISIBLE SEPARATOR}"
    "\N{INVISIBLE PLUS}"
    "\N{INHIBIT SYMMETRIC SWAPPING}"
    "\N{ACTIVATE SYMMETRIC SWAPPING}"
    "\N{INHIBIT ARABIC FORM SHAPING}"
    "\N{ACTIVATE ARABIC FORM SHAPING}"
    "\N{NATIONAL DIGIT SHAPES}"
    "\N{NOMINAL DIGIT SHAPES}"
    "\N{HANGUL FILLER}"
    "\N{HALFWIDTH HANGUL FILLER}"
    "\N{INTERLINEAR ANNOTATION ANCHOR}"
    "\N{INTERLINEAR ANNOTATION SEPARATOR}"
    "\N{INTERLINEAR ANNOTATION TERMINATOR}"
)
"""Format characters that have no business in running text; most are deprecated by the Unicode Standard."""

UNSEEN = BLANKS + ZERO_WIDTH_SPACES + DIRECTION_MARKS + "\N{ZERO WIDTH NO-BREAK SPACE}"
"""What may stand on a line that looks blank."""

LETTERS = (
    "\N{ARABIC LETTER HAMZA}-\N{ARABIC LETTER GHAIN}"
    "\N{ARABIC LETTER KEHEH WITH TWO DOTS ABOVE}-\N{ARABIC LETTER FARSI YEH WITH THREE DOTS ABOVE}"
    "\N{ARABIC LETTER FEH}-\N{ARABIC LETTER YEH}"
    "\N{ARABIC LETTER DOTLESS BEH}-\N{ARABIC LETTER DOTLESS QAF}"
    "\N{ARABIC LETTER ALEF WASLA}-\N{ARABIC LETTER YEH BARREE WITH HAMZA ABOVE}"
    "\N{ARABIC LETTER AE}"
    "\N{ARABIC LETTER DAL WITH INVERTED V}-\N{ARABIC LETTER REH WITH INVERTED V}"
    "\N{ARABIC LETTER SHEEN WITH DOT BELOW}-\N{ARABIC LETTER GHAIN WITH DOT BELOW}"
    "\N{ARABIC LETTER HEH WITH INVERTED V}"
)
"""The letters of the Arabic block, as ranges for the inside of a character class."""

MARKS = (
    "\N{ARABIC SIGN SALLALLAHOU ALAYHE WASSALLAM}-\N{ARABIC SMALL KASRA}"
    "\N{ARABIC FATHATAN}-\N{ARABIC WAVY HAMZA BELOW}"
    "\N{ARABIC LETTER SUPERSCRIPT ALEF}"
    "\N{ARABIC TATWEEL}"
)
"""Vowel signs and what else sits on a letter or lengthens it, as ranges for the inside of a character class."""

NON_JOINING = "اآأإٱدذڈډڌڎڏرزژڑړڕږوؤۆۇۈۋةۃەۀےء"
"""Letters that do not join to the left, so that a ZWNJ behind them cannot be seen (Joining_Type R and U of Unicode)."""
