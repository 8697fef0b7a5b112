"""The menu of networks: the series' own by name, one's own beside them, and one height for all."""

import pytest

from backprop_lab import Case, cases
from backprop_lab.drawing.diagram import DELTA, A, diagram, layout
from backprop_lab.drawing.networks import OWN, name_of, networks, room


def test_a_case_of_ones_own_is_offered_before_the_series():
    own = Case(cases.wide.parameters, cases.wide.x, cases.wide.y)
    assert [*networks(own, "running", "deep")] == [OWN, "running", "deep"]
    assert [*networks(cases.deep, "running", "deep")] == ["running", "deep"]
    assert name_of(own, networks(own, "running")) == OWN
    assert name_of(cases.deep, networks(cases.deep, "running", "deep")) == "deep"


@pytest.mark.parametrize("name", ["running", "wide", "deep"])
def test_every_network_on_offer_has_the_room_of_the_highest(name):
    among, rows = networks(cases.wide, "running", "wide", "deep"), (A, DELTA)
    markup = room(diagram(among[name], rows=rows), among, rows=rows)
    assert markup == room(diagram(among[name], rows=rows), networks(cases.wide, "wide"), rows=rows)
    at = {name: layout(case, rows) for name, case in among.items()}
    assert f"aspect-ratio: {at['wide'].width:g} / {at['wide'].height:g}" in markup
    assert all(each.height / each.width <= at["wide"].height / at["wide"].width for each in at.values())
