"""The mean of a batch's costs follows each of them by its share, from the exact start to every end."""

import itertools
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab import Case, cases, identity, quadratic
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.cost_mean import BOTTOM, TALL, CostMean, begin, update, view

from .hands import parsed

outputs = st.floats(0, 1).filter(lambda a: a == 0 or a > 1e-6)
moves = st.lists(st.builds(Turn, st.sampled_from(["x0", "x1", "x2", "x3"]), outputs), max_size=5)


def after(*events):
    state = begin()
    for event in events:
        state = update(state, event)
    return state


@given(moves)
def test_every_cost_and_change_and_their_means_are_those_of_the_package(events):
    state = after(*events)
    costs = [quadratic([a], [y]) for a, y in zip(state.a, state.y, strict=True)]
    changes = np.subtract(costs, [quadratic([a], [y]) for a, y in zip(state.start, state.y, strict=True)])
    shown = {look: [each.text for each in parsed(view(state)).iter("text") if each.get("class") == f"bl-{look}"]
             for look in ("strong", "caption")}  # fmt: skip
    assert shown["strong"] == [plain(float(each), 4) for each in (*costs, np.mean(costs))]
    assert [each for each in shown["caption"] if each[0] in "+−"] == [
        signed(each, 4) for each in (*changes, changes.mean())
    ]
    total, listed = quadratic([state.a], [state.y]), ", ".join(plain(each, 4) for each in costs)
    assert f"The costs are {listed}; their mean is C = {plain(total, 4)}." in view(state).text
    numbers = [node.text for node in parsed(view(state)).iter("mn")]
    assert numbers == ["1", "1", "4", *(plain(each, 4) for each in costs), plain(total, 4)]


@given(st.integers(0, 3), outputs)
def test_the_mean_follows_one_column_by_a_quarter(example, value):
    state = after(Turn(f"x{example}", value))
    if state.a == state.start:
        return
    change = float(state.changes[example])
    words = f"The cost of column {example} has changed by {signed(change, 4)}, the mean by 1/4 of it: "
    assert f"{words}{signed(change / 4, 4)}." in view(state).text


def test_two_columns_are_counted_together():
    state = after(Turn("x1", 1.0), Turn("x3", 0.0))
    words = f"Together they have changed by {signed(state.changes.sum(), 4)}, the mean by 1/4 of it: "
    assert f"{words}{signed(state.changes.sum() / 4, 4)}." in view(state).text


@given(moves)
def test_a_column_is_as_high_as_its_cost_and_the_disc_stands_at_its_output(events):
    state = after(*events)
    page = parsed(view(state))
    heights = [float(each.attrib["height"]) for each in page.iter("rect") if each.get("class") == "bl-positive"]
    expected = [max(1.0, cost / 0.5 * TALL) for cost in (*state.costs, state.costs.mean())]
    assert heights == pytest.approx(expected, abs=0.01)
    level = next(float(each.attrib["y1"]) for each in page.iter("line") if each.get("stroke-width") == "2")
    bottom = next(float(each.attrib["y1"]) for each in page.iter("line") if each.get("class") == "bl-zero")
    assert bottom - level == pytest.approx(state.costs.mean() / 0.5 * TALL, abs=0.01)
    discs, rings = ([float(each.attrib["cx"]) for each in page.iter("circle") if each.get("class") == look]
                    for look in ("bl-here", "bl-zero"))  # fmt: skip
    scales = [each for each in page.iter("line") if each.get("class") == "bl-zero"][1:]
    for at, line in enumerate(scales):
        low, high = (float(line.attrib[name]) for name in ("x1", "x2"))
        assert discs[at] == pytest.approx(low + state.a[at] * (high - low), abs=0.02)
        assert rings[at] == pytest.approx(low + state.y[at] * (high - low), abs=0.02)


def test_the_first_picture_is_the_packages_batch_exactly_and_reset_brings_it_back():
    state = begin()
    assert state.costs.mean() == cases.batch.mean_cost
    assert view(state).text.endswith("Nothing has been moved yet.")
    assert update(after(Turn("x2", 0.0)), Press("reset")) == state
    for events, off in (((), True), ((Turn("x2", 0.0),), False)):
        assert ('data-key="press reset" aria-disabled' in view(after(*events)).markup) == off


def test_a_chosen_column_is_lit_in_the_formula_and_says_its_share_of_the_mean():
    page = view(after(Select("x1")))
    assert '<mrow class="bl-on"><mn>0.0883</mn></mrow>' in page.markup
    assert re.findall('bl-on" data-key|data-key="(turn x1)" class="bl-turn bl-on"', page.markup) == ["turn x1"]
    assert page.text.endswith(f"Column 1 brings {plain(begin().costs[1] / 4, 4)} to the mean.")


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (cases.wide, "case must have 1 output and at most 6 examples, got the shape (2, 1)"),
        (replace(cases.running, x=np.ones((2, 7)), y=np.ones((1, 7))), "at most 6 examples, got the shape (1, 7)"),
        (replace(cases.running, y=np.array([3.0])), "case must have targets between 0 and 1, got [3.0]"),
        (replace(cases.running, output=identity), "case must have outputs between 0 and 1, got [-0.814"),
    ],
    ids=["outputs", "examples", "targets", "range"],
)
def test_what_cannot_be_shown_is_refused(case: Case, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        begin(case)


@pytest.mark.parametrize(
    ("name", "state"), [("first", begin()), ("moved", after(Turn("x1", 1.0), Turn("x3", 0.0), Select("x1")))]
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"cost_mean-{name}", view(state))


def test_a_cost_of_nothing_is_a_thin_line_and_so_is_the_outline_of_where_it_began():
    drawn = parsed(view(CostMean(a=(1.0,), y=(1.0,), start=(1.0,))))
    first = next(node for node in drawn.iter("rect") if node.get("class") == "bl-positive")
    assert float(first.get("height")) == 1
    assert all(f"V{BOTTOM - 1:.2f}H" in node.get("d") for node in drawn.iter("path") if node.get("class") == "bl-slope")


def test_six_columns_keep_apart_and_from_the_mean():
    six = replace(cases.running, x=np.ones((2, 6)), y=np.ones((1, 6)))
    drawn = parsed(view(begin(six)))
    columns = [node for node in drawn.iter("rect") if node.get("class") == "bl-positive"]
    edges = [(float(node.get("x")), float(node.get("x")) + float(node.get("width"))) for node in columns]
    assert [round(start - end, 2) for (_, end), (start, _) in itertools.pairwise(edges)] == [*5 * [28], 42]
