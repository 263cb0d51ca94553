"""What the template of one page can name, and the files of the catalog behind each name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from agentdocs.schema import Facts
from agentdocs.site.links import path_to
from agentdocs.site.outcomes import burst_guard, reactions
from agentdocs.text import marks
from agentdocs.text.capabilities import capabilities
from agentdocs.text.headings import fragment, identity
from agentdocs.text.quoting import Verbatim, anchor, as_markdown, code_block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from agentdocs.errors import Loc
    from agentdocs.site.origins import Origins
    from agentdocs.site.outcomes import BurstGuard, Reaction
    from agentdocs.site.snippets import Snippets

_BEHIND = {"documents": ("discovery", "apis")}
"""Values that stand for members of the catalog under another name."""


@dataclass(frozen=True)
class Vocabulary:
    """The names of one page. Its functions note what they read; what the template names itself, `owners` is told."""

    facts: Facts
    origins: Origins
    snippets: Snippets
    source: str
    """The Markdown file that links count from."""
    tool: Callable[[str, Mapping[str, Any]], str]
    """Writes a tool as HTML; nothing where the catalog has no facts for it."""
    given: Mapping[str, Any]
    """What the page can name beside the members of the catalog; the member `models` may be among them."""
    tools: dict[str, str] = field(default_factory=dict)
    """HTML of the tools that the page has so far, by name."""
    _read: set[Loc] = field(default_factory=set)

    def values(self) -> dict[str, Any]:
        """Give everything that the template can name."""
        return {
            **dict(iter(self.facts)),
            "snippet": self._snippet,
            "key_step": self._key_step,
            "mark": self._mark,
            "unsearched": marks.unsearched,
            "tool": self._tool,
            "anchor": fragment,
            "identity": identity,
            "reactions": self._reactions,
            "burst_guard": self._burst_guard,
            "to": lambda **target: Verbatim(path_to(self.facts, self.source, **target)),
            "see": self._see,
            "capabilities": capabilities,
            "refusal": self.snippets.refusal,
            "day": self.snippets.day,
            **self.given,
        }

    def owners(self, named: Iterable[str]) -> set[Loc]:
        """Give the places in the catalog of all that was read, by functions and under the names that were asked for."""
        members = {member for name in named for member in _BEHIND.get(name, (name,)) if member in Facts.model_fields}
        return {*self._read, *(owner for member in members for owner in self.origins.owners(member))}

    def _note(self, *members: str) -> None:
        self._read.update(owner for member in members for owner in self.origins.owners(member))

    def _reactions(self, client: str) -> list[Reaction]:
        """Give what a client says when it is refused, each saying once."""
        self._note("errors", "apis", "keys", "provider", "limits", "recommendations")
        self._read.update({("recordings", client), ("clients", client)})
        return [*reactions(self.facts, client)]

    def _burst_guard(self, api: str) -> BurstGuard | None:
        """Find the limit of an API that one key meets first."""
        self._note("limits", "apis", "keys", "recommendations")
        return burst_guard(self.facts, api)

    def _tool(self, name: str) -> Verbatim:
        """Mark the place of a tool, if the catalog has facts for it."""
        html = self.tool(name, self.values())
        if not html:
            return Verbatim("")
        self.tools[name] = html
        return marks.tool(name)

    def _key_step(self, key: str, shell: str) -> Verbatim:
        """Show the commands that put a key into its variable."""
        self._note("keys")
        return Verbatim(self._mark(shell=shell) + code_block(self.snippets.key_step(key, shell), shell))

    def _snippet(self, client: str, name: str, model: str | None = None) -> Verbatim:
        """Show one snippet as a block of code; without a model for the one that the catalog recommends."""
        shape = self.snippets.snippet(client, name)
        snippet = self.snippets.written(client, name, model)
        self._read.update(snippet.owners)
        title = "" if shape.language == "bash" else f' title="{shape.save_as or shape.file}"'
        mark = self._mark(file=self.snippets.url(client, shape, "{model}"))
        return Verbatim(mark + code_block(snippet.text, shape.language + title))

    def _see(self, page: str, text: str, heading: str = "") -> Verbatim:
        """Link another page, or the heading of it; where the navigation does not list it, only the text is left."""
        if page not in self.facts.site.pages:
            return Verbatim(as_markdown(text))
        target = path_to(self.facts, self.source, page=page) + (f"#{anchor(heading)}" if heading else "")
        return Verbatim(f"[{as_markdown(text)}]({target})")

    def _mark(self, **mark: str) -> Verbatim:
        """Mark what follows, on pages with a tool that asks for it."""
        ((name, value),) = mark.items()
        return Verbatim(f"{marks.following(name, value)}\n\n" if self.tools else "")
