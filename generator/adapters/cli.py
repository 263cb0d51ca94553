"""The command `agentdocs`. Exits with 0, with 1 and located errors, or with 2 for wrong usage.

Only what a command needs is imported, so that `check` answers at once.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from generator.errors import AgentdocsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.render import Rendering


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
        click.option("--release", is_flag=True, help="What may be published, instead of the preview."),
        click.option(
            "--as-of", "day", type=_Day(), help="Day for which models are compared; else the newest commit's."
        ),
    ):
        command = option(command)
    return command


_probe = click.option(
    "--probe", type=click.Path(path_type=Path), help="Results of measuring the services, as YAML or JSON."
)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="agentdocs")
def main() -> None:
    """Build documentation, client snippets and discovery files from one catalog."""


@main.command()
@_options
@_probe
def check(root: Path, release: bool, day: date | None, probe: Path | None) -> None:
    """Validate the catalog and list what nobody has confirmed; with --release, what a release withholds."""
    from generator import departures, history
    from generator import release as releases
    from generator.catalog import load
    from generator.hosting import planned
    from generator.hosting.limits import exceeded

    catalog = load(root / "catalog", day or history.read(root).last)
    rendering = _render(root, release=release, day=day, probe=probe)
    for warning in exceeded(rendering, planned(rendering)):
        click.echo(f"warning: {warning}", err=True)
    if release:
        departures.check_published(rendering.catalog, root, rendering.departures, rendering.urls)
        for line in releases.planned(root, rendering.day).lines():
            click.echo(line)
        _list_withheld(rendering)
        return
    if probe:
        from generator.probe import read

        read(probe, catalog.facts, day)
    unconfirmed = list(catalog.unconfirmed())
    for loc, provenance in unconfirmed:
        click.echo(f"{catalog.place(loc)}: {provenance.confidence}")
    count = len(catalog.facts.models)
    click.echo(f"The catalog is sound: {count} models; {len(unconfirmed)} groups of facts await confirmation.")


@main.command()
@_options
@_probe
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to write; else site or site-release.")
def build(root: Path, release: bool, day: date | None, probe: Path | None, output: Path | None) -> None:
    """Build the whole origin: pages, snippets and discovery files. A release also lists what it publishes."""
    from generator.adapters.build import build as build_origin

    folder = output or root / ("site-release" if release else "site")
    rendering = build_origin(root, folder, release=release, day=day, probe=probe, keep_published=release)
    _report(rendering, folder)


@main.command()
@_options
@_probe
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on this machine.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder of the site; else site or site-release.")
def serve(root: Path, release: bool, day: date | None, probe: Path | None, port: int, output: Path | None) -> None:
    """Build the preview and serve it as a production host would; with --release, serve a release as it was made."""
    from generator.adapters import server

    if release:
        if day or probe:
            raise UsageError("--as-of and --probe change what is built; a release is served as it was made")
        _serve_release(output or root / "site-release", root, port)
        return
    from generator.adapters.build import build as build_origin

    with server.listen(port) as listener:
        folder = output or root / "site"
        rendering = build_origin(root, folder, day=day, probe=probe)
        _report(rendering, folder)
        click.echo(f"Serving {rendering.facts.site.origin} at http://{server.HOST}:{port}/ (end with Ctrl+C)")
        server.run(server.application(folder, rendering), listener)


def _serve_release(folder: Path, root: Path, port: int) -> None:
    from generator import history
    from generator import release as releases
    from generator.adapters import server

    with server.listen(port) as listener:
        release, site = releases.read(folder), server.recorded(folder)
        for line in release.lines():
            click.echo(line)
        newest = history.commit(root)
        if newest and newest != release.commit:
            click.echo(f"warning: the newest commit is {newest[:12]}; make release makes its release", err=True)
        click.echo(f"Serving {folder} at http://{server.HOST}:{port}/ (end with Ctrl+C)")
        server.run(site, listener)


@main.command()
@_options
@click.argument("directory", type=click.Path(path_type=Path))
def stage(root: Path, release: bool, day: date | None, directory: Path) -> None:
    """Write Markdown and files into DIRECTORY, for MkDocs, Zensical or another renderer."""
    from generator.adapters.stage import stage as stage_folder

    _report(stage_folder(root, directory, release=release, day=day), directory)


@main.command()
@_options
@click.argument("client", required=False)
@click.option("--model", help="Model id or alias; else the recommended one.")
@click.option("--part", help="Which of the client's snippets, or key; else the first snippet.")
@click.option(
    "--shell", type=click.Choice(["bash", "fish"]), default="bash", help="For the part key; bash is zsh, too."
)
def snippet(
    root: Path, release: bool, day: date | None, client: str | None, model: str | None, part: str | None, shell: str
) -> None:
    """Print one snippet for CLIENT as it is published; without CLIENT list clients and parts."""
    from generator.schema.client import KEY

    rendering = _render(root, release=release, day=day)
    facts = rendering.facts
    if client is None:
        for name, entry in facts.clients.items():
            click.echo(f"{name}: {', '.join([KEY, *(shape.id for shape in entry.snippets)])}")
        return
    if part == KEY:
        api = facts.apis[rendering.snippets.client(client).api]
        click.echo(rendering.snippets.key_step(api.key, shell), nl=False)
        return
    click.echo(rendering.snippets.render(client, part, model), nl=False)


@main.command()
@click.option(
    "--root", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Folder with catalog/; else here."
)
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port on this machine.")
@click.option("--refuse", metavar="ERROR", help="Refuse every request with this error of catalog/errors.yaml.")
@click.option("--retry-after", type=click.IntRange(1), default=1, show_default=True, help="Seconds, with --refuse.")
def stub(root: Path, port: int, refuse: str | None, retry_after: int) -> None:
    """Stand in for the provider's APIs on this machine, to try a configuration without an account."""
    from generator import history
    from generator.adapters import server
    from generator.adapters.stub import Stub, addresses, told
    from generator.catalog import load

    facts = load(root / "catalog", history.read(root).last).facts
    api = Stub(facts, refuse, retry_after, seen=lambda request: click.echo(told(request)))
    with server.listen(port) as listener:
        for line in addresses(api, f"http://{server.HOST}:{port}"):
            click.echo(line)
        server.run(api.application(), listener)


def _render(root: Path, *, release: bool, day: date | None, probe: Path | None = None) -> Rendering:
    from generator.render import Project, render

    return render(Project.at(root), release=release, day=day, probe=probe)


def _list_withheld(rendering: Rendering) -> None:
    for document in rendering.documents:
        if document.withheld:
            click.echo(f"{document.url}: withheld: {document.withheld}")
    for loc, provenance in rendering.catalog.unconfirmed():
        if provenance.confidence == "assumed":
            click.echo(f"{rendering.catalog.place(loc)}: {provenance.confidence}, no release shows it")


def _report(rendering: Rendering, folder: Path) -> None:
    for warning in rendering.warnings:
        click.echo(f"warning: {warning}", err=True)
    kind = "release" if rendering.release else "preview"
    click.echo(f"Wrote the {kind} to {folder}: {len(rendering.pages)} pages, {len(rendering.artifacts)} other files.")
