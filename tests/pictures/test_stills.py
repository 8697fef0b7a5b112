"""The stills: each shows the package's numbers, and says what is seen."""

import pkgutil
import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import networks

from backprop_lab import Case, cases, datasets, initialize, pictures, tanh
from backprop_lab.course import CHAPTERS, navigation
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.pictures.stills.card import EQUATIONS
from backprop_lab.pictures.stills.whole_process import RING

from .hands import parsed

FOUR = cases.batch


def words(picture):
    return [text.text or "" for text in parsed(picture).iter("text")]


def test_matplotlib_is_loaded_when_it_draws():
    code = "import sys; from backprop_lab import pictures; pictures.figure; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_every_still_is_offered_and_no_name_is_a_module_too():
    assert set(pictures.__all__) <= set(dir(pictures))
    assert all(getattr(pictures, name).__name__ == name for name in pictures.__all__)
    modules = {found.name for found in pkgutil.iter_modules(pictures.__path__)}
    assert modules.isdisjoint(pictures.__all__)
    stills = pkgutil.iter_modules([f"{path}/stills" for path in pictures.__path__])
    assert {found.name for found in stills} == set(pictures.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'painting'"):
        _ = pictures.painting  # pyright: ignore[reportAttributeAccessIssue]


@settings(max_examples=30)
@given(networks(), st.data())
def test_a_network_says_what_it_is_and_what_it_answers(case, data):
    example = data.draw(st.integers(0, case.x.shape[1] - 1))
    picture = pictures.network(case, rows=("z", "a", "delta"), example=example)
    assert "data-select" not in picture.markup
    answers, targets = (
        re.escape(", ".join(plain(float(value)) for value in values[:, example]))
        for values in (case.forward_pass.prediction, case.y)
    )
    assert re.search(rf"outputs? (is|are) {answers}, its targets? {targets}, its cost", picture.text)
    cost = plain(replace(case, x=case.x[:, [example]], y=case.y[:, [example]]).mean_cost, 4)
    assert picture.text.endswith(f"its cost {cost}.")
    assert f"cost C = {cost}" in words(picture)
    assert ("In example" in picture.text) == (case.x.shape[1] > 1)
    delta = [signed(float(value), 4) for each in case.backward_pass.delta.values() for value in each[:, example]]
    assert set(delta) <= set(words(picture))


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ((2, 1), "A network (2 inputs, 1 output)."),
        ((1, 1, 1), "A network (1 input, 1 hidden neuron, 1 output)."),
        ((2, 3, 2, 3), "A network (2 inputs, 3 and 2 hidden neurons, 3 outputs)."),
    ],
)
def test_a_network_is_counted(sizes, said):
    case = Case(initialize(sizes), np.ones((sizes[0], 1)), np.ones((sizes[-1], 1)))
    assert pictures.network(case).text.startswith(said)


def test_a_network_has_the_rows_that_are_asked_for():
    assert "δ" not in pictures.network(cases.wide).markup
    only = words(pictures.network(cases.running, rows=("a",)))
    assert "a" in only
    assert "z" not in only
    for rows in (("z", "b"), "delta", ()):
        with pytest.raises(
            ValueError, match=re.escape(f"rows must be some of 'z', 'a', 'delta', as in (\"z\", \"a\"), got {rows!r}")
        ):
            pictures.network(cases.running, rows=rows)
    with pytest.raises(ValueError, match="example must be one of 0 … 3, got 4"):
        pictures.network(FOUR, example=4)


def test_a_digit_has_a_bar_for_every_answer_of_every_network_and_the_right_one_is_ticked():
    said = {"untrained": np.linspace(0.9, 0, 10), "trained": np.eye(10)[3]}
    picture = pictures.answers(np.linspace(0, 1, 64), 3, said)
    assert picture.text == "A handwritten 3: the untrained network says 0 (0.90), the trained network says 3 (1.00)."
    shown = words(picture)
    assert (shown.count("✓"), shown.count("1.00"), shown.count("0.90")) == (2, 1, 1)
    page = parsed(picture)
    assert [each.get("class") for each in page.iter("rect")].count("bl-lit") == 2
    assert ">wrong<" in picture.markup


@pytest.mark.parametrize(
    ("x", "label", "outputs", "message"),
    [
        (np.ones(60), 3, {"own": np.ones(10)}, "x must have a square number of pixels, got 60"),
        (np.ones(64), 3, {}, "outputs must name at least one network, got none"),
        (np.ones(64), 3, {"own": [0.5, 0.5, 0.5]}, "outputs must have more than 3 numbers between 0 and 1, got own"),
        (np.ones(64), 1, {"own": [0.5, 1.5]}, "between 0 and 1, got own"),
    ],
)
def test_answers_that_fit_no_digit_are_refused(x, label, outputs, message):
    with pytest.raises(ValueError, match=message):
        pictures.answers(x, label, outputs)


