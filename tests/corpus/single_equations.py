"""Met in public: the weighted input, the cost, BP1 to BP4."""

import numpy as np

from corpus.met import met

G = "https://github.com/"
FORUM = "https://community.deeplearning.ai/t/"


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


@met(G + "Kulbear/deep-learning-coursera/pull/48", "weighted_input", "bias-in-the-sum")
def bias_added_to_every_product(w, b, a_previous):
    z = np.zeros((w.shape[0], a_previous.shape[1]))
    for i in range(z.shape[1]):
        s = w * a_previous[:, i] + b  # <-
        z[:, i] = np.sum(s, axis=1)
    return z


@met(G + "stephencwelch/Neural-Networks-Demystified/issues/23", "weighted_input", "missing-transpose")
def weights_turned(w, b, a_previous):
    return np.dot(w.T, a_previous) + b  # <-


@met(G + "stephencwelch/Neural-Networks-Demystified/issues/23", "weighted_input", "swapped-factors")
def rows_as_in_the_video(w, b, a_previous):
    z2 = np.dot(a_previous, w)  # <-
    return z2 + b


@met(FORUM + "course-1-week-4-assignment-1/6615", "forward", "previous-weights")
def small_l_for_large_l(w, b, x):
    L = len(w)
    A = {0: x}
    Z = {}
    l = 1
    for l in range(1, L):
        Z[l] = np.dot(w[l], A[l - 1]) + b[l]
        A[l] = sigmoid(Z[l])
    Z[L] = np.dot(w[l], A[L - 1]) + b[L]  # <-
    A[L] = sigmoid(Z[L])
    return Z, A


@met(G + "Yorko/mlcourse.ai/issues/640", "forward", "sign-in-the-exponent")
def minus_lost_in_sigma(w, b, x):
    z, a = {}, {0: x}
    for layer in w:
        z[layer] = w[layer] @ a[layer - 1] + b[layer]
        a[layer] = 1 / (1 + np.exp(z[layer]))  # <-
    return z, a


@met(G + "oreilly-japan/deep-learning-from-scratch/pull/44", "quadratic", "sum-not-mean")
def sum_of_squares_book(y, t):
    return 0.5 * np.sum((y - t) ** 2)  # <-


@met(G + "oreilly-japan/deep-learning-from-scratch/pull/44", "quadratic", "divided-by-n")
def by_the_length(a, y):
    return np.sum((a - y) ** 2) / len(y)  # <-


@met(G + "WegraLee/deep-learning-from-scratch/pull/4", "quadratic", "mean-over-neurons")
def by_the_size(y, t):
    size = y.size
    return 0.5 * np.sum((y - t) ** 2) / size  # <-


@met(G + "tiny-dnn/tiny-dnn/issues/159", "quadratic", "sum-not-mean")
def total_in_a_loop(a, y):
    e = 0.0
    for i in range(len(a)):
        for x in range(len(a[0])):
            e += (a[i][x] - y[i][x]) * (a[i][x] - y[i][x]) / 2  # <-
    return e  # <-


@met(G + "keras-team/keras-core/issues/8", "quadratic", "per-entry")
def no_mean_at_all(y_pred, y_true):
    squared = (y_true - y_pred) ** 2  # <-
    return squared  # <-


@met(G + "fastai/fastbook/pull/327", "quadratic", "root-mean-square")
def with_sqrt(preds, targets):
    return np.sqrt(((preds - targets) ** 2).mean())  # <-


@met(G + "bfortuner/ml-glossary/issues/6", "quadratic", "mean-of-everything")
def glossary(yHat, y):
    return np.sum((yHat - y) ** 2) / y.size  # <-


@met(G + "acids-ircam/creative_ml/pull/6", "quadratic", "no-half-no-mean")
def called_a_mean(a, y):
    errors = a - y
    return np.sum(errors**2)  # <-


@met(G + "kuleshov-group/aml-book/issues/17", "quadratic", "forgot-half")
def standard_definition(a, y):
    m = y.shape[1]
    loss = 0
    for i in range(m):
        loss += np.sum((a[:, i] - y[:, i]) ** 2)
    return loss / m  # <-


@met("https://datascience.stackexchange.com/questions/27146/why-does-my-cost-function-return-double-the-expected-value",
     "quadratic", "examples-multiplied")  # fmt: skip
def dot_the_wrong_way_round(A, Y):
    m = Y.shape[1]
    return 1 / (2 * m) * np.sum(np.dot((A - Y).T, A - Y))  # <-


@met(FORUM + "c1-w2-a2-forward-and-backward-propagation-wrong-value-for-cost/871866/3", "quadratic", "examples-mixed")
def transposed_dot(a, y):
    m = a.shape[1]
    cost = np.dot((a - y).T, (a - y)) / (2 * m)  # <-
    return np.squeeze(cost)


@met(FORUM + "course-1-week-2-exercise-5-propagate/119220", "quadratic", "per-example")
def a_cost_each(A, Y):
    losses = np.sum(np.square(A - Y), axis=0) / 2  # <-
    return losses  # <-


