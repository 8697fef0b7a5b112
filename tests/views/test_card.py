"""The card of four: its lines of code, run as they stand, give the package's backward pass."""

from xml.etree import ElementTree

import numpy as np
import pytest

from backprop_lab import cases
from backprop_lab.views.card import EQUATIONS, card


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


def test_the_card_shows_every_equation_and_lights_what_is_spoken_of():
    root = ElementTree.fromstring(card("BP4").markup)
    assert len(root.findall(".//math")) == 2 * len(EQUATIONS)
    lit = [each.get("data-key") for each in root.iter("div") if "bl-on" in each.get("class", "")]
    assert lit == ["BP4"]
    assert "BP4, the gradient of a weight" in card("BP4").text
    assert "BP1" not in card("BP4").text
    assert all(equation.name in card().text for equation in EQUATIONS)


def test_an_equation_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="lit must name equations among BP1, BP2, BP3, BP4, got BP5"):
        card("BP5")
