"""The checkers: run a learner's function on every network, and say what is wrong in words that lead on."""

from backprop_lab.exercises import translated
from backprop_lab.exercises.judge import Learners, judge
from backprop_lab.exercises.result import CheckResult


def check_weighted_input(f: Learners) -> CheckResult:
    """Check a learner's `f(w, b, a_previous) → z`, shapes (n_out, n_in), (n_out, 1), (n_in, m) → (n_out, m)."""
    return _check("weighted_input", f)


def check_forward(f: Learners) -> CheckResult:
    """Check a learner's `f(w, b, x) → (z, a)`: dicts by layer in and out, z from layer 1, a from layer 0."""
    return _check("forward", f)


def check_quadratic(f: Learners) -> CheckResult:
    """Check a learner's `f(a, y) → float`, the mean over m examples of ½‖a − y‖²; a and y of shape (n, m)."""
    return _check("quadratic", f)


def check_bp1(f: Learners) -> CheckResult:
    """Check a learner's `f(a, y, z) → delta_L` for a sigmoid output and the quadratic cost; all of shape (n, m)."""
    return _check("bp1", f)


def check_bp2(f: Learners) -> CheckResult:
    """Check a learner's `f(w_next, delta_next, z) → delta` for sigmoid: (n_next, n), (n_next, m), (n, m) → (n, m)."""
    return _check("bp2", f)


def check_bp3(f: Learners) -> CheckResult:
    """Check a learner's `f(delta) → nabla_b`, the mean over the examples: (n, m) → (n, 1)."""
    return _check("bp3", f)


def check_bp4(f: Learners) -> CheckResult:
    """Check a learner's `f(delta, a_previous) → nabla_w`: (n_out, m), (n_in, m) → (n_out, n_in)."""
    return _check("bp4", f)


def check_backprop(f: Learners, *, convention: str = "house") -> CheckResult:
    """Check a learner's `f(w, b, x, y) → (nabla_w, nabla_b)`, dicts by layer; sigmoid, quadratic, mean over m.

    Parameters
    ----------
    convention : another notation, by its key: "rows" wants `f(W, b, X, Y) → (dW, db)` with examples in rows and
        W[from, to], "torch" lists and a mean of squares, "nielsen" lists and sums; see `rosetta.conventions`

    Raises
    ------
    ValueError : there is no such notation.
    """
    return translated.judge_in(convention, f).shown()


def check_training_step(f: Learners) -> CheckResult:
    """Check a learner's `f(w, b, x, y, learning_rate) → (w, b)`: one step, all deltas from the old weights."""
    return _check("training_step", f)


def check_update(f: Learners) -> CheckResult:
    """Check a learner's `f(w, b, nabla_w, nabla_b, learning_rate) → (w, b)`: new dicts, inputs untouched."""
    return _check("update", f)


def _check(name: str, f: Learners) -> CheckResult:
    return judge(name, f).shown()
