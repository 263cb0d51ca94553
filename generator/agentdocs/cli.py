"""The command `agentdocs`. Exits with 0, with 1 and located errors, or with 2 for wrong usage.

Only what a command needs is imported, so that `check` answers at once.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from agentdocs.errors import AgentdocsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agentdocs.catalog.catalog import Catalog
    from agentdocs.render import Rendering


class _Day(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as YYYY-MM-DD", param, ctx)


class _Commands(click.Group):
    """Tells what went wrong without a traceback, and lets commands clean up when the process is told to end."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        handlers = {number: signal.signal(number, _end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as end:
            sys.exit(128 + next(iter(end.args), signal.SIGINT))
        except UsageError as error:
            click.echo(str(error), err=True)
            sys.exit(2)
        except AgentdocsError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        except BrokenPipeError:
            raise  # click ends quietly when nobody reads any more
        except OSError as error:
            click.echo(f"{error.filename or 'standard output'}: {error.strerror or error}", err=True)
            if error.filename is None:  # else Python tries to write the rest when it ends, and says so with a traceback
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)


def _end(number: int, _: object) -> NoReturn:
    raise KeyboardInterrupt(number)


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--root", type=click.Path(path_type=Path), default=Path(), help="Folder of the project."),
        click.option("--release", is_flag=True, help="Use what may be published, not the preview."),
        click.option(
            "--as-of", "day", type=_Day(), help="Day to compare models with. Default: that of the newest commit."
        ),
    ):
        command = option(command)
    return command


_probe = click.option("--probe", type=click.Path(path_type=Path), help="Measurements of the services, as YAML or JSON.")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="agentdocs")
def main() -> None:
    """Build documentation, client snippets and discovery files from one catalog."""


@main.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--name", help="Provider's name, as readers know it.")
@click.option("--origin", metavar="URL", help="Scheme and host where the documentation will be published.")
@click.option("--base-url", metavar="URL", help="Base URL of the API, as clients use it.")
@click.option("--key-prefix", metavar="TEXT", help="Prefix of every key. Default: unknown.")
@click.option("--model", metavar="ID", help="Model that snippets use.")
@click.option("--context-window", metavar="TOKENS", help="Context window of that model. Default: unknown.")
@click.option(
    "--client", "clients", metavar="CLIENT", multiple=True, help="Client to set up; repeatable. Default: all that fit."
)
@click.option("--id", metavar="TEXT", help="Provider's id in configurations. Default: from its name.")
@click.option("--from", "listed", metavar="SOURCE", help="List of models as JSON: a file or a URL.")
@click.option("--provider", metavar="ID", help="Provider to import, if the list has several.")
@click.option("--source", metavar="URL", help="Page that the list comes from, if it does not say so.")
def init(directory: Path, clients: tuple[str, ...], listed: str | None, provider: str | None, **given: str) -> None:
    """Start a project for another provider in DIRECTORY. In a terminal, it asks for what is missing."""
    from agentdocs.init.beginning import begin, can_ask, on_terminal

    start = begin(directory, given, clients, listed, provider, on_terminal if can_ask() else None)
    for line in start.next_steps(directory):
        click.echo(line)


@main.command()
@_options
@_probe
@click.option("--strict", is_flag=True, help="Exit with 1 if there are warnings that nobody has accepted.")
def check(root: Path, release: bool, day: date | None, probe: Path | None, strict: bool) -> None:
    """Check that the project builds, and list what is implausible or unconfirmed.

    With --release say what a release leaves out.
    """
    from agentdocs import release as releases
    from agentdocs.hosting import planned
    from agentdocs.hosting.limits import exceeded
    from agentdocs.project import Project
    from agentdocs.render import Source
    from agentdocs.site import departures

    source = Source.read(Project.at(root), day, probe)
    preview, published = source.preview(), source.release()
    shown = published if release else preview
    for warning in (*preview.warnings, *exceeded(shown, planned(shown))):
        click.echo(f"warning: {warning}", err=True)
    if release:
        departures.check_published(published.catalog, root, published.departures, published.urls)
        for line in (*releases.planned(root, source.day).lines(), *_left_out(preview, published)):
            click.echo(line)
        _warn(root, source.catalog, source.day, strict=strict)
        return
    unconfirmed = list(source.catalog.unconfirmed())
    for loc, provenance in unconfirmed:
        click.echo(f"{source.catalog.place(loc)}: {provenance.confidence}")
    count = len(source.catalog.facts.models)
    sound = f"The catalog is valid: {count} models; {len(unconfirmed)} groups of facts await confirmation"
    _warn(root, source.catalog, source.day, sound, strict=strict)


@main.command()
@_options
@_probe
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to write. Default: site or site-release.")
def build(root: Path, release: bool, day: date | None, probe: Path | None, output: Path | None) -> None:
    """Build the whole origin: pages, snippets and discovery files. A release also lists what it publishes."""
    from agentdocs.mkdocs.build import build as build_origin

    folder = output or root / ("site-release" if release else "site")
    rendering = build_origin(root, folder, release=release, day=day, probe=probe, keep_published=release)
    _report(root, rendering, folder)


@main.command()
@_options
@_probe
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on this machine.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder of the site. Default: site or site-release."
)
def serve(root: Path, release: bool, day: date | None, probe: Path | None, port: int, output: Path | None) -> None:
    """Build the preview and serve it as a production host would; with --release, serve a release as it was made."""
    from agentdocs import server

    if release:
        if day or probe:
            raise UsageError("--as-of and --probe only affect builds; a release is served as it was made")
        _serve_release(output or root / "site-release", root, port)
        return
    from agentdocs.mkdocs.build import building

    with server.listen(port) as listener:
        folder = output or root / "site"
        with building(root, folder, day=day, probe=probe) as (written, rendering):
            application = server.application(written, rendering)
        _report(root, rendering, folder)
        click.echo(f"Serving {rendering.facts.site.origin} at http://{server.HOST}:{port}/ (end with Ctrl+C)")
        server.run(application, listener)


