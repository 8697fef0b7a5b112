"""Slips in the cost: what is squared, added and averaged, and in which order."""

import numpy as np

from backprop_lab.activations import sigmoid
from backprop_lab.exercises.claims import everywhere, shaped, times
from backprop_lab.exercises.reference import same
from backprop_lab.exercises.slips.slip import Slip

COST = (
    Slip(
        "forgot-half",
        "quadratic",
        "Your C is twice as large as it should be.",
        "Which factor is in front of the sum, so that the derivative has none?",
        ({"half": 1.0},),
        deed="The factor ½ is missing.",
        holds=times(lambda case: 2),
    ),
    Slip(
        "sum-not-mean",
        "quadratic",
        "Your C grows with the number of examples: it is a sum over them.",
        "How is the cost of m examples made from the cost of each?",
        ({"over_examples": np.sum},),
        deed="The costs of the examples are added up, not averaged.",
        holds=times(lambda case: case.x.shape[1]),
    ),
    Slip(
        "no-half-no-mean",
        "quadratic",
        "Your C is the plain sum of all the squares.",
        "Which two factors turn the sum of squares into the cost?",
        ({"half": 1.0, "over_examples": np.sum},),
        deed="The factor ½ and the mean over the examples are both missing.",
        holds=times(lambda case: 2 * case.x.shape[1]),
    ),
    Slip(
        "mean-over-neurons",
        "quadratic",
        "Your C is averaged over the output neurons as well as over the examples.",
        "Over which of the two does ‖a − y‖² add, and over which does C average?",
        ({"over_neurons": lambda squares: squares.mean(axis=0)},),
        deed="The output neurons are averaged instead of added up.",
        holds=times(lambda case: 1 / case.parameters.sizes[-1]),
    ),
    Slip(
        "mean-of-everything",
        "quadratic",
        "Your C is the mean of all the squares, over neurons and examples alike.",
        "What is added up, what is averaged, and what factor is in front?",
        ({"half": 1.0, "over_neurons": lambda squares: squares.mean(axis=0)},),
        deed="The factor ½ is missing, and the output neurons are averaged instead of added up.",
        holds=times(lambda case: 2 / case.parameters.sizes[-1]),
    ),
    Slip(
        "divided-by-n",
        "quadratic",
        "Your C is divided by the number of output neurons, and not by the number of examples.",
        "Over which of the two does C average, and how many of those are there?",
        tuple(
            {"half": half, "over_neurons": lambda squares: squares.mean(axis=0), "over_examples": np.sum}
            for half in (0.5, 1.0)
        ),
    ),
    Slip(
        "m-minus-one",
        "quadratic",
        "Your C is divided by m − 1, where m is the number of examples.",
        "Over how many examples is the mean taken?",
        ({"over_examples": lambda costs: costs.sum() / max(costs.shape[-1] - 1, 1)},
         {"over_examples": lambda costs: costs.sum() / (costs.shape[-1] - 1)}),
    ),
    Slip(
        "one-example-missing",
        "quadratic",
        "Your C leaves out one example.",
        "At which column should your loop begin, and at which should it end?",
        tuple(
            {"over_examples": lambda costs, some=some, less=less: costs[..., some].sum() / (costs.shape[-1] - less)}
            for some in (slice(1, None), slice(-1)) for less in (0, 1)
        ),
    ),
    Slip(
        "examples-lost",
        "quadratic",
        "Your C uses one example only, and divides by m as if it had added them all up.",
        "Is what the other examples contributed still there at the end of your loop?",
        ({"over_examples": lambda costs: costs[..., -1] / costs.shape[-1]},
         {"over_examples": lambda costs: costs[..., 0] / costs.shape[-1]}),
    ),
    Slip(
        "all-pairs",
        "quadratic",
        "Your C compares every output with every target, of other neurons and other examples too.",
        "What shape do a column minus a row have, and which target belongs to which output?",
        tuple({"difference": lambda a, y: a.reshape(-1, 1) - y.ravel(), "half": half,
               "over_neurons": lambda squares: squares.mean(axis=0), "over_examples": np.mean} for half in (0.5, 1.0)),
    ),
    Slip(
        "activated-twice",
        "quadratic",
        "Your C compares y with σ(a), where a has been through σ already.",
        "Which quantity of the output layer is compared with y, and what has happened to it on its way into C?",
        ({"difference": lambda a, y: sigmoid(a) - y},),
    ),
    Slip(
        "variance",
        "quadratic",
        "Your C is made of variances: the mean of the differences is subtracted before they are squared.",
        "If every output is too high by the same amount, what should the cost be?",
        ({"difference": lambda a, y: (a - y) - (a - y).mean(axis=1, keepdims=True)},
         {"difference": lambda a, y: (a - y) - (a - y).mean(),
          "half": 1.0, "over_neurons": lambda squares: squares.mean(axis=0)},
         {"difference": lambda a, y: (a - y) - (a - y).mean()},
         {"difference": lambda a, y: (a - y) - (a - y).mean(axis=0)}),
    ),
    Slip(
        "wrong-binomial",
        "quadratic",
        "Your C is made of a² and y², but not of (a − y)².",
        "What do you get when you multiply (a − y)(a − y) out, signs included?",
        tuple({"difference": each, "square": same}
              for each in (lambda a, y: a**2 - 2 * a * y - y**2, lambda a, y: a**2 + 2 * a * y + y**2,
                           lambda a, y: a**2 - a * y + y**2, lambda a, y: a**2 + y**2)),
    ),
    Slip(
        "difference-returned",
        "quadratic",
        "You return the differences of a and y, one for each neuron and example.",
        "Which power of a difference does the cost add up, and how do all of them become one number?",
        tuple({"square": same, "half": 1.0, "over_neurons": same, "over_examples": share}
              for share in (same, np.negative, lambda d: d / d.shape[1], lambda d: -d / d.shape[1])),
        deed="The differences are returned as they are.",
        holds=everywhere(lambda answer, right, case: answer["C"].shape == case.y.shape),
    ),
    Slip(
        "not-a-number",
        "quadratic",
        "Your C is an array with a single entry.",
        "Which step keeps dimensions that a plain number does not have?",
        ({"finish": lambda cost: np.reshape(cost, (1, 1))}, {"finish": lambda cost: np.reshape(cost, 1)}),
        deed="C is an array with a single entry.",
        holds=everywhere(lambda answer, right, case: answer["C"].ndim > 0 and answer["C"].size == 1),
    ),
    Slip(
        "difference-not-square",
        "quadratic",
        "Your C adds up plain differences, so errors of opposite sign cancel.",
        "What must be done to a difference so that too much and too little both count as wrong?",
        ({"square": same, "half": 1.0}, {"square": same, "half": 1.0, "over_examples": np.sum}),
        deed="The differences are not squared.",
    ),
    Slip(
        "signed-difference",
        "quadratic",
        "Your C halves the differences, but has not squared them.",
        "Can a cost be negative?",
        ({"square": same},),
        deed="The differences are not squared.",
    ),
    Slip(
        "absolute-not-square",
        "quadratic",
        "Your C adds up absolute values.",
        "If an error is twice as large, how much worse should it be: twice as bad, or more?",
        ({"square": np.abs}, {"square": np.abs, "half": 1.0}),
        deed="Absolute values are taken where squares belong.",
    ),
    Slip(
        "norm-not-squared",
        "quadratic",
        "Your C uses the length of a − y instead of its square.",
        "What does the exponent in ‖a − y‖² do to the square root that a length contains?",
        (
            {"over_neurons": lambda squares: np.sqrt(squares.sum(axis=0))},
            {"over_neurons": lambda squares: np.sqrt(squares.sum(axis=0)), "half": 1.0},
            *(
                {
                    "half": 1.0,
                    "over_examples": lambda squares, share=share: np.sqrt(squares.sum()) * share(len(squares)),
                }
                for share in (lambda m: 1, lambda m: 1 / 2, lambda m: 1 / m, lambda m: 1 / (2 * m))
            ),
        ),
        deed="A square root is taken where a square belongs.",
    ),
    Slip(
        "root-mean-square",
        "quadratic",
        "Your C is the square root of a mean of squares.",
        "Does the cost ask for the mean of the squares, or for its root?",
        (
            {"half": 1.0, "over_neurons": np.mean, "over_examples": np.sqrt},
            {"half": 1.0, "over_examples": lambda squares: np.sqrt(squares.mean())},
        ),
        deed="The square root of the mean is taken.",
    ),
    Slip(
        "one-output-only",
        "quadratic",
        "Your C counts the error of one output neuron of each example only.",
        "Which squares is ‖a − y‖² the sum of, and does your code add them up?",
        ({"over_neurons": lambda squares: squares[-1]},
         {"over_neurons": lambda squares: squares[0]},
         {"over_neurons": lambda squares: squares.max(axis=0)}),
    ),
    Slip(
        "half-inside-square",
        "quadratic",
        "Your C contains the factor ½ twice.",
        "Which two steps halve something, and what does a square make of a ½ inside it?",
        ({"half": 0.25},),
        deed="The factor ½ appears a second time.",
        holds=times(lambda case: 1 / 2),
    ),
    Slip(
        "other-cost",
        "quadratic",
        "Your C is a cross-entropy.",
        "Which power of a − y does the quadratic cost add up?",
        (
            {"difference": lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)), "square": same, "half": 1.0},
            {"difference": lambda a, y: -y * np.log(a), "square": same, "half": 1.0},
        ),
        deed="The terms are those of a cross-entropy.",
    ),
    Slip(
        "squared-after-sum",
        "quadratic",
        "Your C squares the sum of the differences.",
        "Which comes first, squaring or adding?",
        (
            {"square": same, "over_neurons": lambda differences: differences.sum(axis=0) ** 2},
            {"square": same, "over_neurons": same, "over_examples": lambda halves: 2 * halves.mean() ** 2},
            {"square": same, "over_neurons": same, "over_examples": lambda halves: 2 * halves.sum() ** 2},
            {"square": same, "over_neurons": same, "over_examples": lambda halves: 4 * halves.sum() ** 2},
            {
                "square": same,
                "over_neurons": same,
                "over_examples": lambda halves: 2 * halves.sum() ** 2 / halves.shape[1],
            },
        ),
    ),
    Slip(
        "squared-after-mean",
        "quadratic",
        "Your C averages the differences over the examples before it squares them.",
        "If one example is too high and another too low by as much, what should their mean cost be?",
        ({"square": same, "over_neurons": same, "over_examples": lambda halves: 2 * (halves.mean(axis=1) ** 2).sum()},),
    ),
    Slip(
        "prediction-rounded",
        "quadratic",
        "Your C compares y with an a that has been rounded to 0 or 1.",
        "Which of the two does the cost compare with y: what the network says, or the nearest whole number?",
        ({"difference": lambda a, y: (a > 0.5) - y},),
    ),
    Slip(
        "difference-of-squares",
        "quadratic",
        "Your C squares a and y separately and then subtracts.",
        "Which comes first, subtracting or squaring?",
        ({"difference": lambda a, y: a**2 - y**2, "square": same},),
    ),
    Slip(
        "per-example",
        "quadratic",
        "You return one cost for each example.",
        "How do the m costs become one number?",
        ({"over_examples": same},),
        deed="The costs of the examples are not combined.",
        holds=shaped(lambda right, m: (m,)),
    ),
    Slip(
        "per-entry",
        "quadratic",
        "You return a number for each neuron of each example.",
        "How do n × m numbers become one?",
        ({"over_neurons": same, "over_examples": same}, {"over_neurons": same, "over_examples": same, "half": 1.0}),
        deed="Nothing is added up.",
        holds=everywhere(lambda answer, right, case: answer["C"].shape == case.y.shape),
    ),
    Slip(
        "examples-mixed",
        "quadratic",
        "You return an m × m table: the errors of each example multiplied by those of every example.",
        "Which of its entries belong to a single example?",
        tuple(
            {"square": lambda d: d.T @ d, "over_neurons": same, "over_examples": share, "half": half}
            for share in (
                same,
                lambda products: products / len(products),
                np.squeeze,
                lambda products: np.squeeze(products / len(products)),
            )
            for half in (0.5, 1.0)
        ),
        deed="The errors of different examples are multiplied together.",
        holds=everywhere(lambda answer, right, case: answer["C"].size == case.x.shape[1] ** 2),
    ),
    Slip(
        "examples-multiplied",
        "quadratic",
        "Your C multiplies the errors of each example by those of every other example.",
        "Which products of errors belong to a single example?",
        tuple(
            {"square": lambda d: d.T @ d, "over_neurons": same, "over_examples": share, "half": half}
            for share in (np.sum, lambda products: products.sum() / len(products))
            for half in (0.5, 1.0)
        ),
    ),
    Slip(
        "neurons-multiplied",
        "quadratic",
        "Your C multiplies the errors of each output neuron by those of every other one.",
        "Which products of errors does ‖a − y‖² contain?",
        tuple(
            {"square": lambda d: d @ d.T, "over_neurons": same, "over_examples": np.mean, "half": half}
            for half in (0.5, 1.0)  # their sum is that of the squares of summed errors, which has a name
        ),
    ),
    Slip(
        "per-neuron",
        "quadratic",
        "You return one number for each output neuron.",
        "What does ‖a − y‖² do with the squares of one example's neurons?",
        (
            {"over_neurons": same},
            {"over_neurons": same, "over_examples": lambda halves: halves.mean(axis=1, keepdims=True)},
        ),
        deed="The neurons of each example are not added up.",
        holds=everywhere(lambda answer, right, case: answer["C"].size == len(case.y)),
    ),
)  # fmt: skip
