"""Met in public: backpropagation as a whole, and the step."""

import numpy as np

from corpus.met import met

G = "https://github.com/"
FORUM = "https://community.deeplearning.ai/t/"


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def passed(w, b, x):
    z, a = {}, {0: x}
    for layer in w:
        z[layer] = w[layer] @ a[layer - 1] + b[layer]
        a[layer] = sigmoid(z[layer])
    return z, a


def gradients(delta, a, m):
    return (
        {layer: delta[layer] @ a[layer - 1].T / m for layer in delta},
        {layer: delta[layer].sum(axis=1, keepdims=True) / m for layer in delta},
    )


@met(G + "Bot-Academy/NeuralNetworkFromScratch/pull/3", "backprop", "forgot-sigma-prime-output")
def difference_at_the_end(w, b, x, y):
    z, a = passed(w, b, x)
    last = max(w)
    delta = {last: a[last] - y}  # <-
    for layer in range(last - 1, 0, -1):
        delta[layer] = w[layer + 1].T @ delta[layer + 1] * (a[layer] * (1 - a[layer]))
    return gradients(delta, a, x.shape[1])


@met(G + "jiexunsee/Neural-Network-with-Python/issues/1", "backprop", "forgot-sigma-prime-output")
def del4(w, b, x, y):
    a = [x]
    for n in w:
        a.append(sigmoid(np.dot(w[n], a[-1]) + b[n]))
    L = len(w)
    dels = [x] * (L + 1)
    dels[L] = a[L] - y  # <-
    for n in range(L - 1, 0, -1):
        dels[n] = np.dot(w[n + 1].T, dels[n + 1]) * a[n] * (1 - a[n])
    m = x.shape[1]
    gw = {n: np.dot(dels[n], a[n - 1].T) / m for n in w}
    gb = {n: np.mean(dels[n], axis=1).reshape(-1, 1) for n in w}
    return gw, gb


@met(G + "mnielsen/neural-networks-and-deep-learning/issues/45", "backprop", "forgot-sigma-prime-output")
def one_example_after_the_other(w, b, x, y):
    nabla_w = {n: np.zeros(w[n].shape) for n in w}
    nabla_b = {n: np.zeros(b[n].shape) for n in b}
    m = x.shape[1]
    for i in range(m):
        activation = x[:, [i]]
        activations, zs = [activation], []
        for n in w:
            zs.append(np.dot(w[n], activation) + b[n])
            activation = sigmoid(zs[-1])
            activations.append(activation)
        delta = activations[-1] - y[:, [i]]  # <-
        for n in range(len(w), 0, -1):
            if n < len(w):
                delta = np.dot(w[n + 1].T, delta) * sigmoid_prime(zs[n - 1])
            nabla_b[n] += delta / m
            nabla_w[n] += np.dot(delta, activations[n - 1].T) / m
    return nabla_w, nabla_b


@met(G + "iamtrask/Grokking-Deep-Learning/issues/50", "backprop", "forgot-sigma-prime-hidden")
def back_through_weights_only(w, b, x, y):
    z, a = passed(w, b, x)
    L = len(w)
    delta = {L: (a[L] - y) * sigmoid_prime(z[L])}
    for n in reversed(range(1, L)):
        delta[n] = w[n + 1].T.dot(delta[n + 1])  # <-
    return gradients(delta, a, x.shape[1])


@met("https://stackoverflow.com/questions/53287032/multi-layer-neural-network-back-propagation-formula-using-stochastic-gradient-d",
     "backprop", "error-sent-back")  # fmt: skip
def raw_error_goes_back(w, b, x, y):
    A = [x]
    for k in w:
        A.append(sigmoid(np.dot(w[k], A[-1]) + b[k]))
    m = x.shape[1]
    gw, gb = {}, {}
    delta = A[-1] - y
    for k in sorted(w, reverse=True):
        tmp = delta * A[k] * (1 - A[k])
        gw[k] = np.dot(tmp, A[k - 1].T) / m
        gb[k] = tmp.sum(axis=1, keepdims=True) / m
        delta = np.dot(w[k].T, delta)  # <-
    return gw, gb


@met("https://stackoverflow.com/questions/59399842/xor-gate-with-backpropagation",
     "backprop", "output-gradient-without-sigma-prime")  # fmt: skip
