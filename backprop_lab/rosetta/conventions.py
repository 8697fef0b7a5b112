"""The notations of the series' sources and of what a learner meets next, each as data, with the house's own first."""

from backprop_lab.rosetta import passes
from backprop_lab.rosetta.notation import Convention, Layout

ROWS = ("layers", "a weight", "before σ, after σ", "examples", "cost", "error signal", "its gradient is")
LINES = ("forward", "BP1", "BP2", "BP3", "BP4")  # what each of `equations` says


def _says(*words: str) -> dict[str, str]:
    return dict(zip(ROWS, words, strict=True))


def _letters(w: str, b: str, delta: str, *, z: str = "z", a: str = "a", weight: str = "w") -> dict[str, str]:
    return {"∇_w": w, "∇_b": b, "δ": delta, "z": z, "a": a, "w": weight}


HOUSE = Convention(
    "house", "this course", "notebooks 00 to 12", "w, b, x, y", "nabla_w, nabla_b", passes.house, Layout(),
    (
        r"z^l=w^la^{l-1}+b^l,\quad a^l=\sigma(z^l)",
        r"\delta^L=(a^L-y)\odot\sigma'(z^L)",
        r"\delta^l=\big((w^{l+1})^T\delta^{l+1}\big)\odot\sigma'(z^l)",
        r"\frac{\partial C}{\partial b^l}=\frac{1}{m}\sum_x\delta^l",
        r"\frac{\partial C}{\partial w^l}=\frac{1}{m}\,\delta^l(a^{l-1})^T",
    ),
    _says("input 0, last L", "w[to, from]", "z, a", "a column each, m of them", "½ Σ, mean over m",
          "δ, of one example's cost", "of the mean"),
    "nabla_w[l]",
    letters=_letters("∇_w", "∇_b", "δ"),
)  # fmt: skip

BRACKETS = Convention(
    "brackets", "layers in brackets, e for the error", "a lecture with index sums", "w, b, x, y", "dw, db",
    passes.brackets, Layout(),
    (
        r"z^{[l]}_j=\sum_k w^{[l]}_{jk}a^{[l-1]}_k+b^{[l]}_j,\quad a^{[l]}_j=g(z^{[l]}_j)",
        r"e^{[L]}_j=(a^{[L]}_j-y_j)\,g'(z^{[L]}_j)",
        r"e^{[l]}_j=g'(z^{[l]}_j)\sum_i w^{[l+1]}_{ij}e^{[l+1]}_i",
        r"\frac{\partial c_x}{\partial b^{[l]}_j}=e^{[l]}_j",
        r"\frac{\partial c_x}{\partial w^{[l]}_{jk}}=a^{[l-1]}_k\,e^{[l]}_j",
    ),
    _says("input 0, last L, as [l]", "w[to, from]", "z, a = g(z)", "one at a time, n of them",
          "½ Σ, mean over n", "e, of one example's cost", "of the mean"),
    "dw[l]",
    letters=_letters("dw", "db", "e"),
)  # fmt: skip

FROM_ONE = Convention(
    "from_one", "the input is layer 1", "lecture notes; the text of an online book", "w, b, x, y", "dw, db",
    passes.from_one, Layout(first=2),
    (
        r"z^l=w^la^{l-1}+b^l,\quad a^l=\sigma(z^l),\quad a^1=x",
        r"\delta^L=(a^L-y)\odot\sigma'(z^L)",
        r"\delta^l=\big((w^{l+1})^T\delta^{l+1}\big)\odot\sigma'(z^l)",
        r"\frac{\partial C}{\partial b^l_j}=\delta^l_j",
        r"\frac{\partial C}{\partial w^l_{jk}}=a^{l-1}_k\,\delta^l_j",
    ),
    _says("input 1, last L = how many", "w[to, from]", "z, a", "one at a time, n of them",
          "½ ‖y − a‖², mean over n", "δ, of one example's cost", "of the mean"),
    "dw[l + 1]",
    letters=_letters("dw", "db", "δ"),
)  # fmt: skip

