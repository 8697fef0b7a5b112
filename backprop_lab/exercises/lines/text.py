"""What the text of a learner's function says: its lines, its loops, the only line with a sign."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

from backprop_lab.exercises.recognition import attempt


def code_of(f: Callable[..., Any]) -> list[str]:
    """The lines of a function below its first, without indents and what is said beside them."""
    lines = [line.split("#")[0].strip() for line in (attempt(lambda: inspect.getsource(f)) or "").splitlines()]
    head = next((at for at, line in enumerate(lines) if line.startswith("def ")), 0)
    return lines[head + 1 :]


def line_that_says(sign: str, f: Callable[..., Any], otherwise: str | None = None) -> str | None:
    """The only line that says this."""
    found = [line for line in code_of(f) if re.search(sign, line)]
    return found[0] if len(found) == 1 else otherwise


def line_in_loop(f: Callable[..., Any], wanted: Callable[[int, ast.For, ast.FunctionDef], bool]) -> str | None:
    """The first line of a for loop, not of a block in it, of which this is so; not of a helper's loop."""
    text, own = parsed(f)
    if own is None:
        return None
    loops = (each for each in own_nodes(own) if isinstance(each, ast.For))
    found = (line for loop in loops for at, line in enumerate(loop.body) if wanted(at, loop, own))
    first = next(found, None)
    return text.splitlines()[first.lineno - 1].strip() if first else None


def parsed(f: Callable[..., Any]) -> tuple[str, ast.FunctionDef | None]:
    """A function's text, and what it says."""
    text = textwrap.dedent(attempt(lambda: inspect.getsource(f)) or "")
    first = next(iter((attempt(lambda: ast.parse(text)) or ast.Module([], [])).body), None)
    return text, first if isinstance(first, ast.FunctionDef) else None


def own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All that a function says itself, and no function in it."""
    for each in ast.iter_child_nodes(node):
        if not isinstance(each, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            yield each
            yield from own_nodes(each)
