"""A backprop in any notation is checked in it: the right one passes, and a slip is named in its letters."""

import inspect
import re
import textwrap

import numpy as np
import pytest

from backprop_lab import check_backprop
from backprop_lab.exercises.slips import TABLE
from backprop_lab.exercises.translated import _said
from backprop_lab.exercises.verdict import Verdict
from backprop_lab.rosetta import passes
from backprop_lab.rosetta.conventions import CONVENTIONS, convention

OTHERS = [key for key in CONVENTIONS if key != "house"]


def learners(key, *changes):
    """The notation's own pass as a learner would write it, without the error signals, some of it replaced."""
    there = CONVENTIONS[key]
    source = textwrap.dedent(inspect.getsource(there.gradient))
    for old, new in changes:
        assert old in source, (key, old)
        source = source.replace(old, new)
    names = dict(vars(passes))
    exec(source, names)
    own = names[there.gradient.__name__]

    def learners(*given):
        *answer, _kept = own(*given)
        return tuple(answer) if len(answer) > 1 else answer[0]

    learners.__signature__ = inspect.Signature(
        [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in there.arguments.split(", ")]
    )
    return learners


@pytest.mark.parametrize("key", OTHERS)
def test_the_notation_s_own_pass_is_right(key):
    result = check_backprop(learners(key), convention=key)
    assert result, result.message


@pytest.mark.parametrize(  # notation, what is written otherwise, the slip, words of its message, words it must not have
    ("key", "change", "slip", "words", "never"),
    [
        ("rows", ("/ X.shape[0]", ""), "sum-not-mean", "grows with the number of examples", "∇"),
        ("rows", ("np.sum(dscores, axis=0", "np.mean(dscores, axis=0"), "bias-divided-twice",
         "Your db is divided by m twice. There dZ holds the 1/m already", "δ"),
        ("rows", ("H[layer - 1].T.dot(dscores)", "dscores.T.dot(H[layer - 1])"), "transposed-gradient",
         "Your dW is transposed. Column j, row k of dW", "Row j"),
        ("rows", ("dH * _slope(scores[layer])", "dH"), "forgot-sigma-prime-everywhere", "Your dZ of every layer", "δ"),
        ("rows", ("dscores.dot(W[layer].T)", "dscores.dot(W[layer].reshape(W[layer].shape[::-1]))"),
         "reshaped-not-transposed", "Your dZˡ of the hidden layers uses an array that was reshaped", "δ"),
        ("rows", ("H[layer - 1].T.dot(dscores)", "H[layer - 1].reshape(H[layer - 1].shape[::-1]).dot(dscores)"),
         "weight-reshaped-not-transposed", "Your dW uses an array that was reshaped instead", "∇"),
        ("torch", ("grad = 2 * (out - y) / y.size", "grad = (out - y) / len(y)"), "constant-factor", "times", "∇"),
        ("torch", ("grad_z.sum(axis=0)", "grad_z"),
         "bias-not-summed", "Your bias_grad is z.grad itself", "column for"),
        ("nielsen", ("nabla_b[-at] + delta", "nabla_b[-at] + delta / len(mini_batch)"), "bias-divided-twice",
         "Your nabla_b is a mean over the examples; in this notation it is their sum", "twice"),
        ("nielsen", ("nabla_b[-at] + delta", "delta"), "bias-examples-lost",
         "Your nabla_b uses one example only. Is what", "divides"),
        ("summed", ("each.sum(axis=0)", "each.mean(axis=0)"), "weight-divided-twice",
         "Your dw is a mean over the examples", "twice"),
        ("from_to", ('"is,js->ij", a, d', '"is,js->ji", a, d'), "transposed-gradient",
         "Column j, row k of dw", "Row j"),
        ("from_to", ("-(y - a)", "(y - a)"), "sign-flipped", "sign", "δᴸ is"),
        ("goodfellow", ("multiply.outer(g, h[k - 1])", "multiply.outer(g, a[k - 1] if k > 1 else h[0])"),
         "z-instead-of-a", "Your nabla_W multiplies g by the weighted inputs", "δ"),
        ("goodfellow", ("_slope(a[k])", "_slope(h[k])"),
         "sigma-prime-of-a-everywhere", "evaluates σ′ at the activation", "δ"),
        ("brackets", ("dw[layer][j, k] += ak * ej / n", "dw[layer][j, k] += ak * ej"),
         "weight-sum-not-mean", "dw", "∇"),
        ("d2l", ("W[layer].T @ dJ_dz", "W[layer].T @ dJ_dh"),
         "error-sent-back", "has not been multiplied by their own σ′", "∇"),
        ("numerator", ("return dC_dw, dC_db, kept", "return {k: each.T for k, each in dC_dw.items()}, dC_db, kept"),
         "transposed-gradient",
         "Column j, row k of dC_dw", "Row j"),
        ("theta", ("Theta[layer].T @ delta[layer + 1])[1:] * _slope(z[layer])",
                   "Theta[layer].T @ delta[layer + 1])[1:]"), "forgot-sigma-prime-hidden", "Your δ", "∇"),
        ("per_output", ("/ k * _slope", "* _slope"), "constant-factor", "times what it should be", "∇"),
        ("from_one", ("np.outer(delta[layer], a[layer - 1])", "np.outer(delta[layer], a[1])"), "input-every-layer",
         "the weights of layer 3", "∇"),
    ],
)  # fmt: skip
def test_a_slip_is_named_in_the_letters_of_the_notation(key, change, slip, words, never):
    f = learners(key, change)
    result = check_backprop(f, convention=key)
    assert (result.status, result.slip) == ("not yet", slip), result.message
    assert words in result.message
    assert never not in result.message