SUMMED = Convention(
    "summed", "a tensor, summed over the examples", "lecture notes with quizzes", "w, b, x, y", "dw, db",
    passes.summed, Layout(gradient=lambda m, n: m),
    (
        r"z^l_k=\sum_j w^l_{kj}a^{l-1}_j+b^l_k,\quad a^l_k=\sigma(z^l_k)",
        r"\delta^L_k=\frac{\partial C}{\partial a^L_k}\,\sigma'(z^L_k)",
        r"\delta^l_k=\sigma'(z^l_k)\sum_m w^{l+1}_{mk}\delta^{l+1}_m",
        r"\frac{\partial C}{\partial b^l_k}=\sum_s\delta^l_{ks}",
        r"\frac{\partial C}{\partial w^l_{kj}}=\sum_s\delta^l_{ks}\,a^{l-1}_{js}",
    ),
    _says("input 0, a⁰ = x", "w[to k, from j]", "input sum z, a", "a column each; under a sum m is a neuron",
          "½ Σ, added up", "δ, of one example's cost", "of the sum: m times ours"),
    "dw[l] / m",
    letters=_letters("dw", "db", "δ"),
)  # fmt: skip

PER_OUTPUT = Convention(
    "per_output", "J, divided by the outputs", "slides with θ, J and α", "w, b, x, y", "dw, db",
    passes.per_output, Layout(first=2, gradient=lambda m, n: 1 / n, delta=lambda m, n: 1 / n),
    (
        r"z^l=W^lx^{l-1}+b^l,\quad x^l=\sigma(z^l),\quad l=2,3",
        r"\delta^3_j=\frac{1}{k}(x^3_j-y_j)\,\sigma'(z^3_j)",
        r"\delta^l_j=\sum_p w^{l+1}_{pj}\delta^{l+1}_p\,\sigma'(z^l_j)",
        r"\frac{\partial J}{\partial b^l_j}=\delta^l_j",
        r"\frac{\partial J}{\partial w^l_{jk}}=x^{l-1}_k\,\delta^l_j",
    ),
    _says("input 1, last L = 3, sizes n, h, k", "w[to, from], in W", "“weighted output” z, x",
          "one at a time", "J = 1/(2k) Σ over k outputs", "“gradient of the neuron”, with 1/k",
          "1/k of ours; so α is k times η"),
    "k * dw[l + 1]",
    letters=_letters("dw", "db", "δ", a="x"),
)  # fmt: skip

FROM_TO = Convention(
    "from_to", "from, then to", "a tutorial with arrows", "w, b, x, y", "dw, db",
    passes.from_to, Layout(listed=True, turned=True, gradient_turned=True, gradient=lambda m, n: m),
    (
        r"z_j=\sum_i w_{i,j}\,a_i+b_j,\quad a_j=\sigma(z_j)",
        r"\delta_j=-(y_j-a_j)\,\sigma'(z_j)",
        r"\delta_i=\sigma'(z_i)\sum_j w_{i,j}\,\delta_j",
        r"\frac{\partial L}{\partial b_j}=\sum_{s=1}^{m}\delta_j^{(s)}",
        r"\frac{\partial L}{\partial w_{i,j}}=\sum_{s=1}^{m}a_i^{(s)}\,\delta_j^{(s)}",
    ),
    _says("in order, no numbers; L: the loss", "w[from, to]", "z, a; ŷ = a at the end",
          "y⁽ⁱ⁾: a raised index", "½ Σ, added up", "δ = −(y − a)σ′: two minus signs",
          "of the sum, and turned"),
    "dw[l - 1].T / m",
    letters=_letters("dw", "db", "δ"),
)  # fmt: skip

NIELSEN = Convention(
    "nielsen", "Nielsen’s code", "Neural Networks and Deep Learning, chapters 1 and 2",
    "biases, weights, mini_batch", "nabla_b, nabla_w",
    passes.nielsen, Layout(listed=True, examples="pairs", gradient=lambda m, n: m),
    (
        r"z^l=w^la^{l-1}+b^l,\quad a^l=\sigma(z^l)",
        r"\delta^L=\nabla_aC\odot\sigma'(z^L)",
        r"\delta^l=\big((w^{l+1})^T\delta^{l+1}\big)\odot\sigma'(z^l)",
        r"\frac{\partial C}{\partial b^l_j}=\delta^l_j",
        r"\frac{\partial C}{\partial w^l_{jk}}=a^{l-1}_k\,\delta^l_j",
    ),
    _says("text: input 1; code: lists from 0", "w[to, from]", "z, a", "pairs (x, y) in a list",
          "1/(2n) Σ ‖y − a‖²", "δ, of one example's cost", "the batch's sum, ÷ m in the step"),
    "nabla_w[l - 1] / m", ("b", "w", "xy"), ("b", "w"),
    letters=_letters("nabla_w", "nabla_b", "δ"),
)  # fmt: skip

