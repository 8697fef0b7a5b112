"""The one shell around a view: a control moves, a new state is made, the view draws it, the stage shows it."""

import math
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from numbers import Real
from operator import attrgetter
from typing import Any, Generic, NoReturn, TypeVar

from ipywidgets import Box, Button, FloatLogSlider, FloatSlider, Label, ValueWidget, VBox
from traitlets import Bunch

from backprop_lab.drawing.markup import Markup
from backprop_lab.views import Picture
from backprop_lab.widgets.stage import Stage

State = TypeVar("State")


@dataclass(frozen=True)
class Control(Generic[State]):
    """A widget with a `value` which shows one part of the state (`get`) and changes it (`put`)."""

    widget: ValueWidget
    get: Callable[[State], Any]
    put: Callable[[State, Any], State]


@dataclass(frozen=True)
class Group(Generic[State]):
    """Controls that belong together, under a title."""

    title: str
    controls: Sequence[Control[State]]


def field(name: str, widget: ValueWidget) -> Control[Any]:
    """The control of one field of a frozen dataclass."""
    return Control(widget, attrgetter(name), lambda state, value: replace(state, **{name: value}))


class Live(VBox, Generic[State]):
    """A state that can be taken hold of: `view(state)` is shown, and every control, button and click gives a new state.

    Parameters
    ----------
    state : frozen dataclass; if it has a field `selected`, what is chosen in the picture stands there
    view : state -> Picture, a pure function
    label : the name of the picture, for a screen reader
    controls : `Control`s (see also `field`) and `Group`s of them; they follow the state, whoever changed it
    actions : description of a button -> (state -> state)
    select : (state, key) -> state, where choosing does more than to fill the field `selected`

    Attributes
    ----------
    state : the state that is shown
    stage : `Stage` with the `picture` and the `text`
    controls, buttons : the controls in reading order; the buttons by their description
    failure : the exception which the learner sees in the stage now, or None

    Raises
    ------
    TypeError : an unknown keyword. Exceptions of the view, of a control or an action are shown, then raised again.
    """

    def __init__(
        self,
        state: State,
        view: Callable[[State], Picture],
        *,
        label: str,
        controls: Sequence[Control[State] | Group[State]] = (),
        actions: Mapping[str, Callable[[State], State]] | None = None,
        select: Callable[[State, str], State] | None = None,
        **unknown: object,
    ) -> None:
        if unknown:
            _refuse(unknown)
        self.state, self.stage, self.failure = state, Stage(label=label), None
        self.controls = tuple(_flat(controls))
        self.buttons = {name: Button(description=name) for name in actions or {}}
        self._view, self._select, self._lock, self._following = view, select or _choose, threading.RLock(), False
        self._given_back: dict[ValueWidget, Any] = {}  # what sliders stand at, as near as their steps go
        self.show(state)
        super().__init__([*_boxes(controls), *_button_row(self.buttons), self.stage])
        self.add_class("bl-live")
        for control in self.controls:
            control.widget.observe(partial(self._moved, control), "value")
        for name, action in (actions or {}).items():
            self.buttons[name].on_click(partial(self._pressed, action))
        self.stage.observe(self._chosen, "selected")

    def show(self, state: State) -> None:
        """Show another state: picture, sentence, selection and controls follow. If the view fails, all stays."""
        with self._reporting():
            picture = self._view(state)
            self.state, self.failure, self._following = state, None, True
            try:
                self._draw(picture, getattr(state, "selected", self.stage.selected))
                for control in self.controls:
                    if self._given_back.get(control.widget) != (value := control.get(state)):
                        _follow(control.widget, value)
            finally:
                self._following = False

    def _draw(self, picture: Picture, selected: str) -> None:
        with self.stage.hold_sync():  # one message
            self.stage.picture, self.stage.text, self.stage.error = picture.markup, picture.text, ""
            self.stage.selected = self.stage.drawn = selected

    def _moved(self, control: Control[State], change: Bunch) -> None:
        shown = control.get(self.state)
        self._given_back.pop(control.widget, None)
        if not self.failure and _is_rounding(control.widget, change.new, shown):
            self._given_back[control.widget] = shown
        else:
            self._become(lambda: control.put(self.state, change.new))

    def _pressed(self, action: Callable[[State], State], _button: Button) -> None:
        self._become(lambda: action(self.state))

    def _chosen(self, change: Bunch) -> None:
        self._become(lambda: self._select(self.state, change.new))

    def _become(self, change: Callable[[], State]) -> None:
        with self._reporting():  # JupyterLab calls back in more than one thread: the lock keeps changes whole
            if not self._following:
                self.show(change())

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except Exception as error:
                self.failure, self.stage.error = error, _explain(error)
                raise

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, Any]:
        still = Picture(Markup(self.stage.picture), self.stage.text)._repr_mimebundle_()
        return {**(super()._repr_mimebundle_(**kwargs) or {}), **still}


def _refuse(unknown: Mapping[str, object]) -> NoReturn:
    known = "label, controls, actions, select; the control of a field is field(name, widget)"
    raise TypeError(f"Live's keywords must be {known}, got {', '.join(unknown)}")


def _choose(state: State, key: str) -> State:
    return replace(state, selected=key) if hasattr(state, "selected") else state  # pyright: ignore[reportArgumentType]


def _is_rounding(widget: ValueWidget, value: Any, shown: Any) -> bool:
    """Whether a slider in the browser gave the state's own value back: it puts what it is given on its nearest step."""
    if isinstance(widget, FloatLogSlider):
        value, shown = math.log(value, widget.base), math.log(shown, widget.base)
    return isinstance(widget, FloatSlider | FloatLogSlider) and abs(value - shown) <= 0.5 * (widget.step or 0) + 1e-12


def _follow(widget: ValueWidget, value: object) -> None:
    with widget.hold_sync():
        if isinstance(value, Real) and widget.has_trait("min") and widget.has_trait("max"):
            _widen(widget, float(value))
        widget.value = value


def _widen(widget: ValueWidget, value: float) -> None:
    """A slider cut off at its end would show a value which is not the state's."""
    edge = math.log(value, widget.base) if isinstance(widget, FloatLogSlider) else value
    for bound, outer in (("min", min), ("max", max)):
        widget.set_trait(bound, outer(getattr(widget, bound), edge))


def _flat(entries: Iterable[Control[State] | Group[State]]) -> list[Control[State]]:
    return [each for entry in entries for each in (entry.controls if isinstance(entry, Group) else [entry])]


def _boxes(entries: Sequence[Control[State] | Group[State]]) -> list[Box]:
    """Groups keep their place between the controls that stand alone."""
    runs = groupby(entries, lambda entry: entry if isinstance(entry, Group) else None)
    return [_titled(group) if group else _grid(_flat(run)) for group, run in runs]


def _titled(group: Group[Any]) -> Box:
    return VBox([Label(group.title), _grid(group.controls)]).add_class("bl-group")


def _grid(controls: Sequence[Control[Any]]) -> Box:
    return Box([control.widget for control in controls]).add_class("bl-controls")


def _button_row(buttons: Mapping[str, Button]) -> list[Box]:
    return [Box([*buttons.values()]).add_class("bl-buttons")] * bool(buttons)


def _explain(error: Exception) -> str:
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error}\n(line {at.lineno} of {at.name}: {at.line})"
