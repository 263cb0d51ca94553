"""A text is a text in every place of Markdown where a template may put it, for Python-Markdown and for CommonMark."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from agentdocs.schema.values import HttpsUrl
from agentdocs.text import marks
from agentdocs.text.markdown import settled, without_code
from agentdocs.text.quoting import anchor, as_markdown, code_block, code_span, link
from markdown import Markdown
from markdown.extensions.toc import slugify, slugify_unicode
from mkdocstrings import AutoDocProcessor
from pydantic import TypeAdapter

from site_tests.conftest import ROOT
from site_tests.texts.hostile import EVERY
from site_tests.texts.members import WORD
from site_tests.texts.trees import COMMONMARK, html, unlike

if TYPE_CHECKING:
    from collections.abc import Callable

PLACES = {
    "a paragraph": "{}",
    "the next line of a paragraph": "First\n{}\nlast",
    "a line of the last paragraph": "First\n{}",
    "a sentence": "First {}, ({}), {}. Last",
    "an item": "- {}\n- {}",
    "a numbered item": "1. {}\n2. {}",
    "an item below an item": "- First\n    - {}",
    "a quotation": "> {}\n> {}",
    "a note": "> [!NOTE]\n> {}",
    "a heading": "## {}\n\n### {}",
    "a table": "| {} | {} |\n|---|---|\n| {} | {} |\n| {} | last |",
    "strong text": "**{}**: last",
}
"""Where templates may put a text."""
APART = "\n\n#### Next\n\n"
"""Keeps places apart, so that one document can hold all of them."""
FORMS: dict[str, Callable[[str], str]] = {
    "text": as_markdown,
    "code": code_span,
    "link": lambda text: link("https://elsewhere.alt/a_(b)*c*", text),
    "link to a page": lambda text: f"[{as_markdown(text)}](/page/)",
}


def extensions(**toc: object) -> Markdown:
    """Make the renderer of the site, as `mkdocs.yml` sets it up, with other settings of the extension `toc`."""
    configuration = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    settings: dict[str, dict[str, object]] = {}
    for entry in configuration["markdown_extensions"]:
        settings |= entry if isinstance(entry, dict) else {entry: {}}
    settings["toc"] |= toc
    return Markdown(extensions=list(settings), extension_configs=settings)


_USUAL = extensions()
RENDERERS: dict[str, Callable[[str], str]] = {
    "Python-Markdown": lambda text: _USUAL.reset().convert(text),
    "CommonMark": COMMONMARK.render,
}


def differs(write: Callable[[str], str], render: Callable[[str], str]) -> str:
    """Tell whether the texts are anything else than a harmless word is, once they are written and rendered."""
    words = [f"Word{number}x" for number in range(len(EVERY))]
    before, after = ("".join(settled(write(text)) + APART for text in texts) for texts in (words, EVERY))
    assert AutoDocProcessor.regex.search(without_code(after)) is None, "refers to code"
    return unlike(_put_into(html(render(before))), html(render(after)))


def _put_into(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return re.sub(r"Word(\d+)x", lambda word: EVERY[int(word[1])], value)
    return type(value)(map(_put_into, value)) if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", PLACES)
def test_a_text_stays_a_text_wherever_it_stands(renderer: str, form: str, place: str) -> None:
    assert differs(lambda text: PLACES[place].replace("{}", FORMS[form](text)), RENDERERS[renderer]) == ""


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_block_of_code_holds_any_text(renderer: str) -> None:
    assert differs(lambda text: code_block(text, "text"), RENDERERS[renderer]) == ""


URLS = [
    "https://elsewhere.alt/Name_(of)_a*thing*",
    "https://elsewhere.alt/(",
    "https://elsewhere.alt/)",
    "https://elsewhere.alt/~a~b__c__!$,;:@=+",
    "https://elsewhere.alt/?a=b&copy;=c&lt;d&amp=f%20%3E",
]


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("url", URLS)
def test_a_link_leads_to_the_very_url(renderer: str, url: str) -> None:
    assert TypeAdapter(HttpsUrl).validate_python(url) == url
    (target,) = re.findall(r'href="([^"]*)"', RENDERERS[renderer](f"First {link(url, 'Word')}, last"))
    assert unescape(target) == url


def test_code_with_a_pipe_is_printed_as_it_runs() -> None:
    written = settled("Run `cat a | b`.\n\n| Run | `cat a | b` |\n|---|---|\n| `cat a \\| b` | ``a`|`b`` |\n")
    assert "Run `cat a | b`." in written
    for render in RENDERERS.values():
        cells = [unescape(code) for code in re.findall(r"<code>(.*?)</code>", render(written))]
        assert cells == ["cat a | b", "cat a | b", "cat a \\| b", "a`|`b"]


CODE = [
    "```text\n| `a|b` |\n<!-- tool: picker -->\n[x](page.md)\n```",
    "~~~\n[x](page.md)\n~~~",
    "````\n```\n[x](page.md)\n````",
    "``` `` [x](page.md) ``` and `[x](page.md)`",
    "``a` [x](page.md)``",
    "`` ` [x](page.md) <!-- tool: picker -->``",
]


@pytest.mark.parametrize("code", CODE)
def test_what_looks_like_a_mark_a_link_or_a_row_in_code_is_kept(code: str) -> None:
    assert settled(code) == marks.without(code) == code
    assert "page.md" not in without_code(code)
    assert without_code(f"a \\` b\n\n{code}\n\n[y](other.md) ` c").count("other.md") == 1


# --- Fragments -----------------------------------------------------------------------------------------------


def test_every_heading_has_a_fragment_that_its_link_knows() -> None:
    render = extensions(slugify=anchor)
    for text in EVERY:
        (fragment,) = re.findall(r'<h2 id="([^"]+)">', render.reset().convert(f"## {as_markdown(text)}"))
        assert fragment == anchor(text), text


def test_fragments_of_headings_in_ascii_are_the_usual_ones() -> None:
    letters = [text.replace(WORD, "Word 1.5") for text in EVERY if text.isascii()]
    usual = {text: slugify(text, "-") for text in letters}
    assert {text: fragment for text, fragment in usual.items() if fragment} == {
        text: anchor(text) for text in letters if usual[text]
    }


@pytest.mark.parametrize("heading", ["予算", "Клиент 2.5", "שלום", "Which one, then?"])
def test_a_staged_page_has_the_same_fragments(heading: str) -> None:
    assert slugify_unicode(heading, "-") == anchor(heading)