def _serve_release(folder: Path, root: Path, port: int) -> None:
    from agentdocs import history, server
    from agentdocs import release as releases
    from agentdocs.output import unchanged

    with server.listen(port) as listener:
        with unchanged(folder):
            release, site = releases.read(folder), server.recorded(folder)
        for line in release.lines():
            click.echo(line)
        newest = history.commit(root)
        if newest and newest != release.commit:
            click.echo(f"warning: the newest commit is {newest[:12]}; run make release to include it", err=True)
        click.echo(f"Serving {folder} at http://{server.HOST}:{port}/ (end with Ctrl+C)")
        server.run(site, listener)


@main.command()
@_options
@click.argument("directory", type=click.Path(path_type=Path))
def stage(root: Path, release: bool, day: date | None, directory: Path) -> None:
    """Write Markdown and files into DIRECTORY, for MkDocs, Zensical or another renderer."""
    from agentdocs.stage import stage as stage_folder

    _report(root, stage_folder(root, directory, release=release, day=day), directory)


@main.command()
@_options
@click.argument("client", required=False)
@click.option("--model", help="Model id or alias. Default: the recommended model.")
@click.option("--part", help="One of the client's snippets, or key. Default: the first snippet.")
@click.option(
    "--shell",
    type=click.Choice(["bash", "fish", "powershell"]),
    default="bash",
    help="For commands that differ; bash is zsh, too.",
)
def snippet(
    root: Path, release: bool, day: date | None, client: str | None, model: str | None, part: str | None, shell: str
) -> None:
    """Print one snippet for CLIENT as published. Without CLIENT, list clients and parts."""
    from agentdocs.catalog.keys import KeyFinder
    from agentdocs.schema.client import KEY

    rendering = _render(root, release=release, day=day)
    facts = rendering.facts
    if client is None:
        for name, entry in facts.clients.items():
            click.echo(f"{name}: {', '.join([KEY, *(shape.id for shape in entry.snippets)])}")
        return
    if part == KEY:
        api = facts.apis[rendering.snippets.client(client).api]
        text = rendering.snippets.key_step(api.key, shell)
    else:
        text = rendering.snippets.render(client, part, model, shell)
    KeyFinder.of(rendering.catalog.files).refuse_text(text, f"the snippet for {client}")
    click.echo(text, nl=False)


@main.command()
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Folder that has catalog/. Default: this folder.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port on this machine.")
@click.option("--refuse", metavar="ERROR", help="Refuse every request with this error from catalog/errors.yaml.")
@click.option(
    "--retry-after", type=click.IntRange(1), default=1, show_default=True, help="Seconds to wait, sent with --refuse."
)
def stub(root: Path, port: int, refuse: str | None, retry_after: int) -> None:
    """Imitate the provider's APIs on this machine, to try a configuration without an account."""
    from agentdocs import history, server
    from agentdocs.catalog.reading import load
    from agentdocs.stub import Stub, addresses, log_line

    facts = load(root / "catalog", history.read(root).last).facts
    api = Stub(facts, refuse, retry_after, seen=lambda request: click.echo(log_line(request)), requests=deque(maxlen=1))
    with server.listen(port) as listener:
        for line in addresses(api, f"http://{server.HOST}:{port}"):
            click.echo(line)
        server.run(api.application(), listener)


def _warn(root: Path, catalog: Catalog, day: date, result: str = "", *, strict: bool = False) -> None:
    """Print what is implausible, then the result with the number of warnings; end with 1 where that is not allowed."""
    from agentdocs import plausibility

    verdict = plausibility.judge(root, catalog, day)
    for doubt in verdict.doubts:
        click.echo(f"warning: {doubt}", err=True)
    if result:
        click.echo(f"{result}; {verdict}.")
    if strict and verdict.doubts:
        sys.exit(1)


def _render(root: Path, *, release: bool, day: date | None) -> Rendering:
    from agentdocs.project import Project
    from agentdocs.render import render

    return render(Project.at(root), release=release, day=day)


def _left_out(preview: Rendering, release: Rendering) -> Iterator[str]:
    """Say what a release does not have of the preview: members of the catalog, and what is published."""
    for entry in release.catalog.withheld:
        what = "unknown in a release" if entry.unknown else "not in a release"
        yield f"{release.catalog.place(entry.loc)}: {what}: {entry.reason}"
    published = {page.url for page in release.pages.values()} | release.artifacts.keys()
    for url in [*(page.url for page in preview.pages.values()), *preview.artifacts]:
        if url not in published:
            yield f"{url}: in the preview only"
    yield f"A release has {len(release.pages)} pages and {len(release.artifacts)} other files."


def _report(root: Path, rendering: Rendering, folder: Path) -> None:
    from agentdocs.catalog.reading import load

    # Read again: what is rendered of a release can be less than the catalog that somebody maintains.
    _warn(root, load(root / "catalog", rendering.day), rendering.day)
    for warning in rendering.warnings:
        click.echo(f"warning: {warning}", err=True)
    kind = "release" if rendering.release else "preview"
    click.echo(f"Wrote the {kind} to {folder}: {len(rendering.pages)} pages, {len(rendering.artifacts)} other files.")
