"""The switch between the networks of the series, and dropdowns that offer only what exists on the one shown."""

from collections.abc import Callable, Sequence
from typing import Any

from ipywidgets import Dropdown

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.widgets.live import Control

NETWORKS = {"running": cases.running, "wide": cases.wide, "deep": cases.deep, "batch": cases.batch}


def networks(case: Case, *names: str) -> dict[str, Case]:
    """Those of the series with these names, by name; a case that is none of them comes first, as "this one"."""
    known = {name: NETWORKS[name] for name in names}
    return known if any(case is one for one in known.values()) else {"this one": case, **known}


def name_of(case: Case, among: dict[str, Case]) -> str:
    """What this very case is called."""
    return next(name for name, known in among.items() if known is case)


def network(among: dict[str, Case], on: Callable[[Any, str, Case], Any]) -> Control[Any]:
    """The dropdown that shows `state.network`; `on(state, name, case)` gives the state on another network."""
    return choice(
        "network", lambda _: [*among], lambda state: state.network, lambda state, to: on(state, to, among[to])
    )


def choice(
    name: str,
    offers: Callable[[Any], Sequence[object]],
    get: Callable[[Any], object],
    put: Callable[[Any, Any], Any],
) -> Control[Any]:
    """A dropdown that offers only what exists at the state it shows."""
    widget = Dropdown(description=name)

    def follow(state: object) -> object:
        offered = tuple(offers(state))
        if tuple(widget.options) != offered:
            widget.options = offered
        return get(state)

    return Control(widget, follow, put)
