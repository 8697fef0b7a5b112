"""The host in a plain page: Python runs in a worker of the browser, and what changes is told to the page as data."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from backprop_lab.drawing.picture import Event, Picture
from backprop_lab.live.host import SHOWN, Host

State = TypeVar("State")

Told = Callable[[dict[str, Any]], None]


class Live(Host[State]):
    """A state that can be taken hold of, in a page without ipywidgets.

    Attributes
    ----------
    on_change : called once an event, with what has changed of all that the stage is told
    """

    on_change: Told | None = None

    def __init__(self, state: State, view: Callable[[State], Picture], update: Callable[[State, Event], State]) -> None:
        self._told: dict[str, Any] = {}
        self._waiting = 0
        super().__init__(state, view, update)

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name in SHOWN and not self._waiting:
            self._tell()

    def values(self) -> dict[str, Any]:
        """All that the stage in the page begins with."""
        return {name: getattr(self, name) for name in SHOWN}

    def _tell(self) -> None:
        now = self.values()
        changed = {name: value for name, value in now.items() if self._told.get(name) != value}
        self._told = now
        if changed and self.on_change:
            self.on_change(changed)

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1
        self._tell()

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        """The picture keeps still where no page takes hold of it."""
        return self.still()._repr_mimebundle_()