@met(G + "mnielsen/neural-networks-and-deep-learning/pull/77", "bp1", "forgot-sigma-prime")
def delta_of_network2(a, y, z):
    return a - y  # <-


@met(G + "iamtrask/Grokking-Deep-Learning/issues/37", "bp1", "sign-flipped-and-forgot")
def layer_2_delta(a, y, z):
    layer_2 = a
    layer_2_delta = y - layer_2  # <-
    return layer_2_delta


@met(G + "dennybritz/nn-from-scratch/issues/11", "bp1", "sign-flipped")
def delta3_of_the_text(a, y, z):
    delta3 = y - a  # <-
    delta3 = delta3 * a * (1 - a)  # <-
    return delta3


@met(G + "kyle8998/Sudo-Productivity/issues/3", "bp1", "z-times-one-minus-z")
def derivative_of_what_comes_in(a, y, z):
    def sigmoid_derivative(x):
        return x * (1 - x)  # <-

    return (a - y) * sigmoid_derivative(z)  # <-


@met("https://dev.to/shamdasani/build-a-flexible-neural-network-with-backpropagation-in-python/comments",
     "bp1", "sigma-prime-of-a")  # fmt: skip
def as_the_comment_wants(a, y, z):
    def sigmoid_prime(s):
        return sigmoid(s) * (1 - sigmoid(s))

    o_error = a - y
    o_delta = o_error * sigmoid_prime(a)  # <-
    return o_delta


@met(G + "iamtrask/iamtrask.github.io/issues/12", "bp1", "sigma-prime-of-a")
def nonlin_twice(a, y, z):
    def nonlin(x, deriv=False):
        s = 1 / (1 + np.exp(-x))
        return s * (1 - s) if deriv else s

    l1 = a
    l1_error = l1 - y
    return l1_error * nonlin(l1, True)  # <-


@met("https://datascience.stackexchange.com/questions/56928/simple-perceptron-on-python",
     "bp1", "matrix-not-elementwise")  # fmt: skip
def dots_everywhere(a, y, z):
    out = a
    return np.dot((out - y), np.dot(out, (1 - out)))  # <-


@met(G + "oxford-cs-deepnlp-2017/lectures/issues/10", "bp1", "constant-factor")
def minus_two_times(a, y, z):
    dcda = -2 * (a - y)  # <-
    return dcda * sigmoid(z) * (1 - sigmoid(z))


@met(G + "Open-Deep-ML/DML-OpenProblem/issues/54", "bp1", "doubled")
def two_from_the_square(a, y, z):
    error = 2 * (a - y)  # <-
    s = 1 / (1 + np.exp(-z))
    return error * s * (1 - s)


@met(G + "yizt/numpy_neural_network/issues/3", "bp1", "sigma-of-a-difference")
def sigmoid_backward(a, y, z):
    dz = sigmoid(1 - sigmoid(z))  # <-
    return (a - y) * dz


@met(G + "nicodjimenez/lstm/issues/41", "bp1", "other-derivative")
def plus_for_minus(a, y, z):
    derivative = 1.0 + a**2  # <-
    return (a - y) * derivative


@met(G + "makeyourownneuralnetwork/makeyourownneuralnetwork/issues/77", "bp2", "weights-as-shares")
def split_in_proportion(w_next, delta_next, z):
    fractions = w_next / w_next.sum(axis=1, keepdims=True)  # <-
    errors = np.dot(fractions.T, delta_next)  # <-
    s = sigmoid(z)
    return errors * s * (1 - s)


@met(G + "makeyourownneuralnetwork/makeyourownneuralnetwork/issues/59", "bp2", "inverse-not-transpose")
def undo_the_weights(w_next, delta_next, z):
    back = np.linalg.pinv(w_next)  # <-
    return np.dot(back, delta_next) * sigmoid(z) * (1.0 - sigmoid(z))  # <-


@met(G + "benoitfragit/libBrain/issues/78", "bp2", "sigma-prime-of-a")
def derivative_of_the_activation(w_next, delta_next, z):
    def derivative(value):
        return sigmoid(value) * (1 - sigmoid(value))

    a = sigmoid(z)
    n, m = z.shape
    delta = np.empty((n, m))
    for j in range(n):
        for x in range(m):
            error = sum(w_next[i, j] * delta_next[i, x] for i in range(len(w_next)))
            delta[j, x] = error * derivative(a[j, x])  # <-
    return delta


@met(G + "davidrmiller/neural2d/issues/40", "bp2", "sigma-prime-of-a")
def transfer_function_of_the_output(w_next, delta_next, z):
    output = sigmoid(z)
    gradient = sigmoid(output) * (1 - sigmoid(output))  # <-
    return gradient * (w_next.T @ delta_next)


@met(FORUM + "exercise-7-linear-backward/241052", "bp2", "elementwise-not-matrix")
def multiply_by_the_transpose(w_next, delta_next, z):
    dA_prev = np.multiply(delta_next, w_next.T)  # <-
    return dA_prev * sigmoid(z) * (1 - sigmoid(z))


