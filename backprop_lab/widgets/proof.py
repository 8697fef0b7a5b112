"""The proof's shell: choose where it is evaluated, show its lines one by one, and move a weight under all of them."""

from ipywidgets import FloatLogSlider, FloatSlider

from backprop_lab import cases, derivations
from backprop_lab.activations import sigmoid, softmax
from backprop_lab.cases import Case
from backprop_lab.costs import binary_cross_entropy, quadratic
from backprop_lab.derivations import Proof
from backprop_lab.derivations.lines import at_hidden
from backprop_lab.derivations.rates import OWN_Z, QUADRATIC
from backprop_lab.views import proof as view
from backprop_lab.views import proof_state as states
from backprop_lab.views.proof_state import Given, ProofState
from backprop_lab.widgets.live import Control, Live
from backprop_lab.widgets.networks import NETWORKS, choice, name_of, network, networks

INDICES = ("layer", "neuron", "source", "example")
OUTPUTS = {
    "sigmoid, quadratic cost": (sigmoid, quadratic),
    "softmax, quadratic cost": (softmax, quadratic),
    "sigmoid, cross-entropy": (sigmoid, binary_cross_entropy),
}


def proof(
    of: Given,
    *,
    case: Case = cases.running,
    shown: int | None = None,
    **place: int,
) -> Live[ProofState]:
    """A derivation with every line alive.

    Parameters
    ----------
    of : one of `derivations`
    case : the network it begins on; the learner may change to another
    shown : how many lines are shown at first; None for all
    place : layer, neuron, source, example: where it begins

    Raises
    ------
    ValueError : the case has no layer that the proof is about.
    """
    among = _networks(of, case)
    state = states.begin(of, case, name_of(case, among))
    state = states.at(state, **place)
    state = states.all_lines(state) if shown is None else states.show(state, shown)
    return Live(
        state,
        view.proof,
        label=state.proof.title,
        controls=[
            network(among, states.on),
            *(_index(name) for name in INDICES if name in state.proof.asks and _varies(name, among)),
            *_output(state.proof, case),
            *_sliders(state.proof),
        ],
        actions={"next line": states.next_line, "back": states.back, "all lines": states.all_lines},
    )


def _networks(of: Given, case: Case) -> dict[str, Case]:
    """The networks that the proof can be shown on, the given one among them."""
    proofs = (lambda _case: of) if isinstance(of, Proof) else of
    return {name: one for name, one in networks(case, *NETWORKS).items() if one is case or _fits(proofs(one), one)}


def _fits(of: Proof, case: Case) -> bool:
    return bool(derivations.layers(of, case)) and ("example" not in of.asks or case.x.shape[1] == 1)


def _varies(index: str, among: dict[str, Case]) -> bool:
    return index != "example" or any(one.x.shape[1] > 1 for one in among.values())


def _index(name: str) -> Control[ProofState]:
    return choice(
        name,
        lambda state: states.choices(state)[name],
        lambda state: getattr(state.place, name),
        lambda state, value: states.at(state, **{name: value}),
    )


def _output(of: Proof, case: Case) -> list[Control[ProofState]]:
    """A switch that breaks what a line of the proof assumes."""
    assumed = {line.assumes for line in of.lines}
    breaks = {"softmax, quadratic cost": OWN_Z, "sigmoid, cross-entropy": QUADRATIC}
    offered = [name for name in OUTPUTS if breaks.get(name) in {None, *assumed}]
    names = {(output.name, cost.name): name for name, (output, cost) in OUTPUTS.items()}
    if len(offered) == 1 or (case.output.name, case.cost.name) not in names:
        return []
    return [
        choice(
            "output",
            lambda _: offered,
            lambda state: names[state.place.case.output.name, state.place.case.cost.name],
            lambda state, name: states.with_output(state, *OUTPUTS[name]),
        )
    ]


def _sliders(of: Proof) -> list[Control[ProofState]]:
    change = Control(
        FloatLogSlider(description="Δ", base=10, min=-3, max=0.5, step=0.25, readout_format=".3g"),
        lambda state: state.place.change,
        lambda state, value: states.at(state, change=value),
    )
    out = Control(_slider("weight j → 0", -4, 4), states.weight_out, states.with_weight_out)
    name = "weight k → j" if "neuron" in of.asks else "w[1][0, 0]"  # a proof about whole layers names no j
    return [
        Control(_slider(name, -4, 4), states.weight_in, states.with_weight_in),
        Control(_slider("target y", 0, 1), states.target, states.with_target),
        *([out] if of.applies is at_hidden else []),
        *([change] if "change" in of.asks else []),
    ]


def _slider(name: str, low: float, high: float) -> FloatSlider:
    return FloatSlider(description=name, min=low, max=high, step=0.05)
