"""The hosts: they hand events to `update` and show what `view` gives, and know no picture.

In a notebook that is an anywidget; where there is none, as in a page of the site, the page itself.
"""

from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from backprop_lab.drawing.picture import Event, Picture

if TYPE_CHECKING or find_spec("anywidget"):
    from backprop_lab.live.notebook import Live
else:
    from backprop_lab.live.page import Live

__all__ = ["Live", "live"]

State = TypeVar("State")
Arguments = ParamSpec("Arguments")


def live(
    begin: Callable[Arguments, State], view: Callable[[State], Picture], update: Callable[[State, Event], State]
) -> Callable[Arguments, Live[State]]:
    """A picture's three functions as one that a notebook calls: with the arguments and the words of `begin`."""

    @wraps(begin)
    def widget(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Live[State]:
        return Live(begin(*args, **kwargs), view, update)

    return widget