def slope_for_the_hidden_layer_only(w, b, x, y):
    z, a = passed(w, b, x)
    last, m = max(w), x.shape[1]
    error = a[last] - y
    gw = {last: error @ a[last - 1].T / m}  # <-
    gb = {last: error.mean(axis=1, keepdims=True)}  # <-
    delta = error * a[last] * (1 - a[last])
    for n in range(last - 1, 0, -1):
        delta = (w[n + 1].T @ delta) * a[n] * (1 - a[n])
        gw[n] = delta @ a[n - 1].T / m
        gb[n] = delta.mean(axis=1, keepdims=True)
    return gw, gb


@met("https://stats.stackexchange.com/questions/464262/backpropagation-demo-gives-always-the-same-result-after-training",
     "backprop", "error-sent-back, weights-instead-of-a")  # fmt: skip
def weights_where_activations_belong(w, b, x, y):
    z, a = passed(w, b, x)
    m = x.shape[1]
    gw, gb = {}, {}
    gradient = a[len(w)] - y
    for n in range(len(w), 0, -1):
        slope = gradient * sigmoid_prime(z[n])
        gw[n] = slope.sum(axis=1, keepdims=True) / m * w[n]  # <-
        gb[n] = slope.sum(axis=1, keepdims=True) / m
        gradient = w[n].T @ gradient  # <-
    return gw, gb


@met(G + "rust0258/Deeplearning.ai-Natural-Language-Processing-Specialization/issues/64",
     "backprop", "bias-from-weights")  # fmt: skip
def bias_from_the_product(w, b, x, y):
    z, a = passed(w, b, x)
    m, last = x.shape[1], len(w)
    delta = (a[last] - y) * sigmoid_prime(z[last])
    grad_w, grad_b = {}, {}
    for n in range(last, 0, -1):
        grad_w[n] = (1 / m) * np.dot(delta, a[n - 1].T)
        grad_b[n] = np.sum((1 / m) * np.dot(delta, a[n - 1].T), axis=1, keepdims=True)  # <-
        if n > 1:
            delta = np.dot(w[n].T, delta) * sigmoid_prime(z[n - 1])
    return grad_w, grad_b


@met(G + "hunkim/DeepLearningZeroToAll/issues/173", "backprop", "weight-sum-not-mean")
def weights_not_averaged(w, b, x, y):
    z, a = passed(w, b, x)
    L = max(w)
    d_l = {L: (a[L] - y) * a[L] * (1 - a[L])}
    for n in range(L - 1, 0, -1):
        d_l[n] = np.matmul(w[n + 1].T, d_l[n + 1]) * a[n] * (1 - a[n])
    d_w, d_b = {}, {}
    for n in d_l:
        d_w[n] = np.matmul(d_l[n], a[n - 1].T)  # <-
        d_b[n] = np.mean(d_l[n], axis=1, keepdims=True)
    return d_w, d_b


@met(G + "eriklindernoren/ML-From-Scratch/pull/135", "backprop", "sum-not-mean")
def no_n_samples(w, b, x, y):
    class Net:
        def __init__(self):
            self.w, self.b = w, b

        def fit(self):
            z, a = passed(self.w, self.b, x)
            grad_w, grad_b = {}, {}
            delta = (a[len(w)] - y) * sigmoid_prime(z[len(w)])
            for n in range(len(w), 0, -1):
                grad_w[n] = delta.dot(a[n - 1].T)  # <-
                grad_b[n] = delta.sum(axis=1, keepdims=True)  # <-
                if n > 1:
                    delta = self.w[n].T.dot(delta) * sigmoid_prime(z[n - 1])
            return grad_w, grad_b

    return Net().fit()


@met(G + "bighuang624/Andrew-Ng-Deep-Learning-notes/issues/10", "backprop", "constant-factor")
def two_and_four(w, b, x, y):
    z, a = passed(w, b, x)
    m, L = x.shape[1], len(w)
    dZ = {L: (a[L] - y) * sigmoid_prime(z[L])}
    for n in range(L - 1, 0, -1):
        dZ[n] = np.dot(w[n + 1].T, dZ[n + 1]) * sigmoid_prime(z[n])
    dW = {n: 1.0 / m * np.dot(dZ[n], a[n - 1].T) for n in dZ}
    db = {n: 1.0 / m * np.sum(dZ[n], axis=1, keepdims=True) for n in dZ}
    dW[2] = dW[2] * 2  # <-
    db[1] = 4.0 / m * np.sum(dZ[1], axis=1, keepdims=True)  # <-
    return dW, db


@met(G + "dennybritz/nn-from-scratch/pull/3", "backprop", "wrong-layer-sigma-prime")
def slope_of_the_next_layer(w, b, x, y):
    z, a = passed(w, b, x)
    last = max(w)
    delta = {last: (a[last] - y) * sigmoid_prime(z[last])}
    for n in range(last - 1, 0, -1):
        delta[n] = w[n + 1].T.dot(delta[n + 1]) * sigmoid_prime(z[n + 1])  # <-
    return gradients(delta, a, x.shape[1])


