"""Met in public, and tried when the kinds in `later` had their names: 10 of 12 named before anything more was done.

The last one came later: it had its name, and a right line that was blamed.
"""

import numpy as np

from corpus.met import met
from corpus.whole_passes import G, gradients, passed, sigmoid, sigmoid_prime


@met(G + "BobbyAnguelov/NeuralNetwork/issues/4", "weighted_input", "reshaped-not-transposed")
def index_into_a_flat_list(w, b, a_previous):
    n_out, n_in = w.shape
    weights = w.ravel()
    z = np.zeros((n_out, a_previous.shape[1]))
    for input_idx in range(n_in):
        for hidden_idx in range(n_out):
            z[hidden_idx] += weights[input_idx * n_out + hidden_idx] * a_previous[input_idx]  # <-
    return z + b


@met(G + "levithomason/anny/issues/78", "bp1", "forgot-sigma-prime")
def error_of_the_neuron(a, y, z):
    delta = a - y  # <-
    return delta


@met(G + "liashchynskyi/skynet/pull/1", "bp1", "sigma-prime-of-a")
def activation_applied_two_times(a, y, z):
    def activation(v, derivative):
        s = 1 / (1 + np.exp(-v))
        return s * (1 - s) if derivative else s

    output_error = a - y
    return output_error * activation(a, True)  # <-


@met(G + "Lupino/bpnn/issues/2", "bp2", "missing-transpose")
def all_neurons_for_one_output(w_next, delta_next, z):
    error = np.zeros(z.shape)
    for j in range(len(z)):
        for k in range(w_next.shape[1]):
            error[j] += w_next[j][k] * delta_next[k]  # <-
    return error * sigmoid(z) * (1 - sigmoid(z))


@met(G + "apache/tvm/pull/5695", "bp2", "elementwise-not-matrix")
def dense_grad(w_next, delta_next, z):
    data = delta_next * np.transpose(w_next)  # <-
    return data * sigmoid_prime(z)


@met(G + "eriklindernoren/ML-From-Scratch/issues/76", "bp4", "divided-by-n")
def by_the_number_of_neurons(delta, a_previous):
    the_number_of_neurons = delta.shape[0]
    grad_w = np.dot(delta, a_previous.T) / the_number_of_neurons  # <-
    return grad_w


@met(G + "arthurdouillard/deepcourse/issues/6", "backprop", "gradients-of-the-error")
def grad_h_for_grad_htilde(w, b, x, y):
    z, h = passed(w, b, x)
    L, m = len(w), x.shape[1]
    grad_htilde = (h[L] - y) * sigmoid_prime(z[L])
    gw = {L: grad_htilde @ h[L - 1].T / m}
    gb = {L: grad_htilde.mean(axis=1, keepdims=True)}
    for n in range(L - 1, 0, -1):
        grad_h = w[n + 1].T @ grad_htilde
        grad_htilde = grad_h * sigmoid_prime(z[n])
        gw[n] = grad_h @ h[n - 1].T / m  # <-
        gb[n] = grad_h.mean(axis=1, keepdims=True)  # <-
    return gw, gb


@met(G + "fanghao6666/neural-networks-and-deep-learning/pull/7", "backprop", "output-delta-for-all")
def da_of_the_last_layer(w, b, x, y):
    Z, A = passed(w, b, x)
    L, m = len(w), x.shape[1]
    dZ = {L: (A[L] - y) * sigmoid_prime(Z[L])}
    for l in reversed(range(1, L)):
        dZ[l] = np.dot(w[l + 1].T, dZ[L]) * sigmoid_prime(Z[l])  # <-
    return gradients(dZ, A, m)


@met(G + "accord-net/framework/issues/577", "backprop", "hidden-gradient-zero")
def errors_that_are_not_stored(w, b, x, y):
    z, a = passed(w, b, x)
    last = max(w)
    neuron_errors = {n: np.zeros_like(a[n]) for n in w}
    errors = (a[last] - y) * a[last] * (1 - a[last])
    for j in range(last - 1, 0, -1):
        neuron_errors[j] = (w[j + 1].T @ neuron_errors[j + 1]) * a[j] * (1 - a[j])  # <-
    gw, gb = gradients(neuron_errors, a, x.shape[1])
    gw[last] = errors @ a[last - 1].T / x.shape[1]
    gb[last] = errors.mean(axis=1, keepdims=True)
    return gw, gb


@met(G + "jorgenkg/python-neural-network/issues/2", "backprop", "this-activation")
def outputs_taken_for_inputs(w, b, x, y):
    z, a = passed(w, b, x)
    inputs = a
    delta = (inputs[len(w)] - y) * sigmoid_prime(z[len(w)])
    dw, db = {}, {}
    for i in range(len(w), 0, -1):
        dw[i] = np.dot(delta, inputs[i].T) / x.shape[1]  # <-
        db[i] = np.mean(delta, axis=1, keepdims=True)
        if i > 1:
            delta = np.dot(w[i].T, delta) * sigmoid_prime(z[i - 1])
    return dw, db


@met(G + "TheIndependentCode/Neural-Network/issues/1", "training_step", "step-per-example")
def each_example_its_own_epoch(w, b, x, y, learning_rate):
    w, b = dict(w), dict(b)
    for e in range(x.shape[1]):
        z, a = passed(w, b, x[:, e : e + 1])
        grad = a[len(w)] - y[:, e : e + 1]
        for n in reversed(list(w)):
            grad = grad * sigmoid_prime(z[n])
            weights_gradient = np.dot(grad, a[n - 1].T)
            bias_gradient = grad
            grad = np.dot(w[n].T, grad)
            w[n] = w[n] - learning_rate * weights_gradient  # <-
            b[n] = b[n] - learning_rate * bias_gradient  # <-
    return w, b


@met(G + "dlidstrom/NeuralNetworkInAllLangs/issues/29", "update", "entries-not-moved")
def counts_of_the_next_layer(w, b, nabla_w, nabla_b, learning_rate):
    new_w = {n: w[n].copy() for n in w}
    for n in w:
        rows, columns = w[min(n + 1, max(w))].shape
        for r in range(min(columns, len(w[n]))):
            for c in range(min(rows, w[n].shape[1])):
                new_w[n][r, c] = w[n][r, c] - learning_rate * nabla_w[n][r, c]  # <-
    return new_w, {n: b[n] - learning_rate * nabla_b[n] for n in b}


@met("https://stats.stackexchange.com/questions/188678", "backprop", "forgot-cost-gradient")
def quotient_of_the_output(w, b, x, y):
    h = 1e-5

    def J(w, b):
        return passed(w, b, x)[1][len(w)].sum(axis=0).mean()  # <-

    nabla_w, nabla_b = ({n: np.zeros_like(each) for n, each in some.items()} for some in (w, b))
    for some, nabla in ((w, nabla_w), (b, nabla_b)):
        for n in some:
            for at in np.ndindex(some[n].shape):
                old = some[n][at]
                some[n][at] = old + h
                up = J(w, b)
                some[n][at] = old - h
                down = J(w, b)
                some[n][at] = old
                nabla[n][at] = (up - down) / (2 * h)
    return nabla_w, nabla_b
