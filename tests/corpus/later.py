"""Met in public, and tried before anything was mended for them: 30 of 38 had their name of today, 31 their line."""

import numpy as np

from corpus.met import met
from corpus.whole_passes import FORUM, G, gradients, passed, sigmoid, sigmoid_prime


@met(G + "lisa-lab/DeepLearningTutorials/issues/125", "weighted_input", "missing-transpose")
def equations_of_the_tutorial(w, b, a_previous):
    return b + np.dot(w.T, a_previous)  # <-


@met(G + "d2l-ai/d2l-en/pull/128", "weighted_input", "swapped-factors")
def vectorized_the_other_way(w, b, a_previous):
    X = a_previous
    O = X @ w + b  # <-
    return O


@met(FORUM + "course-1-week-3-programming-assignment/111582/3", "weighted_input", "elementwise-not-matrix")
def star_where_dot_belongs(w, b, a_previous):
    Z = w * a_previous + b  # <-
    return Z


@met(G + "llSourcell/how_to_do_math_for_deep_learning/issues/6", "forward", "input-activated")
def inputs_through_nonlin(w, b, x):
    k, z = {0: sigmoid(x)}, {}  # <-
    for n in range(1, len(w) + 1):
        z[n] = np.dot(w[n], k[n - 1]) + b[n]
        k[n] = sigmoid(z[n])
    return z, k


@met(G + "infer-actively/pypc/issues/2", "forward", "bias-after-activation")
def bias_added_to_the_output(w, b, x):
    z, a = {}, {0: x}
    for layer in w:
        z[layer] = np.matmul(w[layer], a[layer - 1])  # <-
        out = sigmoid(z[layer])
        a[layer] = out + b[layer]  # <-
    return z, a


@met(G + "sferes2/nn2/issues/4", "forward", "bias-subtracted")
def bias_in_the_exponent(w, b, x):
    z, a = {}, {0: x}
    for n in sorted(w):
        p = w[n] @ a[n - 1]
        z[n] = p - b[n]  # <-
        a[n] = 1.0 / (np.exp(-p + b[n]) + 1)  # <-
    return z, a


@met("https://www.codeproject.com/Questions/1097336/MLP-XOR-backpropagation", "forward", "one-bias-for-all")
def one_bias_for_the_layer(w, b, x):
    a, z = [x], []
    for layer in sorted(w):
        bias = b[layer][0, 0]
        hidden = np.zeros((w[layer].shape[0], x.shape[1]))
        for i in range(hidden.shape[0]):
            for j in range(w[layer].shape[1]):
                hidden[i] += a[-1][j] * w[layer][i, j]
            hidden[i] += bias  # <-
        z.append(hidden)
        a.append(1 / (1 + np.exp(-hidden)))
    return {n + 1: each for n, each in enumerate(z)}, dict(enumerate(a))


@met(FORUM + "week3-programming-assignment-4-4-compute-the-cost/18646/6", "quadratic", "examples-multiplied")
def sum_of_a_table(a, y):
    m = y.shape[1]
    D = y - a
    table = np.dot(D.T, D)  # <-
    return np.sum(table) / (2 * m)


@met(FORUM + "week-2-programming-exercise-cost-calculation/234194", "quadratic", "sign-flipped")
def negative_cost(A, Y):
    m = A.shape[1]
    cost = -1 / (2 * m) * np.sum(np.multiply(A - Y, A - Y))  # <-
    return float(cost)


@met(G + "aimacode/aima-python/pull/845", "quadratic", "sum-not-mean")
def half_the_sum(a, y):
    return 1 / 2 * ((y - a) ** 2).sum()  # <-


@met(G + "iamtrask/iamtrask.github.io/issues/32", "bp1", "z-times-one-minus-z")
def nonlin_of_the_sum(a, y, z):
    def nonlin(x, deriv=False):
        if deriv:
            return x * (1 - x)  # <-
        return 1 / (1 + np.exp(-x))

    l2_error = a - y
    return l2_error * nonlin(z, deriv=True)  # <-


@met(G + "filipecalasans/mlp/issues/1", "bp1", "sigma-not-prime")
def without_the_prime(a, y, z):
    phi = sigmoid(z)
    return (a - y) * phi  # <-


@met(G + "vzhou842/neural-network-from-scratch/issues/2", "bp1", "doubled")
def d_l_d_ypred(a, y, z):
    d_L_d_ypred = -2 * (y - a)  # <-
    fx = sigmoid(z)
    return d_L_d_ypred * fx * (1 - fx)


