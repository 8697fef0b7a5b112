"""The player shows what the package computes; its slips are the checkers', and what is said of each of them is so."""

import re
from dataclasses import replace
from functools import reduce
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_lab import Case, Parameters, binary_cross_entropy, cases, initialize, sigmoid, tanh
from backprop_lab.drawing.markup import signed
from backprop_lab.drawing.picture import Press, Select, Tick, Turn
from backprop_lab.pictures.player import begin, update, view
from backprop_lab.pictures.player.program import COMPUTED, LINES, STEPS, moments, named, read, written
from backprop_lab.pictures.player.shelf import lights, tiles
from backprop_lab.pictures.player.slips import ETA, SLIPS, alike, run, told_apart, trials, witness, wrong
from backprop_lab.pictures.player.state import PACE, SECRET

from .hands import parsed

NETWORKS = {"running": cases.running, "wide": cases.wide, "deep": cases.deep, "batch": cases.batch}
BEGIN = {name: begin(case) for name, case in NETWORKS.items()}
FIRST = BEGIN["running"]
every_network = pytest.mark.parametrize("name", NETWORKS)
every_slip = pytest.mark.parametrize("label", SLIPS)


def after(*events, state=FIRST):
    return reduce(update, events, state)


def words(state):
    return " ".join("".join(parsed(view(state)).itertext()).split())


def at(state, step, layer):
    """At the moment of a step in a layer."""
    return replace(state, at=[*state.moments].index((step, layer)) + 1)


def executed(case, lines):
    """What the printed lines compute, run as they stand."""
    last = len(case.parameters.w)
    have = {"w": dict(case.parameters.w), "b": dict(case.parameters.b), "a": {0: case.x}, "y": case.y, "error": {}}
    have |= {name: {} for name in ("z", "sigma_prime", "delta", "nabla_w", "nabla_b")}
    have |= {"L": last, "m": case.x.shape[1], "eta": ETA, "sigmoid": sigmoid, "ones_like": np.ones_like}
    for moment in moments(last):
        if moment.step == 1:
            have["error"][last] = have["a"][last] - case.y
        have["z"] |= {0: case.x}
        for target in STEPS[moment.step].writes:
            try:
                exec(lines[target], have | {"layer": moment.layer}, have)
            except ValueError:
                assert moment.step == 5, "only a step may not fit"
    return {
        (letter, layer): have[letter][layer] for letter in (*COMPUTED, "w", "b") for layer in case.parameters.layers
    }


@every_network
def test_the_printed_program_is_the_package(name):
    case, found = NETWORKS[name], executed(NETWORKS[name], LINES)
    given = case.forward_pass.z, case.forward_pass.a, None, *vars(case.backward_pass).values()
    for letter, layers in zip(COMPUTED, given, strict=True):
        for layer in case.parameters.layers:
            right = layers[layer] if layers else case.hidden.prime(case.forward_pass.z[layer])
            np.testing.assert_allclose(found[letter, layer], right, rtol=1e-12)
    stepped = case.stepped(ETA).parameters
    np.testing.assert_allclose(found["w", 1], stepped.w[1], rtol=1e-12)
    np.testing.assert_allclose(found["b", 1], stepped.b[1], rtol=1e-12)


@every_network
@every_slip
def test_the_printed_wrong_line_computes_what_the_slip_of_the_checkers_does(label, name):
    case, slip = NETWORKS[name], SLIPS[label]
    found, printed = run(case, slip), executed(case, slip.lines)
    for place, values in found.items():
        if values is not None:
            np.testing.assert_allclose(printed[place], values, rtol=1e-9, atol=1e-15, err_msg=str(place))
    assert [target for target in LINES if slip.lines[target] != LINES[target]] == [slip.target]


@st.composite
def networks(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=2, max_size=4))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    m = draw(st.integers(1, 4))
    x, y = rng.normal(size=(sizes[0], m)), rng.uniform(0, 1, (sizes[-1], m))
    return Case(initialize(sizes, seed=int(rng.integers(10**6))), x, y)


@settings(max_examples=30)
@given(networks(), st.sampled_from([*SLIPS]))
def test_differences_find_the_run_right_and_a_slip_exactly_where_it_differs(case, label):
    wanted, right, slipped = witness(case), run(case), run(case, SLIPS[label])
    assert wrong(case, right, wanted) == []
    differs = [place for place in right if not alike(case, slipped[place], right[place])]
    assert wrong(case, slipped, wanted) == differs