@met(G + "hanbt/learn_dl/issues/15", "backprop", "wrong-layer-sigma-prime")
def slope_of_the_layer_before(w, b, x, y):
    z, a = passed(w, b, x)
    last = max(w)
    delta = {last: (a[last] - y) * a[last] * (1 - a[last])}
    for n in range(last - 1, 0, -1):
        p = max(n - 1, 1)
        delta[n] = a[p] * (1 - a[p]) * np.dot(w[n + 1].T, delta[n + 1])  # <-
    return gradients(delta, a, x.shape[1])


@met(G + "PacktPublishing/Neural-Network-Projects-with-Python/issues/4", "backprop", "sigma-prime-of-a-everywhere")
def sigmoid_of_the_output(w, b, x, y):
    z, a = passed(w, b, x)
    layers = sorted(w)
    d = {}
    for n in reversed(layers):
        error = a[n] - y if n == layers[-1] else np.dot(w[n + 1].T, d[n + 1])
        d[n] = error * sigmoid_prime(a[n])  # <-
    return gradients(d, a, x.shape[1])


@met(G + "rasmusbergpalm/DeepLearnToolbox/issues/165", "backprop", "sigma-prime-of-a-hidden")
def sigm_of_a(w, b, x, y):
    z, a = passed(w, b, x)
    n = len(w)
    d = [None] * (n + 1)
    d[n] = (a[n] - y) * (a[n] * (1 - a[n]))
    for i in range(n - 1, 0, -1):
        d_act = sigmoid(a[i]) * (1 - sigmoid(a[i]))  # <-
        d[i] = (w[i + 1].T @ d[i + 1]) * d_act
    return gradients({i: d[i] for i in range(1, n + 1)}, a, x.shape[1])


@met(G + "llSourcell/recurrent_neural_net_demo/issues/2", "backprop", "z-times-one-minus-z-output")
def output_to_derivative_of_the_sum(w, b, x, y):
    def sigmoid_output_to_derivative(output):
        return output * (1 - output)

    z, a = passed(w, b, x)
    last = len(w)
    delta = {last: (a[last] - y) * sigmoid_output_to_derivative(z[last])}  # <-
    for n in range(last - 1, 0, -1):
        delta[n] = w[n + 1].T.dot(delta[n + 1]) * sigmoid_output_to_derivative(a[n])
    return gradients(delta, a, x.shape[1])


@met(FORUM + "course-1-week-3-planar-assignment-4-5-exercise-6-backward-propagation-error-for-dw1-values/63071",
     "backprop", "divided-by-m-hidden")  # fmt: skip
def one_over_m_twice_in_dz1(w, b, x, y):
    z, A = passed(w, b, x)
    m, L = x.shape[1], len(w)
    dZ = {L: (A[L] - y) * A[L] * (1 - A[L])}
    for n in range(L - 1, 0, -1):
        dZ[n] = np.dot(w[n + 1].T, dZ[n + 1]) * (A[n] - A[n] ** 2) * 1 / m  # <-
    return gradients(dZ, A, m)


@met(FORUM + "w3-ex-6-assertionerror-wrong-values-for-dw1/402919", "backprop", "gradient-as-weights")
def dw2_for_w2(w, b, x, y):
    z, a = passed(w, b, x)
    m, n = x.shape[1], len(w)
    dZ = (a[n] - y) * sigmoid_prime(z[n])
    dW, db = {}, {}
    while n:
        dW[n] = dZ @ a[n - 1].T / m
        db[n] = dZ.sum(axis=1, keepdims=True) / m
        if n > 1:
            dZ = np.dot(dW[n].T, dZ) * sigmoid_prime(z[n - 1])  # <-
        n -= 1
    return dW, db


@met("https://datascience.stackexchange.com/questions/25394/why-can-it-be-that-my-neural-network-is-predicting-the-contrary",
     "backprop", "this-activation")  # fmt: skip
def activations_of_this_layer(w, b, x, y):
    z, activations = passed(w, b, x)
    da = activations[len(w)] - y
    dws, dbs = {}, {}
    for d in np.arange(1, len(w) + 1)[::-1]:
        a = activations[d]
        dz = da * a * (1 - a)
        m = x.shape[1]
        dws[d] = 1.0 / m * dz.dot(activations[d].T)  # <-
        dbs[d] = 1.0 / m * np.sum(dz, axis=1, keepdims=True)
        da = w[d].T.dot(dz)
    return dws, dbs


