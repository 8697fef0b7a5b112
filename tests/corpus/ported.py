"""What 142 functions showed that were written before any table was read: pull requests, ports from other languages.

At the first try none of them was accepted; 121 were told their mistake, 15 a part of it, 3 nothing, and of 3 something
was not so, or not by the letter. 98 had the line that was noted for them, 20 another one. All 21 right functions that
were tried with them were accepted. Here are those with an address, and those for which something was mended.
"""

import random

import numpy as np

from corpus.met import met
from corpus.own import grads
from corpus.unseen import step, unseen
from corpus.whole_passes import FORUM, G, passed, sigmoid, sigmoid_prime

KEPT = {}


def mean_cost(w, b, x, y):
    return 0.5 * ((passed(w, b, x)[1][len(w)] - y) ** 2).sum() / x.shape[1]


@unseen("weighted_input", "bias-subtracted")
def bias_as_a_threshold(w, b, a_previous):
    net = np.dot(w, a_previous)
    net -= b  # <-
    return net


@met(
    "https://stats.stackexchange.com/questions/415679/faulty-backpropagation-of-hidden-layers-c",
    "weighted_input",
    "running-sum",
)
def outputs_carried_to_the_next_example(w, b, a_previous):
    outputs = [0.0] * len(w)
    columns = []
    for inputs in a_previous.T:
        for k in range(len(w)):
            for n in range(len(inputs)):
                outputs[k] += inputs[n] * w[k, n]  # <-
            outputs[k] += b[k, 0]
        columns.append(list(outputs))
    return np.array(columns).T


@met(
    "https://cboard.cprogramming.com/general-ai-programming/120684-simple-backpropagation-algorithm.html",
    "weighted_input",
    "wrong-sum",
)
def index_raised_too_early(w, b, a_previous):
    n_out, n_in = w.shape
    z = np.zeros((n_out, a_previous.shape[1]))
    for j in range(n_out):
        for e in range(a_previous.shape[1]):
            activation = 0.0
            for i, weight in enumerate(w[j], 1):
                activation += a_previous[i % n_in, e] * weight  # <-
            z[j, e] = activation + b[j, 0]
    return z


@met(G + "deepakcrk/CNN_ForDummies/issues/9", "weighted_input", "missing-bias")
def sum_without_a_bias(w, b, a_previous):
    return np.tensordot(w, a_previous, axes=1)  # <-


@met(G + "matthewrdev/Neural-Network/issues/1", "forward", "running-sum")
def sum_begun_once_for_all_neurons(w, b, x):
    a, z = {0: x}, {}
    for l in sorted(w):
        n, m = len(w[l]), x.shape[1]
        z[l] = np.empty((n, m))
        for s in range(m):
            total = 0.0
            for j in range(n):
                for k in range(w[l].shape[1]):
                    total += w[l][j, k] * a[l - 1][k, s]  # <-
                z[l][j, s] = total + b[l][j, 0]  # <-
        a[l] = sigmoid(z[l])
    return z, a


@met(G + "ttezel/nn/issues/8", "forward", "linear-output")
def last_layer_linear(w, b, x):
    z, a = {}, {0: x}
    for l in range(1, len(w) + 1):
        z[l] = w[l] @ a[l - 1] + b[l]
        a[l] = sigmoid(z[l]) if l < len(w) else z[l]  # <-
    return z, a


@met(
    "https://stackoverflow.com/questions/55858141/my-neural-network-made-with-numpy-is-not-converging-why-is-the-cost-decreasin",
    "forward",
    "other-activation",
)
def tanh_inside_sigmoid_outside(w, b, x):
    cache_z, cache_a = {}, {0: x}
    A = x
    L = len(w)
    for l in range(1, L):
        Z = np.dot(w[l], A) + b[l]
        A = np.tanh(Z)  # <-
        cache_z[l], cache_a[l] = Z, A
    cache_z[L] = np.dot(w[L], A) + b[L]
    cache_a[L] = 1 / (1 + np.exp(-cache_z[L]))
    return cache_z, cache_a


@met(
    "https://stackoverflow.com/questions/72749455/why-is-binary-classification-network-not-converging",
    "forward",
    "other-activation",
)
def relu_by_a_mask(w, b, x):
    def relu(t):
        return t * (t > 0)  # <-

    z, a = {}, {0: x}
    for l, W in sorted(w.items()):
        z[l] = W @ a[l - 1] + b[l]
        if l == max(w):
            a[l] = sigmoid(z[l])
        else:
            a[l] = relu(z[l])  # <-
    return z, a


@unseen("forward", "activated")
def sigma_in_z_and_again(w, b, x):
    z, a = {}, {0: x}
    for l in w:
        z[l] = sigmoid(w[l] @ a[l - 1] + b[l])  # <-
        a[l] = sigmoid(z[l])
    return z, a


