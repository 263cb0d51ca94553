"""Pages that extend another one and replace blocks of it: what they say outside of its blocks would never be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from agentdocs.errors import RenderError
from agentdocs.schema.values import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment


def check(environment: Environment, source: str, file: str, read: Callable[[str], str]) -> None:
    """Refuse what a template that extends another one says in vain.

    `read` gives the source of another template. Raises `RenderError` with file and line for text outside of a block,
    and for a block that the other one does not have.
    """
    tree = environment.parse(source)
    extended = next(tree.find_all(nodes.Extends), None)
    if extended is None or not isinstance(extended.template, nodes.Const):
        return
    other = str(extended.template.value)
    known = _blocks(environment, other, read)
    for node in tree.body:
        if isinstance(node, nodes.Output) and (line := _first_line(node)):
            raise _located(
                file, line, "this is outside of every block, and a page that extends another one shows only its blocks"
            )
        if isinstance(node, nodes.Block) and node.name not in known:
            hint = did_you_mean(node.name, frozenset(known))
            raise _located(file, node.lineno, f"the page that it extends has no block '{node.name}'; {hint}")


def _blocks(environment: Environment, name: str, read: Callable[[str], str]) -> set[str]:
    """Name the blocks of a template, and of those that it extends."""
    tree = environment.parse(read(name))
    above = [node.template.value for node in tree.find_all(nodes.Extends) if isinstance(node.template, nodes.Const)]
    found = {block.name for block in tree.find_all(nodes.Block)}
    return found.union(*(_blocks(environment, other, read) for other in above if other != name))


def _first_line(output: nodes.Output) -> int:
    """Give the line of the first thing that would be shown; 0 if that is blank."""
    for node in output.nodes:
        if not isinstance(node, nodes.TemplateData):
            return node.lineno
        if text := node.data.strip():
            return node.lineno + node.data[: node.data.index(text[0])].count("\n")
    return 0


def _located(file: str, line: int, problem: str) -> RenderError:
    error = RenderError(f"{file}:{line}: {problem}")
    error.located = True
    return error
