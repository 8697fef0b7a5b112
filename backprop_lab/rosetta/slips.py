"""Slips seen in print, without names of persons: each with a witness that shows by numbers that the line fails."""

import numpy as np

from backprop_lab import cases
from backprop_lab.activations import sigmoid, softmax
from backprop_lab.costs import categorical_cross_entropy, quadratic
from backprop_lab.network import forward
from backprop_lab.parameters import initialize
from backprop_lab.rosetta.printed import Misprint, Value, Witness, Words
from backprop_lab.rosetta.witnesses import (
    OUTPUT,
    TARGET,
    each_on_its_own,
    products,
    rate,
    rates,
    softmax_surprise,
    trained,
    with_delta_kept,
    worked_example,
)
from backprop_lab.validation import Array

RUNNING, WIDE, DEEP, BATCH = cases.running, cases.wide, cases.deep, cases.batch


def _z(case: cases.Case, layer: int) -> Array:
    return case.forward_pass.z[layer][:, 0]


def _a(case: cases.Case, layer: int) -> Array:
    return case.forward_pass.a[layer][:, 0]


def _delta(case: cases.Case, layer: int) -> Array:
    return case.backward_pass.delta[layer][:, 0]


def _nudged(case: cases.Case, letter: str, layer: int) -> Array:
    """The rates of the cost with respect to z or a of each neuron of a layer, by nudges."""
    return np.array([rate(case, f"{letter}{layer}.{j}") for j in range(case.parameters.sizes[layer])])


def _sign() -> Witness:
    truth = rates(lambda a: ((TARGET - a) ** 2).sum() / 2, OUTPUT)
    return Witness(0.5 * 2 * (TARGET - OUTPUT), 0.5 * 2 * (TARGET - OUTPUT) * -1, truth)


def _whose_sum() -> Witness:
    a, y = BATCH.forward_pass.prediction, BATCH.y
    over_outputs = ((y - a) ** 2).sum(axis=0) / 2
    truth = np.mean([quadratic(a[:, [at]], y[:, [at]]) for at in range(4)])
    return Witness(float(((y - a) ** 2).sum() / 2), float(over_outputs.mean()), float(truth))


def _from_which_layer() -> Witness:
    w, b, before = RUNNING.parameters.w[2][0], RUNNING.parameters.b[2][0, 0], _a(RUNNING, 1)
    outputs, hidden = RUNNING.parameters.sizes[2], RUNNING.parameters.sizes[1]
    printed, right = (sum(w[k] * before[k] for k in range(many)) + b for many in (outputs, hidden))
    return Witness(float(printed), float(right), float(RUNNING.forward_pass.z[2][0, 0]))


def _bias_of_another_layer() -> Witness:
    product, b = DEEP.parameters.w[2] @ _a(DEEP, 1), DEEP.parameters.b
    return Witness(product + b[1][:2, 0], product + b[2][:, 0], _z(DEEP, 2))


def _sum_over_the_samples() -> Witness:
    tensor = np.einsum("js,ks->sjk", BATCH.backward_pass.delta[1], BATCH.x)
    h = 1e-6
    up, down = (BATCH.moved("w", 1, (0, 0), by=by).mean_cost for by in (h, -h))
    return Witness(float(tensor.sum(axis=0)[0, 0]), float(tensor.mean(axis=0)[0, 0]), (up - down) / (2 * h))


def _sum_and_index_lost() -> Witness:
    w, b, x = RUNNING.parameters.w[1][0], RUNNING.parameters.b[1][0, 0], RUNNING.x[:, 0]
    right = sigmoid(sum(w[k] * x[k] for k in range(2)) + b)
    return Witness(float(sigmoid(w[0] * x[0] + b)), float(right), float(_a(RUNNING, 1)[0]))


def _near_its_best() -> Witness:
    a = 1 / (1 + np.exp(-10.0))
    return Witness(0.0, a**2 / 2, quadratic([a], [0.0]))


def _saturated() -> Witness:
    z = np.linspace(-12, 12, 241)
    slopes = rates(lambda each: complex((1 / (1 + np.exp(-each))).sum()), z)
    return Witness(1.0, float(sigmoid.prime(z).max()), float(slopes.max()))


def _one_term_survives() -> Witness:
    nabla_a = -TARGET / OUTPUT
    jacobian = np.diag(OUTPUT) - np.outer(OUTPUT, OUTPUT)
    truth = rates(softmax_surprise, np.log(OUTPUT))
    return Witness(np.diag(jacobian) * nabla_a, jacobian.T @ nabla_a, truth)