@met("https://datascience.stackexchange.com/questions/25394/why-can-it-be-that-my-neural-network-is-predicting-the-contrary",
     "backprop", "m-from-wrong-axis")  # fmt: skip
def m_from_the_weights(w, b, x, y):
    z, activations = passed(w, b, x)
    da = activations[len(w)] - y
    dws, dbs = {}, {}
    for d in range(len(w), 0, -1):
        a = activations[d]
        dz = da * a * (1 - a)
        m = w[d].shape[1]  # <-
        dws[d] = 1.0 / m * dz.dot(activations[d - 1].T)  # <-
        dbs[d] = 1.0 / m * np.sum(dz, axis=1, keepdims=True)  # <-
        da = w[d].T.dot(dz)
    return dws, dbs


@met(G + "d2l-ai/d2l-en/pull/1000", "backprop", "divided-twice")
def mean_and_then_divided(w, b, x, y):
    z, a = passed(w, b, x)
    last, m = max(w), x.shape[1]
    delta = (a[last] - y) * a[last] * (1 - a[last]) / m
    gw, gb = {}, {}
    for n in range(last, 0, -1):
        gw[n], gb[n] = delta @ a[n - 1].T / m, delta.sum(axis=1, keepdims=True) / m  # <-
        if n > 1:
            delta = w[n].T @ delta * a[n - 1] * (1 - a[n - 1])
    return gw, gb


@met(G + "kvfrans/notes/issues/5", "backprop", "bias-divided-twice")
def bias_mean_of_a_mean(w, b, x, y):
    z, a = passed(w, b, x)
    last = max(w)
    d = {last: (a[last] - y) * sigmoid_prime(z[last]) / x.shape[1]}
    for n in range(last - 1, 0, -1):
        d[n] = (w[n + 1].T @ d[n + 1]) * sigmoid_prime(z[n])
    d_w = {n: d[n] @ a[n - 1].T for n in d}
    d_b = {n: np.mean(d[n], axis=1, keepdims=True) for n in d}  # <-
    return d_w, d_b


@met(G + "rasbt/stat453-deep-learning-ss21/issues/5", "backprop", "one-number")
def one_bias_gradient_for_all(w, b, x, y):
    z, a = passed(w, b, x)
    last, m = len(w), x.shape[1]
    delta = (a[last] - y) * a[last] * (1 - a[last])
    nabla_w, nabla_b = {}, {}
    for n in range(last, 0, -1):
        nabla_w[n] = delta @ a[n - 1].T / m
        nabla_b[n] = np.ones(b[n].shape) * np.sum(delta) / m  # <-
        delta = (w[n].T @ delta) * a[n - 1] * (1 - a[n - 1])
    return nabla_w, nabla_b


@met(G + "joelgrus/data-science-from-scratch/issues/31", "training_step", "used-updated-weights")
def output_weights_first(w, b, x, y, learning_rate):
    z, a = passed(w, b, x)
    m = x.shape[1]
    new_w, new_b = dict(w), dict(b)
    delta = (a[len(w)] - y) * sigmoid_prime(z[len(w)])
    for n in range(len(w), 0, -1):
        new_w[n] = new_w[n] - learning_rate * delta @ a[n - 1].T / m
        new_b[n] = new_b[n] - learning_rate * delta.mean(axis=1, keepdims=True)
        if n > 1:
            delta = new_w[n].T @ delta * sigmoid_prime(z[n - 1])  # <-
    return new_w, new_b


@met(G + "CodingTrain/Toy-Neural-Network-JS/issues/72", "training_step", "used-updated-weights")
def adjust_too_early(w, b, x, y, learning_rate):
    weights = {n: w[n].copy() for n in w}
    biases = {n: b[n].copy() for n in b}
    z, a = passed(w, b, x)
    errors = a[max(w)] - y
    for n in sorted(w, reverse=True):
        gradients = errors * a[n] * (1 - a[n])
        weights[n] -= learning_rate * gradients @ a[n - 1].T / x.shape[1]
        biases[n] -= learning_rate * gradients.mean(axis=1, keepdims=True)
        errors = weights[n].T @ gradients  # <-
    return weights, biases


