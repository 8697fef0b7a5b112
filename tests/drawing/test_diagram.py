"""The diagram shows the network's own numbers, fades what is not spoken of, and says what it leaves out."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import networks

from backprop_lab import Case, binary_cross_entropy, cases, initialize
from backprop_lab.drawing.diagram import (
    ACTIVATION_SCALE,
    DELTA,
    DELTA_SCALE,
    INPUT_SCALE,
    MANY,
    A,
    Z,
    describe,
    diagram,
    layout,
    wire,
)
from backprop_lab.drawing.layout import INSET, half
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.drawing.picture import Picture
from backprop_lab.quantities import Quantity, inputs, parameters

PUBLISHED = [cases.running, cases.wide, cases.deep]
NAMES = ["running", "wide", "deep"]
NUMBER = r"[+−][\d.]+"


def tree(markup):
    return ElementTree.fromstring(markup)


def groups(markup, kind="data-select"):
    """Key -> element, of all that can be chosen."""
    return {group.attrib[kind]: group for group in tree(markup).iter("g") if kind in group.attrib}


def words(node):
    return [text.text or "" for text in node.iter("text")]


def bars(node):
    """The lengths of the bars in a neuron, with their signs; None for one that ends in an arrow."""
    found = [each for each in node.iter() if (each.get("class") or "").startswith(("bl-positive", "bl-negative"))]
    signs = [-1 if "bl-negative" in each.get("class", "") else 1 for each in found]
    return [
        sign * float(each.get("width", 0)) if each.tag == "rect" else None
        for each, sign in zip(found, signs, strict=True)
    ]


@settings(max_examples=60)
@given(networks(), st.data())
def test_every_neuron_weight_and_bias_carries_its_own_number(case, data):
    example = data.draw(st.integers(0, case.x.shape[1] - 1))
    found = groups(diagram(case, example=example))
    assert sum(key[0] == "w" for key in found) in (0, sum(w.size for w in case.parameters.w.values()))
    for layer, w in case.parameters.w.items():
        for (j, k), value in np.ndenumerate(w):
            if "w1.0.0" in found:  # of many weights the labels are left out
                assert words(found[f"w{layer}.{j}.{k}"]) == [signed(value)]
        for j, b in enumerate(case.parameters.b[layer][:, 0]):
            assert words(found[f"b{layer}.{j}"]) == [f"b {signed(b)}"]
            z, a, delta = (
                values[layer][j, example]
                for values in (case.forward_pass.z, case.forward_pass.a, case.backward_pass.delta)
            )
            assert words(found[f"a{layer}.{j}"]) == ["z", signed(z), "a", signed(a), "δ", signed(delta, 4)]
    for each in inputs(case):
        assert words(found[each.key]) == ["x", signed(case.x[each.index[0], example])]
    cost = plain(replace(case, x=case.x[:, [example]], y=case.y[:, [example]]).mean_cost, 4)
    targets = [f"target y = {plain(float(value))}" for value in case.y[:, example]]
    assert words(tree(diagram(case, example=example)))[-len(targets) - 1 :] == [*targets, f"cost C = {cost}"]


@pytest.mark.parametrize("case", PUBLISHED, ids=NAMES)
def test_a_bar_is_as_long_as_its_number_on_the_scale_that_the_legend_states(case):
    markup = diagram(case)
    assert f"A full bar is x = {INPUT_SCALE:g}, a = {ACTIVATION_SCALE:g}, δ = {DELTA_SCALE:g}" in markup
    for key, group in groups(markup).items():
        neuron = Quantity.read(key)
        if neuron.letter != "a":
            continue
        shown = (
            [(neuron, ACTIVATION_SCALE), (replace(neuron, letter="delta"), DELTA_SCALE)]
            if neuron.layer
            else [(neuron, INPUT_SCALE)]
        )
        reach = half(neuron.layer) - INSET
        for length, (quantity, scale) in zip(bars(group), shown, strict=True):
            share = quantity.value(case) / scale * reach
            assert length == pytest.approx(share if abs(share) > 1 else np.copysign(1, share), abs=0.006)


def test_a_bar_beyond_its_scale_ends_in_an_arrow():
    crossed = groups(diagram(replace(cases.running, cost=binary_cross_entropy)))
    assert bars(crossed["a2.0"])[1] is None
    assert "bl-beyond" not in diagram(cases.running)
    assert "ends in an arrow" in diagram(cases.running)


@pytest.mark.parametrize("case", PUBLISHED, ids=NAMES)
def test_the_words_of_what_can_be_chosen_have_every_number_that_is_seen_in_it(case):
    for key, group in groups(diagram(case)).items():
        said = group.attrib["aria-label"]
        quantity = Quantity.read(key)
        assert said.startswith(quantity.words)
        assert re.findall(NUMBER, said) == re.findall(NUMBER, " ".join(words(group)))
        if quantity.letter != "a" or not quantity.layer:
            assert said == describe(case, key)
    (neuron,) = [group for key, group in groups(diagram(cases.running)).items() if key == "a1.0"]
    assert neuron.attrib["aria-label"] == "neuron 0 of layer 1, z +1.40, activation +0.80, δ +0.0374"
    assert describe(cases.wide, "w2.1.0") == "weight w[2][1, 0], from neuron 0 of layer 1 to neuron 1 of layer 2, +0.90"
    assert describe(cases.wide, "a1.2") == "neuron 2 of layer 1, activation +0.31"
    assert describe(cases.wide, "a0.1") == "input x[1], −1.50"


def test_a_changed_forward_pass_is_shown_and_spoken_in_place_of_the_cases_own():
    other = cases.running.moved("b", 1, 0, by=1.0).forward_pass
    found = groups(diagram(cases.running, forward_pass=other))["a1.0"]
    a = signed(float(other.a[1][0, 0]))
    assert words(found)[:4] == ["z", signed(float(other.z[1][0, 0])), "a", a]
    assert f", activation {a}, " in (found.get("aria-label") or "")


@pytest.mark.parametrize("case", PUBLISHED, ids=NAMES)
def test_where_nothing_can_be_chosen_a_live_network_is_one_image_which_says_its_neurons(case):
    markup = diagram(case, selectable=False)
    said = next(tree(markup).iter("svg")).attrib["data-said"]
    assert said.startswith(f"A network with layers of {', '.join(map(str, case.parameters.sizes))}: input x[0], ")
    names = [group.attrib["aria-label"] for key, group in groups(diagram(case)).items() if key[0] == "a"]
    assert said.endswith(": " + "; ".join(names))
    assert "data-said" not in diagram(case)
    saved = Picture(markup, "A network.")._repr_mimebundle_()["text/html"]
    assert "data-said" not in saved


@pytest.mark.parametrize("key", ["w1.2.1", "b1.0", "a1.1"])
def test_the_selected_one_is_lit_and_the_wires_that_are_not_spoken_of_fade(key):
    markup = diagram(cases.wide, selected=key)
    assert [found for found, group in groups(markup).items() if group.get("class") == "bl-on"] == [key]
    assert [found for found, group in groups(markup).items() if group.get("data-on") == ""] == [key]
    fades = "bl-some" in (next(tree(markup).iter("svg")).get("class") or "").split()
    assert fades == (key[0] in "wb")
    wires = {name: group for name, group in groups(markup, "data-key").items() if name.startswith("wire-")}
    lit = [name for name, group in wires.items() if any("bl-on" in (each.get("class") or "").split() for each in group)]
    assert lit == [f"wire-{key}"] * key.startswith("w")
    assert markup.count("bl-halo") == len(lit)


def test_what_is_lit_besides_the_selected_one_is_on_too_and_nothing_fades_without_either():
    markup = diagram(cases.wide, selected="a1.0", lit=["w2.1.0", "a2.1"])
    assert {found for found, group in groups(markup).items() if group.get("class") == "bl-on"} == {
        "a1.0",
        "w2.1.0",
        "a2.1",
    }
    assert "bl-some" not in diagram(cases.wide)
    assert "bl-on" not in diagram(cases.wide)


@settings(max_examples=30)
@given(networks())
def test_a_wire_has_the_sign_and_the_thickness_of_its_weight_and_leads_where_it_goes(case):
    lay, wires = (
        layout(case),
        [group for name, group in groups(diagram(case), "data-key").items() if name.startswith("wire-")],
    )
    for weight, group in zip([each for each in parameters(case) if each.letter == "w"], wires, strict=True):
        (edge,) = [line for line in group if "bl-edge" in (line.get("class") or "")]
        value = weight.value(case)
        assert group.get("data-pick") == weight.key
        assert ("bl-negative" in edge.attrib["class"]) == (value < 0)
        assert float(edge.attrib["stroke-width"]) == pytest.approx(1 + 2 * min(abs(value), 3), abs=0.006)
        ends = [float(edge.attrib[end]) for end in ("x1", "y1", "x2", "y2")]
        assert ends == pytest.approx(lay.wire(weight.layer, *weight.index), abs=0.006)


def test_a_heavier_weight_has_a_thicker_wire_up_to_three():
    drawn = (ElementTree.fromstring(wire(0, 0, 1, 1, weight, on=False)) for weight in (0, 0.5, -1, 2, -3, 9))
    widths = [float(each.attrib["stroke-width"]) for each in drawn]
    assert widths == sorted(widths)
    assert widths[-1] == widths[-2]
    assert len(set(widths)) == 5


@pytest.mark.parametrize(("sizes", "many"), [((4, 5, 5, 3), False), ((5, 6, 5), False), ((6, 7, 3), True)])
def test_of_many_weights_the_labels_are_left_out_and_the_legend_says_so(sizes, many):
    case = Case(initialize(sizes), np.ones((sizes[0], 1)), np.full((sizes[-1], 1), 0.5))
    markup = diagram(case)
    count = sum(each.letter == "w" for each in parameters(case))
    assert (count > MANY) == many
    labels = [key for key in groups(markup) if key.startswith("w")]
    assert len(labels) == (0 if many else count)
    assert markup.count('data-pick="w') == count
    assert ("The weights are too many to be written on their wires." in markup) == many


def test_the_keys_follow_each_other_as_the_tab_key_goes_weights_then_neurons_with_their_biases():
    found = [*groups(diagram(cases.wide))]
    weights = [each.key for each in parameters(cases.wide) if each.letter == "w"]
    neurons = [
        "a0.0",
        "a0.1",
        *(f"{kind}{layer}.{j}" for layer, n in ((1, 3), (2, 2)) for j in range(n) for kind in "ab"),
    ]
    assert found == [*weights, *neurons]


def test_only_what_is_meant_to_be_dragged_can_be_and_says_where_it_stands():
    found = {
        node.get("data-drag"): [float(node.get(f"data-{name}", "nan")) for name in ("value", "min", "max")]
        for node in tree(diagram(cases.running, draggable="way")).iter()
        if node.get("data-drag")
    }
    weights = [each for each in parameters(cases.running) if each.letter == "w"]
    assert found == {
        **{each.key: [each.value(cases.running), -4, 4] for each in weights},
        **{each.key: [each.value(cases.running), -2, 2] for each in inputs(cases.running)},
        "y0.0": [1, 0, 1],
    }
    assert "data-drag" not in diagram(cases.running)


def test_a_diagram_that_keeps_still_is_one_image_with_its_words():
    markup = diagram(cases.wide, selectable=False, says="A network.")
    assert "data-select" not in markup
    assert "bl-hit" not in markup
    assert re.search(r'<svg[^>]* role="img" aria-label="A network."', markup)


@pytest.mark.parametrize(("rows", "letters"), [((Z, A), "zza"), ((A, DELTA), "aaδ")])
def test_the_rows_are_those_that_are_asked_for_and_the_legend_speaks_of_no_other(rows, letters):
    markup = diagram(cases.running, rows=rows)
    assert words(groups(markup)["a1.0"])[::2] == [row.symbol for row in rows]
    assert ("δ goes backward" in markup) == (DELTA in rows)
    assert f"Forward, from left to right: {', '.join(row.symbol for row in rows if row != DELTA)}" in markup


@pytest.mark.parametrize(
    "case", [*PUBLISHED, Case(initialize((4, 5, 5, 3)), np.ones((4, 1)), np.ones((3, 1)))], ids=[*NAMES, "4-5-5-3"]
)
@pytest.mark.parametrize("rows", [(Z, A, DELTA), (Z, A), (A,)], ids=len)
def test_no_two_boxes_overlap_and_all_lie_on_the_sheet(case, rows):
    svg = next(tree(diagram(case, rows=rows)).iter("svg"))
    boxes = [
        (rect.attrib["class"], *(float(rect.attrib[side]) for side in ("x", "y", "width", "height")))
        for rect in svg.iter("rect")
        if rect.get("class") in ("bl-node", "bl-tag")
    ]
    nodes = [box[1:] for box in boxes if box[0] == "bl-node"]
    tags = [box[1:] for box in boxes if box[0] == "bl-tag"]
    weights = [tag for tag in tags if tag[2] == min(width for _, _, width, _ in tags)]
    assert len(nodes) == sum(case.parameters.sizes)
    assert not overlapping(nodes)
    assert not overlapping(tags)
    assert not [1 for tag in weights for node in nodes if overlapping([tag, node])]
    width, height = map(float, svg.attrib["viewBox"].split()[2:])
    assert all(x >= 0 and x + w <= width and y >= 0 and y + h <= height for x, y, w, h in [*nodes, *tags])


def overlapping(boxes):
    return [
        (one, other)
        for at, one in enumerate(boxes)
        for other in boxes[:at]
        if one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    ]


@pytest.mark.parametrize(
    ("sizes", "rows"), [((2, 3, 1), (A,)), ((2, 4, 1), (A,)), ((2, 1, 5, 1), (Z, A)), ((3, 5, 2), (A,))]
)
def test_the_cost_lies_on_no_label_of_a_weight_and_beside_no_question_mark(sizes, rows):
    case = Case(initialize(sizes), np.zeros((sizes[0], 1)), np.ones((sizes[-1], 1)))
    drawing = next(tree(diagram(case, rows=rows, width=480)).iter("svg"))
    (cost,) = (each for each in drawing.iter("text") if (each.text or "").startswith("cost C"))
    x, y = (float(cost.get(each, 0)) for each in ("x", "y"))
    frames = drawing.iterfind(".//g[@data-select]/rect[@class='bl-tag']")
    weights = [each for each in frames if each.get("width") == "49.00"]
    assert len(weights) == sum(one * other for one, other in pairwise(sizes))
    for frame in weights:
        left, top, width, height = (float(frame.get(each, 0)) for each in ("x", "y", "width", "height"))
        assert left + width <= x - 132 or top + height <= y - 11 or top >= y, (left, top)
    _, _, width, height = map(float, drawing.get("viewBox", "").split())
    assert y < height - 30 or x < width - 30