def _index_too_many() -> Witness:
    d, x = _delta(RUNNING, 1), RUNNING.x[:, 0]
    return Witness(float(d[0] * x[0]), float(d[0] * x[1]), rate(RUNNING, "w1.0.1"))


def _index_under_the_sum() -> Witness:
    w, b, x = RUNNING.parameters.w[1][0], RUNNING.parameters.b[1][0, 0], RUNNING.x[:, 0]
    printed, right = sum(w[k] * x[0] for k in range(2)) + b, sum(w[k] * x[k] for k in range(2)) + b
    return Witness(float(printed), float(right), float(_z(RUNNING, 1)[0]))


def _does_not_exist() -> Witness:
    slopes = rates(lambda z: complex(1 / (1 + np.exp(-z[1]))), _z(RUNNING, 1))
    return Witness("no derivative", 0.0, float(slopes[0]))


def _from_two_to_two() -> Witness:
    w, d, slope = WIDE.parameters.w[2], _delta(WIDE, 2), sigmoid.prime(_z(WIDE, 1))
    return Witness(w[1:].T @ d[1:] * slope, w.T @ d * slope, _nudged(WIDE, "z", 1))


def _sigma_prime_of_a_hidden_layer() -> Witness:
    error = float(_a(DEEP, 3)[0] - DEEP.y[0, 0])
    slopes = sigmoid.prime(_z(DEEP, 2)[0]), sigmoid.prime(_z(DEEP, 3)[0])
    return Witness(error * float(slopes[0]), error * float(slopes[1]), rate(DEEP, "z3.0"))


def _sigma_prime_of_the_output() -> Witness:
    sent = DEEP.parameters.w[3].T @ _delta(DEEP, 3)
    printed, right = sent * sigmoid.prime(_z(DEEP, 3)[0]), sent * sigmoid.prime(_z(DEEP, 2))
    return Witness(printed, right, _nudged(DEEP, "z", 2))


def _efficient() -> Witness:
    alone, kept = (products(lambda work=work: work(RUNNING)) for work in (each_on_its_own, with_delta_kept))
    by_hand = 1 + 3 * 2 + 3 + 3 * 2  # BP1, BP2, and BP4 of both layers
    return Witness(float(alone), float(kept), float(by_hand))


def _which_layer_is_first() -> Witness:
    n, h, k = 4, 5, 3
    return Witness(float(k), float(n), float(initialize((n, h, k)).w[1].shape[1]))


def _who_updates_the_last() -> Witness:
    def by_the_package() -> float:
        case = BATCH
        for _ in range(3000):
            case = case.stepped(3.0)
        return case.mean_cost

    settings = (BATCH, 3.0, 3000)
    return Witness(trained(*settings, output_too=False), trained(*settings, output_too=True), by_the_package)


def _worked_example() -> Witness:
    (printed, *_), (right, *_) = worked_example(1, updated_first=True), worked_example(1)
    return Witness(printed, right, _worked_by_nudges())


def _worked_by_nudges() -> float:
    """One step of the worked example with rates found by complex steps."""
    x, y, fixed = np.array([0.05, 0.10]), np.array([0.01, 0.99]), (0.35, 0.60)

    def error(weights: Array) -> complex:
        w, v = weights.reshape(2, 2, 2)
        h = 1 / (1 + np.exp(-(w @ x + fixed[0])))
        o = 1 / (1 + np.exp(-(v @ h + fixed[1])))
        return complex(((o - y) ** 2).sum() / 2)

    start = np.array([0.15, 0.20, 0.25, 0.30, 0.40, 0.45, 0.50, 0.55])
    return error(start - 0.5 * rates(error, start)).real


def _x_times_one_minus_x() -> Witness:
    z = _z(RUNNING, 2)
    a = sigmoid(z)
    truth = rates(lambda each: complex(1 / (1 + np.exp(-each[0]))), z)
    return Witness(float((z * (1 - z))[0]), float((a * (1 - a))[0]), float(truth[0]))


def _where_did_the_two_go() -> Witness:
    z, y = _z(RUNNING, 2), RUNNING.y[0, 0]
    a, slope = float(sigmoid(z)[0]), float(sigmoid.prime(z)[0])
    truth = rates(lambda each: complex((1 / (1 + np.exp(-each[0])) - y) ** 2), z)
    return Witness((a - y) * slope, 2 * (a - y) * slope, float(truth[0]))


