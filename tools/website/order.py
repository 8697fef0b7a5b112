"""Which cells of a page may be run last, so that no picture waits for them: those that only print.

Such a cell gives no name to any other cell, takes none that a later cell binds anew, and changes nothing in place.
"""

import ast
import symtable
from collections.abc import Sequence
from typing import NamedTuple

from nbformat import NotebookNode

PURE = frozenset(
    {"np", "cases", "chain", "derivations", "datasets", "pictures", "sigmoid", "quadratic"}
)  # calls change none


class Names(NamedTuple):
    """The names of the notebook that a cell binds, and those it reads."""

    bound: frozenset[str]
    read: frozenset[str]


def late(cells: Sequence[NotebookNode]) -> set[int]:
    """The numbers of the code cells that may be run last."""
    code = {number: cell for number, cell in enumerate(cells) if cell.cell_type == "code"}
    names = {number: names_of(cell.source) for number, cell in code.items()}
    return {number for number, cell in code.items() if _only_prints(cell) and _may_wait(number, cell.source, names)}


def names_of(source: str) -> Names:
    """What a cell binds at its top, and what it reads of the notebook anywhere in it."""
    top = symtable.symtable(source, "cell", "exec")
    bound = {each.get_name() for each in top.get_symbols() if each.is_assigned() or each.is_imported()}
    read = {each.get_name() for each in top.get_symbols() if each.is_referenced()}
    tables = list(top.get_children())
    while tables:
        table = tables.pop()
        tables += table.get_children()
        read |= {each.get_name() for each in table.get_symbols() if each.is_global()}
        bound |= {each.get_name() for each in table.get_symbols() if each.is_declared_global()}
    return Names(frozenset(bound), frozenset(read))


def _only_prints(cell: NotebookNode) -> bool:
    return bool(cell.outputs) and all(output.output_type == "stream" for output in cell.outputs)


def _may_wait(number: int, source: str, names: dict[int, Names]) -> bool:
    mine = names[number]
    others = frozenset[str]().union(*(each.bound | each.read for at, each in names.items() if at != number))
    later = frozenset[str]().union(*(each.bound for at, each in names.items() if at > number))
    theirs = (mine.read - mine.bound) & others
    return not mine.bound & others and not mine.read & later and not _changes(source, theirs - PURE)


def _changes(source: str, theirs: frozenset[str]) -> bool:
    """Whether it may change what others see: it sets a part of a thing of theirs, or calls a method of it."""
    for node in ast.walk(ast.parse(source)):
        sets = isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load)
        thing = node if sets else node.func if isinstance(node, ast.Call) else None
        parts = 0
        while isinstance(thing, ast.Attribute | ast.Subscript):
            thing, parts = thing.value, parts + 1
        if parts and isinstance(thing, ast.Name) and thing.id in theirs:
            return True
    return False
