"""What a template may do with a value: every filter and test, each with an example.

Examples say what a page in Markdown gets. In a file of another language a value is quoted as that language asks.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from jinja2 import filters as jinja
from jinja2 import pass_context

from agentdocs.errors import RenderError
from agentdocs.schema import quantity
from agentdocs.schema.assumed import Assumed, AssumedFlag, AssumedText, marked_text
from agentdocs.schema.base import leaves
from agentdocs.schema.values import SPECIALS, shown
from agentdocs.text import prices, quoting
from agentdocs.text.quoting import Verbatim, as_shell, code_block, code_span, link_target
from agentdocs.text.rates import in_words
from agentdocs.text.wording import enumerated, inside, with_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2.runtime import Context

    from agentdocs.schema import Model
    from agentdocs.schema.base import Provenance, Source
    from agentdocs.schema.limit import Rate
    from agentdocs.schema.price import Case, Price
    from agentdocs.text.citation import Citation

_T = TypeVar("_T")


def _keeping(write: Callable[..., str]) -> Callable[..., str]:
    """Let what a filter makes of an assumed text be assumed, too."""

    @wraps(write)
    def written(*values: Any, **options: Any) -> str:  # noqa: ANN401
        text = write(*values, **options)
        return AssumedText(text) if any(isinstance(value, AssumedText) for value in values) else text

    return written


class Marking:
    """Writes the values of one language so that an assumed one carries the mark of the language."""

    def __init__(self, quote: Callable[[object], str], mark: str, note: Callable[[list[str]], None]) -> None:
        self.quote = quote
        self.mark = mark
        """What stands after an assumed value in this language, if anything does."""
        self.note = note
        """Learns which assumed values a template writes."""

    def carrying(self, write: Callable[..., str], *values: object) -> Verbatim:
        """Write values, with one mark if any of them is assumed."""
        assumed = [value for value in values if isinstance(value, Assumed)]
        self.note([*map(str, assumed)])
        return Verbatim(write(*values) + (self.mark if assumed else ""))

    def together(self, write: Callable[[object], str], items: Iterable[object], word: str) -> Verbatim:
        """Write several values one after the other, as one text."""
        return self.carrying(lambda *each: enumerated(map(write, each), word), *([*items] or [""]))


class Filters(Marking):
    """The filters of one language, beside those of Jinja. Each method is one, by its name."""

    def anchor(self, heading: str) -> Verbatim:
        """Write the fragment of a heading: `{{ "Rate limits" | anchor }}` gives `rate-limits`."""
        return Verbatim(quoting.anchor(marked_text(heading)))

    def answer(self, value: object) -> Verbatim:
        """Write a fact that is yes, no, a bound or a text in words: `{{ true | answer }}` gives `yes`, and
        `{{ "not_offered" | answer }}` gives `not offered`."""
        return self.carrying(lambda value: _answer(value, self.quote), value)

    def bare(self, value: object) -> Verbatim:
        """Pass on a value that needs no quotes in any language, and refuse any other: `{{ "a/b-1.5" | bare }}` gives
        `a/b-1.5`."""
        return quoting.bare(value)

    def besides(self, price: Price) -> Verbatim:
        """Say what a price states beside a single request with a short prompt: `{{ price | besides }}` gives
        `prompts above 200,000 tokens: 4.00 input, 16.00 output`."""
        return self.carrying(lambda *_: prices.besides(price), *(value for _, value, _ in leaves(price)))

    def block(self, value: object, info: str = "") -> Verbatim:
        """Write a text as a block of code, with what `info` says on its first line: `{{ "ls -l" | block("bash") }}`
        gives ````` ```bash⏎ls -l⏎``` `````."""
        return code_block(value, info)

    def cite(self, source: Source | Citation) -> Verbatim:
        """Link a page that facts come from, and say how old its words are: `{{ source | cite }}` gives
        `[acme.example/prices](https://acme.example/prices), from 2031-01`."""
        age = f", from {source.as_of}" if source.as_of else ""
        return Verbatim(quoting.link(source.url, source.url.removeprefix("https://")) + age)

    def code(self, value: object) -> Verbatim:
        """Write a text as code within a line: `{{ "max_tokens" | code }}` gives `` `max_tokens` ``."""
        return self.carrying(code_span, value)

    def codes(self, items: Iterable[object], word: str = "and") -> Verbatim:
        """Write several texts as code, one after the other: `{{ ["a", "b", "c"] | codes("or") }}` gives
        `` `a`, `b` or `c` ``."""
        return self.together(code_span, items, word)

    def comment(self, value: object) -> Verbatim:
        """Pass on a text for a comment that ends with its line: `{{ "up to 3 * 4" | comment }}` gives
        `up to 3 * 4`."""
        return quoting.comment(value)

    def day(self, value: object) -> Verbatim:
        """Write a calendar day: `{{ today | day }}` gives `2031-01-31`."""
        return self.carrying(lambda value: _special(value) or _require(value, date).isoformat(), value)

    def doubt(self, origin: Provenance) -> Verbatim:
        """Say in brackets what keeps facts from being certain, if anything does: `{{ provenance | doubt }}` gives
        ` (inferred)`."""
        return Verbatim(f" ({origin.doubt})" if origin.doubt else "")

    @pass_context
    @_keeping
    def inside(self, context: Context, name: str) -> str:
        """Write a name as it reads inside a sentence: `{{ "Chat key" | inside }}` gives `chat key`, but
        `{{ "API key" | inside }}` gives `API key`."""
        provider = context.parent.get("provider")  # to ask for it would count as something that the page says
        return inside(name, provider.name.split() if provider else ())

    def json(self, value: object, indented: bool = False) -> str:
        """Write a value as JSON, which is then quoted as any text is: `{{ [1, true] | json | verbatim }}` gives
        `[1, true]`."""
        return quoting.as_json(value, indented=indented)

    def link(self, url: object, text: object) -> Verbatim:
        """Write a link: `{{ "https://acme.example/a_(b)" | link("Acme [beta]") }}` gives
        `[Acme &#91;beta&#93;](https://acme.example/a_\\(b\\))`."""
        return self.carrying(quoting.link, url, text)

    def listed(self, items: Iterable[object], word: str = "and") -> Verbatim:
        """Write several values one after the other: `{{ ["one", "two", "three"] | listed }}` gives
        `one, two and three`."""
        return self.together(self.quote, items, word)

    @_keeping
    def lower(self, text: str) -> str:
        """Write a text in lower case; what is made of an assumed one is assumed: `{{ "Chat" | lower }}` gives
        `chat`."""
        return jinja.do_lower(text)

    def money(self, value: object) -> Verbatim:
        """Write an amount with at least two decimals: `{{ amount | money }}` gives `1,234.50`."""
        return self.carrying(lambda value: _special(value) or prices.money(_require(value, Decimal)), value)

    def number(self, value: object) -> Verbatim:
        """Write a whole number with separators: `{{ 1234567 | number }}` gives `1,234,567`, and
        `{{ "unknown" | number }}` gives `unknown`."""
        return self.carrying(lambda value: _special(value) or f"{_require(value, int):,}", value)

    def of(self, names: Iterable[str], entries: Mapping[str, _T]) -> list[_T]:
        """Look up entries by their names: `{{ ["pro"] | of(plans) | map(attribute="name") | listed }}` gives
        `Pro`."""
        return [entries[name] for name in names]

    def per(self, value: str) -> Verbatim:
        """Write what an amount of money is for: `{{ "1000 requests" | per }}` gives `1,000 requests`."""
        return self.carrying(quantity.in_words, value)

    def in_force(self, models: Iterable[Model], day: date) -> list[Price]:
        """The prices of models on a day, of those that have one.

        `{{ models.values() | in_force(today) | length }}` gives `0`."""
        return prices.in_force(models, day)

    def priced_otherwise(self, models: Iterable[Model], day: date) -> bool:
        """Tell whether any model has a price of which `besides` says something:
        `{{ "yes" if models.values() | priced_otherwise(today) else "no" }}` gives `no`."""
        return prices.priced_otherwise(models, day)

    def statuses(self, models: Iterable[Model], day: date) -> list[str]:
        """Name each status that any of some models has on a day: `{{ models.values() | statuses(today) | listed }}`
        gives `available`."""
        return list(dict.fromkeys(model.status(day) for model in models))

    def rate(self, rate: Rate) -> Verbatim:
        """Write a rate of a limit for the middle of a sentence: `{{ rate | rate }}` gives
        `30 requests per minute`."""
        return self.carrying(lambda *_: in_words(rate), *(member for _, member in rate))

    @pass_context
    @_keeping
    def replace(self, context: Context, text: str, old: str, new: str) -> str:
        """Put a text in the place of another; what is made of an assumed one is assumed:
        `{{ "a-b" | replace("-", " ") }}` gives `a b`."""
        return jinja.do_replace(context.eval_ctx, text, old, new)

    def requests(self, case: Case) -> Verbatim:
        """Say of which requests a case of a price speaks: `{{ price.cases[1] | requests }}` gives
        `prompts above 200,000 tokens`."""
        return self.carrying(lambda *_: prices.requests(case), case.above, case.up_to)

    def url(self, value: object) -> Verbatim:
        """Write a URL as the target of a link: `{{ "https://acme.example/a_(b)" | url }}` gives
        `https://acme.example/a_\\(b\\)`."""
        return link_target(value)

    def verbatim(self, value: object) -> Verbatim:
        """Pass on a text that is already in the language of the file: `{{ "**bold**" | verbatim }}` gives
        `**bold**`."""
        return Verbatim(value)

    @_keeping
    def with_article(self, name: str) -> str:
        """Put the indefinite article before a name: `{{ "LLM key" | with_article }}` gives `an LLM key`."""
        return with_article(name)

    def word(self, value: object) -> Verbatim:
        """Write one word of a shell command, without a mark: `{{ "it's" | word }}` gives `'it'"'"'s'`."""
        return Verbatim(as_shell(value))


class Tests:
    """The tests beside those of Jinja. Each method is one, by its name."""

    @staticmethod
    def assumed(value: object) -> bool:
        """Tell whether nobody confirmed a value: `{{ "no" if "stated" is not assumed }}` gives `no`."""
        return isinstance(value, Assumed)

    @staticmethod
    def known(value: object) -> bool:
        """Tell whether a value is none of `unknown`, `not_offered` and `unlimited`:
        `{{ "no" if "unknown" is not known }}` gives `no`."""
        return value not in SPECIALS


def public(owner: type) -> list[str]:
    """List what a class offers to templates: the names of its own methods."""
    return [name for name, member in vars(owner).items() if not name.startswith("_") and callable(member)]


def _special(value: object) -> str | None:
    """Write the values that are no quantity in words."""
    return value.replace("_", " ") if isinstance(value, str) and value in SPECIALS else None


def _require(value: object, kind: type[_T]) -> _T:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise RenderError(f"{shown(value)} is not a {kind.__name__}")
    return value


def _answer(value: object, quote: Callable[[object], str]) -> str:
    """Write a fact that is yes, no, a bound, or a text in words."""
    if isinstance(value, bool | AssumedFlag):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _special(value) or quote(value)
