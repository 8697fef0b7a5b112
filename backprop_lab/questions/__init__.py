"""Questions, and what is said of each answer: those of a notebook are a module, loaded when one of them is asked.

`series/nNN_name.py` belongs to `notebooks/NN_name.ipynb` and holds four things:

    def which_nudge() -> Asked:                       # widgets.predict("05.which_nudge"); helpers begin with _
        d = cases.running.backward_pass.delta[1][0, 0]           # every number is computed here, when it is asked for
        return choice(                                           # or number, order, name, shape, code: see forms.py
            f"Hidden neuron 0 has $δ^1_0$ = {signed(d, 6)}. Which nudge of its $z$ lowers the cost?",
            {                                                    # three options at least, each with
                "a small negative one": "$δ·Δz$ is negative when the two have different signs.",  # a reason
                "a small positive one": "Then $δ·Δz$ is positive: the cost goes up.",             # true of
                "none": "Only at $δ$ = 0 would a small nudge do nothing.",                        # this option
            },
            answer="a small negative one",
            once=True,                    # a prediction before a reveal; without it: an exercise, up to three tries
            reveal="…",                   # said with the answer
            hints=("which part to look at", "something stronger"),
            longer="what is said to a learner who was sure and wrong: 40 words at most",
        )

    def a_change(draw: Random) -> Asked: ...          # comes back in later notebooks, with numbers drawn by `draw`
    RECALL = (a_change,)                              # those that may come back
    QUIZ = (Question(…), …)                           # widgets.quiz("05_error_signal")

In every text `$…$` is a formula, written as `drawing/mathml.py` reads it: `$σ′(z^1_0)$`, `$w^2_0,1$`, `$∂C/∂a$`; and
`` `…` `` is code. Options and items are shown in an order of their own, so write them in any. A hint never holds the
answer. A slip's name completes "That is the value with …". tests/questions/test_series.py walks through them all.
"""

import inspect
import pkgutil
from importlib import import_module
from random import Random
from types import ModuleType

from backprop_lab.questions import series
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question

NOTEBOOKS = tuple(found.name[1:] for found in pkgutil.iter_modules(series.__path__))  # 00_start_here, …


def ask(key: str) -> Asked:
    """The question with this key, such as `05.which_nudge`; what is asked is computed now.

    Raises
    ------
    ValueError : there is none.
    """
    number, _, name = key.partition(".")
    offered = names(number)
    if name not in offered:
        known = ", ".join(f"{number}.{each}" for each in offered) or f"NN.name with NN one of {', '.join(_numbers())}"
        raise ValueError(f"key must be one of {known}, got {key!r}")
    return getattr(_module(number), name)()


def names(number: str) -> list[str]:
    """The names of a notebook's questions, in the order they are written in; none where there is no such notebook."""
    if number not in _numbers():
        return []
    module = _module(number)
    functions = [
        each for each in vars(module).values() if inspect.isfunction(each) and each.__module__ == module.__name__
    ]
    return [each.__name__ for each in functions if each.__name__[0] != "_" and each not in recallable(number)]


def quiz(notebook: str) -> tuple[Question, ...]:
    """The quiz of a notebook, by its name without `.ipynb`.

    Raises
    ------
    ValueError : there is no quiz for it.
    """
    if notebook not in NOTEBOOKS:
        raise ValueError(f"notebook must be one of {', '.join(NOTEBOOKS)}, got {notebook!r}")
    return _module(notebook[:2]).QUIZ


def recallable(number: str) -> tuple:
    """What may come back of a notebook: functions of a `Random` which draws the numbers."""
    return getattr(_module(number), "RECALL", ())


def recalled(number: str, seed: int = 0) -> list[tuple[str, Asked]]:
    """Two questions for the beginning of a notebook, each with the number of the notebook it comes from.

    The rule: one from the last notebook before this one that has any; one from halfway back to the first, and with
    each further seed from the notebook after that, in turn.

    Raises
    ------
    ValueError : fewer than two notebooks before it have questions which come back.
    """
    before = [each for each in _numbers() if each < number and recallable(each)]
    if number not in _numbers() or len(before) < 2:
        raise ValueError(f"notebook must be the number of one from 02 on, got {number!r}")
    *older, last = before
    draw = Random(f"{number} {seed}")
    chosen = (last, older[(len(older) // 2 + seed) % len(older)])
    return [(each, draw.choice(recallable(each))(draw)) for each in chosen]


def _numbers() -> list[str]:
    return [each[:2] for each in NOTEBOOKS]


def _module(number: str) -> ModuleType:
    (name,) = (each for each in NOTEBOOKS if each.startswith(f"{number}_"))
    return import_module(f"{series.__name__}.n{name}")