@met(G + "dvgodoy/PyTorchStepByStep/issues/21", "bp1", "constant-factor")
def error_turned_in_the_loop(a, y, z):
    error = y - a  # <-
    grad = 2 * error  # <-
    return grad * sigmoid_prime(z)  # <-


@met("https://stats.stackexchange.com/q/500902", "bp1", "forgot-cost-gradient")
def local_gradient(a, y, z):
    return a * (1 - a)  # <-


@met(G + "makeyourownneuralnetwork/makeyourownneuralnetwork/issues/88", "bp2", "forgot-sigma-prime")
def equation_of_page_82(w_next, delta_next, z):
    hidden_errors = np.dot(w_next.T, delta_next)  # <-
    return hidden_errors


@met(
    "https://stackoverflow.com/questions/12558517/questions-about-the-backpropogation-algorithm",
    "bp4",
    "forgot-activation",
)
def the_same_step_for_every_weight(delta, a_previous):
    grad = np.zeros((delta.shape[0], a_previous.shape[0]))
    for node in range(grad.shape[0]):
        for n in range(grad.shape[1]):
            grad[node][n] = delta[node].mean()  # <-
    return grad


@met(G + "mlpack/mlpack/pull/3679", "bp3", "bias-not-summed")
def gradient_is_error(delta):
    gradient = np.array(delta)  # <-
    return gradient  # <-


@met(G + "heyxhh/nnet-numpy/issues/1", "bp3", "sum-not-mean")
def d_b(delta):
    return delta.sum(axis=1).reshape(len(delta), 1)  # <-


@met(G + "apache/mxnet/issues/2427", "bp4", "sum-not-mean")
def gwmat(delta, a_previous):
    grad, data = delta.T, a_previous.T
    return np.dot(grad.T, data)  # <-


@met(G + "bfortuner/ml-glossary/pull/127", "bp4", "elementwise-not-matrix, mean-over-weights")
def product_entry_by_entry(delta, a_previous):
    d_w = a_previous * delta  # <-
    return d_w.mean(axis=1, keepdims=True)


@met("https://datascience.stackexchange.com/questions/54364/back-propagation-on-matrix-of-weights",
     "backprop", "bias-not-summed")  # fmt: skip
def db_is_the_delta(w, b, x, y):
    z, a = passed(w, b, x)
    L, m = max(w), x.shape[1]
    Dw, Db = {}, {}
    layer_delta = a[L] * (1 - a[L]) * (a[L] - y)
    for n in range(L, 0, -1):
        Dw[n] = np.dot(layer_delta, a[n - 1].T) / m
        Db[n] = layer_delta  # <-
        if n > 1:
            layer_delta = np.dot(w[n].T, layer_delta) * a[n - 1] * (1 - a[n - 1])
    return Dw, Db


@met(G + "keepcalmncode/mlblr", "backprop", "sigma-prime-of-a-everywhere")
def slope_of_layers(w, b, x, y):
    def derivative_sigmoid(value):
        return sigmoid(value) * (1 - sigmoid(value))  # <-

    z, a = passed(w, b, x)
    slope = {n: derivative_sigmoid(a[n]) for n in w}  # <-
    d = {max(w): (a[max(w)] - y) * slope[max(w)]}
    for n in range(max(w) - 1, 0, -1):
        d[n] = w[n + 1].T @ d[n + 1] * slope[n]
    return gradients(d, a, x.shape[1])


@met(G + "numpy/numpy/issues/11737", "backprop", "constant-slope")
def twelve_for_l2(w, b, x, y):
    def nonlin(v, deriv=False):
        if deriv:
            return v * (1 - v)  # <-
        return 1 / (1 + np.exp(-v))

    z, l = {}, {0: x}
    for n in w:
        z[n] = w[n] @ l[n - 1] + b[n]
        l[n] = nonlin(z[n])
    delta = {max(w): (l[max(w)] - y) * nonlin(12, deriv=True)}  # <-
    for n in range(max(w) - 1, 0, -1):
        error = w[n + 1].T.dot(delta[n + 1])
        delta[n] = error * nonlin(11, deriv=True)
    return gradients(delta, l, x.shape[1])


