"""The table of slips: every mistake of a function that returns once, as the wrong function itself.

Those of the training loop are in `loop`, those of a rate along a path and of the demon in `rates`."""

from backprop_lab.exercises.slips.backprop_errors import DELTA
from backprop_lab.exercises.slips.backprop_gradients import GRADIENT
from backprop_lab.exercises.slips.common import COMMON
from backprop_lab.exercises.slips.cost import COST
from backprop_lab.exercises.slips.errors import ERRORS
from backprop_lab.exercises.slips.forward import FORWARD
from backprop_lab.exercises.slips.gradients import GRADIENTS
from backprop_lab.exercises.slips.slip import Slip
from backprop_lab.exercises.slips.update import UPDATE

TABLE: tuple[Slip, ...] = (*FORWARD, *COST, *ERRORS, *GRADIENTS, *DELTA, *GRADIENT, *UPDATE, *COMMON)

__all__ = ["TABLE", "Slip"]
