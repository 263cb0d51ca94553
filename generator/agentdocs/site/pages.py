"""Pages: the Markdown of `docs/` and of each client, author and model, filled in from the catalog."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from agentdocs.artifact import Page
from agentdocs.errors import OutputError
from agentdocs.site.actions import Actions
from agentdocs.site.urls import author_source, client_source, markdown_url, model_source, page_url, released
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
    from agentdocs.text.templates import Templates


@dataclass(frozen=True)
class Pages:
    """Makes the pages of one catalog."""

    catalog: Catalog
    templates: Templates
    snippets: Snippets
    origins: Origins
    project: Project
    tool: Callable[[str, Mapping[str, Any]], str]
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
        """Make the page that sets up a client for the recommended model."""
        facts = self.catalog.facts
        client, model = facts.clients[name], facts.models[facts.recommendations.default]
        siblings = [(other, entry) for other, entry in facts.clients.items() if other != name]
        values: dict[str, Any] = {"client_name": name, "client": client, "siblings": siblings, "model_id": model.id}
        values["recorded"] = name in facts.recordings and "troubleshooting" in facts.site.pages
        values["heading"] = fragment(facts.clients, name)
        owners: tuple[Loc, Loc] = (("clients", name), ("models", model.id))
        source = client_source(facts, name)
        edit, above = self.origins.file(owners[0]), (facts.site.pages["setup"].source,)
        return self._page(source, "pages/client.md", edit, values, owners, subject="client", above=above)

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
        given = {**self.values, **(values or {})}
        vocabulary = Vocabulary(facts, self.origins, self.snippets, source, self.tool, given)
        with self.templates.noting() as named:
            head, body = self.templates.page(template, vocabulary.values())
        owners = {*vocabulary.owners(named), *about}
        sources = {"sources": self.origins.citations(owners), "unsearched": marks.unsearched}
        listed = self.templates.render("sources.md", "markdown", sources)
        url, updated = page_url(facts, source), self.origins.updated(owners, edit)
        actions = Actions(facts, self.templates)
        return Page(
            source=source,
            url=url,
            title=head.title,
            description=head.description or facts.site.description,
            markdown=f"# {as_markdown(head.title)}\n\n{outside_code(body.strip(), _evened)}\n\n{listed}",
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

    def _edit_url(self, file: str) -> str:
        """Say where a file can be edited; nowhere if it is none of the repository, but came with this package."""
        repository = self.catalog.facts.site.repository
        outside = PurePath(file).is_absolute() or file.startswith("../")
        return f"{repository.url}/{repository.edit_path}/{quote(file)}" if repository and not outside else ""


def _evened(markdown: str) -> str:
    """Leave one blank line where templates that had nothing to say left several."""
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", markdown)
