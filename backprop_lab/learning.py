"""Training as notebooks call it: a learner's own function comes in past its checker only."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from backprop_lab import training

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
OWN = ("backprop", "update", "loop")  # what a learner can write, by the name of the argument


def admitted(name: str, function: Callable[..., Any] | None) -> Callable[..., Any] | None:
    """A learner's function, if it passes its checker; None if nothing has been written yet.

    Raises
    ------
    ValueError : it does not pass; with what the checker says of it.
    """
    if function is None:
        return None
    from backprop_lab.exercises import (  # noqa: PLC0415 (who trains on the package's functions need not wait for them)
        check_backprop,
        check_training_loop,
        check_update,
    )

    check = {"backprop": check_backprop, "update": check_update, "loop": check_training_loop}[name]
    result = check(function)
    if result.status == "not attempted":
        return None
    if not result:
        raise ValueError(f"{name} must pass {check.__name__}, which says: {result!r}")
    return function


def _past_the_checkers(run: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    @wraps(run)
    def checked(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        for name in OWN:
            if kwargs.get(name) is not None:
                kwargs[name] = admitted(name, kwargs[name])  # pyright: ignore[reportArgumentType]
        return run(*args, **kwargs)

    return checked


train = _past_the_checkers(training.train)
training_run = _past_the_checkers(training.training_run)
