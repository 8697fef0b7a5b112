"""No wrong function is accepted and no right one refused: slips, mutants of the package, right answers in any style."""

import re
from collections import Counter
from functools import partial

import mutants
import numpy as np
import pytest
from hypothesis import given, settings
from strategies import networks
from truth import FRESH, untrue

import backprop_lab
from backprop_lab import equations, sigmoid
from backprop_lab.exercises import recognition
from backprop_lab.exercises.claims import Evidence
from backprop_lab.exercises.composition import singles
from backprop_lab.exercises.exercise import EXERCISES
from backprop_lab.exercises.feedback import named, places_of
from backprop_lab.exercises.judge import judge
from backprop_lab.exercises.networks import Trial, trials
from backprop_lab.exercises.recognition import Found, Suspect, agrees, alone, right_answer, visible
from backprop_lab.exercises.slips import TABLE

CHECKS = {name: getattr(backprop_lab, f"check_{name}") for name in EXERCISES}
RATE = 0.7  # of a learner who steps before the deltas are done
OTHERS = []  # networks the checkers do not know


@settings(max_examples=60, derandomize=True, database=None)
@given(networks(hidden=(sigmoid,), ends=((sigmoid, backprop_lab.quadratic),)))
def draw(case):
    if len(case.parameters.layers) > 1:
        OTHERS.append(case)


draw()


SPEAKS_OF_THE_ANSWER = re.compile(
    r"grows|as large as|as long as|has the opposite sign|factor (of )?(2|½|1/m)|is transposed|single (row|column)"
    r"|\bflat\b|has a column for|one column for|number for each|cost for each|for the whole layer|is the same|is zero"
    r"|m × m table|are zero|are missing|numbered|starts at layer|an entry for layer 0|moved|were given|separate table"
)


def is_right(name, f) -> bool:
    """Whether f gives the right answer on networks the checkers do not know."""
    exercise = EXERCISES[name]
    for case in OTHERS:
        arguments = exercise.inputs(Trial(case, 3.0))
        try:
            with np.errstate(all="ignore"):
                answer = exercise.read(f(*arguments))
                if not agrees(answer, exercise.read(exercise.right(*arguments))):
                    return False
        except Exception:
            return False
    return True


def slips(name):
    """Every wrong function that has a name, with it; in backprop one way of writing it, in a step one for each part."""
    yield from own_slips(name)
    seen = set()
    for suspect in singles() if name in ("backprop", "training_step") else ():
        (found,) = suspect.found
        kind = found if name == "backprop" else places_of(suspect)
        if found.places and kind not in seen and visible(name, suspect):
            seen.add(kind)
            yield named(found), partial(EXERCISES[name].reference, **suspect.changes)


def pairs(name):
    """Two slips at once: every slip with another one, a few places further on, that changes other parts."""
    some = singles() if name == "backprop" else alone(name)
    some = list({suspect.found: suspect for suspect in some if visible(name, suspect)}.values())
    for at, one in enumerate(some):
        for other in some[at + 7 :] + some[:at]:
            if not one.changes.keys() & other.changes.keys():
                both = Suspect(one.found + other.found, {**one.changes, **other.changes})
                if visible(name, both):
                    yield both.found, partial(EXERCISES[name].reference, **both.changes)
                break


def own_slips(name):
    for slip in TABLE:
        if name in slip.exercises.split():
            for changes in slip.variants:
                rate = {"rate": RATE} if slip.fitted == name else {}
                yield slip.name, partial(EXERCISES[name].reference, **changes, **rate)


def by_loops(w_next, delta_next, z):
    delta = []
    for j in range(len(z)):
        row = []
        for x in range(len(z[0])):
            total = 0.0
            for i in range(len(w_next)):
                total += w_next[i][j] * delta_next[i][x]
            a = 1 / (1 + np.exp(-z[j][x]))
            row.append(total * a * (1 - a))
        delta.append(row)
    return delta


def diagonal(w_next, delta_next, z):
    columns = [np.diag(sigmoid.prime(z[:, x])) @ w_next.T @ delta_next[:, x] for x in range(z.shape[1])]
    return np.stack(columns, axis=1)


def example_by_example(w, b, x, y):
    """Nielsen's way: the gradient of each example on its own, added up, divided at the end."""
    total_w, total_b = {n: np.zeros_like(w[n]) for n in w}, {n: np.zeros_like(b[n]) for n in b}
    for each in range(x.shape[1]):
        a, zs = {0: x[:, each : each + 1]}, {}
        for n in sorted(w):
            zs[n] = np.dot(w[n], a[n - 1]) + b[n]
            a[n] = 1 / (1 + np.exp(-zs[n]))
        delta = None
        for n in sorted(w, reverse=True):
            error = a[n] - y[:, each : each + 1] if delta is None else np.dot(w[n + 1].T, delta)
            delta = error * a[n] * (1 - a[n])
            total_b[n] += delta
            total_w[n] += np.dot(delta, a[n - 1].T)
    m = x.shape[1]
    return {n: g / m for n, g in total_w.items()}, {n: g / m for n, g in total_b.items()}


