"""The plane of the inputs, with what a network answers everywhere in it."""

from backprop_lab.cases import Case
from backprop_lab.drawing.decision import decision_plane, middle_in_words, score
from backprop_lab.drawing.markup import element
from backprop_lab.drawing.picture import Picture


def decision(case: Case) -> Picture:
    """What a network with two inputs and one output answers everywhere, with its examples as points.

    Raises
    ------
    ValueError : the network has not two inputs and one output.
    """
    words = f"The plane of the inputs, cut in two where the output is {middle_in_words(case)}: {score(case)}."
    return Picture(element("div", decision_plane(case), style="max-width: 360px"), words, "The plane of the inputs")
