"""Every picture that can be moved, with a state to begin with: what the tests of all pictures walk through."""

from backprop_lab import cases
from backprop_lab.pictures import explorer, knobs

from .hands import Play

PLAYS = {
    "explorer": Play(explorer.begin(), explorer.view, explorer.update),
    "explorer, deep": Play(explorer.begin(cases.deep, selected="a2.1"), explorer.view, explorer.update),
    "knobs": Play(knobs.begin(), knobs.view, knobs.update),
}