def _which_example() -> Witness:
    a, y = _a(WIDE, 2), WIDE.y[:, 0]
    return Witness((y - a) ** 2 / 2, float(((y - a) ** 2).sum() / 2), WIDE.mean_cost)


def _the_missing_factor() -> Witness:
    sent = DEEP.parameters.w[2].T @ _delta(DEEP, 2)
    return Witness(sent, sent * sigmoid.prime(_z(DEEP, 1)), _nudged(DEEP, "z", 1))


def _order_of_the_factors() -> Witness:
    delta, a = WIDE.backward_pass.delta[2], WIDE.forward_pass.a[1]
    printed: Value
    try:
        printed = a @ delta
    except ValueError:
        printed = "no product: (3 × 1)(2 × 1)"
    truth = np.array([[rate(WIDE, f"w2.{j}.{k}") for k in range(3)] for j in range(2)])
    return Witness(printed, delta @ a.T, truth)


def _softmax_twice() -> Witness:
    twice = softmax(OUTPUT[:, np.newaxis])
    right = categorical_cross_entropy(OUTPUT, TARGET)
    return Witness(categorical_cross_entropy(twice, TARGET[:, np.newaxis]), right, -float(np.log(OUTPUT[1])))


def _sum_over_p_left_out() -> Witness:
    """At j = 0, with p taken to be 1: the one term that is there is 0."""
    d = _delta(RUNNING, 1)
    moves = np.eye(3)[:, 0]  # ∂z_p/∂b_0
    return Witness(float(d[1] * moves[1]), float(d @ moves), rate(RUNNING, "b1.0"))


def _bare_difference() -> Witness:
    difference = OUTPUT - TARGET
    return Witness(float(difference.sum()), float((difference**2).sum() / 2), quadratic(OUTPUT, TARGET))


def _sigmoid_of(z: float) -> Witness:
    net = initialize((1, 1))
    own = forward(net.with_entry("w", 1, (0, 0), 1.0), [z])
    return Witness(0.0, float(1 / (1 + np.exp(-z))), float(own.prediction[0, 0]))


