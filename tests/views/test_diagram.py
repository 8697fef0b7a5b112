"""The diagram shows the network's own numbers, and lights what is spoken of."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import networks

from backprop_lab import cases
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.views.diagram import DELTA, A, Z, describe, diagram, network, neuron_key

PUBLISHED = [cases.running, cases.wide, cases.deep]


def groups(markup):
    """Key -> element, of all that can be chosen."""
    return {
        group.attrib["data-select"]: group
        for group in ElementTree.fromstring(markup).iter("g")
        if "data-select" in group.attrib
    }


def words(element):
    return [text.text or "" for text in element.iter("text")]


@settings(max_examples=60)
@given(networks(), st.data())
def test_every_neuron_weight_and_bias_carries_its_own_number(case, data):
    example = data.draw(st.integers(0, case.x.shape[1] - 1))
    found = groups(diagram(case, example=example))
    for layer, w in case.parameters.w.items():
        for (j, k), value in np.ndenumerate(w):
            assert words(found[f"w{layer}.{j}.{k}"]) == [signed(value)]
        for j in range(len(w)):
            assert words(found[f"b{layer}.{j}"]) == [f"b {signed(case.parameters.b[layer][j, 0])}"]
            z, a, delta = (
                signed(values[layer][j, example], decimals)
                for values, decimals in (
                    (case.forward_pass.z, 2),
                    (case.forward_pass.a, 2),
                    (case.backward_pass.delta, 4),
                )
            )
            assert words(found[neuron_key(layer, j)]) == ["z", z, "a", a, "δ", delta]


@pytest.mark.parametrize("case", PUBLISHED, ids=["running", "wide", "deep"])
def test_a_name_says_the_same_as_the_picture(case):
    for key, group in groups(diagram(case)).items():
        assert group.attrib["aria-label"] == describe(case, key)
        assert words(group)[-1].split()[-1] in [*describe(case, key).split(), *words(group)]
    assert describe(cases.wide, "w2.1.0") == "weight w[2][1, 0], from neuron 0 of layer 1 to neuron 1 of layer 2, +0.90"


@pytest.mark.parametrize("key", ["w1.2.1", "b1.0", "a1.1"])
def test_the_selected_one_is_lit_and_no_other(key):
    lit = [found for found, group in groups(diagram(cases.wide, selected=key)).items() if group.get("class") == "bl-on"]
    assert lit == [key]
    halos = diagram(cases.wide, selected=key).count("bl-halo")
    assert halos == (1 if key.startswith("w") else 0)


def test_a_negative_weight_is_dashed_by_its_class_and_a_wider_one_weighs_more():
    edges = [
        path
        for path in ElementTree.fromstring(diagram(cases.running)).iter("path")
        if "bl-edge" in path.get("class", "")
    ]
    signs = ["bl-negative" in edge.attrib["class"] for edge in edges]
    weights = np.concatenate([w.ravel() for w in cases.running.parameters.w.values()])
    assert signs == (weights < 0).tolist()
    widths = [float(edge.attrib["stroke-width"]) for edge in edges]
    assert np.argmax(widths) == np.abs(weights).argmax()


@pytest.mark.parametrize("case", PUBLISHED, ids=["running", "wide", "deep"])
@pytest.mark.parametrize("rows", [(Z, A, DELTA), (Z, A), (A, DELTA), (A,)], ids=len)
def test_no_two_boxes_overlap(case, rows):
    root = ElementTree.fromstring(diagram(case, rows=rows))
    boxes = [
        tuple(float(rect.attrib[side]) for side in ("x", "y", "width", "height"))
        for rect in root.iter("rect")
        if rect.get("class") in ("bl-node", "bl-tag")
    ]
    nodes = [box for box in boxes if box[2] == max(width for _, _, width, _ in boxes)]
    tags = [box for box in boxes if box not in nodes]
    assert not overlapping(nodes)
    assert not overlapping(tags)
    weights = [tag for tag in tags if tag[2] == min(width for _, _, width, _ in tags)]
    assert not [1 for tag in weights for node in nodes if overlapping([tag, node])]
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    assert all(x >= 0 and x + w <= width and y >= 0 and y + h <= height for x, y, w, h in boxes)


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


def test_a_picture_that_keeps_still_says_what_it_shows_and_cannot_be_chosen():
    picture = network(cases.wide)
    assert "data-select" not in picture.markup
    assert "δ" not in picture.markup
    a, b = (plain(value) for value in cases.wide.forward_pass.prediction[:, 0])
    assert (
        f"Its outputs are {a}, {b}, its targets 1.00, 0.00, its cost {plain(cases.wide.mean_cost, 4)}." in picture.text
    )
    assert re.search(r"cost C = 0\.5052", picture.markup)
