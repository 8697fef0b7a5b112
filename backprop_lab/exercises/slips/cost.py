"""Slips in the cost: what is squared, added and averaged, and in which order."""

import numpy as np

from backprop_lab.exercises.claims import everywhere, shaped, times
from backprop_lab.exercises.reference import same
from backprop_lab.exercises.slips.slip import Slip

COST = (
    Slip(
        "forgot-half",
        "quadratic",
        "Your C is twice as large as it should be.",
        "Which factor is in front of the sum, so that the derivative comes out without one?",
        ({"half": 1.0},),
        deed="The factor ½ is missing.",
        holds=times(lambda case: 2),
    ),
    Slip(
        "sum-not-mean",
        "quadratic",
        "Your C grows with the number of examples: it is their sum.",
        "How is the cost of m examples made from the costs of each?",
        ({"over_examples": np.sum},),
        deed="The examples are added up.",
        holds=times(lambda case: case.x.shape[1]),
    ),
    Slip(
        "no-half-no-mean",
        "quadratic",
        "Your C is the bare sum of all squares.",
        "Which two factors turn the sum of squares into the cost?",
        ({"half": 1.0, "over_examples": np.sum},),
        deed="Neither the factor ½ nor the mean over the examples is there.",
        holds=times(lambda case: 2 * case.x.shape[1]),
    ),
    Slip(
        "mean-over-neurons",
        "quadratic",
        "Your C is averaged over the output neurons as well as over the examples.",
        "Which of the two does ‖a − y‖² add up, and which does C average?",
        ({"over_neurons": lambda squares: squares.mean(axis=0)},),
        deed="The neurons are averaged where they should be added.",
        holds=times(lambda case: 1 / case.parameters.sizes[-1]),
    ),
    Slip(
        "mean-of-everything",
        "quadratic",
        "Your C is the mean of all squares, over neurons and examples alike.",
        "What is added, what is averaged, and which factor comes in front?",
        ({"half": 1.0, "over_neurons": lambda squares: squares.mean(axis=0)},),
        deed="The factor ½ is missing, and neurons are averaged where they should be added.",
        holds=times(lambda case: 2 / case.parameters.sizes[-1]),
    ),
    Slip(
        "divided-by-n",
        "quadratic",
        "Your C divides by the number of output neurons, and by no number of examples.",
        "Which of the two does C average over, and how many of these are there?",
        tuple(
            {"half": half, "over_neurons": lambda squares: squares.mean(axis=0), "over_examples": np.sum}
            for half in (0.5, 1.0)
        ),
    ),
    Slip(
        "difference-not-square",
        "quadratic",
        "Your C adds up bare differences, so that errors of opposite sign cancel.",
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
        "How much worse should an error be that is twice as large: twice, or more?",
        ({"square": np.abs}, {"square": np.abs, "half": 1.0}),
        deed="Absolute values are taken where squares belong.",
    ),
    Slip(
        "norm-not-squared",
        "quadratic",
        "Your C uses the length of a − y where its square belongs.",
        "What does the small 2 outside ‖a − y‖² do to the root inside?",
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
        deed="A root is taken where a square belongs.",
    ),
    Slip(
        "root-mean-square",
        "quadratic",
        "Your C is the root of a mean of squares.",
        "Which does the cost want: the squares, or the root of what they come to?",
        (
            {"half": 1.0, "over_neurons": np.mean, "over_examples": np.sqrt},
            {"half": 1.0, "over_examples": lambda squares: np.sqrt(squares.mean())},
        ),
        deed="A root is taken of the mean.",
    ),
    Slip(
        "half-inside-square",
        "quadratic",
        "Your C contains the factor ½ twice.",
        "Does the ½ belong inside the square or outside?",
        ({"half": 0.25},),
        deed="The factor ½ is there a second time.",
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
        deed="There are terms of a cross-entropy where a − y belongs.",
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
        "difference-of-squares",
        "quadratic",
        "Your C squares a and y one by one and then subtracts.",
        "Which comes first, subtracting or squaring?",
        ({"difference": lambda a, y: a**2 - y**2, "square": same},),
    ),
    Slip(
        "per-example",
        "quadratic",
        "You return one cost for each example.",
        "How does one number come out of the m costs?",
        ({"over_examples": same},),
        deed="The examples are not brought together.",
        holds=shaped(lambda right, m: (m,)),
    ),
    Slip(
        "per-entry",
        "quadratic",
        "You return a number for each neuron of each example.",
        "How does one number come out of the n × m entries?",
        ({"over_neurons": same, "over_examples": same}, {"over_neurons": same, "over_examples": same, "half": 1.0}),
        deed="Nothing is added up.",
        holds=everywhere(lambda answer, right, case: answer["C"].shape == case.y.shape),
    ),
    Slip(
        "examples-mixed",
        "quadratic",
        "You return an m × m table, with the errors of each example times those of every other.",
        "Which of its entries belong to one example alone?",
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
        deed="The errors of different examples are multiplied.",
        holds=everywhere(lambda answer, right, case: answer["C"].size == case.x.shape[1] ** 2),
    ),
    Slip(
        "examples-multiplied",
        "quadratic",
        "Your C multiplies the errors of each example with those of every other.",
        "Which products of errors belong to one example alone?",
        tuple(
            {"square": lambda d: d.T @ d, "over_neurons": same, "over_examples": share, "half": half}
            for share in (np.sum, lambda products: products.sum() / len(products))
            for half in (0.5, 1.0)
        ),
    ),
    Slip(
        "per-neuron",
        "quadratic",
        "You return one number for each output neuron.",
        "What does ‖a − y‖² do with the squares of an example's neurons?",
        (
            {"over_neurons": same},
            {"over_neurons": same, "over_examples": lambda halves: halves.mean(axis=1, keepdims=True)},
        ),
        deed="The neurons of an example are not added up on their own.",
        holds=everywhere(lambda answer, right, case: answer["C"].size == len(case.y)),
    ),
)