ROWS_AND_SCORES = Convention(
    "rows", "examples as rows", "CS231n’s code, and most NumPy code", "W, b, X, Y", "dW, db",
    passes.rows,
    Layout(turned=True, bias="row", examples="rows", errors_in_rows=True, gradient_turned=True, gradient_bias="row",
           delta=lambda m, n: 1 / m),
    (
        r"Z_l=H_{l-1}W_l+b_l,\quad H_l=\sigma(Z_l)",
        r"dZ_L=\frac{1}{m}(H_L-Y)\odot\sigma'(Z_L)",
        r"dZ_l=\big(dZ_{l+1}W_{l+1}^T\big)\odot\sigma'(Z_l)",
        r"db_l=\sum_{rows}dZ_l",
        r"dW_l=H_{l-1}^T\,dZ_l",
    ),
    _says("the first W is W1", "W[from, to]", "scores Z, hidden H", "a row each", "½ Σ, mean over m",
          "dZ (dscores), holds 1/m", "of the mean, and turned"),
    "dW[l].T",
    ("w", "b", "x", "y"),
    letters=_letters("dW", "db", "dZ", z="Z", a="H", weight="W"),
)  # fmt: skip

WRITTEN_OUT = Convention(
    "d2l", "every rate written out", "Dive into Deep Learning, 5.3", "W, b, x, y", "dJ_dW, dJ_db",
    passes.written_out, Layout(bias="flat", gradient_bias="flat"),
    (
        r"z=W^{(1)}x+b^{(1)},\quad h=\phi(z),\quad o=W^{(2)}h+b^{(2)}",
        r"\frac{\partial J}{\partial o}=\frac{\partial L}{\partial o}",
        r"\frac{\partial J}{\partial z}=\Big((W^{(2)})^T\frac{\partial J}{\partial o}\Big)\odot\phi'(z)",
        r"\frac{\partial J}{\partial b^{(1)}}=\frac{\partial J}{\partial z}",
        r"\frac{\partial J}{\partial W^{(1)}}=\frac{\partial J}{\partial z}\,x^T+\lambda W^{(1)}",
    ),
    _says("the first weights are W⁽¹⁾", "W[to, from], in its code [from, to]; b is added here", "z, h; o at the end",
          "one column there; rows elsewhere", "J = L + λ-term (here λ = 0)", "∂J/∂z, no letter of its own",
          "of the mean over the minibatch"),
    "dJ_dW[l]",
    letters=_letters("∂J/∂W", "∂J/∂b", "∂J/∂z", a="h", weight="W"),
)  # fmt: skip

BOOK = Convention(
    "goodfellow", "letters a before σ, h after it", "Goodfellow, Bengio, Courville: Deep Learning, 6.5", "W, b, x, y",
    "nabla_W, nabla_b", passes.book,
    Layout(bias="flat", examples="rows", errors_in_rows=True, gradient_bias="flat"),
    (
        r"a^{(k)}=b^{(k)}+W^{(k)}h^{(k-1)},\quad h^{(k)}=f(a^{(k)})",
        r"g\leftarrow\nabla_{\hat y}J\odot f'(a^{(l)})",
        r"g\leftarrow\big((W^{(k+1)})^Tg\big)\odot f'(a^{(k)})",
        r"\nabla_{b^{(k)}}J=g+\lambda\nabla_{b^{(k)}}\Omega",
        r"\nabla_{W^{(k)}}J=g\,h^{(k-1)T}+\lambda\nabla_{W^{(k)}}\Omega",
    ),
    _says("h⁽⁰⁾ = x, last l", "W[to, from]; earlier chapters Wᵀx", "a, h: our z is its a", "a row each",
          "J = L + λΩ (here λ = 0)", "g, after g ⊙ f′(a)", "of the mean"),
    "nabla_W[l]",
    letters=_letters("nabla_W", "nabla_b", "g", z="a", a="h", weight="W"),
)  # fmt: skip

