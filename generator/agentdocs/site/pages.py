"""Pages: the Markdown of `docs/` and of each model and author, filled in from the catalog."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from agentdocs.artifact import MARKDOWN, Artifact, Page
from agentdocs.errors import OutputError, RenderError
from agentdocs.schema import Facts
from agentdocs.schema.values import did_you_mean
from agentdocs.site.actions import Actions
from agentdocs.site.outcomes import burst_guard, told
from agentdocs.text import marks
from agentdocs.text.citation import Citation
from agentdocs.text.headings import fragment, identity
from agentdocs.text.markdown import outside_code, without_code
from agentdocs.text.quoting import Verbatim, as_markdown, code_block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from agentdocs.catalog.reading import Catalog
    from agentdocs.errors import Loc
    from agentdocs.history import History
    from agentdocs.schema import Model
    from agentdocs.schema.base import Provenance
    from agentdocs.schema.site import Site
    from agentdocs.site.snippets import Snippets
    from agentdocs.text.templates import Templates

_DERIVED = {
    "snippet": ("provider", "apis", "keys", "clients", "protocol", "billing"),
    "key_step": ("keys",),
    "told": ("recordings", "clients", "errors", "apis", "keys", "provider", "limits"),
    "burst_guard": ("limits",),
    "documents": ("discovery", "apis"),
}
"""Names in pages that stand for members of the catalog under another name."""

LLMS = "/llms.txt"
"""Where the list of all pages for language models is (https://llmstxt.org)."""

_LINK = re.compile(r"\]\((?!https?:|mailto:|#|/)([^()\s#]+)(#[^()\s]+)?\)")
"""A Markdown link to another page: its path, and its fragment."""


def page_url(facts: Facts, source: str) -> str:
    """Say where the page of a Markdown file below `docs/` is published."""
    section = facts.site.section_of(source)
    path = source.removesuffix(".md")[len(section.folder) + 1 if section.folder else 0 :]
    path = path.removesuffix("index") if path == "index" or path.endswith("/index") else path + "/"
    return section.path + path


def released(facts: Facts, source: str) -> bool:
    """Tell whether a release contains the page of a Markdown file below `docs/`."""
    return facts.site.section_of(source).released


def twin_url(page: Page) -> str:
    """Say where the Markdown of a page is published, so that relative links in it lead to other pages' Markdown."""
    return markdown_url(page.source, page.url)


def markdown_url(source: str, url: str) -> str:
    """Say where the Markdown of a page is published, by its source and its address."""
    return f"{url}index.md" if source.endswith("index.md") else f"{url.removesuffix('/')}.md"


def models_folder(facts: Facts) -> str:
    """Name the folder below `docs/` in which the pages of models and authors would lie."""
    return facts.site.pages["models"].source.removesuffix(".md").removesuffix("/index")


def model_urls(facts: Facts) -> dict[str, tuple[str, str]]:
    """Say where the page of each model and its Markdown are published, as absolute URLs; none where none has a page."""
    if "models" not in facts.site.pages:
        return {}
    sources = {model: f"{models_folder(facts)}/{model}.md" for model in facts.models}
    pages = {model: (source, page_url(facts, source)) for model, source in sources.items()}
    origin = facts.site.origin
    return {model: (origin + url, origin + markdown_url(source, url)) for model, (source, url) in pages.items()}


@dataclass(frozen=True)
class Pages:
    """Makes the pages of one catalog."""

    catalog: Catalog
    templates: Templates
    snippets: Snippets
    history: History
    root: Path
    """The folder that paths of sources and the history count from."""
    docs: Path
    tool: Callable[[str, Mapping[str, Any]], str]
    """Writes a tool as HTML; nothing where the catalog has no facts for it."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What templates see beside the members of the catalog."""

    def all(self) -> Iterator[Page]:
        """Make every page: those of the navigation, then one for each author and each model."""
        facts = self.catalog.facts
        for entry in facts.site.pages.values():
            file = self.docs / entry.source
            if not file.is_file():
                raise OutputError(f"{file}: there is no such page; write it or remove it from site.yaml")
            yield self._page(entry.source, entry.source, edit=self._relative(file), navigation=True)
        if "models" not in facts.site.pages:
            return
        folder = models_folder(facts)
        by_author: dict[str, list[Model]] = {}
        for model in facts.models.values():
            by_author.setdefault(model.author, []).append(model)
        for author, models in by_author.items():
            values = {"author": facts.authors[author], "author_models": models}
            yield self._page(f"{folder}/{author}.md", "pages/author.md", self._file(("authors",)), values, models)
        for model in facts.models.values():
            values = {"model": model, "author": facts.authors[model.author]}
            edit = self._file(("models", model.id))
            yield self._page(f"{folder}/{model.id}.md", "pages/model.md", edit, values, [model])

    def _page(
        self,
        source: str,
        template: str,
        edit: str,
        values: Mapping[str, Any] | None = None,
        models: Iterable[Model] = (),
        *,
        navigation: bool = False,
    ) -> Page:
        facts, read = self.catalog.facts, self.templates.read
        read.clear()
        tools: dict[str, str] = {}
        # What a page can name; `models` last, so that a model's page is not dated by all the others.
        context: dict[str, Any] = {
            **dict(iter(facts)),
            **self.values,
            "snippet": lambda *names: self._snippet(tools, *names),
            "key_step": lambda key, shell: self._key_step(tools, key, shell),
            "mark": lambda **mark: _mark(tools, **mark),
            "tool": lambda name: self._tool(tools, name, context),
            "anchor": fragment,
            "identity": identity,
            "told": lambda client: list(told(facts, client)),
            "burst_guard": lambda api: burst_guard(facts, api),
            "to": lambda **target: self._to(source, **target),
            "capabilities": capabilities,
            "refusal": self.snippets.refusal,
            "day": self.snippets.day,
            **(values or {}),
        }
        head, body = self.templates.page(template, context)
        owners = {*self._read(read), *(("models", model.id) for model in models)}
        files = {edit, *(self._file(owner) for owner in owners)}
        shown = {"sources": self._sources(owners)}
        listed = self.templates.render("sources.md", "markdown", shown)
        url, updated, actions = page_url(facts, source), self.history.newest(files), Actions(facts, self.templates)
        return Page(
            source=source,
            url=url,
            title=head.title,
            description=head.description or facts.site.description,
            markdown=f"# {as_markdown(head.title)}\n\n{body.strip()}\n\n{listed}",
            sources=listed,
            edit=edit,
            edit_url=self._edit_url(edit),
            report_url=actions.report(facts.site.origin + url, head.title, updated),
            ask=actions.ask(facts.site.origin + markdown_url(source, url)) if released(facts, source) else {},
            updated=updated,
            navigation=navigation,
            released=released(facts, source),
            tools=tools,
        )

    def _edit_url(self, file: str) -> str:
        repository = self.catalog.facts.site.repository
        return f"{repository.url}/{repository.edit_path}/{file}" if repository else ""

    def _to(self, source: str, page: str = "", model: str = "", author: str = "") -> Verbatim:
        """Write the path of another page's Markdown, relative to `source`."""
        facts, wanted = self.catalog.facts, page or "models"
        known = facts.site.pages
        if wanted not in known:
            raise RenderError(f"site.yaml has no page '{wanted}'; {did_you_mean(wanted, frozenset(known))}")
        target = known[page].source if page else f"{models_folder(facts)}/{model or author}.md"
        return Verbatim(posixpath.relpath(target, posixpath.dirname(source) or "."))

    def _read(self, names: Iterable[str]) -> Iterator[Loc]:
        """Yield the catalog's files behind the names that a template asked for."""
        members = {member for name in names for member in _DERIVED.get(name, (name,)) if member in Facts.model_fields}
        yield from (owner for owner in self.catalog.files if owner[0] in members and self._has(owner))

    def _has(self, owner: Loc) -> bool:
        """Tell whether there is still something of what a file holds."""
        return len(owner) == 1 or owner[1] in getattr(self.catalog.facts, str(owner[0]))

    def _sources(self, owners: Iterable[Loc]) -> list[Citation]:
        """List where the facts of some files come from, each page once for each day and degree of certainty."""
        said: dict[Citation, set[str]] = {}
        for origin in {origin for owner in owners for origin in self._origins.get(owner, ())}:
            for source in origin.cited or (None,):
                url, as_of = (source.url, source.as_of or "") if source else ("", "")
                says = said.setdefault(Citation(url, as_of, origin.checked, origin.confidence), set())
                if source and source.says:
                    says.add(source.says)
        return sorted(replace(citation, says=tuple(sorted(says))) for citation, says in said.items())

    @cached_property
    def _origins(self) -> dict[Loc, set[Provenance]]:
        """Collect, for each file of the catalog, where its facts come from."""
        origins: dict[Loc, set[Provenance]] = {}
        for loc, _, provenance in self.catalog.groups():
            if provenance:
                for owner in (loc[:1], loc[:2]):
                    origins.setdefault(owner, set()).add(provenance)
        return origins

    def _file(self, owner: Loc) -> str:
        return self._relative(self.catalog.files[owner].name) if owner in self.catalog.files else ""

    def _relative(self, file: Path | str) -> str:
        path = self.root / file
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def _tool(self, tools: dict[str, str], name: str, values: Mapping[str, Any]) -> Verbatim:
        """Mark the place of a tool, if the catalog has facts for it."""
        html = self.tool(name, values)
        if not html:
            return Verbatim("")
        tools[name] = html
        return marks.tool(name)

    def _key_step(self, tools: Mapping[str, str], key: str, shell: str) -> Verbatim:
        """Show the commands that put a key into its variable."""
        return Verbatim(_mark(tools, shell=shell) + code_block(self.snippets.key_step(key, shell), shell))

    def _snippet(self, tools: Mapping[str, str], client: str, name: str, model: str | None = None) -> Verbatim:
        """Show one snippet as a block of code; without a model for the one that the catalog recommends."""
        shape = self.snippets.snippet(client, name)
        text = self.snippets.render(client, name, model)
        title = "" if shape.language == "bash" else f' title="{shape.save_as or shape.file}"'
        mark = _mark(tools, file=self.snippets.url(client, shape, "{model}"))
        return Verbatim(mark + code_block(text, shape.language + title))


def _mark(tools: Mapping[str, str], **mark: str) -> Verbatim:
    """Mark what follows, on pages with a tool that asks for it."""
    ((name, value),) = mark.items()
    return Verbatim(f"{marks.following(name, value)}\n\n" if tools else "")


def capabilities(model: Model) -> str:
    """Name what a model is known to be capable of, and say whether anything is unknown."""
    known = dict(iter(model.known))
    flags = {name: known[name] for name in ("reasoning", "json_mode", "structured_outputs", "logprobs")}
    able = ["tools"] if model.for_agents == True else []  # noqa: E712 - an assumed flag is another object
    able += [name.replace("_", " ") for name, value in flags.items() if value == True]  # noqa: E712
    unknown = "unknown" in flags.values()
    return ", ".join(able) + (("; others unknown" if able else "unknown") if unknown else "")


def navigation(facts: Facts, pages: Mapping[str, Page]) -> list[dict[str, Any]]:
    """List titles and sources in the order of the catalog, as MkDocs reads them.

    The pages of a section that has a title are gathered under it, where the first of them stands.
    """
    entries: list[dict[str, Any]] = []
    gathered: dict[str, list[dict[str, str]]] = {}
    for entry in facts.site.pages.values():
        if entry.source not in pages:
            continue
        title = facts.site.section_of(entry.source).title
        if title is None:
            entries.append({entry.title: entry.source})
            continue
        if title not in gathered:
            entries.append({title: gathered.setdefault(title, [])})
        gathered[title].append({entry.title: entry.source})
    return entries


def relink(page: Page, pages: Mapping[str, Page], address: Callable[[Page], str], origin: str) -> str:
    """Give the page's Markdown with links to other pages as their `address`, and links from the root as URLs.

    Marks are left out.
    """

    def replace(link: re.Match[str]) -> str:
        return f"]({address(pages[_target(page, link)])}{link[2] or ''})"

    return outside_code(
        marks.without(page.markdown), lambda text: re.sub(r"\]\((?=/)", f"]({origin}", _LINK.sub(replace, text))
    )


def twin(page: Page, pages: Mapping[str, Page], site: Site) -> Artifact:
    """Give the page as Markdown, with absolute links to the Markdown of other pages, and a way to all of them."""
    markdown = relink(page, pages, lambda target: site.origin + twin_url(target), site.origin)
    title, _, text = markdown.partition("\n")
    pointer = f"> One page of {as_markdown(site.name)}. All pages as Markdown: {site.origin}{LLMS}"
    updated = f"\nLast updated: {page.updated.isoformat()}\n" if page.updated else ""
    return Artifact(twin_url(page), f"{title}\n\n{pointer}\n\n{text.lstrip()}{updated}".encode(), MARKDOWN)


def check_links(pages: Mapping[str, Page]) -> None:
    """Raise `RenderError` with every link that leads to no page, and the page that has it."""
    broken = [
        f"{page.edit}: the link {match[1]} leads to no page; known: paths of Markdown files, relative to {page.source}"
        for page in pages.values()
        for match in _LINK.finditer(without_code(page.markdown))
        if _target(page, match) not in pages
    ]
    if broken:
        raise RenderError("\n".join(broken))


def _target(page: Page, link: re.Match[str]) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.source), link[1]))
