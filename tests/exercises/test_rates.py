"""The two exercises on rates: every right function is accepted, each slip is named as itself, nothing else passes."""

from functools import reduce
from math import prod

import numpy as np
import pytest

from backprop_lab import cases, check_demon, check_rate_along, nudge, paths
from backprop_lab.chain import product
from backprop_lab.exercises.slips.rates import TASKS
from backprop_lab.quantities import Quantity

DEMON = TASKS["demon"]
CHECKS = {"rate_along": check_rate_along, "demon": check_demon}


def by_loop(path):
    found = 1
    for rate in path:
        found = found * rate.value
    return found


def by_moving_the_bias(case, layer, j, dz):
    promised = case.backward_pass.delta[layer][j, 0] * dz
    return promised, case.moved("b", layer, j, by=dz).mean_cost - case.mean_cost


def with_a_witness(case, layer, j, dz):
    after = case.moved("b", layer, (j, 0), by=dz)
    return [nudge(case, "z", layer, (j,)).cost[0] * dz, after.mean_cost - case.mean_cost]


def of_arrays(case, layer, j, dz):
    promised, measured = by_moving_the_bias(case, layer, j, dz)
    return promised.reshape(1, 1), measured


@pytest.mark.parametrize(
    "f", [by_loop, product, lambda path: reduce(lambda p, rate: p * rate[2], path, 1.0),
          lambda path: prod(rate.value for rate in reversed(path))],
)  # fmt: skip
def test_a_right_rate_is_accepted(f):
    assert check_rate_along(f)


@pytest.mark.parametrize("f", [by_moving_the_bias, with_a_witness, of_arrays])
def test_a_right_demon_is_accepted(f):
    assert check_demon(f)


SLIPS = [
    (name, at, mistake)
    for name, task in TASKS.items()
    for at, part in enumerate(task.parts)
    for mistake in part.mistakes
]


@pytest.mark.parametrize(("name", "at", "mistake"), SLIPS, ids=[f"{n}-{a}-{m.name}" for n, a, m in SLIPS])
def test_every_slip_is_told_apart_from_the_right_answer_and_from_the_others(name, at, mistake):
    right = [part.right for part in TASKS[name].parts]
    functions = [*right[:at], mistake.wrong, *right[at + 1 :]]

    def f(*given):
        found = tuple(each(*given) for each in functions)
        return found if len(functions) > 1 else functions[0](*given)

    result = CHECKS[name](f)
    assert (result.status, result.slip) == ("not yet", mistake.name)
    assert mistake.says in result.message
    assert result.message.partition(" The first line to look at")[0].endswith("?")


def test_two_numbers_may_come_as_a_tuple_a_list_or_an_array():
    for kind in (tuple, list, np.array):
        assert check_demon(lambda *given, kind=kind: kind(by_moving_the_bias(*given)))


def test_slips_of_both_numbers_are_told_one_after_the_other():
    result = check_demon(lambda case, layer, j, dz: (case.backward_pass.delta[layer][j, 0], 0.0))
    assert result.slip == "forgot-dz"


def misspelled(path):
    return prod(pth)  # noqa: F821  # pyright: ignore[reportUndefinedVariable]


def wrong_type(path):
    return prod(path)


def writes(case, layer, j, dz):
    case.parameters.b[layer][j] += dz
    return 0.0, 0.0


def endless(path):
    while True:
        pass


counter = iter(range(1000))


@pytest.mark.parametrize(
    ("check", "f", "words"),
    [
        (check_rate_along, ..., "Write your answer"),
        (check_rate_along, lambda path: ..., "Write your answer"),
        (check_demon, lambda case, layer, j, dz: (..., 1.0), "Write your answer"),
        (check_rate_along, 3, "must be given a function of (path)"),
        (check_rate_along, lambda: 1.0, "must take 1 argument, (path)"),
        (check_rate_along, wrong_type, "A step of a path is a record"),
        (check_rate_along, misspelled, "Where should that name get its value"),
        (check_rate_along, lambda path: None if path else 1, "returns None"),
        (check_rate_along, lambda path: [rate.value for rate in path], "must return a number"),
        (check_rate_along, lambda path: np.ones(3), "yours is a NumPy array of shape (3,). How does it become"),
        (check_rate_along, lambda path: print(product(path)), "(print only shows a value)?"),
        (check_rate_along, lambda path: "six", "yours is a str"),
        (check_rate_along, lambda path: str(product(path)), "yours is a str"),
        (check_rate_along, lambda path: 10**400, "a number that no float can hold"),
        (check_rate_along, lambda path: 0.25, "the same for all"),
        (check_rate_along, lambda path: 2 * product(path), "not the right number."),
        (check_rate_along, lambda path: float(next(counter)), "gives two answers"),
        (check_rate_along, endless, "was stopped"),
        (check_demon, lambda case, layer, j, dz: 1.0, "promised change and the measured change; yours is"),
        (check_demon, lambda case, layer, j, dz: case.moved("b", layer, j, dz), "which of them by name?"),
        (check_demon, lambda case, layer, j, dz: (case.backward_pass.delta[layer], 1.0), "a NumPy array of shape (3"),
        (check_demon, lambda *given: by_moving_the_bias(*given)[::-1], "in the wrong order"),
        (check_demon, writes, "read-only"),
        (check_demon, lambda case, layer, j, dz: (7 * dz, by_moving_the_bias(case, layer, j, dz)[1]),
         "Your measured change is right."),
    ],
)  # fmt: skip
def test_what_is_not_an_answer_is_said_in_words(check, f, words):
    result = check(f)
    assert not result
    assert words in result.message


def test_an_error_of_the_checker_itself_is_not_the_learners(monkeypatch):
    monkeypatch.setattr("backprop_lab.exercises.rates._compare", lambda *_: 1 / 0)
    result = check_rate_along(product)
    assert (result.status, bool(result)) == ("not judged", False)
    assert "The checker itself failed" in result.message
    assert "check_rate_along, ZeroDivisionError: division by zero, in line" in result.message


def test_the_sum_over_the_paths_of_a_right_rate_is_the_witness():
    start = Quantity.read("w1.2.1")
    found = sum(by_loop(path) for path in paths(cases.wide, start))
    assert found == pytest.approx(nudge(cases.wide, "w", 1, (2, 1)).cost[0])


def test_the_line_is_named():
    def product_from_zero(path):
        product = 0
        for rate in path:
            product *= rate.value
        return product

    def weight_nudged(case, layer, j, dz):
        after = case.moved("w", layer, (j, 0), by=dz).mean_cost
        return case.backward_pass.delta[layer][j, 0] * dz, after - case.mean_cost

    def other_neuron(case, layer, j, dz):
        delta = case.backward_pass.delta[layer]
        promised = delta[0, 0] * dz
        return promised, case.moved("b", layer, j, by=dz).mean_cost - case.mean_cost

    def at_most_one(case, layer, j, dz):
        promised = case.backward_pass.delta[layer][j, 0] * dz
        after = case.moved("b", layer, j, by=min(dz, 0.1)).mean_cost
        return promised, after - case.mean_cost

    assert check_rate_along(product_from_zero).line == "product = 0"
    assert check_demon(weight_nudged).line == 'after = case.moved("w", layer, (j, 0), by=dz).mean_cost'
    assert check_demon(other_neuron).line == "promised = delta[0, 0] * dz"
    assert check_demon(at_most_one).line == 'after = case.moved("b", layer, j, by=min(dz, 0.1)).mean_cost'
