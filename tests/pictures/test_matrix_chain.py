"""One product from both ends: what is shown of each way is what it has done so far."""

from functools import reduce

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import SMOOTH, networks

from backprop_lab import cases, initialize, quadratic, softmax
from backprop_lab.cases import Case
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Turn
from backprop_lab.matrix_chain import SIDES, factors, multiplications, products
from backprop_lab.pictures.matrix_chain import LARGEST, LAYERS, begin, update, view

from .hands import parsed

elementwise = networks(hidden=SMOOTH, ends=tuple((output, quadratic) for output in SMOOTH), most_examples=1)


def after(events, state=None):
    return reduce(update, events, state or begin())


@st.composite
def states(draw):
    case = draw(elementwise)
    assume(len(case.parameters.layers) <= LAYERS)
    events = draw(st.lists(st.sampled_from(["left", "right"]), max_size=12))
    return after(map(Press, events), begin(case))


def shown(state, side):
    """Heading, rows of the table, and numbers of one way."""
    at, root = SIDES.index(side), parsed(view(state))
    table = [*root.iter("table")][at]
    rows = [["".join(cell.itertext()) for cell in row] for row in table.iter("tr")]
    block = [each for each in root.iter("div") if "bl-so-far" in (each.get("class") or "")][at]
    return (
        next([*root.iter("svg")][at].iter("text")).text,
        rows,
        ["".join(cell.itertext()) for cell in block.iter("mtd")],
    )


@settings(max_examples=40)
@given(states(), st.sampled_from(SIDES))
def test_each_way_shows_its_steps_its_count_and_its_numbers(state, side):
    of = factors(state.case.parameters.sizes[1:], state.case)
    steps, done = products(of, side), getattr(state, side)
    head, (_, *rows), numbers = shown(state, side)
    takes = [step.takes for step in steps]
    so_far = sum(takes[:done])
    assert head == f"from the {side}: {so_far:,} multiplication{'' if so_far == 1 else 's'}"
    assert len(rows) == len(steps)
    for at, (step, row) in enumerate(zip(steps, rows, strict=True)):
        shapes = [f"{each.rows}×{each.columns}" for each in (step.left, step.right, step.result)]
        expected = ["{} · {} → {}".format(*shapes), f"{step.takes:,}", f"{sum(takes[: at + 1]):,}"]
        assert row == (expected if at < done else ["…", "", ""])
    now = steps[done - 1].result if done else of[0 if side == "left" else -1]
    fits, decimals = max(now.rows, now.columns) <= LARGEST, 6 if now.columns < LARGEST else 3
    expected = [signed(value, decimals) if value else "0" for value in np.asarray(now.value).flat]
    assert numbers == (expected if fits else [])


def test_the_rectangles_are_the_shapes_of_what_is_left():
    state = after([Press("left"), Press("left"), Press("right")])
    for svg, boxes in zip(parsed(view(state)).iter("svg"), ([(3, 2), (2, 1), (1, 1), (1, 1)],
                          [(3, 3), (3, 2), (2, 2), (2, 1), (1, 1)]), strict=False):  # fmt: skip
        drawn = [(float(each.get("height", 0)) / 20, float(each.get("width", 0)) / 20)
                 for each in svg.iter("rect") if each.get("class") == "bl-node"]  # fmt: skip
        np.testing.assert_allclose(sorted(drawn, reverse=True), sorted(boxes, reverse=True))
        sizes = [each.text or "" for each in svg.iter("text") if "bl-size" in (each.get("class") or "")]
        assert sorted(sizes, reverse=True) == [f"{rows}×{columns}" for rows, columns in sorted(boxes, reverse=True)]


def test_the_bars_compare_both_ways():
    reach = [
        float(next(each for each in svg.iter("rect") if each.get("class") == "bl-work").get("width", 0))
        for svg in parsed(view(after([Press("all")]))).iter("svg")
    ]
    assert reach[1] / reach[0] == pytest.approx(multiplications((3, 2, 1), "right") / 24, abs=1e-4)


def test_buttons_walk_from_both_ends_and_offer_only_what_can_be_done():
    def off(state):
        return [each.get("data-press") for each in parsed(view(state)).iter("button") if each.get("aria-disabled")]

    state = begin()
    assert off(state) == ["reset"]
    state = after([Press("right"), Press("right"), Press("left")], state)
    assert (state.left, state.right, off(state)) == (1, 2, [])
    assert "From the left: 1 of 5 steps, 6 multiplications, so far 3×2. From the right: 2 of 5" in view(state).text
    one = after([Press("left")] * 5)
    assert off(one) == ["left"]
    assert "From the left: 5 of 5 steps" in view(one).text
    state = after([Press("all"), Press("left"), Press("right")], state)
    assert (state.left, state.right, off(state)) == (5, 5, ["left", "right", "all"])
    assert "both ways give the same δ¹, a column of 3." in view(state).text
    assert "From the left it takes 24 multiplications, from the right 14." in view(state).text
    assert after([Press("reset")], state) == begin()


def test_other_layers_have_shapes_and_no_numbers():
    state = after([Press("left"), Turn("layers", "100-100-10"), Press("all")])
    assert "From the left it takes 122,000 multiplications, from the right 11,210." in view(state).text
    assert shown(state, "left")[2] == []
    assert after([Turn("layers", "3-2-1")], state) == begin()


def test_what_has_no_room_is_refused():
    with pytest.raises(ValueError, match=r"case must have one example, got 4"):
        begin(cases.batch)
    with pytest.raises(ValueError, match=r"case must have at most 4 layers of neurons, got 5"):
        begin(Case(initialize((1, 2, 2, 2, 2, 1)), np.ones(1), np.ones(1)))
    with pytest.raises(ValueError, match=r"case must have an element-wise output activation, got softmax"):
        begin(Case(cases.wide.parameters, cases.wide.x, cases.wide.y, output=softmax))


@pytest.mark.parametrize(
    ("name", "events"),
    [
        ("first", []),
        ("midway", [Press("left"), Press("left"), Press("right"), Press("right"), Press("right")]),
        ("end", [Press("all")]),
        ("shapes", [Turn("layers", "1-100-10"), Press("all")]),
    ],
)
def test_the_picture_is_as_it_was(golden, name, events):
    golden(f"matrix_chain-{name}", view(after(events)))