@pytest.mark.parametrize("case", [cases.wide, cases.deep, cases.batch], ids=["wide", "deep", "batch"])
def test_the_code_on_the_card_is_the_backward_pass(case):
    bp1, bp2, bp3, bp4 = (equation.code for equation in EQUATIONS)
    last, found = case.parameters.layers[-1], case.backward_pass
    have = {"a": case.forward_pass.a, "z": case.forward_pass.z, "w": case.parameters.w, "y": case.y, "L": last}
    have |= {"cost": case.cost, "sigma": case.hidden, "m": case.x.shape[1], "delta": {}, "nabla_w": {}, "nabla_b": {}}
    exec(bp1, have)
    for layer in reversed(case.parameters.layers):
        exec("\n".join([bp2] * (layer < last) + [bp3, bp4]), have, {"layer": layer})
    for name in ("delta", "nabla_w", "nabla_b"):
        for layer in case.parameters.layers:
            np.testing.assert_allclose(have[name][layer], getattr(found, name)[layer], rtol=1e-12)


@pytest.mark.parametrize("known", [(), ("BP1",), ("BP2", "BP4")], ids=len)
def test_the_card_opens_what_is_known_and_the_others_wait_for_their_notebook(known):
    picture, names = pictures.card(*known), [each.name for each in EQUATIONS]
    cards = {card.get("data-key"): card for card in parsed(picture).iter("div") if card.get("data-key")}
    assert [*cards] == names
    for equation in EQUATIONS:
        card = cards[equation.name]
        shown, spoken = "".join(card.itertext()), f"{equation.name}, {equation.gives}: {equation.words}"
        is_open = equation.name in (known or names)
        assert (equation.code in shown, spoken in picture.text) == (is_open, is_open)
        assert (f"opens in notebook {equation.notebook}" in shown) == (not is_open)
        assert ("bl-on" in (card.get("class") or "")) == (equation.name in known)


def test_an_equation_opens_in_the_notebook_that_derives_it():
    files = {chapter.file[:2]: chapter.file for chapter in CHAPTERS}
    assert all(equation.name.lower() in files[equation.notebook] for equation in EQUATIONS)
    with pytest.raises(ValueError, match="known must name equations among BP1, BP2, BP3, BP4, got BP5"):
        pictures.card("BP5")


def test_the_map_links_every_notebook_and_each_states_its_place():
    for chapter in CHAPTERS:
        assert f'href="{chapter.file}.ipynb"' in pictures.course().markup
        assert chapter.name in pictures.course().text
    middle = navigation(CHAPTERS[3])
    assert [f"({CHAPTERS[at].file}.ipynb)" in middle for at in (2, 0, 4)] == [True, True, True]
    assert f"about {CHAPTERS[3].minutes} minutes" in middle
    assert "←" not in navigation(CHAPTERS[0])
    assert "→" not in navigation(CHAPTERS[-1])


@pytest.mark.parametrize("small", [False, True])
def test_every_station_of_the_whole_process_leads_to_the_notebooks_that_teach_it(small):
    picture = pictures.whole_process(small=small)
    files = {chapter.file[:2]: chapter for chapter in CHAPTERS}
    stations = [*parsed(picture).iter("li")]
    for station, shown in zip(RING, stations, strict=True):
        there = [files[number] for number in station.notebooks if number in files]
        links = {link.get("href"): link.text for link in shown.iter("a")}
        assert links == {
            f"{each.file}.ipynb": each.file[:2] if small else f"{each.file[:2]} · {each.name}" for each in there
        }
        assert links
        assert len([*shown.iter("math")]) == 2 - small
        assert station.what in picture.text
    assert [station.way for station in RING] == ["forward"] * 3 + ["turn"] + ["back"] * 3 + ["again"]
    assert "theta becomes theta minus eta nabla C; and with the new numbers forward again." in picture.text
    taught = {number for station in RING for number in station.notebooks}
    assert {f"{number:02}" for number in range(1, 13)} == taught


