"""The cost meter: what it counts is what the code multiplies, and what it times was really run."""

from functools import reduce

import numpy as np
import pytest

from backprop_lab import cases, initialize, network, work
from backprop_lab.drawing.picture import Press, Turn
from backprop_lab.finite_differences import numerical_gradient
from backprop_lab.pictures.cost_meter import begin, update, view
from backprop_lab.pictures.cost_meter import state as states
from backprop_lab.pictures.cost_meter.state import KNOWN, MOST, offered, presets
from backprop_lab.pictures.cost_meter.view import PLANE, factor, seconds, slopes
from backprop_lab.work import (
    Measured,
    backward_products,
    difference_products,
    forward_products,
    measure,
    parameter_count,
)

from .hands import parsed

SIZES = [(2, 3, 1), (64, 30, 10), (784, 30, 10), (3, 5, 5, 5, 2), (1, 1, 1), (4, 2)]


def after(*events, of=None):
    return reduce(update, events, of or begin())


def cells(picture):
    """The table's rows: name, and what is said of each way."""
    (table,) = (each for each in parsed(picture).iter("table"))
    rows = [["".join(cell.itertext()) for cell in row] for row in [*table.iter("tr")][1:]]
    return {row[0]: row[1:] for row in rows}


class Counted(np.ndarray):
    """An array that counts the multiplications of its matrix products."""

    products = 0

    def __array_function__(self, func, types, args, kwargs):
        if func is np.dot:
            left, right = tuple(args)
            return left @ right
        return super().__array_function__(func, types, args, kwargs)

    def __matmul__(self, other):
        Counted.products += self.shape[0] * self.shape[1] * other.shape[1]
        return (np.asarray(self) @ np.asarray(other)).view(Counted)


def counted(run):
    Counted.products = 0
    run()
    return Counted.products


@pytest.fixture
def counting(monkeypatch):
    """A random network of some sizes and an example, every matrix product of which is counted."""

    def make(sizes):
        parameters = initialize(sizes)
        for layers in (parameters.w, parameters.b):
            own = {layer: values.view(Counted) for layer, values in layers.items()}
            object.__setattr__(parameters, "w" if layers is parameters.w else "b", own)
        return parameters, np.linspace(0, 1, sizes[0])[:, None].view(Counted), np.zeros((sizes[-1], 1))

    return make


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_the_counts_are_those_of_the_code(counting, sizes):
    parameters, x, y = counting(sizes)
    passed = network.propagate(parameters, x, cases.running.hidden, cases.running.output)
    go = counted(lambda: network.propagate(parameters, x, cases.running.hidden, cases.running.output))
    assert go == forward_products(sizes)
    back = counted(lambda: _backward(parameters, passed, y))
    assert go + back == backward_products(sizes)
    knobs = sum(values.size for layers in (parameters.w, parameters.b) for values in layers.values())
    assert knobs == parameter_count(sizes)
    assert difference_products(sizes) == 2 * knobs * go


def _backward(parameters, passed, y):
    """The four equations, by the package's own lines."""
    last = max(parameters.w)
    prime = cases.running.hidden.prime
    delta = network.bp1(passed.a[last] - y, prime(np.asarray(passed.z[last]))).view(Counted)
    for layer in range(last, 0, -1):
        network.bp4(delta, passed.a[layer - 1])
        if layer > 1:
            delta = network.bp2(parameters.w[layer], delta, prime(np.asarray(passed.z[layer - 1]))).view(Counted)


def test_the_figures_of_the_syllabus():
    assert [(backward_products(sizes), difference_products(sizes)) for sizes in KNOWN] == [
        (21, 234),
        (4740, 10034400),
        (47940, 1136690400),
    ]
    assert [round(difference_products(sizes) / backward_products(sizes)) for sizes in KNOWN] == [11, 2117, 23711]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_forward_and_back_take_less_than_three_passes_forward(sizes):
    assert 1 < backward_products(sizes) / forward_products(sizes) <= 3 - sizes[0] * sizes[1] / forward_products(sizes)