SPOILT = {
    "missing-bias (forward)": "all z, all a, all σ′, all δ, all ∇w, all ∇b",
    "sigma-prime-of-a (forward)": "all σ′, all δ, all ∇w, all ∇b",
    "sign-flipped (BP1)": "all δ, all ∇w, all ∇b",
    "forgot-sigma-prime (BP2)": "δ¹, ∇w¹, ∇b¹",
    "this-activation (BP4)": "all ∇w",
    "z-instead-of-a (BP4)": "∇w²",
    "bias-from-weights (BP3)": "all ∇b",
    "first-path-only (BP2)": "no array",
    "sum-not-mean (BP4)": "no array",
}


@pytest.mark.parametrize("label", SPOILT)
def test_a_slip_that_is_chosen_says_which_arrays_it_spoils(label):
    state = after(Turn("slip", label))
    assert view(state).text.endswith(f"{label} makes {SPOILT[label]} wrong.")
    marks = {tile.place: tile.verdict for tile in tiles(state)}
    bad = wrong(state.case, state.arrays, witness(state.case))
    done = {place for place in marks if place[0] in COMPUTED and place[1]}
    assert {place: mark for place, mark in marks.items() if mark} == {
        place: "✗" if place in bad else "✓" for place in done
    }


@every_network
@every_slip
def test_no_slip_leaves_every_array_right_unless_the_picture_says_so(label, name):
    state = after(Turn("slip", label), state=BEGIN[name])
    hidden = wrong(state.case, state.arrays, state.wanted) == []
    assert ("Here this slip cannot be seen" in words(state)) == hidden
    shows = [each for each, case in NETWORKS.items() if wrong(case, run(case, SLIPS[label]), witness(case))]
    assert shows
    if hidden:
        assert f"it shows on {', '.join(shows)}." in words(state)
    assert " ".join(f"✗ {SLIPS[label].line}".split()) in words(state)
    assert f"✓ {LINES[SLIPS[label].target]}" in words(state)


@every_network
def test_everything_that_is_read_is_there_already_and_each_array_is_written_once(name):
    last = len(NETWORKS[name].parameters.w)
    there = {("a", 0), ("y", last), *((letter, layer) for letter in "wb" for layer in range(1, last + 1))}
    out = []
    for moment in moments(last):
        assert set(read(moment, last, LINES)) <= there
        out += written(moment)
        there |= {*written(moment)}
    assert sorted(out) == sorted(run(NETWORKS[name]))
    assert [one <= other for one, other in pairwise(each.step for each in moments(last))] == [True] * (
        len(moments(last)) - 1
    )


def test_a_moment_lights_what_it_reads_and_what_it_writes():
    state = at(BEGIN["deep"], 2, 1)
    assert lights(state) == {
        ("w", 2): "read", ("delta", 2): "read", ("sigma_prime", 1): "read", ("delta", 1): "written",
    }  # fmt: skip
    assert view(state).text == "Step 3 of 6, BP2, layer 1: reads w², δ², σ′(z¹); writes δ¹."
    groups = {group.get("data-key"): group for group in parsed(view(state)).iter("g")}
    for key, look, mark in (("w2", "read", "▲"), ("delta1", "written", "▼"), ("delta3", None, "")):
        rect, *texts = groups[key]
        assert [each for each in ("read", "written") if f"bl-{each}" in rect.get("class").split()] == [look] * bool(
            look
        )
        assert "".join(text.text for text in texts if text.get("class") == "bl-sign") == mark
    assert lights(at(BEGIN["running"], 1, 2)) == {
        ("a", 2): "read", ("y", 2): "read", ("sigma_prime", 2): "read", ("delta", 2): "written",
    }  # fmt: skip
    assert [*lights(at(FIRST, 0, 1))] == [("w", 1), ("a", 0), ("b", 1), ("z", 1), ("a", 1), ("sigma_prime", 1)]
    assert set(lights(at(FIRST, 5, 2)).items()) == {
        (("w", 2), "written"), (("b", 2), "written"), (("nabla_w", 2), "read"), (("nabla_b", 2), "read"),
    }  # fmt: skip
    assert lights(FIRST) == {}