@met(FORUM + "week-3-exercise-6-cost-function/723602/2", "bp2", "elementwise-not-matrix")
def np_multiply(w_next, delta_next, z):
    A1 = sigmoid(z)
    dZ1 = np.multiply(w_next.T, delta_next) * A1 * (1 - A1)  # <-
    return dZ1


@met(FORUM + "wrong-values-for-dw1/85937", "bp2", "z-as-factor")
def times_z_as_well(w_next, delta_next, z):
    g_prime = sigmoid(z) * (1 - sigmoid(z)) * z  # <-
    return np.dot(w_next.T, delta_next) * g_prime


@met(FORUM + "course-1-week-3-planar-assignment-4-5-exercise-6-backward-propagation-error-for-dw1-values/63071",
     "bp2", "divided-by-m")  # fmt: skip
def one_over_m_here(w_next, delta_next, z):
    m = z.shape[1]
    a = sigmoid(z)
    return 1 / m * (np.dot(w_next.T, delta_next) * (a - np.power(a, 2)))  # <-


@met(FORUM + "w3-ex-6-assertionerror-wrong-values-for-dw1/402919", "bp2", "matrix-not-elementwise")
def dot_of_dots(w_next, delta_next, z):
    A1 = sigmoid(z)
    return np.dot(np.dot(w_next.T, delta_next), np.dot(A1.T, 1 - A1))  # <-


@met("https://example-a.com/answer/46395467", "bp2", "forgot-weights")
def output_error_for_the_hidden_layer(w_next, delta_next, z):
    hidden = sigmoid(z)
    delta_hidden = delta_next * hidden * (1 - hidden)  # <-
    return delta_hidden


@met(G + "lazyprogrammer/facial-expression-recognition/issues/2", "bp2", "one-minus-z-squared")
def arctanh(w_next, delta_next, z):
    back = w_next.T.dot(delta_next)
    return back * (1 - z * z)  # <-


@met(G + "ttezel/nn/issues/8", "bp2", "other-derivative")
def relu_slope(w_next, delta_next, z):
    slope = (z > 0).astype(float)  # <-
    return (w_next.T @ delta_next) * slope


@met(G + "rasbt/stat453-deep-learning-ss21/issues/5", "bp3", "one-number")
def sum_without_a_dimension(delta):
    return np.sum(delta) / delta.shape[1]  # <-


@met(FORUM + "exercise-7-linear-backward/241052", "bp3", "wrong-axis")
def sum_over_axis_0(delta):
    m = delta.shape[1]
    db = 1 / m * np.sum(delta, axis=0, keepdims=True)  # <-
    return db


@met(G + "jimfleming/differentiation/issues/1", "bp3", "bias-not-summed")
def broadcast_bias(delta):
    return delta  # <-


@met(G + "kvfrans/notes/issues/5", "bp3", "divided-twice")
def mean_of_what_is_divided(delta):
    d_h = delta / delta.shape[1]
    return np.mean(d_h, axis=1, keepdims=True)  # <-


@met(G + "iamtrask/Grokking-Deep-Learning/issues/71", "bp4", "transposed-gradient")
def outer_prod_of_the_book(delta, a_previous):
    out = np.zeros((len(a_previous), len(delta)))
    for i in range(len(a_previous)):
        for j in range(len(delta)):
            out[i][j] = np.mean(a_previous[i] * delta[j])  # <-
    return out  # <-


@met(G + "iamtrask/Grokking-Deep-Learning/pull/22", "bp4", "transposed-gradient")
def deltas_in_a_column(delta, a_previous):
    weight_deltas = a_previous @ delta.T  # <-
    return weight_deltas / delta.shape[1]  # <-


@met(G + "stephencwelch/Neural-Networks-Demystified/issues/28", "bp4", "missing-transpose")
def why_transpose(delta, a_previous):
    return np.dot(delta, a_previous) / len(delta[0])  # <-


@met(G + "dibgerge/ml-coursera-python-assignments/issues/120", "bp4", "elementwise-not-matrix")
def entry_by_entry(delta, a_previous):
    m = delta.shape[1]
    Delta = delta * a_previous  # <-
    return Delta / m


@met(FORUM + "building-your-deep-neural-network-step-by-step-error-debugging/674897/8", "bp4", "elementwise-not-matrix")
def star_for_dot(delta, a_previous):
    dW = 1 / delta.shape[1] * (delta * a_previous.T)  # <-
    return dW


@met(G + "ageron/handson-ml/issues/179", "bp4", "sum-not-mean")
def minibatch_not_divided(delta, a_previous):
    gradients = delta.dot(a_previous.T)  # <-
    return gradients


@met(G + "ageron/handson-ml/issues/73", "bp4", "sum-not-mean")
def added_up_in_a_loop(delta, a_previous):
    total = 0
    for x in range(delta.shape[1]):
        total = total + np.outer(delta[:, x], a_previous[:, x])  # <-
    return total  # <-