@met(
    "https://cboard.cprogramming.com/general-ai-programming/120684-simple-backpropagation-algorithm.html",
    "forward",
    "activation-step",
)
def a_rounded_e(w, b, x):
    e = 2.71  # <-

    def squash(t, p=1):
        return 1 / (1 + pow(e, -t / p))  # <-

    z, a = {}, {0: x}
    for l in range(1, 1 + len(w)):
        z[l] = b[l] + np.matmul(w[l], a[l - 1])
        a[l] = squash(z[l])
    return z, a


@unseen("forward", "some-entries-zero")
def dropout_with_a_seed(w, b, x):
    rng = np.random.RandomState(0)
    z, a = {}, {0: x}
    for l in range(1, len(w) + 1):
        z[l] = w[l] @ a[l - 1] + b[l]
        a[l] = sigmoid(z[l])
        if l < len(w):
            keep = rng.rand(*a[l].shape) < 0.8
            a[l] = a[l] * keep / 0.8  # <-
    return z, a


@met(
    "https://stats.stackexchange.com/questions/550353/classification-neural-network-cost-stop-changing-after-1-iteration",
    "forward",
    "softmax-output",
)
def softmax_by_hand(w, b, x):
    z, a = {}, {0: x}
    last = len(w)
    for i in range(1, last + 1):
        z[i] = w[i].dot(a[i - 1]) + b[i]
        if i == last:
            p = np.exp(z[i] - z[i].max(axis=0))  # <-
            a[i] = p / p.sum(axis=0)  # <-
        else:
            a[i] = sigmoid(z[i])
    return z, a


@met(G + "karpathy/nn-zero-to-hero/pull/20", "quadratic", "no-half-no-mean")
def loss_as_a_plain_sum(a, y):
    loss = 0
    for ygt, yout in zip(y.T, a.T, strict=True):
        loss += ((yout - ygt) ** 2).sum()  # <-
    return loss


@met(G + "kuleshov-group/aml-book/issues/17", "quadratic", "forgot-half")
def mean_without_a_half(a, y):
    n = a.shape[1]
    return sum(float(e @ e) for e in (a - y).T) / n  # <-


@met(G + "snowkylin/tensorflow-handbook/issues/23", "quadratic", "mean-over-neurons")
def half_the_mean_of_all(a, y):
    squares = np.square(np.subtract(a, y))
    return 0.5 * np.average(squares)  # <-


@unseen("quadratic", "norm-not-squared")
def norms_added(a, y):
    total = 0
    for j in range(a.shape[1]):
        total = total + np.linalg.norm(a[:, j] - y[:, j]) / 2  # <-
    return total / a.shape[1]


@unseen("quadratic", "sign-flipped")
def minus_before_a_power(a, y):
    total = 0.0
    for (j, i), t in np.ndenumerate(y):
        total += -((t - a[j, i]) ** 2) / 2  # <-
    return total / y.shape[1]


@met(G + "vzhou842/neural-network-from-scratch/issues/2", "bp1", "doubled")
def slope_without_a_half(a, y, z):
    d_L_d_ypred = -2 * (y - a)  # <-
    return d_L_d_ypred * sigmoid_prime(z)


@met(G + "borgwang/tinynn/issues/12", "bp1", "divided-by-m")
def one_over_m_in_delta(a, y, z):
    m = y.shape[1]
    grad = (a - y) / m  # <-
    return grad * sigmoid_prime(z)


@met(
    "https://www.physicsforums.com/threads/trying-to-do-back-propagation-on-an-ann-in-c.426880/",
    "bp1",
    "other-derivative, sign-flipped",
)
def tanh_slope_and_sign(a, y, z):
    errors = np.zeros(a.shape)
    for s in range(a.shape[1]):
        for k in range(a.shape[0]):
            errors[k, s] = (y[k, s] - a[k, s]) * (1 - (a[k, s] * a[k, s]))  # <-
    return errors


@met(G + "makeyourownneuralnetwork/makeyourownneuralnetwork/issues/77", "bp1", "sigma-not-prime, doubled")
def twice_the_error_times_a(a, y, z):
    return 2 * (a - y) * a  # <-


@unseen("bp1", "divided-by-sigma-prime", "http://codingpro.cn/q/dVulPiOA2p")
def slope_of_the_log_loss(a, y, z):
    return np.divide(a - y, a * (1 - a))  # <-


@met(G + "yizt/numpy_neural_network/issues/6", "bp1", "sigma-prime-of-error")
def slope_at_the_gradient(a, y, z):
    def sigmoid_backward(next_dz):
        return sigmoid(next_dz) * (1 - sigmoid(next_dz))  # <-

    return sigmoid_backward(a - y)  # <-