@pytest.mark.parametrize("sizes", [(2, 3, 1), (64, 30, 10), (784, 500, 500, 10)], ids=str)
def test_the_table_says_both_counts(sizes):
    state = begin(sizes)
    shown, knobs = cells(view(state)), parameter_count(sizes)
    assert shown["passes"] == ["1 + 1", f"2 × {knobs:,}"]
    assert shown["multiplications"] == [f"{backward_products(sizes):,}", f"{difference_products(sizes):,}"]
    assert shown["in passes forward"] == [f"{backward_products(sizes) / forward_products(sizes):.2f}", f"{2 * knobs:,}"]
    assert shown["timed here"] == ["–", "–"]
    ratio = f"{difference_products(sizes) / backward_products(sizes):,.0f} times"
    assert ratio in view(state).text
    assert ratio in view(state).markup


def test_the_points_lie_on_the_lines_at_the_sizes_now():
    state = after(Turn("network", "784-30-10"))
    circles = [(float(each.get("cx")), float(each.get("cy"))) for each in parsed(view(state)).iter("circle")]
    x = PLANE.across(np.log10(parameter_count((784, 30, 10))))
    ys = [PLANE.down(np.log10(count((784, 30, 10)))) for count in (backward_products, difference_products)]
    np.testing.assert_allclose(circles, [(x, y) for y in ys], atol=0.01)
    for line, y in zip(parsed(view(state)).iter("polyline"), ys, strict=True):
        points = np.array([pair.split(",") for pair in line.get("points").split()], dtype=float)
        assert abs(points - [x, y]).max(axis=1).min() < 0.1
        assert (np.diff(points[:, 0]) >= 0).all()


def test_one_grows_with_the_parameters_and_the_other_with_their_square():
    for sizes in KNOWN:
        passes, moved = slopes(begin(sizes)).values()
        assert passes == pytest.approx(1, abs=0.15)
        assert moved == pytest.approx(2, abs=0.15)


@pytest.mark.parametrize("part", ["inputs", "width", "depth", "outputs"])
def test_a_slider_goes_through_its_sizes(part):
    state = begin()
    for at, value in enumerate(offered(state, part)):
        now = update(state, Turn(part, float(at)))
        assert getattr(now, part) == value
        assert [getattr(now, each) for each in MOST if each != part] == [
            getattr(state, each) for each in MOST if each != part
        ]
    assert offered(state, part)[-1] == MOST[part]


def test_the_menu_brings_back_the_networks_it_names():
    state = after(Turn("depth", 2.0), Turn("width", 0.0))
    assert state.sizes == (64, 1, 1, 1, 10)
    assert set(presets(state)) == {"2-3-1", "64-30-10", "784-30-10", "64-1-1-1-10"}
    for name, sizes in presets(state).items():
        assert update(state, Turn("network", name)).sizes == sizes
    assert "64-30-10, the digits" in view(state).markup


def timed(sizes):
    return Measured(1e-5, 2.5e-5, 0.5, 13, parameter_count(sizes))


def test_what_was_timed_is_kept_for_its_sizes(monkeypatch):
    monkeypatch.setattr(states, "measure", timed)
    state = after(Press("measure"))
    assert cells(view(state))["timed here"] == ["25 µs", "500 ms"]
    assert (
        "20,000 times as long. One pass forward and one back take as long as 2.5 passes forward." in view(state).markup
    )
    assert "Extrapolated: 13 of 2,260 parameters were moved." in view(state).markup
    other = after(Turn("network", "2-3-1"), of=state)
    assert "Not timed yet" in view(other).markup
    other = after(Press("measure"), of=other)
    assert "All parameters were moved." in view(other).markup
    assert "Extrapolated: 13 of 2,260" in view(after(Turn("network", "64-30-10"), of=other)).markup


