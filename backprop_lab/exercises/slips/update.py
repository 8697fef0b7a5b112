"""Slips in the step: which way, how far, and of what."""

import numpy as np

from backprop_lab.exercises.slips.common import down
from backprop_lab.exercises.slips.slip import Slip

_STEP = "update training_step"

UPDATE = (
    Slip(
        "ascent",
        _STEP,
        "Your step goes uphill: the cost rises.",
        "The gradient points to where C grows; which way do you want to go?",
        ({"move": lambda values, nabla, rate: values + rate * nabla},),
    ),
    Slip(
        "forgot-learning-rate",
        _STEP,
        "Your step is the whole gradient, whatever η is.",
        "Which argument decides the length of the step?",
        ({"move": lambda values, nabla, rate: values - nabla},),
    ),
    Slip(
        "divided-by-learning-rate",
        _STEP,
        "Your step gets shorter when η gets larger.",
        "What should a larger learning rate do to the step?",
        ({"move": lambda values, nabla, rate: values - nabla / rate},),
    ),
    Slip(
        "learning-rate-twice",
        _STEP,
        "Your step contains η twice.",
        "Where has the gradient been multiplied by η already?",
        ({"move": lambda values, nabla, rate: values - rate**2 * nabla},),
    ),
    Slip(
        "doubled",
        _STEP,
        "Your step is twice as long as η makes it.",
        "Where does a factor 2 come from?",
        ({"move": lambda values, nabla, rate: values - 2 * rate * nabla},),
    ),
    Slip(
        "halved",
        _STEP,
        "Your step is half as long as η makes it.",
        "Where does a factor ½ come from?",
        ({"move": lambda values, nabla, rate: values - rate * nabla / 2},),
    ),
    Slip(
        "step-of-itself",
        _STEP,
        "Your step takes the parameter itself where its gradient belongs.",
        "Of which quantity does η decide how much is subtracted?",
        ({"along": lambda kind, values, nabla: values if kind == "b" else nabla},
         {"along": lambda kind, values, nabla: values if kind == "w" else nabla},
         {"along": lambda kind, values, nabla: values}),
    ),
    Slip(
        "step-only",
        _STEP,
        "You return the step, and not where it leads to.",
        "From which point is the step taken?",
        ({"move": lambda values, nabla, rate: -rate * nabla}, {"move": lambda values, nabla, rate: rate * nabla}),
    ),
    Slip(
        "gradient-returned",
        _STEP,
        "You return the gradient itself.",
        "What happens to it before new weights come out?",
        ({"move": lambda values, nabla, rate: nabla.copy()},),
        deed="The gradient is returned where new parameters belong.",
    ),
    Slip(
        "step-per-example",
        "training_step",
        "Your w and b make a step of their own for each example.",
        "Where does the network stand when the second example's gradient is taken, and where should it?",
        ({"batches": lambda x, y: [(x[:, [at]], y[:, [at]]) for at in range(x.shape[1])]},),
    ),
    Slip(
        "layers-from-zero",
        _STEP,
        "Your w and b are there under numbers one too small.",
        "Which number has the first layer that has weights?",
        ({"deliver": lambda w, b: (down(w), down(b))},),
    ),
    Slip(
        "nothing-changed",
        _STEP,
        "The w and b you return are those that came in.",
        "Is the new value stored where your function returns it from?",
        ({"move": lambda values, nabla, rate: values.copy()},),
    ),
    Slip(
        "weights-only",
        _STEP,
        "Your b has not moved.",
        "Which of the parameters does the cost depend on?",
        ({"moves": lambda kind, layer, last: kind == "w"},),
    ),
    Slip(
        "biases-only",
        _STEP,
        "Your w has not moved.",
        "Which of the parameters does the cost depend on?",
        ({"moves": lambda kind, layer, last: kind == "b"},),
    ),
    Slip(
        "output-layer-only",
        _STEP,
        "Only the output layer has moved.",
        "Which layers does your loop visit?",
        ({"moves": lambda kind, layer, last: layer == last},),
    ),
    Slip(
        "first-layer-only",
        _STEP,
        "Only layer 1 has moved.",
        "Which layers does your loop visit, and does it end too early?",
        ({"moves": lambda kind, layer, last: layer == 1},),
    ),
    Slip(
        "output-layer-frozen",
        _STEP,
        "All layers have moved but the output layer.",
        "Does your loop reach the last layer?",
        ({"moves": lambda kind, layer, last: layer != last},),
    ),
    Slip(
        "scaled-parameters",
        _STEP,
        "In your step η multiplies more than the gradient.",
        "Of the two terms of the update, which does η belong to?",
        ({"move": lambda values, nabla, rate: rate * (values - nabla)},
         {"move": lambda values, nabla, rate: rate * values - nabla},
         {"move": lambda values, nabla, rate: (1 - rate) * values - rate * nabla}),
    ),
    Slip(
        "relative-step",
        _STEP,
        "Your step is a share of each parameter: large parameters take large steps.",
        "Does the size of a parameter itself appear in the update?",
        ({"move": lambda values, nabla, rate: values * (1 - rate * nabla)},),
    ),
    Slip(
        "sign-only",
        _STEP,
        "Each of your steps has the same length; only the sign of the gradient is used.",
        "Should a parameter with a small rate move as far as one with a large rate?",
        ({"move": lambda values, nabla, rate: values - rate * np.sign(nabla)},),
        deed="Only the sign of the gradient is used.",
    ),
    Slip(
        "swapped-outputs",
        _STEP,
        "You return b where w is asked for, and w where b is.",
        "In which order does the exercise want the two?",
        ({"deliver": lambda w, b: (b, w)},),
    ),
)  # fmt: skip
