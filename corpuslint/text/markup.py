"""Markup that survived scraping: shortcodes, tags, comments, placeholders. Instructions to a machine, never words.

One list for two readers: the rules that report markup, and the law that a safe fix removes no word (`text.wording`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from corpuslint.text.patterns import compile_re
from corpuslint.text.positions import Span

_BRACKET_CODES: Final = (
    "ad|ads|adrotate|adsense|audio|bbp|button|caption|carousel|code|contact-form-7|contactform|display-posts|embed|"
    "fusion|gallery|googlemaps|gview|iframe|img|info|mc4wp_form|newsletter|player|playlist|poll|quote|rev_slider|"
    "row|column|shortcode|slider|soundcloud|spacer|sg_popup|table|tabs|toc|toggle|tweet|twitter|video|vimeo|wp|youtube|"
    "url|size|color|font|center|left|right|list"
)

SHORTCODE: Final = compile_re(
    rf"""
          \{{(?P<pair>[a-z][a-z0-9_]{{1,20}})\}}[ -z|~]{{1,200}}\{{/(?P=pair)\}}        # {{mp3}}a.mp3{{/mp3}}
        | \[(?:tweet|twitter|youtube|vimeo|instagram|facebook|soundcloud|mp3|audio|video|embed|gallery|poll|playlist)
              \s[ -Z^-~]{{1,200}}\]                                                       # [tweet 1234567890]
        | \[/?[a-zA-Z][a-zA-Z0-9]*[_-][a-zA-Z0-9_-]+ (?:\s[^\]\n]{{0,600}})? /?\]     # [ad_1], [vc_row …], [/vc_row]
        | \[/?[a-zA-Z][a-zA-Z0-9_-]* \s [^\]\n]{{0,200}} = [^\]\n]{{0,400}} \]        # [gallery ids="1,2"]
        | \[/?(?:{_BRACKET_CODES})(?:=[^\]\n]{{1,200}})?\]                           # [embed], [/caption], [url=…]
        | \[(?P<letter>[biu])\](?=[^\n]{{0,600}}?\[/(?P=letter)\]) | \[/[biu]\]         # [b]…[/b]; [i] alone is a note
        | \{{/?(?:loadposition|loadmodule|loadmoduleid|module|modulepos|modal|slider|tab|tabs|article|source|jcomments|
              youtube|vimeo|gallery|phocagallery|rokbox|mosimage|mospagebreak|emailcloak)\b[^}}\n]{{0,200}}\}}  # Joomla
        | \[\[(?:nid|node|wysiwyg|embed|media|\{{)[^\n]{{0,300}}?\]\]                  # Drupal
        | \[(?:node|site|user|view|term|date|current-page):[a-z0-9:_-]{{1,40}}\]       # Drupal tokens
        """,
    re.VERBOSE,
)

_TAGS: Final = (
    "a|abbr|address|amp-[a-z-]+|article|aside|audio|b|blockquote|body|br|button|caption|center|cite|code|dd|div|dl|dt|em|"
    "embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|main|mark|"
    "meta|nav|noscript|o:p|object|ol|option|p|param|picture|pre|q|s|section|select|small|source|span|strike|strong|sub|"
    "sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|u|ul|video|wbr"
)

TAG: Final = compile_re(rf"</?(?:{_TAGS})(?:\s[^<>\n]{{0,600}})?/?>", re.IGNORECASE)

COMMENT: Final = compile_re(
    r"<!--.{0,2000}?-->|<!--|!?-->|(?://)?<!\[CDATA\[|(?://)?\]\]>|<!doctype[^<>\n]{0,200}>|<\?(?:xml|php)[^\n]{0,400}?\?>",
    re.DOTALL | re.IGNORECASE,
)

# words with which templates call, or ask of one name, and no phrase begins
_CALLS: Final = (
    r"(?:include|partial|render|extends|template|else|elseif|foreach|endif|endfor|csrf|trans|citation|cite|infobox)\b|"
    r"(?:if|unless|each) [a-z]+ *\}\}"
)

PLACEHOLDER: Final = compile_re(
    # {{a title}} in Arabic letters, or of several words, is how some sites quote: a variable has one Latin name
    rf"(?P<third>\{{(?=\{{\{{))?\{{\{{(?! *(?!{_CALLS})[A-Za-z]+(?: +[A-Za-z]+)+ *\}}\}})"
    r"(?=[^{}\n]{0,200}[a-zA-Z\d_]|[^\w{}\n]{0,200}\})[^{}\n]{0,200}\}\}(?(third)\}?)"
    r"|\{%[^{}\n]{0,200}%\}|[$#]\{[a-zA-Z_][^{}\n]{0,80}\}|%%[a-zA-Z_]{1,40}%%|<%=?[^<>\n]{0,200}%>"
)


@lru_cache(maxsize=4)
def markup_spans(text: str) -> tuple[Span, ...]:
    """Where markup of any kind stands in `text`, in order; stretches may overlap.

    >>> [span.of("a [ad_1] b <br> [BBC]") for span in markup_spans("a [ad_1] b <br> [BBC]")]
    ['[ad_1]', '<br>']
    """
    patterns = (SHORTCODE, TAG, COMMENT, PLACEHOLDER)
    return tuple(sorted(Span(*match.span()) for pattern in patterns for match in pattern.finditer(text)))