@met(G + "filipecalasans/mlp/issues/1", "bp1", "sigma-not-prime")
def missing_prime(a, y, z):
    phi = 1 / (1 + np.exp(-z))
    return phi * (a - y)  # <-


@unseen(
    "bp1",
    "wrong-error",
    "http://atoms.scilab.org/toolboxes/ANN_Toolbox/0.4.2.3/files/ANN_Toolbox_0.4.2.3.bin.i686.linux.tar.gz:scilab_en_US_help/ann_FF_grad_BP_nb.html",
)
def small_errors_dropped(a, y, z):
    e = a - y
    e[np.abs(e) < 0.3] = 0  # <-
    return e * sigmoid(z) * (1 - sigmoid(z))


@met(
    FORUM + "course-1-week-3-planar-assignment-4-5-exercise-6-backward-propagation-error-for-dw1-values/63071",
    "bp2",
    "divided-by-m",
)
def one_over_m_in_hidden_delta(w_next, delta_next, z):
    m = z.shape[1]
    back = np.dot(w_next.T, delta_next)
    slope = sigmoid(z) * (1 - sigmoid(z))
    return (1 / m) * np.multiply(back, slope)  # <-


@met("https://www.physicsforums.com/threads/trying-to-do-back-propagation-on-an-ann-in-c.426880/", "bp2", "running-sum")
def sum_begun_once_for_all(w_next, delta_next, z):
    delta = np.empty(z.shape)
    for s in range(z.shape[1]):
        total = 0.0
        for i in range(z.shape[0]):
            for k in range(w_next.shape[0]):
                total += delta_next[k, s] * w_next[k, i]  # <-
            delta[i, s] = total * sigmoid_prime(z[i, s])  # <-
    return delta


@met(FORUM + "w3-a1-rounding-error-in-test-cases/534533", "bp2", "other-derivative")
def tanh_slope_of_a_sigmoid(w_next, delta_next, z):
    A1 = sigmoid(z)
    return np.dot(w_next.T, delta_next) * (1 - np.power(A1, 2))  # <-


@met(G + "iamtrask/Grokking-Deep-Learning/issues/59", "bp2", "other-derivative")
def mask_of_positive_z(w_next, delta_next, z):
    def relu2deriv(output):
        return output > 0

    return delta_next.T.dot(w_next).T * relu2deriv(z)  # <-


@unseen("bp2", "delta-pooled")
def mean_of_the_next_delta(w_next, delta_next, z):
    mean_delta = np.mean(delta_next, axis=1, keepdims=True)  # <-
    return w_next.T @ mean_delta * sigmoid_prime(z)


@unseen("bp2", "coarse-slope")
def slope_by_a_coarse_step(w_next, delta_next, z):
    h = 0.5
    slope = (sigmoid(z + h) - sigmoid(z)) / h  # <-
    return w_next.T @ delta_next * slope


@met(G + "mlpack/mlpack/pull/3679", "bp3", "first-example-only")
def first_column_as_gradient(delta):
    gradient = delta[:, :1]  # <-
    return gradient


@met(G + "deeplearning4j/deeplearning4j/pull/364", "bp3", "wrong-axis")
def mean_along_the_neurons(delta):
    return np.mean(delta, axis=0).reshape(-1, 1)  # <-


@unseen("bp3", "constant-factor")
def m_as_a_number(delta):
    m = 4  # <-
    return (1 / m) * np.sum(delta, axis=1, keepdims=True)


@unseen("bp3", "not-the-mean")
def middle_of_the_extremes(delta):
    return (delta.min(1, keepdims=True) + delta.max(1, keepdims=True)) / 2  # <-


@met(G + "hunkim/DeepLearningZeroToAll/issues/173", "bp4", "sum-not-mean")
def product_not_averaged(delta, a_previous):
    d_W = np.matmul(a_previous, np.transpose(delta))  # <-
    return d_W.T  # <-


@met(G + "omar-florez/scratch_mlp/issues/3", "bp4", "forgot-activation")
def delta_in_every_column(delta, a_previous):
    return np.mean(delta, axis=1, keepdims=True) * np.ones((1, a_previous.shape[0]))  # <-


@met(G + "apache/systemds/pull/2330", "update", "step-of-itself")
def bias_instead_of_its_gradient(w, b, nabla_w, nabla_b, learning_rate):
    new_w, new_b = {}, {}
    for l in w:
        new_w[l] = w[l] - learning_rate * nabla_w[l]
        new_b[l] = b[l] - learning_rate * b[l]  # <-
    return new_w, new_b


