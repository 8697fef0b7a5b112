"""The table of slips: every mistake the checkers know by name, each as the wrong function itself."""

from backprop_lab.exercises.slips.common import COMMON
from backprop_lab.exercises.slips.equations import EQUATIONS
from backprop_lab.exercises.slips.forward import FORWARD
from backprop_lab.exercises.slips.network import NETWORK
from backprop_lab.exercises.slips.slip import Slip

TABLE: tuple[Slip, ...] = (*FORWARD, *EQUATIONS, *NETWORK, *COMMON)

__all__ = ["TABLE", "Slip"]
