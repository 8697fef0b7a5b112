"""Slips that can be made in many exercises: signs, orientation, and examples lost on the way."""

import numpy as np

from backprop_lab.activations import Array
from backprop_lab.exercises.claims import flat_where_a_column_belongs, shaped, times
from backprop_lab.exercises.slips.slip import Slip
from backprop_lab.parameters import Layers


def first(columns: Array) -> Array:
    """The first example alone."""
    return columns[:, :1]


def last(columns: Array) -> Array:
    """The last example alone."""
    return columns[:, -1:]


def turned(values: Array) -> Array:
    """The transpose."""
    return values.T


def flat(values: Array) -> Array:
    """Without its second dimension, where that has one entry only."""
    return values[:, 0] if values.shape[1] == 1 else values


def down(layers: Layers) -> Layers:
    """Every layer under a number one too small."""
    return {layer - 1: values for layer, values in layers.items()}


def negative(values: Array) -> Array:
    """The same with the other sign."""
    return -values


COMMON = (
    Slip(
        "sign-flipped",
        "weighted_input quadratic bp1 bp2 bp3 bp4 backprop",
        "The sign of {symbol} is flipped everywhere.",
        "Which difference or which sign on the way is taken the other way round?",
        ({"finish": negative},),
        deed="{symbol} has a sign too many.",
        holds=times(lambda case: -1),
    ),
    Slip(
        "row-layout",
        "weighted_input forward bp1 bp2 bp3 backprop",
        "Your {symbol} lies on its side: rows and columns have changed places.",
        "Here a neuron is a row and an example is a column: where does your code take it the other way?",
        ({"finish": turned},),
        deed="Rows and columns of {symbol} have changed places.",
        holds=shaped(lambda right, m: right.shape[::-1]),
    ),
    Slip(
        "lost-column",
        "weighted_input forward bp1 bp2 bp3 backprop",
        "Where {symbol} should be a single column it comes out flat, without its second dimension.",
        "Which step dropped it: an index, a sum, a squeeze?",
        ({"finish": flat}, {"finish": np.squeeze}),
        deed="{symbol} has lost a dimension where it should be a column.",
        holds=flat_where_a_column_belongs(),
    ),
    Slip(
        "first-example-only",
        "weighted_input forward quadratic bp1 bp2 bp3 bp4 backprop training_step",
        "Your {symbol} is that of the first example; the others were left out.",
        "Every column is an example: where does your code look at column 0 only?",
        ({"take": first},),
        deed="Only the first example is looked at.",
    ),
    Slip(
        "summed-examples",
        "weighted_input bp1 bp2",
        "Your {symbol} has been added up over the examples, into a single column.",
        "Which of the examples does one column of {symbol} belong to?",
        ({"finish": lambda values: values.sum(axis=1, keepdims=True)},),
        deed="The examples of {symbol} are added up.",
        holds=shaped(lambda right, m: (len(right), 1)),
    ),
    Slip(
        "summed-neurons",
        "bp1 bp2",
        "Your {symbol} has been pooled over the neurons, into a single row.",
        "Which neuron does one row of {symbol} belong to?",
        (
            {"finish": lambda values: values.sum(axis=0, keepdims=True)},
            {"finish": lambda values: values.mean(axis=0, keepdims=True)},
        ),
        deed="The neurons of {symbol} are added up, or averaged.",
        holds=shaped(lambda right, m: (1, m)),
    ),
    Slip(
        "mean-examples",
        "bp1 bp2",
        "Your {symbol} has been averaged over the examples, into a single column.",
        "The mean comes in only with the gradients: what belongs to each example until then?",
        ({"finish": lambda values: values.mean(axis=1, keepdims=True)},),
        deed="The examples of {symbol} are averaged.",
        holds=shaped(lambda right, m: (len(right), 1)),
    ),
    Slip(
        "divided-by-m",
        "bp1 bp2",
        "Your {symbol} contains a factor 1/m, with m the number of examples.",
        "Is δ the error of one example's own cost, or of the mean over all of them?",
        ({"finish": lambda values: values / values.shape[1]},),
        deed="{symbol} is divided by m.",
        holds=times(lambda case: 1 / case.x.shape[1]),
    ),
    Slip(
        "mean-squares-slope",
        "bp1",
        "Your {symbol} belongs to a mean of squares: it has a factor with n, the number of output neurons.",
        "Does the cost of an example average over its neurons, or add them up, and which factor comes in front?",
        (
            {"finish": lambda values: 2 * values / len(values)},
            {"finish": lambda values: 2 * values / values.size},
            {"finish": lambda values: values / values.size},
        ),
    ),
    Slip(
        "mean-squares-over-examples",
        "bp1",
        "Your {symbol} belongs to a mean of squares: it has a factor 2/m, with m the number of examples.",
        "Is δ the error of one example's own cost, and what did the ½ in that cost do to the 2?",
        ({"finish": lambda values: 2 * values / values.shape[1]},),
        deed="{symbol} is multiplied by 2/m.",
        holds=times(lambda case: 2 / case.x.shape[1]),
    ),
    Slip(
        "doubled",
        "bp1 bp2 bp3 bp4 backprop",
        "Your {symbol} contains a factor 2 too many.",
        "Where does a factor 2 come from, and what did the ½ in the cost do to it?",
        ({"finish": lambda values: 2 * values},),
        deed="{symbol} is multiplied by 2.",
        holds=times(lambda case: 2),
    ),
    Slip(
        "halved",
        "bp1 bp2 bp3 bp4 backprop",
        "Your {symbol} contains a factor ½ too many.",
        "Where does a factor ½ come from, and what is left of it after differentiating?",
        ({"finish": lambda values: values / 2},),
        deed="{symbol} is divided by 2.",
        holds=times(lambda case: 1 / 2),
    ),
)
