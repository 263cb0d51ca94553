"""What the template of one page can name, and the files of the catalog behind each name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agentdocs.schema import Facts
from agentdocs.site.links import path_to
from agentdocs.site.outcomes import burst_guard, causes, reactions
from agentdocs.site.snippets import SHELLS
from agentdocs.text import marks
from agentdocs.text.capabilities import capabilities
from agentdocs.text.filters import public
from agentdocs.text.headings import fragment, identity
from agentdocs.text.quoting import Verbatim, anchor, as_markdown, code_block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from agentdocs.errors import Loc
    from agentdocs.schema import Client, Model
    from agentdocs.schema.client import Suggestion
    from agentdocs.site.origins import Origins
    from agentdocs.site.outcomes import BurstGuard, Reaction
    from agentdocs.site.snippets import Snippets

_BEHIND = {"documents": ("discovery", "apis")}
"""Values that stand for members of the catalog under another name."""


@dataclass(frozen=True)
class Names:
    """What a page can name, and the places in the catalog of what it has read."""

    facts: Facts
    origins: Origins
    snippets: Snippets
    source: str
    """The Markdown file that links count from."""
    made: Callable[[str, Mapping[str, Any]], str]
    """Writes a tool as HTML; nothing where the catalog has no facts for it."""
    given: Mapping[str, Any]
    """What the page can name beside the members of the catalog; the member `models` may be among them."""
    tools: dict[str, str] = field(default_factory=dict)
    """HTML of the tools that the page has so far, by name."""
    read: set[Loc] = field(default_factory=set)
    """The places in the catalog of what was read."""

    def values(self) -> dict[str, Any]:
        """Give everything that the template can name."""
        functions = {name: getattr(self, name) for name in public(type(self))}
        return {**dict(iter(self.facts)), **functions, "day": self.snippets.day, **self.given}

    def owners(self, named: Iterable[str]) -> set[Loc]:
        """Give the places in the catalog of all that was read, by functions and under the names that were asked for."""
        members = {member for name in named for member in _BEHIND.get(name, (name,)) if member in Facts.model_fields}
        return {*self.read, *(owner for member in members for owner in self.origins.owners(member))}

    def note(self, *members: str) -> None:
        """Note that members of the catalog were read."""
        self.read.update(owner for member in members for owner in self.origins.owners(member))


class Vocabulary(Names):
    """The functions that a page can call. Each method is one, by its name, and notes what it reads."""

    def anchor(self, entries: Mapping[str, Any], name: str) -> Verbatim:
        """Give the fragment of an entry's heading, whatever others are called:
        `{{ anchor(plans, plans | first) }}` gives `free`."""
        return fragment(entries, name)

    def burst_guard(self, api: str) -> BurstGuard | None:
        """Find the limit of an API that one key meets first: `{{ burst_guard(apis | first).rate | rate }}` gives
        `30 requests per minute`."""
        self.note("limits", "apis", "keys", "recommendations")
        return burst_guard(self.facts, api)

    def capabilities(self, model: Model) -> str:
        """Name what a model is known to be capable of: `{{ capabilities(models[recommendations.default]) }}` gives
        `tools, reasoning`."""
        return capabilities(model)

    def causes(self, error: str) -> list[str]:
        """List what is wrong with a request that gets an error, a limit or a budget included:
        `{{ causes("budget_used_up") | listed }}` gives `budget`."""
        self.note("errors", "limits", "billing")
        return causes(self.facts, error)

    def gap(self, *pages: str) -> Verbatim:
        """Mark in a preview that nobody published the address of a page of the provider; nothing in a release, and
        nothing where there is no such page: `{{ gap("support") }}` gives ` **(address missing: support)**`."""
        named = [page for page in pages if page in self.facts.provider.unpublished_pages]
        preview = self.origins.catalog.form != "release"
        return Verbatim(f" **(address missing: {', '.join(named)})**" if named and preview else "")

    def identity(self, entries: Mapping[str, Any], name: str) -> Verbatim:
        """Mark a heading, at its end, as the one of an entry, to which `anchor` leads:
        `## {{ plans[plans | first].name }}{{ identity(plans, plans | first) }}` gives `## Free <!-- id: free -->`."""
        return identity(entries, name)

    def key_step(self, key: str, shell: str) -> Verbatim:
        """Show the commands that put a key into its variable: `{{ key_step(keys | first, "fish") }}` gives
        ```` ```fish⏎read --silent --global --export EXEMPLA_CHAT_AGENT_KEY⏎``` ````."""
        self.note("keys")
        return Verbatim(self.mark(shell=shell) + code_block(self.snippets.key_step(key, shell), shell))

    def left_out(self, client: str, model: str) -> tuple[str, ...]:
        """Name what a client's files leave out for a model, since it is unknown:
        `{{ left_out("qwen-code", recommendations.default) | codes }}` gives `` `max_output` ``."""
        self.read.update({("clients", client), ("models", model)})
        return self.snippets.left_out(self.facts.clients[client], self.facts.models[model])

    def mark(self, **mark: str) -> Verbatim:
        """Mark what follows, such as a block of code, for the tool of a page that has one:
        `{{ tool("budget") }} {{ mark(shell="fish") }}` gives `<!-- tool: budget --> <!-- next: shell=fish -->`."""
        ((name, value),) = mark.items()
        return Verbatim(f"{marks.following(name, value)}\n\n" if self.tools else "")

    def reactions(self, client: str) -> list[Reaction]:
        """Give what a client says when it is refused, each saying once, with what may be wrong:
        `{{ (reactions("llm") | first).causes | list | codes }}` gives `` `wrong_key` ``."""
        self.note("errors", "apis", "keys", "provider", "limits", "recommendations")
        self.read.update({("recordings", client), ("clients", client)})
        return [*reactions(self.facts, client)]

    def refusal(self, client: Client, model: Model) -> str | None:
        """Say why a client cannot use a model, or nothing if it can:
        `{{ refusal(clients[clients | first], models[recommendations.default]) or "usable" }}` gives `usable`."""
        return self.snippets.refusal(client, model)

    def see(self, page: str, text: str, heading: str = "", *, client: str = "") -> Verbatim:
        """Link another page, or a heading of it; where the navigation does not list the page, only the text is left:
        `{{ see("setup", "Set up", "Your key") }}` gives `[Set up](setup.md#your-key)`, and
        `{{ see("nothing", "Set up") }}` gives `Set up`. Of the page `setup`, a client's own part is its own page:
        `{{ see("setup", "Set up", client=clients | first) }}` gives `[Set up](setup/openclaw.md)`."""
        if page not in self.facts.site.pages:
            return Verbatim(as_markdown(text))
        where = {"client": client} if client else {"page": page}
        target = path_to(self.facts, self.source, **where) + (f"#{anchor(heading)}" if heading else "")
        return Verbatim(f"[{as_markdown(text)}]({target})")

    def snippet(self, client: str, name: str, model: str | None = None) -> Verbatim:
        """Show one snippet as a block of code; without a model for the one that the catalog recommends:
        `{{ snippet("llm", "login") }}` gives
        ```` ```bash⏎llm keys set exempla⏎``` ````."""
        shape = self.snippets.snippet(client, name)
        blocks = []
        for shell, (language, _) in shape.forms.items():
            snippet = self.snippets.written(client, name, model, shell)
            self.read.update(snippet.owners)
            title = f' title="{shape.save_as or shape.file}"' if language not in SHELLS else ""
            marked: list[str] = [self.mark(file=self.snippets.url(client, shape, "{model}", shell))]
            if len(shape.forms) > 1:
                marked.append(self.mark(shell=shell or "/".join(each for each in SHELLS if each not in shape.forms)))
            blocks.append("".join([*marked, code_block(snippet.text, language + title)]))
        return Verbatim("\n\n".join(blocks))

    def suggestions(self, client: str) -> list[Suggestion]:
        """Give the models that somebody suggested for a client, as far as it can use them:
        `{{ suggestions("curl") | map(attribute="fit") | listed }}` gives `short questions`."""
        entry, models = self.facts.clients[client], self.facts.models
        self.read.add(("clients", client))
        suggested = entry.suggested.models if entry.suggested else ()
        self.read.update(("models", suggestion.model) for suggestion in suggested if suggestion.model in models)
        return [
            suggestion
            for suggestion in suggested
            if suggestion.model in models and not self.snippets.refusal(entry, models[suggestion.model])
        ]

    def to(self, **target: str) -> Verbatim:
        """Give the address of a page, a client, a model or an author, from this page: `{{ to(page="setup") }}` gives
        `setup.md`."""
        return Verbatim(path_to(self.facts, self.source, **target))

    def tool(self, name: str) -> Verbatim:
        """Mark the place of a tool, if the catalog has facts for it: `{{ tool("budget") }}` gives
        `<!-- tool: budget -->`."""
        html = self.made(name, self.values())
        if not html:
            return Verbatim("")
        self.tools[name] = html
        return marks.tool(name)

    def unsearched(self) -> Verbatim:
        """Keep the section of the heading that follows out of the search: `{{ unsearched() }}## Sources` gives
        `<!-- next: search-exclude=yes -->⏎⏎## Sources`."""
        return marks.unsearched()