def test_a_wrong_line_lights_what_it_reads_itself_once_it_is_known():
    chosen = at(after(Turn("slip", "this-activation (BP4)")), 3, 1)
    assert lights(chosen) == {("delta", 1): "read", ("a", 1): "read", ("nabla_w", 1): "written"}
    hidden = replace(chosen, secret=True)
    assert lights(hidden) == {("delta", 1): "read", ("a", 0): "read", ("nabla_w", 1): "written"}


@every_network
@pytest.mark.parametrize("example", [0, -1])
def test_the_tiles_hold_the_numbers_of_the_package(name, example):
    case = NETWORKS[name]
    example %= case.x.shape[1]
    state = after(Turn("example", str(example)), *len(BEGIN[name].moments) * [Press("step")], state=BEGIN[name])
    groups = {group.get("data-key"): group for group in parsed(view(state)).iter("g")}
    stepped, one = case.stepped(ETA), case.backward_pass
    for layer in case.parameters.layers:
        for letter, values in (("z", case.forward_pass.z), ("a", case.forward_pass.a), ("delta", one.delta)):
            assert numbers(groups[f"{letter}{layer}"]) == shown(
                values[layer][:, [example]], 4 if letter == "delta" else 2
            )
        for letter, values, decimals in (
            ("nabla_w", one.nabla_w, 4),
            ("nabla_b", one.nabla_b, 4),
            ("w", stepped.parameters.w, 2),
            ("b", stepped.parameters.b, 2),
        ):
            assert numbers(groups[f"{letter}{layer}"]) == shown(values[layer], decimals)
        slope = case.hidden.prime(case.forward_pass.z[layer][:, [example]])
        assert numbers(groups[f"sigma_prime{layer}"]) == [each.removeprefix("+") for each in shown(slope, 4)]
    assert numbers(groups["a0"]) == shown(case.x[:, [example]], 2)
    assert f"then C = {stepped.mean_cost:.4f}" in words(state)
    assert view(state).text.endswith(f"The cost goes from {case.mean_cost:.4f} to {stepped.mean_cost:.4f}.")


def numbers(group):
    return [text.text for text in group if text.get("class") == "bl-value"]


def shown(values, decimals):
    return [signed(float(each), decimals) for each in values.ravel()]


def test_an_array_is_empty_until_it_is_written():
    state = at(BEGIN["deep"], 2, 2)
    empty = {tile.place for tile in tiles(state) if tile.empty}
    assert ("delta", 1) in empty
    assert ("delta", 2) not in empty
    assert {place for place in empty if place[0] in "zawb"} == set()
    assert {place[0] for place in empty} == {"delta", "nabla_w", "nabla_b"}
    assert {tile.place for tile in tiles(FIRST) if not tile.empty} == {
        ("a", 0), ("y", 2), ("w", 1), ("w", 2), ("b", 1), ("b", 2),
    }  # fmt: skip


def test_step_back_start_and_a_step_of_the_list_lead_through_the_run():
    state = after(Press("step"), Press("step"), Press("step"))
    assert state.now == (1, 2)
    assert after(Press("back"), state=state).now == (0, 2)
    assert after(Press("start"), state=state).now is None
    assert after(Press("back")).at == 0
    assert after(*20 * [Press("step")]).now == (5, 2)
    for number in range(len(STEPS)):
        reached = after(Select(f"step {number}"), state=BEGIN["deep"])
        assert reached.now is not None
        assert reached.now.step == number
        assert reached.moments[reached.at - 2].step != number or reached.at == 1
        on = [row.get("data-select") for row in parsed(view(reached)).iter("div") if row.get("data-on") is not None]
        assert on == [f"step {number}"]
    single = begin(Case(initialize((2, 1)), np.ones((2, 1)), np.ones((1, 1))))
    assert update(single, Select("step 2")) == single