def divided_by_features(W, b, X, Y):
    m = X.shape[1]
    H = {0: X}
    for n in W:
        H[n] = 1 / (1 + np.exp(-(H[n - 1] @ W[n] + b[n])))
    dZ, dW, db = (H[len(W)] - Y) * H[len(W)] * (1 - H[len(W)]), {}, {}
    for n in range(len(W), 0, -1):
        dW[n], db[n] = H[n - 1].T @ dZ / m, dZ.sum(axis=0, keepdims=True) / m
        dZ = dZ @ W[n].T * H[n - 1] * (1 - H[n - 1])
    return dW, db


def error_without_slope(biases, weights, mini_batch):
    nabla_b, nabla_w = ([np.zeros(each.shape) for each in some] for some in (biases, weights))
    for x, y in mini_batch:
        a = [x]
        for b, w in zip(biases, weights, strict=True):
            a.append(1 / (1 + np.exp(-(w @ a[-1] + b))))
        delta = a[-1] - y
        for at in range(1, len(weights) + 1):
            nabla_b[-at] += delta
            nabla_w[-at] += delta @ a[-at - 1].T
            delta = weights[-at].T @ delta * a[-at - 1] * (1 - a[-at - 1])
    return nabla_b, nabla_w


def mean_of_squares_without_slope(weight, bias, x, y):
    grads, a = [], [x]
    for w, b in zip(weight, bias, strict=True):
        a.append(1 / (1 + np.exp(-(a[-1] @ w.T + b))))
    grad = 2 * (a.pop() - y) / y.size
    for w in weight[::-1]:
        grads.insert(0, (grad.T @ a[-1], grad.sum(axis=0)))
        grad = grad @ w * a[-1] * (1 - a.pop())
    return [each for each, _ in grads], [each for _, each in grads]


@pytest.mark.parametrize(
    ("key", "f", "line"),
    [
        ("rows", divided_by_features, "m = X.shape[1]"),
        ("nielsen", error_without_slope, "delta = a[-1] - y"),
        ("torch", mean_of_squares_without_slope, None),
    ],
)
def test_the_line_is_named_where_the_numbers_are_the_house_s_but_for_their_order(key, f, line):
    """Where a factor depends on the outputs, right lines would be blamed."""
    result = check_backprop(f, convention=key)
    assert (result.status, result.line) == ("not yet", line)
    assert ("line to look at" in result.message) == (line is not None)