def in_single_precision(name):
    def single(value):
        if isinstance(value, dict):
            return {layer: single(values) for layer, values in value.items()}
        return value.astype(np.float32) if isinstance(value, np.ndarray) else value

    return lambda *given: EXERCISES[name].reference(*map(single, given))


def as_lists(name):
    def listed(value):
        if isinstance(value, tuple):
            return [listed(each) for each in value]
        if isinstance(value, dict):
            return {layer: values.tolist() for layer, values in value.items()}
        return value.tolist() if isinstance(value, np.ndarray) else float(value)

    return lambda *given: listed(EXERCISES[name].right(*given))


class Student:
    def bp4(self, delta, a_previous):
        return np.einsum("jx,kx->jk", delta, a_previous) / delta.shape[1]

    def __call__(self, delta):
        return np.array([[row.sum() / len(row)] for row in delta])


def prints(a, y):
    print("a is", a)
    return np.linalg.norm(a - y) ** 2 / (2 * a.shape[1])


RIGHT = [
    *((name, f) for name in EXERCISES for f in (mutants.right(name), in_single_precision(name), as_lists(name))),
    ("weighted_input", lambda w, b, a: np.einsum("jk,kx->jx", w, a) + b),
    ("weighted_input", lambda w, b, a: np.hstack([w, b]) @ np.vstack([a, np.ones((1, a.shape[1]))])),
    ("quadratic", prints),
    ("quadratic", lambda a, y: float(np.mean([sum(d * d for d in column) / 2 for column in (a - y).T]))),
    ("bp1", lambda a, y, z: (a - y) * a * (1 - a)),
    ("bp1", lambda a, y, z: -(y - a) * np.exp(-z) / (1 + np.exp(-z)) ** 2),
    ("bp2", by_loops),
    ("bp2", diagonal),
    ("bp2", lambda *args: equations.bp2(args[0], args[1], sigmoid.prime(args[2]))),
    ("bp2", lambda w_next, delta_next, z, *, keep=None: ((w_next.T @ delta_next) * sigmoid.prime(z)).astype(object)),
    ("bp3", Student()),
    ("bp3", partial(np.mean, axis=1, keepdims=True)),
    ("bp3", lambda delta: np.matrix(delta).mean(axis=1)),
    ("bp3", lambda delta: delta @ np.ones((delta.shape[1], 1)) / delta.shape[1]),
    ("bp4", Student().bp4),
    ("bp4", lambda delta, a: np.mean([np.outer(d, k) for d, k in zip(delta.T, a.T, strict=True)], axis=0)),
    ("backprop", example_by_example),
    ("update", lambda w, b, gw, gb, rate: ({n: w[n] - rate * gw[n] for n in w}, {n: b[n] - rate * gb[n] for n in b})),
]


@pytest.fixture(scope="module")
def figures(request):
    """Counts, filled by the tests below and printed when they are done."""
    counts = Counter()
    yield counts
    reporter = request.config.pluginmanager.get_plugin("capturemanager")
    with reporter.global_and_fixture_disabled():
        print(
            f"\n{counts['accepted']} wrong accepted, {counts['refused']} right refused, {counts['untrue']} untrue:",
            f"{counts['slips']} slips ({counts['named']} named as themselves),",
            f"{counts['pairs']} pairs ({counts['pairs named']} named),",
            f"{counts['mutants']} mutants ({counts['mutants named']} named), {counts['right']} right answers,",
            f"{counts['equivalent']} mutants that change nothing",
        )


@pytest.mark.parametrize("name", EXERCISES)
def test_no_slip_is_accepted_nearly_all_are_named_and_what_is_said_is_so(name, figures):
    verdicts = [(slip, f, judge(name, f)) for slip, f in slips(name)]
    figures["slips"] += len(verdicts)
    accepted = [slip for slip, _, verdict in verdicts if verdict.status != "not yet"]  # nor must the checker fail
    named = sum(slip == verdict.slip for slip, _, verdict in verdicts)
    said = [(slip, verdict.message) for slip, f, verdict in verdicts if untrue(name, f, verdict)]
    figures.update({"accepted": len(accepted), "named": named, "untrue": len(said)})
    assert accepted == []
    assert said == []
    assert named >= 0.95 * len(verdicts)


@pytest.mark.parametrize("slip", [slip for slip in TABLE if slip.holds], ids=lambda slip: slip.name)
def test_what_a_sentence_claims_holds_of_every_way_in_which_the_slip_is_written(slip):
    for name in slip.exercises.split():
        for changes in slip.variants:
            answer = partial(recognition.wrong_answer, name, Suspect((Found(slip),), changes))
            with np.errstate(all="ignore"):
                assert slip.holds(Evidence((*trials(), *FRESH), answer, partial(right_answer, name)))
                assert not slip.holds(Evidence(trials(), partial(right_answer, name), partial(right_answer, name)))


