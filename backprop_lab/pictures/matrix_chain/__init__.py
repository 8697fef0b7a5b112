"""One product, multiplied from the left or from the right: the same δ¹, and a count of what each way costs."""

from dataclasses import replace

from backprop_lab.drawing.picture import Event, Press, Turn, refuse
from backprop_lab.pictures.matrix_chain.state import MatrixChain, begin, offered
from backprop_lab.pictures.matrix_chain.view import view

__all__ = ["MatrixChain", "begin", "update", "view"]


def update(state: MatrixChain, event: Event) -> MatrixChain:
    """Other layers, with nothing multiplied yet; one step on from an end, all steps, or none."""
    match event:
        case Turn("layers", str(sizes)):
            return MatrixChain(offered(state)[sizes], state.case)
        case Press("left"):
            return replace(state, left=min(state.left + 1, state.last))
        case Press("right"):
            return replace(state, right=min(state.right + 1, state.last))
        case Press("all"):
            return replace(state, left=state.last, right=state.last)
        case Press("reset"):
            return replace(state, left=0, right=0)
    return refuse(event)
