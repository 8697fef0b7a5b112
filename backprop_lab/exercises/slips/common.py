"""Slips that can be made in many exercises: signs, orientation, and examples lost on the way."""

from collections.abc import Callable

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises.claims import alike, flat_where_a_column_belongs, shaped, times
from backprop_lab.exercises.slips.slip import Slip
from backprop_lab.parameters import Layers


def first(columns: Array) -> Array:
    """The first example alone."""
    return columns[:, :1]


def last(columns: Array) -> Array:
    """The last example alone."""
    return columns[:, -1:]


def flat(values: Array) -> Array:
    """Without its second dimension, where that has one entry only."""
    return values[:, 0] if values.shape[1] == 1 else values


def down(layers: Layers) -> Layers:
    """Every layer under a number one too small."""
    return {layer - 1: values for layer, values in layers.items()}


def without_last(*both: Layers) -> tuple[Layers, ...]:
    """The same, but without the output layer."""
    return tuple({layer: values for layer, values in each.items() if layer != max(each)} for each in both)


RUNNING = (  # sums that are not begun anew: along a row, along a column, and through the whole table in either order
    lambda table: np.cumsum(table, axis=0),
    lambda table: np.cumsum(table, axis=1),
    lambda table: np.cumsum(table).reshape(table.shape),
    lambda table: np.cumsum(table.T).reshape(table.T.shape).T,
)


def _zero_in(example: int) -> Callable[[Array], Array]:
    """0 in the column of this example."""
    return lambda values: np.where(np.arange(values.shape[1]) == example % values.shape[1], 0.0, values)


COMMON = (
    *(
        Slip(
            f"{which}-example-missing",
            "weighted_input bp1",
            f"Your {{symbol}} is 0 in the column of the {which} example.",
            f"Where does your loop over the examples {end}?",
            ({"finish": _zero_in(at)},),
            deed=f"The column of the {which} example is 0.",
        )
        for which, at, end in (("first", 0, "begin"), ("last", -1, "end"))
    ),
    Slip(
        "sign-flipped",
        "weighted_input quadratic bp1 bp2 bp3 bp4 backprop",
        "Your {symbol} has the opposite sign everywhere.",
        "Which difference is the wrong way round, or where has a minus sign been added or lost?",
        ({"finish": np.negative},),
        deed="The sign of {symbol} is flipped.",
        holds=times(lambda case: -1),
    ),
    Slip(
        "row-layout",
        "weighted_input forward bp1 bp2 bp3 backprop",
        "Your {symbol} is transposed: its rows and columns are swapped.",
        "Here each row is a neuron and each column an example: where does your code have them the other way round?",
        ({"finish": np.transpose},),
        deed="The rows and columns of {symbol} are swapped.",
        holds=shaped(lambda right, m: right.shape[::-1]),
    ),
    Slip(
        "lost-column",
        "weighted_input forward bp1 bp2 bp3 backprop",
        "Where {symbol} should have a single column, it is flat: its second dimension is missing.",
        "Which step dropped it: an index, a sum or a mean over an axis, a squeeze?",
        ({"finish": flat}, {"finish": np.squeeze}),
        deed="{symbol} is flat where it should be a column.",
        holds=flat_where_a_column_belongs(),
    ),
    Slip(
        "rows-are-one-list",
        "weighted_input bp1 bp2 bp4",
        "All rows of your {symbol} are the same.",
        "Which neuron is each row made of, and are the rows different lists: in [[0] * m] * n, how many are there?",
        ({"finish": lambda values: np.repeat(values[-1:], len(values), axis=0)},
         {"finish": lambda values: np.repeat(values.sum(axis=0, keepdims=True), len(values), axis=0)}),
        deed="All rows of {symbol} are the same.",
        holds=alike(axis=0),
    ),
    Slip(
        "first-example-only",
        "weighted_input forward quadratic bp1 bp2 bp3 bp4 backprop training_step",
        "Your {symbol} comes from the first example only.",
        "Each column is an example: where does your code use column 0 only?",
        ({"take": first},),
        deed="Only the first example is used.",
    ),
    Slip(
        "summed-examples",
        "weighted_input bp1 bp2",
        "Your {symbol} is summed over the examples, which leaves a single column.",
        "Which example does that one column belong to?",
        ({"finish": lambda values: values.sum(axis=1, keepdims=True)},),
        deed="{symbol} is summed over the examples.",
        holds=shaped(lambda right, m: (len(right), 1)),
    ),
    Slip(
        "summed-neurons",
        "bp1 bp2",
        "Your {symbol} is summed or averaged over the neurons, which leaves a single row.",
        "Which neuron does that one row belong to?",
        (
            {"finish": lambda values: values.sum(axis=0, keepdims=True)},
            {"finish": lambda values: values.mean(axis=0, keepdims=True)},
        ),
        deed="{symbol} is summed or averaged over the neurons.",
        holds=shaped(lambda right, m: (1, m)),
    ),
    Slip(
        "mean-examples",
        "bp1 bp2",
        "Your {symbol} is averaged over the examples, which leaves a single column.",
        "The average over the examples is taken later, in the gradients: what should each example have until then?",
        ({"finish": lambda values: values.mean(axis=1, keepdims=True)},),
        deed="{symbol} is averaged over the examples.",
        holds=shaped(lambda right, m: (len(right), 1)),
    ),
    Slip(
        "divided-by-m",
        "bp1 bp2",
        "Your {symbol} has an extra factor of 1/m, where m is the number of examples.",
        "Does δ belong to the cost of one example, or to the mean cost of all of them?",
        ({"finish": lambda values: values / values.shape[1]},),
        deed="{symbol} is divided by m.",
        holds=times(lambda case: 1 / case.x.shape[1]),
    ),
    Slip(
        "mean-squares-slope",
        "bp1",
        "Your {symbol} fits a cost that is a mean of squares: its factor depends on n, the number of output neurons.",
        "Does the cost of one example average over its neurons or add them up, and what factor is in front?",
        (
            {"finish": lambda values: 2 * values / len(values)},
            {"finish": lambda values: 2 * values / values.size},
            {"finish": lambda values: values / values.size},
        ),
    ),
    Slip(
        "mean-squares-over-examples",
        "bp1",
        "Your {symbol} fits a cost that is a mean of squares: its extra factor of 2/m has m, the number of examples.",
        "Does δ belong to the cost of one example or to the mean cost, and what does the ½ in the cost do to the 2?",
        ({"finish": lambda values: 2 * values / values.shape[1]},),
        deed="{symbol} is multiplied by 2/m.",
        holds=times(lambda case: 2 / case.x.shape[1]),
    ),
    Slip(
        "doubled",
        "bp1 bp2 bp3 bp4 backprop",
        "Your {symbol} has an extra factor of 2.",
        "Where does the 2 come from, and what does the ½ in the cost do to it?",
        ({"finish": lambda values: 2 * values},),
        deed="{symbol} is multiplied by 2.",
        holds=times(lambda case: 2),
    ),
    Slip(
        "halved",
        "bp1 bp2 bp3 bp4 backprop",
        "Your {symbol} has an extra factor of ½.",
        "Where does the ½ come from, and what is left of it after differentiating?",
        ({"finish": lambda values: values / 2},),
        deed="{symbol} is divided by 2.",
        holds=times(lambda case: 1 / 2),
    ),
)  # fmt: skip