def test_a_sentence_that_speaks_of_the_answer_carries_its_claim_and_has_other_words_for_a_pair():
    """In a pair the second slip may undo a property of the first, but not what was done."""
    for slip in TABLE:
        assert bool(slip.holds) or not SPEAKS_OF_THE_ANSWER.search(slip.says), slip.says
        assert bool(slip.deed) or not slip.holds, slip.name


@pytest.mark.parametrize("name", EXERCISES)
def test_two_slips_at_once_are_refused_and_what_is_said_is_so(name, figures):
    verdicts = [(slips, f, judge(name, f)) for slips, f in pairs(name)]
    accepted = [slips for slips, _, verdict in verdicts if verdict.status == "correct"]
    said = [(slips, verdict.message) for slips, f, verdict in verdicts if untrue(name, f, verdict)]
    named = sum(verdict.slip is not None for _, _, verdict in verdicts)
    figures.update({"pairs": len(verdicts), "pairs named": named, "accepted": len(accepted), "untrue": len(said)})
    assert accepted == []
    assert said == []
    assert named >= 0.85 * len(verdicts)


@pytest.mark.parametrize("name", EXERCISES)
def test_no_mutant_is_accepted_unless_it_changes_nothing(name, figures):
    wrong_accepted, right_refused, said = [], [], []
    every = 4 if name in ("backprop", "training_step") else 1  # what they are made of has been tried on its own
    for shown, f in mutants.mutants(name, every):
        verdict, right = judge(name, f), is_right(name, f)
        accepted = verdict.status == "correct"
        wrong_accepted += [shown] if accepted and not right else []
        right_refused += [(shown, verdict)] if right and not accepted else []
        said += [] if accepted or not untrue(name, f, verdict) else [(shown, verdict.message)]
        figures["equivalent" if right else "mutants"] += 1
        figures["mutants named"] += verdict.slip is not None
    figures.update({"accepted": len(wrong_accepted), "refused": len(right_refused), "untrue": len(said)})
    assert wrong_accepted == []
    assert right_refused == []
    assert said == []


@pytest.mark.parametrize(
    ("name", "f"),
    [
        ("quadratic", lambda a, y: ((np.clip(a, 0.001, 0.999) - y) ** 2).sum() / 2 / a.shape[1]),
        ("bp1", lambda a, y, z: np.where(abs(a - y) < 0.01, 0, a - y) * a * (1 - a)),
    ],
)
def test_an_output_that_is_sure_and_an_error_that_is_small_count_like_any_other(name, f):
    assert judge(name, f).status == "not yet"


def clipped(name, bound):
    """The right function, which keeps every answer in bounds."""

    def bounded(values):
        if isinstance(values, dict):
            return {layer: bounded(each) for layer, each in values.items()}
        return tuple(map(bounded, values)) if isinstance(values, tuple) else np.clip(values, -bound, bound)

    return lambda *given: bounded(EXERCISES[name].right(*given))


def tame(z):
    """σ, of a z that is cut off at ±4."""
    return sigmoid(np.clip(z, -4, 4))


def tame_prime(z):
    """σ′, of a z that is cut off at ±4."""
    return sigmoid.prime(np.clip(z, -4, 4))


TAME = {
    "forward": {"hidden": tame, "output": tame},
    "bp1": {"factor": tame_prime},
    "bp2": {"factor": tame_prime},
    "backprop": {"forward": {"hidden": tame, "output": tame}},
    "training_step": {"forward": {"hidden": tame, "output": tame}},
}


@pytest.mark.parametrize("name", ["bp1", "bp2", "bp3", "bp4", "backprop"])
def test_a_gradient_that_is_cut_off_is_refused(name):
    verdict = judge(name, clipped(name, 0.2))
    assert (verdict.status, verdict.slip) == ("not yet", "clipped")
    assert untrue(name, clipped(name, 0.2), verdict) == []


@pytest.mark.parametrize("name", TAME)
def test_a_sigmoid_that_is_cut_off_is_refused(name):
    f = partial(EXERCISES[name].reference, **TAME[name])
    verdict = judge(name, f)
    assert verdict.status == "not yet"
    assert untrue(name, f, verdict) == []


def test_there_are_mutants_enough():
    assert sum(1 for name in EXERCISES for _ in mutants.mistakes(name)) >= 400


@pytest.mark.parametrize(("name", "f"), RIGHT)
def test_a_right_answer_in_any_style_is_accepted(name, f, figures):
    result = CHECKS[name](f)
    figures["right"] += 1
    figures["refused"] += not result
    assert result