def test_playing_goes_on_by_itself_at_its_pace_and_stops_at_the_end():
    state = after(Press("play"))
    assert view(state).ticking
    waiting = after(*(PACE["normal"] - 1) * [Tick()], state=state)
    assert (waiting.at, after(Tick(), state=waiting).at) == (0, 1)
    assert 'style="width: 93%"' in view(waiting).markup
    fast = after(Turn("speed", "fast"), Tick(), Tick(), state=state)
    assert (fast.at, fast.playing) == (2, True)
    end = after(*len(fast.moments) * [Tick()], state=fast)
    assert (end.at, end.playing) == (len(end.moments), False)
    again = after(Press("play"), state=end)
    assert (again.at, again.playing) == (0, True)
    for event in (
        Press("play"),
        Press("step"),
        Press("back"),
        Press("start"),
        Select("step 3"),
        Turn("network", "deep"),
    ):
        stopped = after(event, state=fast)
        assert not stopped.playing
        assert update(stopped, Tick()) == stopped
    assert after(Press("play"), state=fast).at == fast.at
    assert 0 < PACE["fast"] < PACE["normal"] < PACE["slow"]


def test_a_new_value_can_be_guessed_before_it_is_seen():
    state = after(Turn("guess", True), Press("step"))
    assert state.covered
    assert {tile.place for tile in tiles(state) if tile.covered} == {("z", 1), ("a", 1), ("sigma_prime", 1)}
    groups = {group.get("data-key"): group for group in parsed(view(state)).iter("g")}
    assert numbers(groups["z1"]) == []
    assert "+1.40" not in words(state)
    assert "uncover" in words(state)
    seen = after(Press("step"), state=state)
    assert (seen.at, seen.covered) == (1, False)
    assert "+1.40" in words(seen)
    assert after(Press("step"), state=seen).covered
    assert not after(Press("play"), state=state).covered
    assert not after(Turn("guess", False), state=state).covered
    assert not after(Press("step")).covered
    end = after(*2 * len(state.moments) * [Press("step")], state=state)
    assert (end.at, end.covered) == (len(end.moments), False)
    assert not after(Press("step"), state=end).covered


@every_network
@pytest.mark.parametrize("label", ["", *SLIPS])
def test_an_equation_says_that_it_does_not_hold_where_the_slip_is_and_nowhere_else(label, name):
    state = after(Turn("slip", label), state=BEGIN[name])
    slip, unequal = SLIPS.get(label), set()
    for number, moment in enumerate(state.moments, start=1):
        text = words(replace(state, at=number))
        assert "≟" not in text.replace("≟ does it follow?", "")
        unequal |= {moment.step} if "≠" in text else set()
        if slip:
            asked = words(replace(state, at=number, secret=True))
            assert "≠" not in asked
            assert "≟ does it follow?" in asked
    assert unequal == ({slip.step} if slip and state.wrong else set())


def test_what_does_not_fit_says_its_shape_and_allows_no_step():
    state = after(Turn("slip", "this-activation (BP4)"))
    groups = {group.get("data-key"): group for group in parsed(view(state)).iter("g")}
    assert [text.text for text in groups["nabla_w1"] if text.get("class") == "bl-odd"] == ["3 × 3"]
    end = after(Press("step"), Press("step"), state=state)
    assert "A gradient does not fit: no step." in view(end).text
    groups = {group.get("data-key"): group for group in parsed(view(end)).iter("g")}
    assert [text.text for text in groups["w1"] if text.get("class") == "bl-odd"] == ["no step"]
    assert "the shapes differ: no step" in words(end)
    assert "no step" in words(replace(end, at=len(end.moments)))


@every_network
def test_a_hidden_slip_can_be_seen_here_and_nothing_says_its_name(name):
    state, drawn = BEGIN[name], set()
    for number in range(1, 12):
        last, state = state.slip, update(state, Press("secret"))
        drawn |= {state.slip}
        assert (state.number, state.picks) == (number, ())
        assert state.slip != last
        assert wrong(state.case, state.arrays, state.wanted)
        picture = view(state)
        assert state.slip not in picture.text
        assert "A secret slip makes" in picture.text
        chosen = [each.get("value") for each in parsed(picture).iter("option") if each.get("selected") is not None]
        assert SECRET in chosen
        assert not {*chosen} & {*SLIPS}
        assert state.lines == LINES
        assert "✗ " + SLIPS[state.slip].line.splitlines()[0] not in words(state)
        same = sum(places == wrong(state.case, state.arrays, state.wanted) for places in state.spoilt.values())
        assert (f"{same} of the 16 slips do exactly this" if same > 1 else "Only one of the slips") in words(state)
    assert len(drawn) > 4
    assert state.now is not None
    assert state.now.step == 4


