"""Recognizes a slip that was made in some of the arrays only: in w, in the hidden layers, in ∇_w of the last one."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product
from typing import NamedTuple

from backprop_lab.cases import Case
from backprop_lab.exercises import feedback
from backprop_lab.exercises.claims import Evidence, is_last, layer_of
from backprop_lab.exercises.composition import singles
from backprop_lab.exercises.exercise import STEPS, Exercise
from backprop_lab.exercises.networks import Trial
from backprop_lab.exercises.parsing import Answer
from backprop_lab.exercises.recognition import Suspect, alone, close, tolerance_of, wrong_answer
from backprop_lab.exercises.verdict import Verdict
from backprop_lab.exercises.words import listed


class Where(NamedTuple):
    """Some of the arrays of an answer."""

    words: str
    holds: Callable[[str, Case], bool]


_LAYERS = (
    Where("of the output layer", is_last),
    Where("of the hidden layers", lambda name, case: not is_last(name, case)),
    Where("of layer 1", lambda name, case: layer_of(name) == 1),
    Where("of the layers after the first", lambda name, case: layer_of(name) > 1),
)
_KINDS = {
    "forward": {"z": "z", "a": "a"},
    "backprop": {"∇_w": "nabla_w", "∇_b": "nabla_b"},
    **{name: {"w": "w", "b": "b"} for name in STEPS},
}


def _places(name: str) -> list[Where]:
    """Where a slip may be: in one kind of some layers, in all of these layers, in one kind."""
    if name not in _KINDS:
        return []
    kinds = [Where(words, partial(_of_kind, kind)) for words, kind in _KINDS[name].items()]
    every = Where(listed(list(_KINDS[name])), lambda name, case: True)
    within = product((*kinds, every), _LAYERS)
    return [*(Where(f"{kind.words} {layer.words}", partial(_both, kind, layer)) for kind, layer in within), *kinds]


def _both(one: Where, other: Where, name: str, case: Case) -> bool:
    return one.holds(name, case) and other.holds(name, case)


def _of_kind(kind: str, name: str, _case: Case) -> bool:
    return name.startswith(f"{kind}[")


def partly_slipped(exercise: Exercise, evidence: Evidence) -> tuple[Verdict, Suspect] | None:
    """What to say of answers that a slip gives in some arrays, where all others are right."""
    places = _places(exercise.name)
    pairs = [(each, answer) for each in evidence.trials if (answer := evidence.given(each)) is not None]
    wanted = {each: evidence.right(each) for each, _ in pairs}
    if not places or len(pairs) < len(evidence.trials):
        return None
    if any(answer.keys() != wanted[each].keys() for each, answer in pairs):
        return None
    wrong = [(n, each, answer) for each, answer in pairs for n in answer if not _alike(answer, wanted[each], n)]
    fitting = [where for where in places if all(where.holds(n, each.case) for n, each, _ in wrong)]
    if not wrong or not fitting:
        return None
    known = singles() if exercise.name == "backprop" else alone(exercise.name)
    suspects = (*known, *(singles() if exercise.name == "training_step" else ()))
    first, trial, answer = wrong[0]  # tells most of them apart
    some = [each for each in suspects if _alike(answer, wrong_answer(exercise.name, each, trial) or {}, first)]
    for suspect, where in product(some, fitting):
        if all(_fits(exercise.name, suspect, where, *pair, wanted[pair[0]]) for pair in pairs):
            return _said(exercise, suspect, where, evidence), suspect
    return None


def _alike(answer: Answer, other: Answer, name: str) -> bool:
    return name in other and close(answer[name], other[name], tolerance_of(answer))


def _fits(name: str, suspect: Suspect, where: Where, trial: Trial, answer: Answer, wanted: Answer) -> bool:
    """Whether there it is what the slip gives, and elsewhere right."""
    wrong = wrong_answer(name, suspect, trial) or {}
    return all(_alike(answer, wrong if where.holds(n, trial.case) else wanted, n) for n in answer)


def _said(exercise: Exercise, suspect: Suspect, where: Where, evidence: Evidence) -> Verdict:
    found = feedback.slipped(exercise, suspect, evidence)
    said, tried = found.message, ((n, each.case) for each in evidence.trials for n in evidence.right(each))
    if not any(is_last(*array) and where.holds(*array) for array in tried):  # its δᴸ itself is right, then
        said = said.replace("Your δᴸ", "The δᴸ that you send back")
    return replace(
        found,
        message=f"All is right but your {where.words}. {said}",
        claims=(partial(_holds, exercise.name, suspect, where),),
    )


def _holds(name: str, suspect: Suspect, where: Where, evidence: Evidence) -> bool:
    answers = ((each, evidence.given(each)) for each in evidence.trials)
    return all(
        answer is None or _fits(name, suspect, where, trial, answer, evidence.right(trial)) for trial, answer in answers
    )