LINEAR = Convention(
    "torch", "PyTorch’s modules", "torch.nn.Linear with MSELoss", "weight, bias, x, y", "weight_grad, bias_grad",
    passes.linear,
    Layout(listed=True, bias="flat", examples="rows", errors_in_rows=True, gradient_bias="flat",
           gradient=lambda m, n: 2 / n, delta=lambda m, n: 2 / (m * n)),
    (
        r"Z=X\,A^T+b,\quad A=\mathrm{weight}",
        r"Z.grad=\frac{2}{m\,n_L}(\hat Y-Y)\odot\sigma'(Z)",
        r"Z.grad=\big(Z_{next}.grad\;A_{next}\big)\odot\sigma'(Z)",
        r"b.grad=\sum_{rows}Z.grad",
        r"A.grad=(Z.grad)^TX",
    ),
    _says("modules from 0", "weight[to, from]", "output, the activation's output", "a row each",
          "mean of all m·n_L squares, no ½", "z.grad, holds 2/(m·n_L)", "2/n_L times ours"),
    "n_L / 2 * weight_grad[l - 1]",
    letters=_letters("weight_grad", "bias_grad", "z.grad", weight="weight"),
)  # fmt: skip

THETA = Convention(
    "theta", "the bias as weight 0", "an early online course", "Theta, X, Y", "D",
    passes.theta,
    Layout(bias="column 0", examples="rows", errors_in_rows=True, gradient_bias="column 0"),
    (
        r"z^{(l+1)}=\Theta^{(l)}a^{(l)},\quad a^{(l+1)}=g(z^{(l+1)}),\quad a^{(l)}_0=1",
        r"\delta^{(L)}=(a^{(L)}-y)\odot g'(z^{(L)})",
        r"\delta^{(l)}=\big((\Theta^{(l)})^T\delta^{(l+1)}\big)_{1:}\odot g'(z^{(l)})",
        r"D^{(l)}_{i0}=\frac{1}{m}\sum_x\delta^{(l+1)}_i",
        r"D^{(l)}_{ij}=\frac{1}{m}\sum_x\delta^{(l+1)}_i\,a^{(l)}_j",
    ),
    _says("input 1; Θ⁽ˡ⁾ leads from layer l", "Θ[to, from], column 0 the bias", "z, a = g(z); a₀ = 1",
          "a row each", "½ Σ, mean (there: cross-entropy)", "δ, of one example's cost",
          "of the mean, with b in it"),
    "D[l][:, 1:]", ("wb", "x", "y"), ("wb",),
    letters=_letters("D", "column 0 of D", "δ", weight="Theta"),
)  # fmt: skip

NUMERATOR = Convention(
    "numerator", "a rate is a row", "texts on matrix calculus: numerator layout", "w, b, x, y", "dC_dw, dC_db",
    passes.numerator, Layout(errors_in_rows=True, gradient_turned=True, gradient_bias="row"),
    (
        r"z^l=w^la^{l-1}+b^l,\quad a^l=\sigma(z^l)",
        r"\frac{\partial C}{\partial z^L}=(a^L-y)^T\,\mathrm{diag}\,\sigma'(z^L)",
        r"\frac{\partial C}{\partial z^l}=\frac{\partial C}{\partial z^{l+1}}\,w^{l+1}\,\mathrm{diag}\,\sigma'(z^l)",
        r"\frac{\partial C}{\partial b^l}=\frac{\partial C}{\partial z^l}",
        r"\frac{\partial C}{\partial w^l}=a^{l-1}\,\frac{\partial C}{\partial z^l}",
    ),
    _says("input 0, last L", "w[to, from]", "z, a", "a column each; rates in rows", "½ Σ, mean over m",
          "∂C/∂z, a row", "of the mean, and turned; w is not"),
    "dC_dw[l].T",
    letters=_letters("dC_dw", "dC_db", "∂C/∂z"),
)  # fmt: skip

CONVENTIONS: dict[str, Convention] = {
    each.key: each
    for each in (
        HOUSE, BRACKETS, FROM_ONE, SUMMED, PER_OUTPUT, FROM_TO, NIELSEN, ROWS_AND_SCORES, WRITTEN_OUT, BOOK, LINEAR,
        THETA, NUMERATOR,
    )
}  # fmt: skip


def convention(key: str) -> Convention:
    """The notation with this key.

    Raises
    ------
    ValueError : there is none.
    """
    if key not in list(CONVENTIONS):  # what cannot be hashed is no key either
        raise ValueError(f"convention must be one of {', '.join(CONVENTIONS)}, got {key!r}")
    return CONVENTIONS[key]
