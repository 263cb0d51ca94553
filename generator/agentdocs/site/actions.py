"""What readers can do about a page: ask an assistant, or report an error. Plain links, which send nothing unasked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from agentdocs.schema import Facts
    from agentdocs.text.templates import Templates


@dataclass(frozen=True)
class Actions:
    """Makes the links of one site."""

    facts: Facts
    templates: Templates

    def ask(self, twin: str) -> dict[str, str]:
        """Give the link that opens each assistant with a question about a page, by the assistant's name.

        `twin` is the absolute URL of the page's Markdown.
        """
        question = self.templates.render("question.txt", "plain", {"url": twin}).strip()
        return {
            assistant.name: _filled_in(assistant.url, {assistant.parameter: question})
            for assistant in self.facts.assistants.values()
        }

    def report(self, url: str, title: str, updated: date | None) -> str:
        """Give the link to a report about a page that is begun already; empty where nobody takes reports."""
        site = self.facts.site
        values = {"url": url, "title": title, "updated": updated}
        subject, _, body = self.templates.render("report.txt", "plain", values).partition("\n")
        form = site.repository
        if form and form.report_path:
            return _filled_in(f"{form.url}/{form.report_path}", {form.report_title: subject, form.report_body: body})
        if site.report_email:
            return _filled_in(f"mailto:{site.report_email}", {"subject": subject, "body": body})  # RFC 6068
        return ""


def _filled_in(url: str, values: Mapping[str, str]) -> str:
    return f"{url}?{urlencode(values, quote_via=quote)}"