@settings(max_examples=20)
@given(st.integers(0, 100))
def test_the_plane_is_blue_where_the_answer_is_above_the_middle(seed):
    network = replace(FOUR, parameters=initialize((2, 3, 1), seed=seed))
    line = (np.arange(100) + 0.5) * 0.035 - 2
    grid = np.array([(x, y) for y in line for x in line]).T
    answers = replace(network, x=grid, y=np.zeros((1, 100**2))).forward_pass.prediction
    shades = [path for path in parsed(pictures.decision(network)).iter("path") if path.get("class") == "bl-positive"]
    assert area(shades[0].get("d") or "") / (246 * 202) == pytest.approx((answers >= 0.5).mean(), abs=0.01)


def area(path):
    """What closed lines enclose, by the shoelace formula."""
    total = 0.0
    for loop in path.split("z")[:-1]:
        x, y = np.array([[float(each) for each in point.split()] for point in loop[1:].split("L")]).T
        total += (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2
    return abs(total)


@settings(max_examples=20)
@given(st.integers(0, 100))
def test_the_line_runs_where_the_answer_changes(seed):
    network = replace(FOUR, parameters=initialize((2, 3, 1), seed=seed))
    (line,) = [
        path.get("d") or ""
        for path in parsed(pictures.decision(network)).iter("path")
        if path.get("class") == "bl-ring"
    ]
    points = np.array([[float(x), float(y)] for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", line)])
    if len(points):
        x = np.array([(points[:, 0] - 34) / 246 * 3.5 - 2, 1.5 - (points[:, 1] - 44) / 202 * 3.5])
        answers = replace(network, x=x, y=np.zeros((1, x.shape[1]))).forward_pass.prediction
        np.testing.assert_allclose(answers, 0.5, atol=0.01)


def test_the_points_of_the_plane_stand_at_their_inputs_and_say_what_is_right():
    picture = pictures.decision(FOUR)
    for kind, there in (("bl-yes", FOUR.y[0] > 0.5), ("bl-no", FOUR.y[0] < 0.5)):
        x, y = discs(picture, kind)[0].T
        found = (x + 6 - 34) / 246 * 3.5 - 2, 1.5 - (y - 44) / 202 * 3.5
        np.testing.assert_allclose(found, FOUR.x[:, there], atol=0.01)
    named = [text.text for text in parsed(picture).iter("text") if "bl-strong" in text.get("class", "")]
    assert named == ["3 of 4 right", "0 ✗", "1", "2", "3"]
    assert picture.text.endswith("where the output is ½: 3 of 4 right.")


def discs(picture, kind):
    """The left ends of discs, path by path."""
    paths = [each.get("d") or "" for each in parsed(picture).iter("path") if each.get("class") == kind]
    return [np.array(re.findall(r"M([\d.]+) ([\d.]+)", path), dtype=float) for path in paths]


def test_a_plane_of_many_examples_has_points_without_numbers_and_one_of_other_targets_its_own_middle():
    moons = datasets.moons(50)
    picture = pictures.decision(replace(FOUR, x=moons.x, y=moons.y))
    found = [len(each) for kind in ("bl-yes", "bl-no") for each in discs(picture, kind)]
    assert found == [25, 1, 25, 1]  # of each kind, and of the key
    assert "✗" not in picture.markup
    signs = replace(FOUR, y=2 * FOUR.y - 1, output=tanh)
    picture = pictures.decision(signs)
    assert "where the output is 0: " in picture.text
    assert words(picture)[-5:] == ["y = 1", "y = −1", "a > 0", "a < 0", "line: a = 0; ✗: a wrong answer"]
    assert words(pictures.decision(cases.running))[-5:-1] == ["y > ½", "y < ½", "a > ½", "a < ½"]
    with pytest.raises(ValueError, match=r"two inputs and one output, got sizes \(2, 3, 2\)"):
        pictures.decision(cases.wide)


def test_digits_are_drawn_pixel_by_pixel_and_named():
    digits = datasets.digits()
    picture = pictures.digits(digits.x[:, :3], digits.labels[:3], np.array([0, 7, 2]))
    for drawing, column in zip(parsed(picture).iter("svg"), digits.x[:, :3].T, strict=True):
        ink = {
            (float(box.get("x", 0)), float(box.get("y", 0))): float(box.get("fill-opacity", 0))
            for box in drawing.iter("rect")
            if box.get("fill-opacity")
        }
        there = {(9.0 * (at % 8), 9.0 * (at // 8)): value for at, value in enumerate(column) if value > 0}
        assert ink == pytest.approx(there, abs=0.0051)
    assert picture.text == "3 handwritten digits: 0, taken for 0; 1, taken for 7; 2, taken for 2."
    assert pictures.digits(digits.x[:, :1], digits.labels[:1]).text == "1 handwritten digit: 0."
    with pytest.raises(ValueError, match=r"x must have a square number of rows, got shape \(63, 3\)"):
        pictures.digits(digits.x[:63, :3], digits.labels[:3])
    with pytest.raises(ValueError, match=r"answers must have shape \(3,\), got \(2,\)"):
        pictures.digits(digits.x[:, :3], digits.labels[:3], np.array([0, 7]))


def test_a_figure_follows_the_theme_says_what_it_shows_and_is_the_same_each_time():
    def draw(canvas):
        canvas.subplots().plot([1, 2, 3], label="cost <&>")

    first, second = (pictures.figure(draw, "A line rises from 1 to 3.", size=(5, 3)) for _ in range(2))
    assert first == second
    assert "var(--bl-fg)" in first.markup
    assert not re.search(r"#01020\d", first.markup)
    assert next(iter(parsed(first))).get("style") == "max-width: 490px"
    assert first.text == "A line rises from 1 to 3."


def test_curves_stand_at_their_numbers_in_one_plane_and_end_below_the_highest():
    x = np.linspace(-2, 3, 26)
    named = {"a parabola": x**2, "a cubic": x**3}
    picture = pictures.curves(x, named, "One rises, the other falls and rises.", title="two powers", across="z", high=4)
    drawn = {line.get("class"): line.get("points") or "" for line in parsed(picture).iter("polyline")}
    assert [*drawn] == ["bl-run", "bl-run bl-second"]
    for y, points in zip(named.values(), drawn.values(), strict=True):
        below = y <= 4
        at = np.array([point.split(",") for point in points.split()], dtype=float)
        np.testing.assert_allclose(at[:, 0], 44 + 400 * (x[below] + 2) / 5, atol=0.06)
        np.testing.assert_allclose(at[:, 1], 34 + 164 * (4 - y[below]) / 12, atol=0.06)
    shown = words(picture)
    assert {"two powers", "z", "a parabola", "a cubic", "−8", "4"} <= set(shown)
    assert picture.text == "One rises, the other falls and rises."


def test_a_curve_that_goes_above_the_highest_comes_back_in_another_piece():
    x = np.linspace(-2, 2, 9)
    picture = pictures.curves(x, {"a hill": 4 - x**2}, "A hill.", title="t", high=3)
    left, right = (line.get("points", "").split() for line in parsed(picture).iter("polyline"))
    assert [len(left), len(right)] == [3, 3]


@pytest.mark.parametrize(
    ("x", "named", "message"),
    [
        ([1.0, 0.5], {"y": [1.0, 2.0]}, "increasing numbers, got 1.0 before 0.5"),
        ([1.0], {"y": [1.0]}, r"x must be at least two increasing numbers, got shape \(1,\)"),
        ([1.0, 1.0], {"y": [1.0, 2.0]}, "x must be at least two increasing numbers, got 1.0 before 1.0"),
        ([0.0, 1.0], {}, "named must have 1 to 3 curves, got 0"),
        ([0.0, 1.0], {"y": [1.0, 2.0, 3.0]}, r"y must have shape \(2,\), as x has, got \(3,\)"),
        ([0.0, 1.0], {"y": [1.0, np.inf]}, "y must be finite, got inf"),
    ],
)
def test_what_is_no_function_has_no_curve(x, named, message):
    with pytest.raises(ValueError, match=message):
        pictures.curves(x, named, "Words.", title="none")


def test_the_field_has_a_cell_for_each_product_but_those_that_are_next_to_nothing():
    delta, a = cases.wide.backward_pass.delta[2], cases.wide.forward_pass.a[1]
    picture = pictures.outer_product(delta, a)
    field = [*parsed(picture).iter("g")][-1]
    cells = {
        (int(row), int(column)): (path.get("class"), float(path.get("fill-opacity") or 0))
        for path in field.iter("path")
        for column, row in re.findall(r"M(\d+) (\d+)", path.get("d") or "")
    }
    values = delta @ a.T
    for at, value in np.ndenumerate(values):
        share = abs(value) / np.abs(values).max()
        if share > 1 / 15:
            look, opacity = cells[at]
            assert look == ("bl-positive" if value > 0 else "bl-negative")
            assert opacity == pytest.approx(share, abs=0.07)
    j, k = np.unravel_index(np.abs(values).argmax(), values.shape)
    assert picture.text.endswith(f"The strongest is in row {j}, column {k}.")
    empty = pictures.outer_product([1.0, 2.0], [0.0, 1.0, 0.0]).text
    assert " 2 columns are empty: nothing comes in there. The strongest is in row 1, column 1." in empty
    assert "1 columns" not in pictures.outer_product([1.0], [0.0, 1.0]).text
    assert pictures.outer_product([0.0], [1.0, 2.0]).text == "1 row times 2 columns: 2 products, all of them 0."


@pytest.mark.parametrize(
    ("name", "delta", "a"), [("delta", np.ones((2, 2)), [1]), ("a", [1], [np.nan]), ("a", [1], [])]
)
def test_what_is_no_column_has_no_field(name, delta, a):
    with pytest.raises(ValueError, match=f"{name} must be one column of at most 100 finite numbers, got shape"):
        pictures.outer_product(delta, a)


@pytest.mark.parametrize(
    "picture",
    [pictures.card(), pictures.course(), pictures.whole_process(), pictures.digits(np.ones((4, 1)), np.array([3]))],
    ids=["card", "course", "whole process", "digits"],
)
def test_words_that_repeat_the_picture_are_spoken_and_not_shown(picture):
    html = picture._repr_mimebundle_()["text/html"]
    assert "bl-stage-text" not in html.partition("</style>")[2]
    assert f'aria-label="{picture.text}"' in html


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("network", pictures.network(cases.running)),
        ("network-delta", pictures.network(cases.wide, rows=("z", "a", "delta"))),
        ("card", pictures.card()),
        ("card-BP1", pictures.card("BP1")),
        ("course", pictures.course()),
        ("whole_process", pictures.whole_process()),
        ("whole_process-small", pictures.whole_process(small=True)),
        ("decision", pictures.decision(FOUR)),
        ("answers", pictures.answers([0, 1, 0.5, 0], 1, {"first": [0.9, 0.1, 0.2], "later": [0.1, 0.8, 0.2]})),
        ("arrows", pictures.arrows(np.array([3.0, 4.0]), [np.array([0.0, 7.5]), np.array([-3.0, -4.0])])),
        ("outer_product", pictures.outer_product([0.1, -0.05, 0.0], [1.0, 0.0, 0.5, 0.25])),
        ("curves", pictures.curves([-1, 0, 2], {"flat": [1, 1, 1], "steep": [0, 1, 9]}, "Two.", title="C", high=2)),
    ],
)
def test_the_picture_is_as_it_was(golden, name, picture):
    golden(f"still-{name}", picture)


def test_a_mini_batchs_arrow_has_its_angle_to_the_exact_gradient_and_its_length():
    exact, other, near = np.array([3.0, 4.0, 0.0]), np.array([0.0, 5.0, 5.0]), np.array([3.0, 4.0, 3.0])
    picture = pictures.arrows(exact, [other, -exact, near, near])
    assert picture.text == (
        "Of the steps against 4 mini-batches' gradients 3 go downhill. All are 31 to 180 degrees away from the step"
        " against the exact gradient, and 1.0 to 1.4 times as long."
    )
    assert pictures.arrows(exact, [other, -exact]).text.startswith(
        "Of the steps against 2 mini-batches' gradients 1 goes downhill."
    )
    tips = [path.get("d").split("M")[1].split("L") for path in parsed(picture).iter("path")]
    one, two, up, down, right = (
        np.diff([[float(each) for each in end.split()] for end in tip], axis=0)[0] for tip in tips
    )
    assert right[1] == 0
    assert right[0] > 0
    angle = np.degrees(np.arctan2(-one[1], one[0]))
    assert angle == pytest.approx(np.degrees(np.arccos(exact @ other / 5 / np.sqrt(50))), abs=0.1)
    assert np.hypot(*one) == pytest.approx(np.sqrt(2) * right[0], abs=0.1)
    np.testing.assert_allclose(two, -right, atol=0.11)
    assert up[1] == pytest.approx(-down[1], abs=0.11), "two that point the same way do not lie on each other"


@pytest.mark.parametrize(
    ("exact", "some", "message"),
    [
        ([1.0, 2.0], [], "estimates must be 1 to 24 gradients, got 0"),
        ([1.0, 2.0], [[1.0]], r"estimates must be lists as long as exact, got shape \(1,\)"),
        ([[0.0, 0.0]], [[1.0, 2.0]], "exact must be lists as long as exact"),
    ],
)
def test_what_is_no_gradient_has_no_arrow(exact, some, message):
    with pytest.raises(ValueError, match=message):
        pictures.arrows(exact, some)


def test_a_gradient_of_zeros_points_nowhere():
    assert pictures.arrows(np.zeros(3), [np.ones(3)]).text.startswith("The exact gradient is zero")
    assert "gradient does not go downhill" in pictures.arrows(np.ones(3), [np.zeros(3)]).text