@pytest.fixture
def clock(monkeypatch):
    """A clock that only moves while something runs: a pass forward takes 1 ms, back 2 ms, a difference 5 ms."""
    now = [0.0]

    def takes(time, run):
        def running(*arguments):
            now[0] += time
            return run(*arguments)

        return running

    monkeypatch.setattr(work, "perf_counter", lambda: now[0])
    for name, time in (("forward", 0.001), ("backward", 0.002), ("two_sided", 0.005)):
        monkeypatch.setattr(work, name, takes(time, getattr(work, name)))
    return now


def test_both_ways_are_timed_and_what_there_is_no_time_for_is_extrapolated(clock):
    found = measure((2, 3, 1), budget=0.1)
    assert (found.tried, found.parameters) == (13, 13)
    assert [found.forward, found.backward, found.differences] == pytest.approx([0.001, 0.003, 13 * 0.005])
    some = measure((64, 30, 10), budget=0.1)
    assert (some.tried, some.parameters) == (20, 2260)
    assert some.differences == pytest.approx(2260 * 0.005)  # of all of them, not of those that were tried
    assert clock[0] < 2 * 3 * 0.1


def test_a_press_times_both_ways_here():
    found = after(Turn("network", "2-3-1"), Press("measure")).taken[2, 3, 1]
    assert 0 < found.tried <= found.parameters == 13
    assert all(0 < each < 10 for each in (found.forward, found.backward, found.differences))


def test_every_parameter_is_moved_once(monkeypatch):
    moved = []
    monkeypatch.setattr(work, "two_sided", lambda _case, place, _h: moved.append(place))
    assert measure((2, 3, 1), budget=5.0).tried == 13
    nabla_w, nabla_b = numerical_gradient(cases.running.parameters, cases.running.x, cases.running.y)
    known = {
        (layer, kind, (int(j), int(k)))
        for kind, nabla in (("w", nabla_w), ("b", nabla_b))
        for layer, values in nabla.items()
        for j, k in np.ndindex(*values.shape)
    }
    assert set(moved) == known
    assert len(moved) == len(known)


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ((64, 10), r"sizes must have hidden layers, all of one size, got \(64, 10\)"),
        ((64, 30, 20, 10), r"all of one size, got \(64, 30, 20, 10\)"),
        ((2000, 30, 10), r"sizes must have at most 1000 inputs, got 2000"),
        ((64, 501, 10), r"at most 500 hidden neurons, got 501"),
        ((2, 3, 3, 3, 3, 3, 3, 1), r"at most 5 hidden layers, got 6"),
        ((2, 0, 1), r"size must be a whole number of at least 1, got 0"),
        ((2,), r"sizes must name at least two layers"),
    ],
)
def test_sizes_without_room_are_refused(sizes, message):
    with pytest.raises(ValueError, match=message):
        begin(sizes)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (4.2e-6, "4 µs"),
        (0.0021, "2.1 ms"),
        (0.426, "426 ms"),
        (1.45, "1.4 s"),
        (66.0, "66 s"),
        (300, "5.0 minutes"),
        (1.3e6, "361 hours"),
    ],
)
def test_times_are_written_in_the_unit_that_fits(value, written):
    assert seconds(value) == written


def test_ratios_are_written_as_words():
    assert [factor(value) for value in (4.28, 11.1, 2116.96)] == ["4.3 times", "11 times", "2,117 times"]


@pytest.mark.parametrize(
    ("name", "sizes", "events"),
    [
        ("first", (64, 30, 10), []),
        ("timed", (64, 30, 10), [Press("measure")]),
        ("large", (64, 30, 10), [Turn("network", "784-30-10"), Turn("depth", 4.0)]),
        ("own", (4, 7, 2), [Turn("depth", 1.0)]),
    ],
)
def test_the_picture_is_as_it_was(golden, monkeypatch, name, sizes, events):
    monkeypatch.setattr(states, "measure", timed)
    golden(f"cost_meter-{name}", view(after(*events, of=begin(sizes))))
