"""The networks of the series, offered in a menu: their names, and room for the highest of them."""

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.drawing.diagram import DELTA, A, Row, Z, layout
from backprop_lab.drawing.layout import WIDTH
from backprop_lab.drawing.markup import Markup, element

NETWORKS = {"running": cases.running, "wide": cases.wide, "deep": cases.deep, "batch": cases.batch}
OWN = "this one"


def networks(case: Case, *names: str) -> dict[str, Case]:
    """Those of the series with these names; a case that is none of them comes first, as "this one"."""
    known = {name: NETWORKS[name] for name in names}
    return known if any(case is one for one in known.values()) else {OWN: case, **known}


def name_of(case: Case, among: dict[str, Case]) -> str:
    """What this very case is called."""
    return next(name for name, known in among.items() if known is case)


def room(
    drawing: Markup, among: dict[str, Case], *, rows: tuple[Row, ...] = (Z, A, DELTA), width: float = WIDTH
) -> Markup:
    """A diagram with the room that the highest of these networks needs, so that nothing moves when one is chosen."""
    highest = max((layout(case, rows, width) for case in among.values()), key=lambda each: each.height / each.width)
    return element("div", drawing, style=f"aspect-ratio: {highest.width:g} / {highest.height:g}")