@met(G + "jcjohnson/pytorch-examples/issues/5", "backprop", "gradient-as-weights")
def grad_w2_in_place_of_w2(w, b, x, y):
    z, a = passed(w, b, x)
    m = x.shape[1]
    grad = (a[len(w)] - y) * sigmoid_prime(z[len(w)])
    grad_w, grad_b = {}, {}
    for n in reversed(list(w)):
        grad_w[n] = grad.dot(a[n - 1].T) / m
        grad_b[n] = grad.mean(axis=1, keepdims=True)
        if n > 1:
            grad_h = grad_w[n].T.dot(grad)  # <-
            grad = grad_h * sigmoid_prime(z[n - 1])
    return grad_w, grad_b


@met(G + "Kulbear/deep-learning-coursera/issues/8", "backprop", "bias-flat")
def squeezed_db(w, b, x, y):
    z, A = passed(w, b, x)
    m, L = x.shape[1], len(w)
    dW, db = {}, {}
    dZ = (A[L] - y) * sigmoid_prime(z[L])
    for l in reversed(range(1, L + 1)):
        dW[l] = np.dot(dZ, A[l - 1].T) / m
        db[l] = np.squeeze(np.sum(dZ, axis=1, keepdims=True)) / m  # <-
        if l > 1:
            dZ = np.dot(w[l].T, dZ) * sigmoid_prime(z[l - 1])
    return dW, db


@met(G + "Project-10/DGM/pull/45", "backprop", "same-weights-for-all")
def weights_of_one_layer_for_all(w, b, x, y):
    z, a = passed(w, b, x)
    last = max(w)
    error = {last: (a[last] - y) * sigmoid_prime(z[last])}
    for n in range(last - 1, 0, -1):
        delta_in = w[2].T @ error[n + 1]  # <-
        error[n] = delta_in * sigmoid_prime(z[n])
    return gradients(error, a, x.shape[1])


@met(G + "karpathy/convnetjs/issues/17", "backprop", "examples-lost")
def gradient_set_to_zero_each_time(w, b, x, y):
    m = x.shape[1]
    dw, db = {}, {}
    for i in range(m):
        dw, db = {n: np.zeros_like(w[n]) for n in w}, {n: np.zeros_like(b[n]) for n in b}  # <-
        z, a = passed(w, b, x[:, [i]])
        delta = (a[max(w)] - y[:, [i]]) * sigmoid_prime(z[max(w)])
        for n in range(max(w), 0, -1):
            dw[n] += delta @ a[n - 1].T
            db[n] += delta
            if n > 1:
                delta = w[n].T @ delta * sigmoid_prime(z[n - 1])
    return {n: dw[n] / m for n in dw}, {n: db[n] / m for n in db}  # <-


@met("https://whosebug.com/question/2948401/Backpropagation-Why-doesn-t-error-approach-zero-when-it-is-multiplied-by-deriv-of-sigmoid",
     "backprop", "error-sent-back")  # fmt: skip
def hidden_error_of_the_raw_error(w, b, x, y):
    z, out = passed(w, b, x)
    error = {len(w): out[len(w)] - y}
    delta = {len(w): error[len(w)] * out[len(w)] * (1 - out[len(w)])}
    for n in range(len(w) - 1, 0, -1):
        error[n] = np.dot(w[n + 1].T, error[n + 1])  # <-
        delta[n] = error[n] * out[n] * (1 - out[n])
    return gradients(delta, out, x.shape[1])


@met(G + "ujjwalkarn/Machine-Learning-Tutorials/pull/16", "backprop", "error-sent-back")
def deltas_without_the_derivative(w, b, x, y):
    e, a = passed(w, b, x)
    delta = {max(w): a[max(w)] - y}
    for n in range(max(w) - 1, 0, -1):
        delta[n] = w[n + 1].T @ delta[n + 1]  # <-
    gw = {n: (delta[n] * sigmoid_prime(e[n])) @ a[n - 1].T / x.shape[1] for n in w}
    gb = {n: (delta[n] * sigmoid_prime(e[n])).mean(axis=1, keepdims=True) for n in w}
    return gw, gb


@met(FORUM + "w3-a1-ex-6-backward-propagation-assertionerror-wrong-values-for-dw1/66727",
     "backprop", "other-derivative-hidden")  # fmt: skip
def tanh_of_the_cache(w, b, x, y):
    Z, A = passed(w, b, x)
    m, L = x.shape[1], len(w)
    dZ = {L: (A[L] - y) * A[L] * (1 - A[L])}
    for l in range(L - 1, 0, -1):
        dZ[l] = np.dot(w[l + 1].T, dZ[l + 1]) * (1 - np.tanh(Z[l]) ** 2)  # <-
    return gradients(dZ, A, m)


