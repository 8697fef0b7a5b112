"""What the text of a learner's function says: its lines, its loops, the only line with a sign."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from backprop_lab.exercises.recognition import attempt


def code_of(f: Callable[..., Any]) -> list[str]:
    """The lines of a function below its first, without indents and what is said beside them."""
    text, own = parsed(f)
    every = ast.walk(own) if own else ()
    said = [each for each in every if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)]
    apart = {number for each in said for number in range(each.lineno, (each.end_lineno or 0) + 1)}
    lines = [bare(line) for number, line in enumerate(text.splitlines(), start=1) if number not in apart]
    head = next((at for at, line in enumerate(lines) if line.startswith("def ")), 0)
    return lines[head + 1 :]


def line_that_says(sign: str, f: Callable[..., Any], otherwise: str | None = None) -> str | None:
    """The only line that says this."""
    idle = idle_lines(f)
    found = [line for line in code_of(f) if re.search(sign, line) and line not in idle]
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


def idle_lines(f: Callable[..., Any]) -> set[str]:
    """Lines that do nothing for what is returned: they give names that lead nowhere, call for an effect, or guard."""
    text, own = parsed(f)
    every, lines = list(ast.walk(own)) if own else [], text.splitlines()
    used = _leading_out(every)
    return {bare(lines[each.lineno - 1]) for each in every if isinstance(each, ast.stmt) and _is_idle(each, used)}


def bare(line: str) -> str:
    """A line without its indent and what is said beside it."""
    return line.split("#", maxsplit=1)[0].strip()


def _leading_out(every: list[ast.AST]) -> set[str]:
    """The names of which what is returned is made, one by one."""
    used, before = _names(each for each in every if isinstance(each, ast.Return | ast.Yield)), set[str]()
    while used != before:
        before = used
        used = used.union(*(_feeds(each, used) for each in every))
    return used


def _feeds(node: ast.AST, used: set[str]) -> set[str]:
    """The names that go into a used one here."""
    match node:
        case ast.Assign(targets=targets) if _names(targets) & used:
            return _names([node])
        case ast.For(target=target, iter=iterated) if _names([target]) & used:
            return _names([target, iterated])
        case ast.AugAssign() | ast.AnnAssign() | ast.NamedExpr() | ast.comprehension() if _names([node.target]) & used:
            return _names([node])
        case ast.Call(func=ast.Attribute() as func) if _names([func]) & used:
            return _names([node])
        case ast.FunctionDef(name=name, body=body) if name in used:
            return _names(body)
    return set()


def _is_idle(line: ast.stmt, used: set[str]) -> bool:
    match line:
        case ast.Assign(targets=targets):
            return not _names(targets) & used
        case ast.AugAssign(target=target):
            return not _names([target]) & used
        case ast.Expr(value=ast.Call(func=ast.Name())):
            return True
        case ast.If(body=body, orelse=[]):
            return all(isinstance(each, ast.Raise | ast.Pass | ast.Assert) or _is_idle(each, used) for each in body)
    return False


def _names(nodes: Iterable[ast.AST]) -> set[str]:
    return {each.id for node in nodes for each in ast.walk(node) if isinstance(each, ast.Name)}