@met(G + "aimacode/aima-python/issues/285", "update", "forgot-learning-rate")
def rate_not_used(w, b, nabla_w, nabla_b, learning_rate):
    w = {l: w[l] - nabla_w[l] for l in w}  # <-
    b = {l: b[l] - nabla_b[l] for l in b}
    return w, b


@met(G + "nntrainer/nntrainer/pull/219", "update", "doubled")
def bias_updated_twice(w, b, nabla_w, nabla_b, learning_rate):
    new = ({}, {})
    for l in w:
        new[0][l] = w[l] - learning_rate * nabla_w[l]
        new[1][l] = b[l] - learning_rate * nabla_b[l]
        new[1][l] = new[1][l] - learning_rate * nabla_b[l]  # <-
    return new


@met(G + "epfml/ML_course/pull/6", "update", "same-dict")
def shallow_copies(w, b, nabla_w, nabla_b, learning_rate):
    new_w, new_b = dict(w), dict(b)
    for l in new_w:
        new_w[l] -= learning_rate * nabla_w[l]  # <-
        new_b[l] -= learning_rate * nabla_b[l]
    return new_w, new_b


@met(G + "shiffman/Neural-Network-p5/pull/12", "update", "forgot-learning-rate")
def rate_overwritten(w, b, nabla_w, nabla_b, learning_rate):
    learning_rate = 0.1  # <-
    for_w = {l: w[l] - learning_rate * nabla_w[l] for l in w}
    for_b = {l: b[l] - learning_rate * nabla_b[l] for l in b}
    return for_w, for_b


