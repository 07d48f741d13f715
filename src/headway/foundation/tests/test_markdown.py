"""What is written as Markdown becomes HTML that cannot do harm."""

import re
from html import unescape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from headway.foundation.markdown import safe, to_html

LINK = 'rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Hello Dana,\n\nit works.", ""),
        ("**bold** and *not*", "<p><strong>bold</strong> and <em>not</em></p>"),
        ("one *a*\ntwo", "<p>one <em>a</em><br>\ntwo</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'),
        ("> said\n\nyes", "<blockquote>\n<p>said</p>\n</blockquote>\n<p>yes</p>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        ("[here](https://x.example/?a=1&b=2)", f'<p><a href="https://x.example/?a=1&amp;b=2" {LINK}>here</a></p>'),
        (
            "*see* https://x.example/a_b, please",
            f'<p><em>see</em> <a href="https://x.example/a_b" {LINK}>https://x.example/a_b</a>, please</p>',
        ),
        ("[a](javascript:alert(1)) *x*", "<p>[a](javascript:alert(1)) <em>x</em></p>"),
        ("# not a title *x*", "<p># not a title <em>x</em></p>"),
        ("<script>x</script> *x*", "<p>&lt;script&gt;x&lt;/script&gt; <em>x</em></p>"),
        ("![p](https://x.example/p.png)", f'<p>!<a href="https://x.example/p.png" {LINK}>p</a></p>'),
        ("snake_case_name", "<p>snake_case_name</p>"),
        ("*" * 50_001, ""),
    ],
)
def test_what_it_becomes(text: str, html: str) -> None:
    assert to_html(text) == html


# a scheme begins with a letter: this is a place beside the page
@example("[](:)")
@given(st.text(alphabet=st.sampled_from("ab<>&\"'*_`[]()!\\/:;.#->1 \n~|htpsjavcrioleu"), max_size=200))
def test_nothing_but_the_few_tags_comes_out(text: str) -> None:
    """Whatever is written: only our tags, links only to places, and cleaning again changes nothing."""
    html = to_html(text)
    places = [unescape(href) for href in re.findall(r'href="([^"]*)"', html)]
    assert set(re.findall(r"</?([a-z]+)", html)) <= {
        "p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "pre", "code",
    }  # fmt: skip
    assert all(re.match(r"(?:https?|mailto|tel):|[^:]*$|[^a-zA-Z\x00-\x20]", place) for place in places)
    assert safe(html).strip() == html


@pytest.mark.parametrize(
    "text",
    ["*" * 50_000, "[" * 50_000, "> " * 25_000, "`a" * 25_000, "_a" * 25_000, "*a **b " * 7_000, "[a](b" * 9_000],
)
def test_hostile_texts_take_no_time(text: str) -> None:
    assert len(to_html(text)) < 2_000_000
