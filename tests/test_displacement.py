"""A displaced quantity is what somebody else makes of it: a bias for z, an input for the first a, a moved weight."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import networks

from backprop_lab import cases
from backprop_lab.displacement import displaced, repeated


@given(networks(), st.floats(-3, 3), st.data())
def test_a_weight_or_bias_displaced_is_a_case_moved_and_a_z_displaced_a_bias_moved(case, by, data):
    layer = data.draw(st.sampled_from(list(case.parameters.layers)))
    j, k = (data.draw(st.integers(0, n - 1)) for n in case.parameters.w[layer].shape)
    for quantity, index, kind, at in (("w", (j, k), "w", (j, k)), ("b", (j,), "b", (j,)), ("z", (j,), "b", (j,))):
        found = displaced(case, quantity, layer, index, by)
        np.testing.assert_allclose(found.prediction, case.moved(kind, layer, at, by=by).forward_pass.prediction)
        assert found.z.keys() == case.forward_pass.z.keys()


@given(networks(), st.floats(-3, 3))
def test_an_activation_displaced_moves_what_lies_behind_it_and_nothing_before(case, by):
    last = case.parameters.layers[-1]
    for layer in range(last + 1):
        found = displaced(case, "a", layer, (0,), by)
        np.testing.assert_allclose(
            found.a[layer] - case.forward_pass.a[layer],
            np.eye(len(found.a[layer]))[:, [0]] * by + 0 * found.a[layer],
            atol=1e-12,
        )
        for before in range(1, layer + 1):
            np.testing.assert_array_equal(found.z[before], case.forward_pass.z[before])
    first = displaced(case, "a", 0, (0,), by).a[1][:, 0]
    np.testing.assert_allclose(first, case.moved("x", 0, (0, 0), by=by).forward_pass.a[1][:, 0])


def test_each_example_can_be_moved_by_an_amount_of_its_own():
    amounts = np.array([-1.0, 0.0, 2.0])
    found = displaced(repeated(cases.batch, 3, example=1), "z", 1, (2,), amounts)
    for column, by in enumerate(amounts):
        alone = displaced(cases.batch, "z", 1, (2,), by).prediction[:, 1]
        np.testing.assert_allclose(found.prediction[:, column], alone)


@pytest.mark.parametrize(
    ("quantity", "layer", "index", "message"),
    [
        ("z", 0, (0,), "quantity must be w, b or z of layer 1 to L, or a of layer 0 to L, got z of 0"),
        ("z", 1, (3,), r"index must lie within the shape \(3,\) of z\[1\], got \(3,\)"),
        ("w", 1, (0,), r"index must lie within the shape \(3, 2\) of w\[1\], got \(0,\)"),
        ("z", 1, (1.0,), r"index must lie within the shape \(3,\) of z\[1\], got \(1.0,\)"),
        ("z", 1, (True,), r"index must lie within the shape \(3,\) of z\[1\], got \(True,\)"),
    ],
)
def test_what_is_not_there_cannot_be_displaced(quantity, layer, index, message):
    with pytest.raises(ValueError, match=message):
        displaced(cases.running, quantity, layer, index, 1.0)
