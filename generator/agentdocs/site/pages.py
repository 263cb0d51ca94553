"""Pages: the Markdown of `docs/` and of each client, author and model, filled in from the catalog."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from agentdocs.artifact import Page
from agentdocs.errors import OutputError
from agentdocs.site.actions import Actions
from agentdocs.site.urls import (
    author_source,
    client_pages,
    client_source,
    markdown_url,
    model_source,
    page_url,
    released,
)
from agentdocs.site.vocabulary import Vocabulary
from agentdocs.text import marks
from agentdocs.text.headings import fragment
from agentdocs.text.markdown import outside_code
from agentdocs.text.quoting import as_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from agentdocs.artifact import Subject
    from agentdocs.catalog.catalog import Catalog
    from agentdocs.errors import Loc
    from agentdocs.project import Project
    from agentdocs.schema import Model
    from agentdocs.site.origins import Origins
    from agentdocs.site.snippets import Snippets
    from agentdocs.text.heads import Head
    from agentdocs.text.templates import Templates

    Tool = Callable[[str, Mapping[str, Any]], str]

_CLIENT = "pages/client.md"


@dataclass(frozen=True)
class Pages:
    """Makes the pages of one catalog."""

    catalog: Catalog
    templates: Templates
    snippets: Snippets
    origins: Origins
    project: Project
    tool: Tool
    """Writes a tool as HTML; nothing where the catalog has no facts for it."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What templates see beside the members of the catalog."""

    def all(self) -> Iterator[Page]:
        """Make every page: those of the navigation, then one for each client, each author and each model."""
        facts = self.catalog.facts
        for entry in facts.site.pages.values():
            file = self.project.page(entry.source)
            if not file.is_file():
                raise OutputError(f"{file}: there is no such page; write it or remove it from site.yaml")
            edit, title = self.origins.relative(file), {"title": entry.title}
            yield self._page(entry.source, entry.source, edit, title)
        if "setup" in facts.site.pages:
            yield from map(self._client, facts.clients)
        if "models" in facts.site.pages:
            yield from self._models()

    def _client(self, name: str) -> Page:
        """Make the page that sets up a client, for the recommended model."""
        facts, model = self.catalog.facts, self.catalog.facts.recommendations.default
        owners: tuple[Loc, Loc] = (("clients", name), ("models", model))
        edit, values = self.origins.file(owners[0]), self._of_client(name, model)
        source, above = client_source(facts, name), (facts.site.pages["setup"].source,)
        return self._page(source, _CLIENT, edit, values, owners, subject="client", above=above)

    def guides(self, pages: Mapping[str, Page]) -> Iterator[Page]:
        """Make the page of each client for each model that it can use, at the address of its Markdown.

        They have no tools and no list of sources: the `pages` for the recommended model have both.
        """
        facts = self.catalog.facts
        for name, client in facts.clients.items() if client_pages(facts) else ():
            page = pages[client_source(facts, name)]
            for model in facts.models.values():
                if self.snippets.refusal(client, model):
                    continue
                vocabulary = self._vocabulary(page.source, self._of_client(name, model.id), lambda *_: "")
                head, body, owners = self._filled_in(_CLIENT, vocabulary)
                updated = self.origins.updated({*owners, ("clients", name), ("models", model.id)}, page.edit)
                url = self.snippets.guide_url(name, model.id).removesuffix(".md") + "/"
                yield replace(page, url=url, markdown=_written(head, body), sources="", updated=updated, tools={})

    def _of_client(self, name: str, model: str) -> dict[str, Any]:
        facts = self.catalog.facts
        return {
            "client_name": name,
            "client": facts.clients[name],
            "siblings": [(other, entry) for other, entry in facts.clients.items() if other != name],
            "model_id": model,
            "recorded": name in facts.recordings and "troubleshooting" in facts.site.pages,
            "heading": fragment(facts.clients, name),
        }

    def _models(self) -> Iterator[Page]:
        facts = self.catalog.facts
        listing, by_author = facts.site.pages["models"].source, dict[str, list["Model"]]()
        for model in facts.models.values():
            if author := facts.author_of(model):
                by_author.setdefault(author, []).append(model)
        for author, models in by_author.items():
            values = {"author": facts.authors[author], "author_models": models}
            edit = self.origins.file(("authors",))
            owners = [("models", model.id) for model in models]
            source, above = author_source(facts, author), (listing,)
            yield self._page(source, "pages/author.md", edit, values, owners, subject="author", above=above)
        for model in facts.models.values():
            author_id = facts.author_of(model)
            edit = self.origins.file(("models", model.id))
            values = {"model": model, "author_id": author_id, "author": author_id and facts.authors[author_id]}
            owners = [("models", model.id)]
            higher = (listing, author_source(facts, author_id)) if author_id else (listing,)
            source = model_source(facts, model.id)
            yield self._page(source, "pages/model.md", edit, values, owners, subject="model", above=higher)

    def _page(
        self,
        source: str,
        template: str,
        edit: str,
        values: Mapping[str, Any] | None = None,
        about: Iterable[Loc] = (),
        *,
        subject: Subject = "all",
        above: tuple[str, ...] = (),
    ) -> Page:
        facts = self.catalog.facts
        vocabulary = self._vocabulary(source, values or {}, self.tool)
        head, body, owners = self._filled_in(template, vocabulary)
        owners |= {*about}
        url, updated = page_url(facts, source), self.origins.updated(owners, edit)
        cited = self.origins.citations(owners, body, facts.site.origin + url)
        listed = self.templates.render("sources.md", "markdown", {"sources": cited, "unsearched": marks.unsearched})
        actions = Actions(facts, self.templates)
        return Page(
            source=source,
            url=url,
            title=head.title,
            description=head.description or facts.site.description,
            markdown=f"{_written(head, body)}{listed}",
            sources=listed,
            edit=edit,
            edit_url=self._edit_url(edit),
            report_url=actions.report(facts.site.origin + url, head.title, updated),
            ask=actions.ask(facts.site.origin + markdown_url(source, url)) if released(facts, source) else {},
            updated=updated,
            subject=subject,
            released=released(facts, source),
            terms=head.terms,
            tools=vocabulary.tools,
            above=above,
        )

    def _vocabulary(self, source: str, values: Mapping[str, Any], tool: Tool) -> Vocabulary:
        return Vocabulary(self.catalog.facts, self.origins, self.snippets, source, tool, {**self.values, **values})

    def _filled_in(self, template: str, vocabulary: Vocabulary) -> tuple[Head, str, set[Loc]]:
        """Fill in a template, and give its head, its Markdown, and the places in the catalog of what it has read."""
        with self.templates.noting() as named:
            head, body = self.templates.page(template, vocabulary.values())
        return head, body, vocabulary.owners(named)

    def _edit_url(self, file: str) -> str:
        """Say where a file can be edited; nowhere if it is none of the repository, but came with this package."""
        repository = self.catalog.facts.site.repository
        outside = PurePath(file).is_absolute() or file.startswith("../")
        return f"{repository.url}/{repository.edit_path}/{quote(file)}" if repository and not outside else ""


def _written(head: Head, body: str) -> str:
    return f"# {as_markdown(head.title)}\n\n{outside_code(body.strip(), _evened)}\n\n"


def _evened(markdown: str) -> str:
    """Leave one blank line where templates that had nothing to say left several."""
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", markdown)