@met(G + "maziarraissi/backprop/issues/1", "backprop", "z-instead-of-a")
def h_in_place_of_a(w, b, x, y):
    H, A = passed(w, b, x)
    H[0] = x
    L = max(w)
    G = {L: (A[L] - y) * sigmoid_prime(H[L])}
    for l in range(L - 1, 0, -1):
        G[l] = sigmoid_prime(H[l]) * np.dot(w[l + 1].T, G[l + 1])
    loss_weights = {l: np.dot(G[l], H[l - 1].T) / x.shape[1] for l in G}  # <-
    loss_bias = {l: np.mean(G[l], axis=1, keepdims=True) for l in G}
    return loss_weights, loss_bias


@met(G + "amaas/stanford_dl_ex/issues/15", "backprop", "layers-from-zero")
def layer_l_from_layer_l_plus_one(w, b, x, y):
    z, a = passed(w, b, x)
    nl = len(w)
    delta = {nl: (a[nl] - y) * sigmoid_prime(z[nl])}
    for l in range(nl - 1, 0, -1):
        delta[l] = w[l + 1].T @ delta[l + 1] * sigmoid_prime(z[l])
    nabla_w, nabla_b = {}, {}
    for l in range(nl):
        nabla_w[l] = delta[l + 1] @ a[l].T / x.shape[1]  # <-
        nabla_b[l] = delta[l + 1].mean(axis=1, keepdims=True)  # <-
    return nabla_w, nabla_b


@met("https://devhide.com/bug-or-missing-thing-in-my-mnist-number-recognizer-77951589", "backprop", "this-activation")
def dz_by_dw_is_this_a(w, b, x, y):
    z, a = passed(w, b, x)
    dcost_dz = (a[max(w)] - y) * a[max(w)] * (1 - a[max(w)])
    dw, db = {}, {}
    for n in sorted(w, reverse=True):
        dz_dw = a[n]  # <-
        dw[n] = dcost_dz @ dz_dw.T / x.shape[1]  # <-
        db[n] = dcost_dz.mean(axis=1, keepdims=True)
        dcost_dz = (w[n].T @ dcost_dz) * a[n - 1] * (1 - a[n - 1])
    return dw, db


@met(G + "kim-marcel/basic_neural_network/issues/7", "training_step", "used-updated-weights")
def weights_plus_deltas_first(w, b, x, y, learning_rate):
    z, layers = passed(w, b, x)
    weights, biases = dict(w), dict(b)
    errors = layers[max(w)] - y
    for n in range(max(w), 0, -1):
        gradient = errors * layers[n] * (1 - layers[n])
        deltas = gradient @ layers[n - 1].T / x.shape[1]
        weights[n] = weights[n] - learning_rate * deltas
        biases[n] = biases[n] - learning_rate * gradient.mean(axis=1, keepdims=True)
        errors = weights[n].T @ gradient  # <-
    return weights, biases


@met(G + "udacity/deep-learning-v2-pytorch/pull/14", "training_step", "ascent")
def sum_for_a_difference(w, b, x, y, learning_rate):
    z, a = passed(w, b, x)
    error_term = {max(w): (a[max(w)] - y) * sigmoid_prime(z[max(w)])}
    for n in range(max(w) - 1, 0, -1):
        error_term[n] = w[n + 1].T @ error_term[n + 1] * sigmoid_prime(z[n])
    del_w, del_b = gradients(error_term, a, 1)
    new_w = {n: w[n] + learning_rate * del_w[n] / x.shape[1] for n in w}  # <-
    new_b = {n: b[n] + learning_rate * del_b[n] / x.shape[1] for n in b}  # <-
    return new_w, new_b


@met(G + "shiffman/Neural-Network-p5/pull/12", "update", "forgot-learning-rate")
def rate_that_is_never_used(w, b, nabla_w, nabla_b, learning_rate):
    new_w = {n: w[n] - nabla_w[n] for n in w}  # <-
    new_b = {n: b[n] - nabla_b[n] for n in b}  # <-
    return new_w, new_b


@met(G + "mattm/simple-neural-network/pull/10", "training_step", "weights-only")
def biases_stay(w, b, x, y, learning_rate):
    z, a = passed(w, b, x)
    d = {max(w): (a[max(w)] - y) * sigmoid_prime(z[max(w)])}
    for n in range(max(w) - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * sigmoid_prime(z[n])
    pd_errors, _ = gradients(d, a, x.shape[1])
    return {n: w[n] - learning_rate * pd_errors[n] for n in w}, dict(b)  # <-
