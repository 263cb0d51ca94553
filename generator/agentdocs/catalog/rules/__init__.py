"""Rules between the facts of a catalog, which no single file can keep.

A rule is a generator of findings; its docstring says what holds. The names of its parameters say which members of the
catalog it reads; where one of them is broken, the rule waits until it is fixed. `files`, `day` and `members` are not
members: the YAML files, the day for which models are compared, and all members that are sound.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from agentdocs.catalog.rules import access, brand, clients, documents, login, models, provenance, requests, site
from agentdocs.catalog.rules.finding import Finding
from agentdocs.schema.base import groups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentdocs.catalog.source import SourceFile
    from agentdocs.errors import Loc
    from agentdocs.schema import Facts

Rule = Callable[..., Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    access.no_real_keys, access.keys_open_their_own_api, access.what_pays_is_described,
    access.access_values_are_unique,
    models.model_paths_are_ids, models.names_of_models_are_unique, models.answers_fit_the_context,
    models.tiers_begin_inside_the_context_window,
    models.replacements_live, models.recommended_models_work,
    clients.examples_work_with_every_client, clients.clients_keep_the_name_of_the_key,
    clients.retries_are_set_by_a_snippet,
    requests.details_are_of_listed_parameters, requests.error_codes_are_unique, requests.causes_have_one_error,
    requests.limits_and_errors_agree, requests.estimates_speak_of_every_plan,
    requests.parameters_of_paths_are_described,
    login.the_login_is_published_where_clients_look, login.the_login_fits_its_specifications,
    login.tokens_are_confirmed_and_can_be_found,
    documents.published_paths_are_owned, documents.the_security_contact_holds,
    documents.discovery_values_fit_their_specifications, documents.the_data_have_words_for_access,
    documents.the_data_have_words_for_paths, documents.the_data_have_words_for_models,
    site.departures_are_ours, site.pages_are_published,
)  # fmt: skip
"""What holds of every catalog, and of what a release leaves of it."""

RULES_OF_SOURCES: tuple[Rule, ...] = (
    provenance.reserved_hosts_are_assumed, provenance.measured_facts_were_measured_here,
    provenance.vendor_pages_are_the_vendors,
    brand.accents_can_be_read,
)  # fmt: skip
"""What holds besides of a catalog as somebody wrote it. What a release leaves of it need not show its sources."""


def findings(
    members: Mapping[str, Any], files: Mapping[Loc, SourceFile], day: date | None, rules: Iterable[Rule] = RULES
) -> Iterator[Finding]:
    """Run each of some rules whose members are sound."""
    available = {**members, "files": files, "day": day or newest_check(members), "members": members}
    for check in rules:
        wanted = inspect.signature(check).parameters
        if wanted.keys() <= available.keys():
            yield from check(**{name: available[name] for name in wanted})


def newest_check(members: Mapping[str, Any] | Facts) -> date:
    """Give the newest day on which any fact was compared with its source."""

    checked = (provenance.checked for _, _, provenance in groups(members) if provenance)
    return max(checked, default=date.min)


__all__ = ["RULES", "RULES_OF_SOURCES", "Finding", "Rule", "findings", "newest_check"]
