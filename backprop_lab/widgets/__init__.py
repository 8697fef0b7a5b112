"""Thin shells around the views: sliders, buttons and clicks that make a new state."""

from backprop_lab.widgets.bp1_area import bp1_area
from backprop_lab.widgets.cost_bars import cost_bars, cost_mean
from backprop_lab.widgets.demon import demon
from backprop_lab.widgets.explorer import explorer
from backprop_lab.widgets.film import film
from backprop_lab.widgets.gears import gears
from backprop_lab.widgets.gradient_table import gradient_table
from backprop_lab.widgets.knobs import knobs
from backprop_lab.widgets.live import Control, Group, Live, field
from backprop_lab.widgets.matrix_chain import matrix_chain
from backprop_lab.widgets.nested_formula import nested_formula
from backprop_lab.widgets.neuron import neuron
from backprop_lab.widgets.one_step import one_step
from backprop_lab.widgets.paths import paths
from backprop_lab.widgets.per_example_gradients import per_example_gradients
from backprop_lab.widgets.prediction import (
    predict_choice,
    predict_code,
    predict_name,
    predict_number,
    predict_order,
    predict_shape,
)
from backprop_lab.widgets.proof import proof
from backprop_lab.widgets.quiz import quiz
from backprop_lab.widgets.shapes import shapes
from backprop_lab.widgets.stage import Stage
from backprop_lab.widgets.wires import wires, wires_game

__all__ = [
    "Control",
    "Group",
    "Live",
    "Stage",
    "bp1_area",
    "cost_bars",
    "cost_mean",
    "demon",
    "explorer",
    "field",
    "film",
    "gears",
    "gradient_table",
    "knobs",
    "matrix_chain",
    "nested_formula",
    "neuron",
    "one_step",
    "paths",
    "per_example_gradients",
    "predict_choice",
    "predict_code",
    "predict_name",
    "predict_number",
    "predict_order",
    "predict_shape",
    "proof",
    "quiz",
    "shapes",
    "wires",
    "wires_game",
]