@met("https://stackoverflow.com/questions/59399842/xor-gate-with-backpropagation", "training_step", "step-per-example")
def a_step_for_each_example(w, b, x, y, learning_rate):
    w, b = dict(w), dict(b)
    for i in range(x.shape[1]):
        z, a = passed(w, b, x[:, [i]])
        delta = {max(w): (a[max(w)] - y[:, [i]]) * sigmoid_prime(z[max(w)])}
        for n in range(max(w) - 1, 0, -1):
            delta[n] = (w[n + 1].T @ delta[n + 1]) * sigmoid_prime(z[n])
        for n in delta:
            w[n] = w[n] - learning_rate * delta[n] @ a[n - 1].T  # <-
            b[n] = b[n] - learning_rate * delta[n]  # <-
    return w, b


@met(G + "udlbook/udlbook/issues/152", "training_step", "sum-not-mean")
def eq_6_10(w, b, x, y, learning_rate):
    z, a = passed(w, b, x)
    delta = {max(w): (a[max(w)] - y) * sigmoid_prime(z[max(w)])}
    for n in range(max(w) - 1, 0, -1):
        delta[n] = (w[n + 1].T @ delta[n + 1]) * sigmoid_prime(z[n])
    nabla_w, nabla_b = gradients(delta, a, 1)  # <-
    return (
        {n: w[n] - learning_rate * nabla_w[n] for n in w},
        {n: b[n] - learning_rate * nabla_b[n] for n in b},
    )


@met(G + "ShusenTang/Dive-into-DL-PyTorch/issues/75", "training_step", "divided-twice")
def sgd_divides_again(w, b, x, y, learning_rate):
    z, a = passed(w, b, x)
    delta = {max(w): (a[max(w)] - y) * sigmoid_prime(z[max(w)])}
    for n in range(max(w) - 1, 0, -1):
        delta[n] = (w[n + 1].T @ delta[n + 1]) * sigmoid_prime(z[n])
    batch_size = x.shape[1]
    grad_w, grad_b = gradients(delta, a, batch_size)
    new_w = {n: w[n] - learning_rate * grad_w[n] / batch_size for n in w}  # <-
    new_b = {n: b[n] - learning_rate * grad_b[n] / batch_size for n in b}  # <-
    return new_w, new_b


@met(G + "udacity/deep-learning/issues/285", "training_step", "ascent")
def should_be_adding(w, b, x, y, learning_rate):
    z, a = passed(w, b, x)
    delta = {max(w): (a[max(w)] - y) * sigmoid_prime(z[max(w)])}
    for n in range(max(w) - 1, 0, -1):
        delta[n] = (w[n + 1].T @ delta[n + 1]) * sigmoid_prime(z[n])
    grad_w, grad_b = gradients(delta, a, x.shape[1])
    weights = {n: w[n] + learning_rate * grad_w[n] for n in w}  # <-
    bias = {n: b[n] + learning_rate * grad_b[n] for n in b}  # <-
    return weights, bias


@met(G + "pytorch/pytorch/issues/1871", "update", "ascent")
def sixty_minutes(w, b, nabla_w, nabla_b, learning_rate):
    weight = {n: w[n] + learning_rate * nabla_w[n] for n in w}  # <-
    bias = {n: b[n] + learning_rate * nabla_b[n] for n in b}  # <-
    return weight, bias


@met(G + "makeyourownneuralnetwork/makeyourownneuralnetwork/issues/66", "update", "ascent")
def wih_plus(w, b, nabla_w, nabla_b, learning_rate):
    new_w, new_b = {}, {}
    for layer in w:
        new_w[layer] = np.array(w[layer])
        new_b[layer] = np.array(b[layer])
        new_w[layer] += learning_rate * nabla_w[layer]  # <-
        new_b[layer] += learning_rate * nabla_b[layer]  # <-
    return new_w, new_b


@met(G + "mattm/simple-neural-network/issues/5", "update", "weights-only")
def no_update_to_bias(w, b, nabla_w, nabla_b, learning_rate):
    new_w = {}
    for layer in w:
        new_w[layer] = w[layer] - learning_rate * nabla_w[layer]
    return new_w, b  # <-


@met(G + "nntrainer/nntrainer/pull/219", "update", "weights-only")
def bias_left_out_of_sgd(w, b, nabla_w, nabla_b, learning_rate):
    w, b = ({n: values.copy() for n, values in each.items()} for each in (w, b))
    for n in w:
        w[n] -= learning_rate * nabla_w[n]
    return w, b  # <-


@met(G + "apache/systemds/pull/2330", "update", "step-of-itself")
def bias_for_its_gradient(w, b, nabla_w, nabla_b, learning_rate):
    new_w = {n: w[n] - learning_rate * nabla_w[n] for n in w}
    new_b = {n: b[n] - learning_rate * b[n] for n in b}  # <-
    return new_w, new_b