def test_what_a_learner_wrote_is_not_translated():
    def fails(W, b, X, Y):
        z = X @ W[1] + b[1]
        w = W["w"] @ z.T
        return w, z

    def blamed(W, b, X, Y):
        z, a = {}, {0: X}
        for n in W:
            z[n] = a[n - 1] @ W[n] - b[n]
            a[n] = 1 / (1 + np.exp(-z[n]))
        return passes.rows(W, {n: -each for n, each in b.items()}, X, Y)[:2]

    message = check_backprop(fails, convention="rows").message
    assert """`w = W["w"] @ z.T`, with KeyError: 'w'. It was given W and b""" in message
    result = check_backprop(blamed, convention="rows")
    assert result.line == "z[n] = a[n - 1] @ W[n] - b[n]"
    assert f"`{result.line}`" in result.message


def test_what_is_no_answer_is_said_in_words():
    def says(f, key="rows"):
        return check_backprop(f, convention=key)

    def stub(W, b, X, Y): ...

    assert says(stub).status == says(...).status == "not attempted"
    assert says(lambda W, b, X, Y: (..., ...)).status == "not attempted"
    assert "(W, b, X, Y), in this order" in says(lambda W: W).message
    assert "must return the pair dW, db" in says(lambda W, b, X, Y: W).message
    assert "there is None" in says(lambda W, b, X, Y: {}.get(W is None)).message
    assert "weight_grad must be a list" in says(lambda weight, bias, x, y: ({1: 0}, [0]), "torch").message
    assert "D must be a dict" in says(lambda Theta, X, Y: [0], "theta").message
    assert "must be given a function of (biases, weights, mini_batch)" in says(3, "nielsen").message

    def bare(W, b, X, Y):
        return W["first"], b

    assert "It was given W and b with layers 1 to 3" in says(bare).message

    def listed(biases, weights, mini_batch):
        return weights[9], biases

    assert "biases, a list of 3, weights, a list of 3" in says(listed, "nielsen").message
    flat = learners("torch", ("grad_z.sum(axis=0)", "grad_z.sum(axis=0, keepdims=True)"))
    assert (
        "bias_grad[0] must be flat" in says(flat, "torch").message
        or "bias_grad must be flat" in says(flat, "torch").message
    )
    with pytest.raises(ValueError, match=r"convention must be one of house, .*, got 'columns'"):
        check_backprop(stub, convention="columns")
    with pytest.raises(ValueError, match=r"convention must be one of house, .*, got \[\]"):
        check_backprop(stub, convention=[])  # pyright: ignore[reportArgumentType]


def test_an_argument_that_is_changed_is_named_as_it_is_there():
    def changes(biases, weights, mini_batch):
        weights[0] += 1.0
        return passes.nielsen(biases, weights, mini_batch)[:2]

    assert "Your function changes its argument weights" in check_backprop(changes, convention="nielsen").message


def test_a_wrong_shape_is_told_as_it_lies_there():
    def small(W, b, X, Y):
        dW, db, _ = passes.rows(W, b, X, Y)
        return {layer: each[:, :1] for layer, each in dW.items()}, db

    message = check_backprop(small, convention="rows").message
    assert "dW[1] must be n_in × n_out = 2 × 5" in message
    assert "yours is 2 × 1" in message


def test_no_letter_of_the_house_is_left_in_any_sentence():
    there = convention("goodfellow")
    for slip in TABLE:
        if "backprop" in slip.exercises.split():
            said = _said(there, Verdict("not yet", f"{slip.says} {slip.asks}".replace("{symbol}", "δˡ")))
            assert not re.search(r"[∇δ]|\bz\b|\bw\b", said), said


def test_numbers_of_another_kind_are_read():
    def floats(weight, bias, x, y):
        weight_grad, bias_grad, _ = passes.linear(weight, bias, x, y)
        return [each.tolist() for each in weight_grad], [list(map(np.float32, each)) for each in bias_grad]

    assert check_backprop(floats, convention="torch").status in ("correct", "not yet")