SLIPS: tuple[Misprint, ...] = (
    Misprint(
        "S1", "The sign on the way", "the rate of the loss with respect to the output",
        (r"\frac{\partial L}{\partial a}", "=", r"\frac{1}{2}", r"\cdot\,2", r"\cdot(y-a)"), (4,),
        r"\frac{\partial L}{\partial a}=\frac{1}{2}\cdot 2\cdot(y-a)\cdot(-1)=a-y",
        "The inner derivative is missing: y − a falls when a rises, a factor −1. On the page the sign comes back one"
        " line later, without a word. If you stop here, every step goes uphill.",
        "the rates at a = (0.3, 0.5, 0.2), y = (0, 1, 0)", _sign,
    ),
    Misprint(
        "S2", "Sigmoid of 0.3", "what a neuron answers",
        (r"\sigma(0.3)", "=", "0"), (2,), r"\sigma(0.3)=\frac{1}{1+e^{-0.3}}=0.574",
        "A threshold at ½ turns 0.3 into 0. The sigmoid is no threshold: it passes every z on, a little squeezed.",
        "σ(0.3)", lambda: _sigmoid_of(0.3),
    ),
    Misprint(
        "S3", "Loss is ŷ − y", "the loss of one example",
        ("L", "=", r"\sum_j", r"(\hat y_j-y_j)"), (3,), r"L=\frac{1}{2}\sum_j(\hat y_j-y_j)^2",
        "Bare differences cancel: an answer that is far off can have the loss 0. Squares cannot cancel.",
        "the loss at ŷ = (0.3, 0.5, 0.2), y = (0, 1, 0)", _bare_difference,
    ),
    Misprint(
        "S4", "Whose sum?", "the cost of m examples",
        ("C", "=", r"\frac{1}{2}", r"\sum_{i=1}^{m}", r"(y_i-a_i)^2"), (3,),
        r"C=\frac{1}{m}\sum_{x}\frac{1}{2}\sum_{j}(y_j-a_j)^2",
        "A few lines later the same ½ Σ runs over the outputs. Outputs are added up, with the ½, inside; examples are"
        " averaged, outside. A sum over m examples grows with m.",
        "the cost of the four examples of `batch`", _whose_sum,
    ),
    Misprint(
        "S5", "From which layer?", "the weighted input of the output neuron",
        (r"z^L_j", "=", r"\sum_{k=0}^{n_L-1}", r"w^L_{jk}\,a^{L-1}_k", "+", r"b^L_j"), (2,),
        r"z^L_j=\sum_{k=0}^{n_{L-1}-1}w^L_{jk}\,a^{L-1}_k+b^L_j",
        "k runs over the neurons that send something: those of layer L−1. With one output the"
        " printed sum has one term.",
        "z of the output of `running`", _from_which_layer,
    ),
    Misprint(
        "S6", "The bias of another layer", "the weighted input of the next layer",
        (r"z^{l+1}_m", "=", r"\sum_k", r"w^{l+1}_{mk}\,a^l_k", "+", r"b^l_m"), (5,),
        r"z^{l+1}_m=\sum_k w^{l+1}_{mk}\,a^l_k+b^{l+1}_m",
        "z, w and b of a layer carry the same number. No derivative with respect to a or w notices: the slip survives"
        " the proofs of BP1, BP2 and BP4, and fails in the first program.",
        "z of layer 2 of `deep`", _bias_of_another_layer,
    ),
    Misprint(
        "S7", "Sum over the samples", "the gradient of the mean cost, from a tensor with a slice for each sample",
        (r"\frac{\partial C}{\partial w^l_{jk}}", "=", r"\sum_{s}", r"\delta^l_{js}", r"a^{l-1}_{ks}"), (2,),
        r"\frac{\partial C}{\partial w^l_{jk}}=\frac{1}{m}\sum_{s}\delta^l_{js}\,a^{l-1}_{ks}",
        "That is the gradient of the summed cost. Where C is a mean, 1/m has to come in once.",
        "∇w[1][0, 0] of `batch`", _sum_over_the_samples,
    ),
    Misprint(
        "S8", "A sum and an index lost", "the activation of neuron j",
        (r"a_k", "=", r"\sigma(", r"w_{jk}\,a_k", "+", r"b_j", ")"), (0, 3),
        r"a_j=\sigma\Big(\sum_k w_{jk}\,a_k+b_j\Big)",
        "On the left is the neuron that answers, j, on the right every k that sends something: the sum is missing, and"
        " the same k cannot be both.",
        "a of neuron 0 of layer 1 of `running`; printed: k = 0 alone", _sum_and_index_lost,
    ),
    Misprint(
        "S9", "Little error, little to do", "what a small δ says",
        (Words("If"), r"\frac{\partial C}{\partial z}\approx 0", Words(", then"),
         Words("the neuron is near its best.")),
        (3,), Words("If ∂C/∂z ≈ 0, then the cost is flat there: perhaps the neuron is saturated, and quite wrong."),
        "A small rate says that little happens here, not that nothing is left to do. At z = 10, y = 0 the rate is"
        " 0.000045, and the cost nearly as large as it can be.",
        "the cost of a neuron with z = 10, y = 0", _near_its_best,
    ),
    Misprint(
        "S10", "σ′ near 1", "when a neuron is saturated",
        (Words("A neuron is saturated when"), r"\sigma'(z)", Words("is near 0 or 1.")), (1,),
        Words("A neuron is saturated when σ(z) is near 0 or 1."),
        "The slope of the sigmoid never comes near 1. It is its value that is near 0 or 1, and the slope near 0 then.",
        "the largest value that σ′ takes", _saturated,
    ),
    Misprint(
        "S11", "Only one term survives", "why no sum is left in BP1",
        (r"\frac{\partial C}{\partial z_j}=\sum_k\frac{\partial C}{\partial a_k}\frac{\partial a_k}{\partial z_j}",
         Words(", and"), Words("the activation"), r"a_k", Words("is 0 unless"), r"k=j"), (2, 3),
        Words("… and the rate ∂a_k/∂z_j is 0 unless k = j, for an element-wise σ."),
        "No activation is 0 there; the rate of a_k with respect to z_j is. And only for an element-wise σ: with softmax"
        " every output depends on every z, and all terms stay.",
        "∂C/∂z of a softmax output (0.3, 0.5, 0.2); printed: one term", _one_term_survives,
    ),
    Misprint(
        "S12a", "An index too many", "the rate with respect to a weight",
        (r"\frac{\partial C}{\partial w_{jk}}", "=", r"a^{l-1}_{jk}", r"\delta^l_j"), (2,),
        r"\frac{\partial C}{\partial w_{jk}}=a^{l-1}_k\,\delta^l_j",
        "An activation has one index: there is one for each neuron, not one for each wire. It is the neuron the wire"
        " comes from, k.",
        "∇w[1][0, 1] of `running`; printed: a with the index j", _index_too_many,
    ),
    Misprint(
        "S12b", "The index under the sum", "a weighted input",
        (r"z_j", "=", r"\sum_k", r"w_{jk}", r"a_j", "+", r"b_j"), (4,), r"z_j=\sum_k w_{jk}\,a_k+b_j",
        "What comes in through wire k is a_k: with the index j the same number would come in through every wire. The"
        " rate of z with respect to b is 1 either way, so the biases of the output layer do not show it.",
        "z of neuron 0 of layer 1 of `running`", _index_under_the_sum,
    ),
    Misprint(
        "S12c", "It does exist", "why no sum is left",
        (r"\frac{\partial a_p}{\partial z_j}", Words("only"), Words("exists"), Words("for"), r"p=j"), (2,),
        Words("∂a_p/∂z_j is 0 for all p but p = j."),
        "A constant has a derivative: 0. A derivative that does not exist and one that is 0 are different things; a sum"
        " with the first kind in it has no value.",
        "∂a₁/∂z₀ in layer 1 of `running`", _does_not_exist,
    ),
    Misprint(
        "S13", "A sum from 2 to 2", "BP2 for two neurons of the next layer, numbered 1 and 2",
        (r"\delta^l_j", "=", r"\sum_{i=2}", r"w^{l+1}_{ij}\,\delta^{l+1}_i", r"\sigma'(z^l_j)"), (2,),
        r"\delta^l_j=\sum_{i=1}^{2}w^{l+1}_{ij}\,\delta^{l+1}_i\,\sigma'(z^l_j)",
        "Of the two paths only the last one is taken.",
        "δ of layer 1 of `wide`", _from_two_to_two,
    ),
    Misprint(
        "S14a", "σ′ of the wrong layer", "BP1",
        (r"e^{[L]}_j", "=", r"\frac{\partial C}{\partial a^{[L]}_j}", r"g'(z^{[l]}_j)"), (3,),
        r"e^{[L]}_j=\frac{\partial C}{\partial a^{[L]}_j}\,g'(z^{[L]}_j)",
        "δ of a layer takes σ′ at its own z: here the output's, L.",
        "δ of the output of `deep`; printed: with z of layer 2", _sigma_prime_of_a_hidden_layer,
    ),
    Misprint(
        "S14b", "σ′ of the output", "BP2",
        (r"e^{[l]}_j", "=", r"\sum_i", r"w^{[l+1]}_{ij}", r"e^{[l+1]}_i", r"g'(z^{[L]}_j)"), (5,),
        r"e^{[l]}_j=\sum_i w^{[l+1]}_{ij}\,e^{[l+1]}_i\,g'(z^{[l]}_j)",
        "δ of a layer takes σ′ at its own z: here that of layer l.",
        "δ of layer 2 of `deep`; printed: with z of layer 3", _sigma_prime_of_the_output,
    ),
    Misprint(
        "S15", "Why is it efficient?", "what backpropagation does with intermediate results",
        (Words("Backpropagation is efficient because it"), Words("avoids"), Words("intermediate results.")), (1,),
        Words("Backpropagation is efficient because it stores intermediate results and uses them again."),
        "Every δ is computed once and used by all that comes before it: that is what saves the work.",
        "products for the 13 rates of `running`; printed: each rate on its own, nothing kept", _efficient,
    ),
    Misprint(
        "S16", "Which layer is first?", "how layers are counted, where W² has h rows and n columns",
        (Words("Layers are counted from 1, and"), Words("the output layer"), Words("is layer 1.")), (1,),
        Words("Layers are counted from 1, and the input layer is layer 1."),
        "The first matrix, W², has a column for each neuron it comes from. Those are the n inputs. Counted from the"
        " outputs there would be k.",
        "columns of the first matrix for n = 4, h = 5, k = 3", _which_layer_is_first,
    ),
    Misprint(
        "S17", "Who updates the last layer?", "the loop of the algorithm",
        (Words("3. For"), r"l=L-1,\dots,1", Words(": compute"), r"\delta^l", Words("by BP2, then change"),
         r"w^l, b^l"), (1,), Words("3. For l = L−1, …, 1 compute δ^l by BP2. 4. For l = L, …, 1 change w^l, b^l."),
        "The loop begins with BP2, and its step with it: the weights of layer L are never changed. Its gradients belong"
        " to the loop too.",
        "C of `batch` after 3,000 epochs with η = 3", _who_updates_the_last,
    ),
    Misprint(
        "S18", "The worked 2-2-2 example", "the widely copied example: the error after the first step",
        (Words("0.298371109"), r"\to", Words("0.291027924")), (2,), Words("0.298371109 → 0.291027774"),
        "Its printed hidden weights are those of the right order; its error is that of another run, in which the"
        " hidden δ went back through output weights that had made their step already.",
        "the error after one step, η = ½, biases fixed", _worked_example,
    ),
    Misprint(
        "S19", "x·(1 − x)", "a helper in code: the slope of σ, called with the weighted input",
        (r"\sigma'(z)", "=", r"z", r"\cdot(1-", r"z", ")"), (2, 4), r"\sigma'(z)=a\,(1-a),\quad a=\sigma(z)",
        "The short form is in a = σ(z). With z in its place even the sign can flip.",
        "σ′ at the output of `running`", _x_times_one_minus_x,
    ),
    Misprint(
        "S20", "Where did the two go?", "δ of the output, for the cost Σ (a − y)², which has no ½",
        (r"\delta^L", "=", r"(a^L-y)", r"\odot\,\sigma'(z^L)"), (2,), r"\delta^L=2\,(a^L-y)\odot\sigma'(z^L)",
        "The 2 of the square is only cancelled by a ½ in the cost. This cost has none.",
        "δ of the output of `running`, with the cost (a − y)²", _where_did_the_two_go,
    ),
    Misprint(
        "S21", "Which example?", "the cost of one example, for a column y",
        ("C", "=", r"\frac{1}{2}", r"(y-a^L)^2"), (0, 3), r"C_x=\frac{1}{2}\,\|y(x)-a^L(x)\|^2",
        "The square of a column, taken entry by entry, is a column; a cost is one number, the squared length. And it"
        " belongs to an example: C needs its x.",
        "the cost of `wide`", _which_example,
    ),
    Misprint(
        "S22", "The missing factor", "how (w^{l+1})ᵀ δ^{l+1} becomes δ^l".replace("^{l+1}", "ˡ⁺¹").replace("^l", "ˡ"),
        (Words("It remains to multiply by"), Words("the derivative"), Words("of the input sum.")), (2,),
        Words("It remains to multiply by the derivative of the activation function, at the input sum: σ′(z)."),
        "The derivative of the input sum is w, and is there already. What is missing is σ′.",
        "δ of layer 1 of `deep`; printed: without the factor", _the_missing_factor,
    ),
    Misprint(
        "S23", "The order of the factors", "the gradient, with a matrix for each factor",
        (r"\frac{\partial C}{\partial w}", "=", r"\frac{\partial z}{\partial w}", r"\frac{\partial a}{\partial z}",
         r"\frac{\partial C}{\partial a}"), (2,),
        r"\frac{\partial C}{\partial w^l}=\delta^l\,(a^{l-1})^T",
        "For numbers the order does not matter, for matrices it does: the factor from the left, a column of 3, has to"
        " come last, as a row. And it holds in every layer, not only in the last.",
        "∇w[2] of `wide`", _order_of_the_factors,
    ),
    Misprint(
        "S24", "Softmax twice", "a loss that applies softmax itself, called with the outputs of softmax",
        (r"\ell", "=", Words("cross_entropy("), Words("softmax(z)"), Words(", y)")), (3,),
        Words("ℓ = cross_entropy(z, y)"),
        "Such a loss wants the z. Softmax of a softmax is nearly flat: a network trained like that learns more slowly.",
        "the loss for softmax(z) = (0.3, 0.5, 0.2), y = (0, 1, 0)", _softmax_twice,
    ),
    Misprint(
        "S25", "A sum left out without a word", "the rate with respect to a bias, over all z of its layer",
        (r"\frac{\partial C}{\partial b_j}", "=", r"\frac{\partial C}{\partial z_p}",
         r"\frac{\partial z_p}{\partial b_j}"),
        (2, 3),
        r"\frac{\partial C}{\partial b_j}=\sum_p\frac{\partial C}{\partial z_p}\frac{\partial z_p}{\partial b_j}"
        r"=\frac{\partial C}{\partial z_j}",
        "On the right is a p that the left does not know: Σ over p is missing. Only its term p = j is not 0.",
        "∂C/∂b of neuron 0 of layer 1 of `running`; printed: p = 1", _sum_over_p_left_out,
    ),
)  # fmt: skip
BY_KEY = {each.key: each for each in SLIPS}
