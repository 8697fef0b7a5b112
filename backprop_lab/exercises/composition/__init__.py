"""Recognizes slips in backprop and in a training step, equation by equation, as these are made of the equations.

The slips of BP1–BP4 and of the forward pass are known here without being written again. All combinations are too many
to compute, so they are looked for where they show first: ∇ of the output layer depends on the head (the way forward,
BP1) and on one end (BP3 or BP4), the hidden layers on the tail (BP2) too.
"""

from backprop_lab.exercises.composition.recognize import recognize_gradient, recognize_step
from backprop_lab.exercises.composition.singles import EQUATIONS, singles

__all__ = ["EQUATIONS", "recognize_gradient", "recognize_step", "singles"]