@every_network
def test_why_it_cannot_be_another_is_so_for_every_two(name):
    case = NETWORKS[name]
    wanted = witness(case)
    spoilt = trials(case, wanted)
    places = {named(place): place for place in wanted}
    for picked, label in product(SLIPS, SLIPS):
        why, would, here = told_apart(case, picked, label, wanted), run(case, SLIPS[picked]), run(case, SLIPS[label])
        if not why:
            assert all(alike(case, would[place], here[place]) for place in wanted)
        elif found := re.fullmatch(r"with it (\S+) would be (right|wrong), and here it is (right|wrong)\.", why):
            place = places[found[1]]
            assert (found[2] == "wrong", found[3] == "wrong") == (place in spoilt[picked], place in spoilt[label])
            assert found[2] != found[3]
        elif found := re.fullmatch(r".* wrong, but (\S+) would be (\d) × (\d), and here it is (\d) × (\d)\.", why):
            shapes = [np.asarray(each[places[found[1]]]).shape for each in (would, here)]
            assert tuple(map(int, found.groups()[1:])) == (*shapes[0], *shapes[1])
        else:
            found = re.fullmatch(
                r".* wrong, but (\w+)\[(\d)\]\[(\d), (\d)\] would be (\S+), and here it is (\S+)\.", why
            )
            assert found is not None
            place, entry = (found[1], int(found[2])), (int(found[3]), int(found[4]))
            numbers = tuple(np.asarray(each[place])[entry] for each in (would, here))
            assert (found[5], found[6]) == tuple(signed(float(number), 6) for number in numbers)
            assert found[5] != found[6]
            assert spoilt[picked] == spoilt[label]


def test_a_wrong_pick_is_told_why_and_a_right_one_shows_both_lines():
    state = replace(after(Press("secret")), slip="this-activation (BP4)")
    missed = after(Turn("pick", "sign-flipped (BP1)"), state=state)
    assert "Not sign-flipped (BP1): with it δ¹ would be wrong, and here it is right." in words(missed)
    assert (missed.hit, missed.known, missed.found) == (False, False, 0)
    assert "bl-wrong" in view(missed).markup
    assert after(Turn("pick", ""), state=missed) == missed
    hit = after(Turn("pick", "this-activation (BP4)"), state=missed)
    assert (hit.hit, hit.known, hit.found) == (True, True, 1)
    assert "Found: this-activation (BP4)." in words(hit)
    assert "same numbers" not in words(hit)
    assert "✗ nabla_w[layer] = delta[layer] @ a[layer].T / m" in words(hit)
    assert "✓ nabla_w[layer] = delta[layer] @ a[layer - 1].T / m" in words(hit)
    assert "found 1 of 1" in words(hit)
    assert after(Turn("pick", "sign-flipped (BP1)"), Press("tell"), state=hit) == hit
    told = after(Press("tell"), state=missed)
    assert (told.known, told.found) == (True, 0)
    assert "It was this-activation (BP4)." in words(told)
    assert after(Turn("pick", "this-activation (BP4)"), state=told) == told
    following = after(Press("secret"), state=hit)
    assert (following.found, following.number, following.picks, following.told) == (1, 2, (), False)


def test_two_that_give_the_same_numbers_are_both_right():
    b = 1 - 0.5 * sigmoid(1.0)  # so that σ′ is the same in both layers
    parameters = Parameters({1: np.ones((1, 1)), 2: np.full((1, 1), 0.5)}, {1: np.zeros((1, 1)), 2: np.full((1, 1), b)})
    state = begin(Case(parameters, np.ones(1), np.zeros(1)))
    pairs = [
        ("error-sent-back (BP2)", "forgot-sigma-prime (BP2)"),
        ("forgot-sigma-prime (BP2)", "error-sent-back (BP2)"),
    ]
    for one, other in pairs:
        found = after(Turn("pick", one), state=replace(state, slip=other, secret=True))
        assert found.hit
        assert f"Here it gives the same numbers as {other}." in words(found)


