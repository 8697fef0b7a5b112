"""What the trainer can train on: four points, exclusive or, two moons, digits, or a case of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from backprop_lab import cases, datasets
from backprop_lab.activations import identity
from backprop_lab.cases import Case
from backprop_lab.drawing.networks import COSTS, SIGMAS
from backprop_lab.parameters import initialize

SEEDS = 12
GIVEN = "given"  # the start weights of the case itself, where it has some
RATES = (*(float(f"{lead}e{power}") for power in (-2, -1, 0, 1) for lead in (1, 1.5, 2, 3, 5, 7)), 100.0)
SIZES = (1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000)  # of mini-batches, beside that of all examples
MOST_EXAMPLES, MOST_NEURONS = 2000, 60


@dataclass(frozen=True)
class Settings:
    """All that can be chosen before and while it trains."""

    data: str
    hidden: int
    start: str  # GIVEN, or a seed
    sigma: str
    cost: str
    learning_rate: float
    batch_size: int


@dataclass(frozen=True, eq=False)
class Data:
    """Examples to train on, with what one begins with.

    Parameters
    ----------
    name : in the menu
    case : the examples, and start weights of their own where `given`
    unseen : examples that are never trained on, or None
    pace : steps of a frame, about 10 frames a second; every epoch that ends on the way is kept too
    """

    name: str
    case: Case
    learning_rate: float
    batch_size: int
    pace: int
    unseen: Case | None = None
    given: bool = False
    seed: int = 0
    most_hidden: int = 8

    @property
    def examples(self) -> int:
        """How many there are."""
        return self.case.x.shape[1]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Of the network one begins with."""
        return self.case.parameters.sizes

    def settings(self, key: str) -> Settings:
        """What one begins with."""
        start = GIVEN if self.given else str(self.seed)
        sigma = next((name for name, each in SIGMAS.items() if each == self.case.hidden), str(self.case.hidden))
        cost = next((name for name, each in COSTS.items() if each == self.case.cost), str(self.case.cost))
        return Settings(key, self.hidden, start, sigma, cost, self.learning_rate, self.batch_size)

    @property
    def costs(self) -> tuple[str, ...]:
        """The costs that fit the output."""
        return tuple(name for name, each in COSTS.items() if each.output in (None, str(self.case.output)))

    @property
    def fits(self) -> bool:
        """Whether numbers are to be fitted: then no answer is right or wrong, but nearer or farther."""
        return self.case.output is identity

    @property
    def hidden(self) -> int:
        """Neurons of the first hidden layer, or 0 where there is none."""
        return self.sizes[1] if len(self.sizes) > 2 else 0

    def starts(self, hidden: int) -> dict[str, str]:
        """The starts to choose from; weights that are given fit one size only."""
        own = {GIVEN: "its own weights"} if self.given and hidden == self.hidden else {}
        return {**own, **{str(seed): f"seed {seed}" for seed in range(SEEDS)}}

    def at_start(self, settings: Settings) -> Case:
        """The network before its first step, with the examples."""
        case = self.case
        if settings.start != GIVEN:
            sizes = (self.sizes[0], *(settings.hidden for _ in self.sizes[1:-1]), self.sizes[-1])
            if settings.hidden == self.hidden:
                sizes = self.sizes
            case = replace(case, parameters=initialize(sizes, seed=int(settings.start)))
        sigma, cost = SIGMAS.get(settings.sigma, case.hidden), COSTS.get(settings.cost, case.cost)
        return replace(case, hidden=sigma, cost=cost)


def yours(case: Case) -> Data:
    """Data of one's own, with its network.

    Raises
    ------
    ValueError : it has more examples or neurons than can be shown.
    """
    m, neurons = case.x.shape[1], max(case.parameters.sizes[1:])
    if m > MOST_EXAMPLES or neurons > MOST_NEURONS:
        raise ValueError(
            f"case must have at most {MOST_EXAMPLES:,} examples and {MOST_NEURONS} neurons in a layer to be watched,"
            f" got {m:,} examples and sizes {case.parameters.sizes}"
        )
    size, pace = (m, 8) if m <= 12 else (10, 20)
    return Data("yours", case, 3.0, size, pace, given=True, most_hidden=max(8, neurons))


@cache
def sets() -> Mapping[str, Data]:
    """The data sets, by key."""
    xor, moons = datasets.xor(), datasets.moons()
    more = datasets.moons(seed=1)
    training, held_out = datasets.digits().split()

    def case(sizes: tuple[int, ...], seed: int, data: datasets.Dataset) -> Case:
        return Case(initialize(sizes, seed=seed), data.x, data.y)

    of_moons, of_digits = case((2, 8, 1), 2, moons), case((64, 30, 10), 0, training)
    return {
        "four": Data("four points", cases.batch, 3.0, 4, 8, given=True),
        "xor": Data("exclusive or", case((2, 4, 1), 1, xor), 7.0, 4, 16, seed=1),
        "moons": Data("two moons", of_moons, 3.0, 10, 20, replace(of_moons, x=more.x, y=more.y), seed=2),
        "digits": Data(
            "digits", of_digits, 2.0, 10, 48, replace(of_digits, x=held_out.x, y=held_out.y), most_hidden=40
        ),
    }