@met(
    "https://stackoverflow.com/questions/59399842/xor-gate-with-backpropagation",
    "backprop",
    "output-gradient-without-sigma-prime",
)
def no_slope_in_the_last_gradient(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    dey = -(y - a[L])
    deW, deb = {L: dey @ a[L - 1].T / m}, {L: dey.mean(1, keepdims=True)}  # <-
    back = dey * a[L] * (1 - a[L])
    for l in range(L - 1, 0, -1):
        back = (w[l + 1].T @ back) * a[l] * (1 - a[l])
        deW[l] = back @ a[l - 1].T / m
        deb[l] = back.mean(1, keepdims=True)
    return deW, deb


@met(
    "https://stats.stackexchange.com/questions/550353/classification-neural-network-cost-stop-changing-after-1-iteration",
    "backprop",
    "forgot-sigma-prime",
)
def no_slope_in_the_last_hidden_layer(w, b, x, y):
    z, a = passed(w, b, x)
    last, m = len(w), x.shape[1]
    d, d_w, d_b = {}, {}, {}
    d[last] = (a[last] - y) * a[last] * (1 - a[last])
    for i in range(last - 1, -1, -1):
        if i == last - 1 and i > 0:
            d[i] = w[i + 1].T.dot(d[i + 1])  # <-
        elif i != 0:
            d[i] = w[i + 1].T.dot(d[i + 1]) * a[i] * (1 - a[i])
        d_w[i + 1] = d[i + 1].dot(a[i].T) / m
        d_b[i + 1] = np.sum(d[i + 1], axis=1, keepdims=True) / m
    return d_w, d_b


@met(G + "Project-10/DGM/pull/45", "backprop", "wrong-layer-sigma-prime")
def slope_of_one_layer_by_number(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    err = (a[L] - y) * sigmoid_prime(z[L])
    nw, nb = {}, {}
    for l in range(L, 0, -1):
        nw[l], nb[l] = err @ a[l - 1].T / m, err.mean(1, keepdims=True)
        if l > 1:
            back = w[l].T @ err
            layer = 1 if len(z[1]) == len(back) else l - 1
            err = back * sigmoid_prime(z[layer])  # <-
    return nw, nb


@met("https://thinbug.com/q/41521000", "backprop", "examples-mispaired")
def index_of_the_loop_before(w, b, x, y):
    m = x.shape[1]
    J, i = 0, 0
    for i in range(m):
        J = J + 0.5 * np.sum((passed(w, b, x[:, i : i + 1])[1][len(w)] - y[:, i : i + 1]) ** 2)
    grad_w = {l: np.zeros_like(w[l]) for l in w}
    grad_b = {l: np.zeros_like(b[l]) for l in b}
    for t in range(m):
        z, a = passed(w, b, x[:, i : i + 1])  # <-
        d = (a[len(w)] - y[:, t : t + 1]) * sigmoid_prime(z[len(w)])
        for l in range(len(w), 0, -1):
            grad_w[l] += d @ a[l - 1].T / m
            grad_b[l] += d / m
            if l > 1:
                d = w[l].T @ d * sigmoid_prime(z[l - 1])
    return grad_w, grad_b


@met(
    "https://ai.stackexchange.com/questions/22668/backpropagation-implementation-with-java",
    "backprop",
    "gradients-of-the-error",
)
def slopes_on_the_way_only(w, b, x, y):
    z, a = passed(w, b, x)
    m = x.shape[1]
    e = {len(w): a[len(w)] - y}
    for l in reversed(range(1, len(w))):
        e[l] = w[l + 1].T @ (e[l + 1] * sigmoid_prime(z[l + 1]))
    nabla_w = {l: e[l] @ a[l - 1].T / m for l in w}  # <-
    nabla_b = {l: e[l].sum(axis=1, keepdims=True) / m for l in w}
    return nabla_w, nabla_b


@met(
    "https://pythoner.space/questions/the-cost-function-of-the-neural-network-is-failing-to-minimize",
    "backprop",
    "sign-flipped",
)
def target_minus_output(w, b, x, y):
    Z, A = passed(w, b, x)
    e = (y - A[3 if 3 in A else max(A)]) * sigmoid_prime(Z[max(Z)])  # <-
    d_W, d_B = {}, {}
    for l in sorted(w, reverse=True):
        d_W[l] = np.dot(e, A[l - 1].T) / x.shape[1]
        d_B[l] = np.mean(e, axis=1).reshape((np.size(b[l], 0), 1))
        if l - 1 in w:
            e = np.multiply(np.dot(w[l].T, e), sigmoid_prime(Z[l - 1]))
    return d_W, d_B


@met(G + "d2l-ai/d2l-en/pull/1000", "backprop", "divided-twice")
def mean_of_a_mean(w, b, x, y):
    z, a = passed(w, b, x)
    m = x.shape[1]
    d = (a[len(w)] - y) * sigmoid_prime(z[len(w)]) / m
    nw, nb = {}, {}
    l = len(w)
    while l:
        nw[l] = d @ a[l - 1].T / m  # <-
        nb[l] = d.sum(1, keepdims=True) / m  # <-
        d = w[l].T @ d
        l -= 1
        if l:
            d = d * sigmoid_prime(z[l])
    return nw, nb


@met(G + "davharris/mistnet/issues/33", "backprop", "sum-not-mean")
def examples_summed(w, b, x, y):
    nw = dict.fromkeys(w, 0)
    nb = dict.fromkeys(w, 0)
    for xi, yi in zip(x.T, y.T, strict=True):
        gw, gb = grads(w, b, xi.reshape(-1, 1), yi.reshape(-1, 1))
        for l in w:
            nw[l] = nw[l] + gw[l]  # <-
            nb[l] = nb[l] + gb[l]
    return nw, nb  # <-


@met(G + "karpathy/micrograd/pull/102", "backprop", "keeps-state")
def gradients_kept_from_call_to_call(w, b, x, y):
    gw, gb = grads(w, b, x, y)
    for l in w:
        kept = KEPT.setdefault((l, w[l].shape), [0 * w[l], 0 * b[l]])  # <-
        kept[0] = kept[0] + gw[l]  # <-
        kept[1] = kept[1] + gb[l]
    return {l: KEPT[l, w[l].shape][0] for l in w}, {l: KEPT[l, w[l].shape][1] for l in b}


@met(G + "unda-ml/unda/issues/1", "backprop", "wrong-layer-sigma-prime")
def slope_of_the_layer_above(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    delta = {L: (a[L] - y) * sigmoid_prime(z[L])}
    for l in range(L - 1, 0, -1):
        back = w[l + 1].T @ delta[l + 1]
        slope = sigmoid_prime(z[l + 1] if z[l + 1].shape == back.shape else z[l])
        delta[l] = back * slope  # <-
    return {l: delta[l] @ a[l - 1].T / m for l in w}, {l: delta[l].mean(axis=1, keepdims=True) for l in w}


@met(G + "ttezel/nn/issues/8", "backprop", "slope-of-another-activation")
def tanh_with_the_slope_of_sigma(w, b, x, y):
    L, m = len(w), x.shape[1]
    z, a = {}, [x]
    for l in range(1, L + 1):
        z[l] = w[l] @ a[-1] + b[l]
        a.append(np.tanh(z[l]) if l < L else sigmoid(z[l]))  # <-
    d = (a[-1] - y) * a[-1] * (1 - a[-1])
    nw, nb = {}, {}
    for l in range(L, 0, -1):
        nw[l], nb[l] = d @ a[l - 1].T / m, d.mean(1, keepdims=True)
        d = w[l].T @ d * a[l - 1] * (1 - a[l - 1])
    return nw, nb


@met(
    "https://stackoverflow.com/questions/72749455/why-is-binary-classification-network-not-converging",
    "backprop",
    "forgot-sigma-prime-hidden",
)
def relu_slope_of_a_sigmoid(w, b, x, y):
    def relu_deriv(h):
        return (h > 0).astype(float)

    z, a = passed(w, b, x)
    n, last = x.shape[1], max(w)
    dz = (a[last] - y) * a[last] * (1 - a[last])
    dW, db = {}, {}
    for l in range(last, 0, -1):
        dW[l] = 1 / n * np.dot(dz, a[l - 1].T)
        db[l] = 1 / n * np.sum(dz, axis=1, keepdims=True)
        da = np.dot(w[l].T, dz)
        dz = da * relu_deriv(a[l - 1])  # <-
    return dW, db


@unseen("backprop", "weight-decay", "http://soopsaram.com/ml/markdowns/ex4-2-backpropagation.html")
def lambda_over_m(w, b, x, y):
    lam = 1.0
    gw, gb = grads(w, b, x, y)
    for l in gw:
        gw[l] = gw[l] + lam / x.shape[1] * w[l]  # <-
    return gw, gb


@met(G + "louisjc/mnist-neural-network/issues/1", "backprop", "wrong-hidden-delta")
def wrong_column_cut_off(w, b, x, y):
    m = x.shape[1]
    layers = [np.hstack([w[l], b[l]]) for l in sorted(w)]
    outs = [x]
    for W in layers:
        outs.append(sigmoid(W @ np.vstack([outs[-1], np.ones((1, m))])))
    d = outs[-1] * (1 - outs[-1]) * (outs[-1] - y)
    grads = []
    for i in range(len(layers) - 1, -1, -1):
        grads.insert(0, d @ np.vstack([outs[i], np.ones((1, m))]).T / m)
        d = outs[i] * (1 - outs[i]) * (np.delete(layers[i], 0, 1).T @ d)  # <-
    return {l: g[:, :-1] for l, g in enumerate(grads, 1)}, {l: g[:, -1:] for l, g in enumerate(grads, 1)}


@unseen("backprop", "doubled")
def quotient_of_two_sides_by_one(w, b, x, y):
    def numerical(params):
        out = {}
        for l, p in params.items():
            g = np.zeros_like(p)
            for i in np.ndindex(p.shape):
                old = p[i]
                p[i] = old + 1e-5
                up = mean_cost(w, b, x, y)
                p[i] = old - 1e-5
                down = mean_cost(w, b, x, y)
                p[i] = old
                g[i] = (up - down) / 1e-5  # <-
            out[l] = g
        return out

    w = {l: v.copy() for l, v in w.items()}
    b = {l: v.copy() for l, v in b.items()}
    return numerical(w), numerical(b)


@unseen("backprop", "zeros", G + "HomericIntelligence/Odyssey/pull/2089")
def one_array_for_both_sides(w, b, x, y):
    eps = 1e-5
    w = {l: v.copy() for l, v in w.items()}
    b = {l: v.copy() for l, v in b.items()}
    out = []
    for which in (w, b):
        grads = {}
        for l in which:
            grads[l] = np.zeros(which[l].shape)
            for i in np.ndindex(which[l].shape):
                x_plus = which[l]
                x_minus = which[l]
                old = which[l][i]
                x_plus[i] = old + eps
                x_minus[i] = old - eps
                high = mean_cost({**w, l: x_plus}, b, x, y) if which is w else mean_cost(w, {**b, l: x_plus}, x, y)
                low = mean_cost({**w, l: x_minus}, b, x, y) if which is w else mean_cost(w, {**b, l: x_minus}, x, y)
                grads[l][i] = (high - low) / (2 * eps)
                which[l][i] = old
        out.append(grads)
    return tuple(out)


@unseen("backprop", "running-sum")
def hidden_sum_begun_once(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    delta = {L: (a[L] - y) * sigmoid_prime(z[L])}
    for l in range(L - 1, 0, -1):
        delta[l] = np.zeros(z[l].shape)
        for s in range(m):
            error = 0.0
            for j in range(len(z[l])):
                for i in range(len(z[l + 1])):
                    error += w[l + 1][i, j] * delta[l + 1][i, s]  # <-
                delta[l][j, s] = error * a[l][j, s] * (1 - a[l][j, s])  # <-
    return {l: delta[l] @ a[l - 1].T / m for l in w}, {l: delta[l].mean(1, keepdims=True) for l in w}


@met(G + "kvfrans/notes/issues/5", "backprop", "bias-divided-twice")
def bias_averaged_once_more(w, b, x, y):
    z, a = passed(w, b, x)
    m = x.shape[1]
    d_h = (a[len(w)] - y) / m * sigmoid_prime(z[len(w)])
    d_w, d_b = {}, {}
    for l in range(len(w), 0, -1):
        d_w[l] = d_h @ a[l - 1].T
        d_b[l] = np.mean(d_h, axis=1, keepdims=True)  # <-
        if l > 1:
            d_h = (w[l].T @ d_h) * sigmoid_prime(z[l - 1])
    return d_w, d_b


@unseen("backprop", "forgot-sigma-prime-hidden")
def early_share_and_no_slope(w, b, x, y):
    z, a = passed(w, b, x)
    delta = (a[len(w)] - y) * sigmoid_prime(z[len(w)]) / x.shape[1]
    nabla_w, nabla_b = {}, {}
    for l in range(len(w), 0, -1):
        nabla_w[l] = delta @ a[l - 1].T
        nabla_b[l] = delta.sum(axis=1, keepdims=True)
        delta = w[l].T @ delta  # <-
    return nabla_w, nabla_b


@met(G + "CodingTrain/Toy-Neural-Network-JS/issues/72", "training_step", "used-updated-weights")
def updated_on_the_way_back(w, b, x, y, learning_rate):
    z, a = passed(w, b, x)
    w, b = dict(w), dict(b)
    errors = a[len(w)] - y
    for l in range(len(w), 0, -1):
        g = errors * a[l] * (1 - a[l]) * learning_rate / x.shape[1]
        w[l] = w[l] - g @ a[l - 1].T
        b[l] = b[l] - g.sum(1, keepdims=True)
        errors = w[l].T @ (errors * a[l] * (1 - a[l]))  # <-
    return w, b


@unseen("training_step", "several-steps")
def range_of_two(w, b, x, y, learning_rate):
    for _ in range(2):  # <-
        gw, gb = grads(w, b, x, y)
        w = {l: w[l] - learning_rate * gw[l] for l in w}
        b = {l: b[l] - learning_rate * gb[l] for l in b}
    return w, b


@met(G + "lipiji/rnn-theano/pull/3", "training_step", "divided-twice")
def rate_over_m(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    rate = learning_rate / y.shape[1]  # <-
    return {l: w[l] - rate * gw[l] for l in w}, {l: b[l] - rate * gb[l] for l in b}


@met(G + "levithomason/anny/issues/78", "training_step", "forgot-sigma-prime-output")
def error_as_delta(w, b, x, y, learning_rate):
    z, a = passed(w, b, x)
    L, m = len(w), x.shape[1]
    delta = a[L] - y  # <-
    new_w, new_b = {}, {}
    for l in range(L, 0, -1):
        new_w[l] = w[l] - learning_rate / m * (delta @ a[l - 1].T)
        new_b[l] = b[l] - learning_rate / m * delta.sum(axis=1, keepdims=True)
        delta = (w[l].T @ delta) * a[l - 1] * (1 - a[l - 1])
    return new_w, new_b


@unseen("training_loop", "not-shuffled", G + "ageron/handson-ml/issues/115")
def batches_by_index(w, b, x, y, learning_rate, epochs, batch_size, seed):
    def fetch_batch(batch_index):
        start = batch_index * batch_size
        end = min(start + batch_size, x.shape[1])
        return x[:, start:end], y[:, start:end]

    for _ in range(epochs):
        for batch_index in range(-(-x.shape[1] // batch_size)):
            w, b = step(w, b, *fetch_batch(batch_index), learning_rate)
    return w, b


@met(G + "lisa-lab/pylearn2/pull/219", "training_loop", "last-batch-filled-up")
def last_batch_resized(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    n = x.shape[1]
    for _ in range(epochs):
        p = rng.permutation(n)
        size = -(-n // batch_size) * batch_size
        for s in np.resize(p, size).reshape(-1, batch_size):  # <-
            w, b = step(w, b, x[:, s], y[:, s], learning_rate)
    return w, b


@met(G + "bytetriper/RAE/issues/67", "training_loop", "examples-count-differently")
def zeroed_for_each_example(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = random.Random(seed)
    idx = list(range(x.shape[1]))
    for _ in range(epochs):
        rng.shuffle(idx)
        for k in range(0, len(idx), batch_size):
            batch = idx[k : k + batch_size]
            gw, gb = {}, {}
            for i in batch:
                gw = {l: np.zeros(v.shape) for l, v in w.items()}  # <-
                gb = {l: np.zeros(v.shape) for l, v in b.items()}  # <-
                ew, eb = grads(w, b, x[:, [i]], y[:, [i]])
                for l in w:
                    gw[l] += ew[l] / len(batch)
                    gb[l] += eb[l] / len(batch)
            w = {l: w[l] - learning_rate * gw[l] for l in w}
            b = {l: b[l] - learning_rate * gb[l] for l in b}
    return w, b


@unseen("training_loop", "last-batch-dropped", G + "rasbt/LLMs-from-scratch/pull/300")
def a_step_at_full_batches_only(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        sw, sb = dict.fromkeys(w, 0), dict.fromkeys(w, 0)
        for count, i in enumerate(rng.permutation(x.shape[1]), 1):
            ew, eb = grads(w, b, x[:, [i]], y[:, [i]])
            sw = {l: sw[l] + ew[l] for l in w}
            sb = {l: sb[l] + eb[l] for l in w}
            if count % batch_size == 0:
                w = {l: w[l] - learning_rate * sw[l] / batch_size for l in w}
                b = {l: b[l] - learning_rate * sb[l] / batch_size for l in b}
                sw, sb = dict.fromkeys(w, 0), dict.fromkeys(w, 0)
    return w, b


@met(
    "https://stats.stackexchange.com/questions/550353/classification-neural-network-cost-stop-changing-after-1-iteration",
    "training_loop",
    "batches-overlap",
)
def stride_of_one(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        for k in range(0, len(order)):  # <-
            s = order[k : k + batch_size]
            w, b = step(w, b, x[:, s], y[:, s], learning_rate)
    return w, b


@unseen("training_loop", "seed-not-used", G + "flairNLP/flair/pull/2059")
def first_epoch_unshuffled(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    order = np.arange(x.shape[1])
    for epoch in range(epochs):
        if epoch > 0:
            rng.shuffle(order)
        for k in range(0, len(order), batch_size):
            s = order[k : k + batch_size]
            w, b = step(w, b, x[:, s], y[:, s], learning_rate)
    return w, b


@unseen("training_loop", "wrong-number-of-steps")
def steps_counted_as_epochs(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    batches = []
    for _ in range(epochs):
        if not batches:
            p = rng.permutation(x.shape[1])
            batches = [p[k : k + batch_size] for k in range(0, len(p), batch_size)]
        s = batches.pop(0)
        w, b = step(w, b, x[:, s], y[:, s], learning_rate)
    return w, b


@met(FORUM + "weights-on-week-2-exercise-8/128498", "training_loop", "rows-counted")
def features_counted(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    m = len(x)  # <-
    for _ in range(epochs):
        order = rng.permutation(m)
        for k in range(0, m, batch_size):
            s = order[k : k + batch_size]
            w, b = step(w, b, x[:, s], y[:, s], learning_rate)
    return w, b


@met(G + "lipiji/rnn-theano/pull/3", "training_loop", "mean-over-all")
def divided_by_all_examples(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    n = x.shape[1]
    for _ in range(epochs):
        p = rng.permutation(n)
        for k in range(0, n, batch_size):
            s = p[k : k + batch_size]
            gw, gb = grads(w, b, x[:, s], y[:, s])
            for l in w:
                w = {**w, l: w[l] - learning_rate * len(s) * gw[l] / n}  # <-
                b = {**b, l: b[l] - learning_rate * len(s) * gb[l] / n}
    return w, b


@unseen("training_loop", "first-batch-only")
def break_after_the_first(w, b, x, y, learning_rate, epochs, batch_size, seed):
    rng = np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(x.shape[1])
        for k in range(0, len(order), batch_size):
            s = order[k : k + batch_size]
            w, b = step(w, b, x[:, s], y[:, s], learning_rate)
            break  # <-
    return w, b


@unseen("bp1", "first-example-missing")
def from_the_second_example(a, y, z):
    delta = np.zeros_like(z)
    for i in range(1, z.shape[1]):  # <-
        delta[:, i] = (a[:, i] - y[:, i]) * sigmoid_prime(z[:, i])
    return delta


@unseen("weighted_input", "last-example-missing")
def to_the_last_but_one(w, b, a_previous):
    z = np.zeros((len(w), a_previous.shape[1]))
    for i in range(a_previous.shape[1] - 1):  # <-
        z[:, [i]] = w @ a_previous[:, [i]] + b
    return z


@unseen("bp3", "single-example-only")
def every_other_example(delta):
    m = delta.shape[1]
    total = np.zeros((len(delta), 1))
    for i in range(0, m, 2):  # <-
        total += delta[:, [i]]
    return total / m


@unseen("quadratic", "not-zero")
def a_sum_begun_with_one(a, y):
    c = 1  # <-
    for j in range(len(a)):
        for i in range(a.shape[1]):
            c += (a[j, i] - y[j, i]) ** 2
    return c / 2 / a.shape[1]


@unseen("training_step", "forgot-learning-rate, halved")
def a_rate_of_one_half(w, b, x, y, learning_rate):
    gw, gb = grads(w, b, x, y)
    new_w = {n: w[n] - 0.5 * gw[n] for n in w}  # <-
    new_b = {n: b[n] - 0.5 * gb[n] for n in b}
    return new_w, new_b