def test_another_network_begins_at_its_start_keeps_a_chosen_slip_and_forgets_a_secret_one():
    chosen = after(Turn("slip", "first-path-only (BP2)"), Turn("network", "wide"))
    assert (chosen.at, chosen.slip, chosen.case) == (0, "first-path-only (BP2)", cases.wide)
    assert chosen.wrong == wrong(cases.wide, run(cases.wide, chosen.injected), witness(cases.wide))
    assert "makes δ¹, ∇w¹, ∇b¹ wrong. Everything else is right." in words(chosen)
    hidden = after(Press("secret"), Turn("network", "wide"))
    assert (hidden.slip, hidden.secret, hidden.number) == ("", False, 1)
    other = after(Turn("network", "batch"), Turn("example", "3"), Turn("network", "running"))
    assert other.example == 0
    assert after(Turn("slip", ""), state=chosen).slip == ""
    assert after(Turn("slip", SECRET), state=(secret := after(Press("secret")))) == secret


def test_a_network_on_which_no_slip_shows_hides_none():
    right = replace(cases.running, y=cases.running.forward_pass.prediction, x=np.zeros((2, 1)))
    right = replace(right, y=right.forward_pass.prediction)
    state = begin(right)
    seen = [label for label, places in state.spoilt.items() if places]
    assert after(Press("secret"), state=state).slip in seen
    blind = replace(state, spoilt={label: [] for label in SLIPS})
    assert update(blind, Press("secret")) == blind
    off = [each.get("data-press") for each in parsed(view(blind)).iter("button") if each.get("aria-disabled")]
    assert "secret" in off


def test_the_sentence_is_short_enough_to_keep_its_place():
    longest = 0
    for state, label in product(BEGIN.values(), ["", *SLIPS]):
        chosen = after(Turn("slip", label), state=state)
        longest = max(longest, *(len(view(replace(chosen, at=n)).text) for n in range(len(chosen.moments) + 1)))
    assert longest <= 200


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (
            replace(cases.running, hidden=tanh),
            "sigmoid neurons and the quadratic cost, got tanh, sigmoid and quadratic",
        ),
        (replace(cases.running, output=tanh), "got sigmoid, tanh and quadratic"),
        (replace(cases.running, cost=binary_cross_entropy), "got sigmoid, sigmoid and binary_cross_entropy"),
        (Case(initialize((2, 5, 1)), np.ones(2), np.ones(1)), r"4 neurons in a layer, got sizes \(2, 5, 1\)"),
        (Case(initialize((2, 2, 2, 2, 1)), np.ones(2), np.ones(1)), r"3 layers of weights .* sizes \(2, 2, 2, 2, 1\)"),
        (Case(initialize((2, 1)), np.ones((2, 17)), np.ones((1, 17))), "at most 16 examples, got 17"),
    ],
)
def test_what_there_is_no_room_for_is_refused(case, message):
    with pytest.raises(ValueError, match=message):
        begin(case)


def test_two_that_began_alike_are_equal():
    assert begin() == begin()


def test_the_largest_network_is_played_to_its_end():
    state = begin(Case(initialize((4, 4, 4, 4), seed=1), np.full((4, 16), 0.5), np.ones((4, 16))))
    assert view(after(Press("secret"), *12 * [Press("step")], state=state)).text
    spread = after(Turn("slip", "bias-not-summed (BP3)"), state=state)
    assert "4 × 16 numbers" in words(spread)
    for step in range(len(STEPS)):
        rows = parsed(view(at(spread, step, 3 if step == 1 else 1))).iter("mtr")
        assert max((len(row) for row in rows), default=0) <= 4


@pytest.mark.parametrize(
    "event",
    [Turn("network", "none"), Turn("example", "1"), Turn("speed", "faster"), Turn("slip", "none"), Turn("guess", "yes"),
     Turn("pick", "sign-flipped (BP1)"), Turn("slip", SECRET), Select("step 6"), Press("again")],
)  # fmt: skip
def test_what_is_not_there_is_refused(event):
    with pytest.raises(ValueError, match="event must be one that the picture offers"):
        update(FIRST, event)


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("first", FIRST),
        ("forward", at(FIRST, 0, 1)),
        ("back", at(BEGIN["deep"], 2, 1)),
        ("batch", at(after(Turn("example", "2"), Turn("slip", "sum-not-mean (BP4)"), state=BEGIN["batch"]), 3, 1)),
        ("missed", after(Press("secret"), Turn("pick", "missing-bias (forward)"))),
        ("update", after(Turn("slip", "transposed-gradient (BP4)"), Press("step"), state=BEGIN["wide"])),
    ],
)
def test_the_picture_is_as_it_was(golden, name, state):
    golden(f"player-{name}", view(state))
