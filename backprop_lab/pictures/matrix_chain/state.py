"""Where we are in the product: the sizes of the layers, and how many steps each way has done."""

from dataclasses import dataclass

from backprop_lab import cases
from backprop_lab.cases import Case
from backprop_lab.matrix_chain import Matrix, Product, factors, products

OTHERS = (100, 100, 10), (1, 100, 10)
LAYERS = 4  # layers whose factors have room in a row


@dataclass(frozen=True)
class MatrixChain:
    """The sizes of the layers 1 … L, the network whose numbers can be shown, and how many steps each way has done."""

    sizes: tuple[int, ...]
    case: Case
    left: int = 0
    right: int = 0

    @property
    def last(self) -> int:
        """How many steps there are: one fewer than factors."""
        return 2 * len(self.sizes) - 1

    @property
    def factors(self) -> list[Matrix]:
        """The factors: with numbers while the layers are those of the network."""
        return factors(self.sizes, self.case if self.sizes == self.case.parameters.sizes[1:] else None)

    def taken(self, side: str) -> list[Product]:
        """The steps that one way has done."""
        return products(self.factors, side)[: getattr(self, side)]

    def count(self, side: str) -> int:
        """The multiplications that one way has taken so far."""
        return sum(step.takes for step in self.taken(side))


def begin(case: Case = cases.deep) -> MatrixChain:
    """The unrolled product of a network, multiplied from the left or from the right, with a count for each way.

    Parameters
    ----------
    case : a network of at most 4 layers with element-wise activations and one example, whose numbers are shown where
        its layers have at most 4 neurons; layers of other sizes can be chosen, without numbers

    Raises
    ------
    ValueError : the case has more layers or examples, or a softmax output.
    """
    if case.x.shape[1] != 1:
        raise ValueError(f"case must have one example, got {case.x.shape[1]}")
    if len(case.parameters.layers) > LAYERS:
        raise ValueError(f"case must have at most {LAYERS} layers of neurons, got {len(case.parameters.layers)}")
    if case.output.derivative is None:
        raise ValueError(f"case must have an element-wise output activation, got {case.output}")
    return MatrixChain(case.parameters.sizes[1:], case)


def offered(state: MatrixChain) -> dict[str, tuple[int, ...]]:
    """The sizes that can be chosen: those of the network, and others that have no numbers."""
    return {name(sizes): sizes for sizes in (state.case.parameters.sizes[1:], *OTHERS)}


def name(sizes: tuple[int, ...]) -> str:
    """Sizes as they are written: 3-2-1."""
    return "-".join(map(str, sizes))
