"""Questions of notebook 10: the algorithm."""

from random import Random

from backprop_lab import cases, sigmoid
from backprop_lab.drawing.markup import plain, signed
from backprop_lab.quantities import Quantity
from backprop_lab.questions.forms import choice, number, order
from backprop_lab.questions.predictions import Asked
from backprop_lab.questions.quizzes import Question, right, wrong
from backprop_lab.quotients import exact_rate, quotient, relative_error
from backprop_lab.work import backward_products, difference_products, forward_products, parameter_count


def order_of_steps() -> Asked:
    return order(
        "One step of training, error signals before gradients. Which order works?",
        (
            "all $z^l$, $a^l$ (forward)",
            "$δ^L$ (BP1)",
            "the other $δ^l$, backwards (BP2)",
            "all gradients (BP3, BP4)",
            "the update of $w$ and $b$",
        ),
        because=(
            "BP1 needs $a^L$ and $z^L$, the end of the forward pass.",
            "BP2 needs the δ of the next layer: it has to start somewhere.",
            "Each gradient is made of its layer's δ.",
            "No weight may move before every δ that goes through it is known.",
        ),
        once=True,
    )


def slip_at_the_output() -> Asked:
    return choice(
        "Three layers. Somebody writes $y − a^L$ for $a^L − y$ in BP1, and everything else right. Which arrays are wrong?",
        {
            "$δ^L$ only": "Ask who reads it next: BP2 of the layer before, and the gradients of layer L.",
            "$δ^L$ and the gradients of layer L": "BP2 sends $δ^L$ on to every layer before.",
            "every δ and every gradient": "BP2 hands the wrong sign on, layer by layer, and the gradients take it over.",
            "all arrays, z and a too": "The forward pass is over before BP1 begins: nothing flows back into it.",
        },
        answer="every δ and every gradient",
        once=True,
        reveal="A slip poisons what is computed from it, and nothing else. That is how a slip can be found.",
    )


def name_the_slip() -> Asked:
    factors = ", ".join(plain(1 / slope, 2) for slope in sigmoid.prime(cases.running.forward_pass.z[1])[:, 0])
    return choice(
        "A gradient check of a 2-3-1 network, one example. Layer 2 agrees everywhere. In layer 1 every entry is too large, "
        f"its bias too: in row 0, 1, 2 by the factors {factors}. Which slip is it?",
        {
            "$σ′(z^1)$ is missing in BP2": "Each row has one factor of its own: what is missing belongs to the neuron, and lies between its δ and the next layer's.",
            "BP1 lacks $σ′(z^2)$": "Then layer 2 would not agree.",
            "$a^1$ in place of $a^0$ in BP4": "Then the bias would agree, and one row could not have one factor.",
            "sum in place of mean": "With one example sum and mean are equal; with more, all rows would have the same factor.",
        },
        answer="$σ′(z^1)$ is missing in BP2",
        hints=("All of a row is off by one factor. What belongs to a row, and not to a column?",),
        reveal="The factors are $1/σ′(z^1_j)$.",
    )


def smaller_h() -> Asked:
    case, of = cases.running, Quantity.read("w[1][2, 1]")
    good = relative_error(quotient(case, of, 1e-4).rates["two-sided"], exact_rate(case, of))
    return choice(
        "A two-sided difference with h = 0.0001 is off by about a billionth of the rate. A derivative is the limit as h goes to 0. "
        "What happens with h = 10⁻¹⁵?",
        {
            "it gets better still": "On paper. In a computer a number has about 16 digits.",
            "it stays as good": "Both costs then share nearly all their 16 digits, and the subtraction cancels those.",
            "it gets far worse": "The costs differ in their last digit or two only, and this is divided by a tiny h.",
        },
        answer="it gets far worse",
        once=True,
        reveal=f"With 0.0001 it is off by {good * 1e9:.1f} billionths of the rate. With 10⁻¹⁵ hardly a digit of it is left.",
    )


def how_many_passes() -> Asked:
    sizes = (784, 30, 10)
    knobs = parameter_count(sizes)
    return number(
        "A network of sizes 784-30-10. How many forward passes do two-sided differences take for its whole gradient?",
        2 * knobs,
        slips={
            "one pass for each weight and bias": knobs,
            "the biases left out": 2 * forward_products(sizes),
            "the biases left out, and one pass for each weight": forward_products(sizes),
            "one neuron in place of one weight": 2 * sum(sizes[1:]),
        },
        decimals=0,
        hints=(
            "First count the weights and biases.",
            "Weights: 784·30 and 30·10. Biases: 30 and 10. And C on both sides of each.",
        ),
        reveal=f"{knobs:,} weights and biases, two passes for each.",
    )


def twice_as_wide() -> Asked:
    small, large = (100, 100, 100, 10), (200, 200, 200, 20)
    passes, moved = (count(large) / count(small) for count in (backward_products, difference_products))
    return choice(
        "Every layer gets twice as many neurons. How much more work is a backward pass, and how much more are differences?",
        {
            "2 times both": "Each weight matrix has twice the rows and twice the columns.",
            "4 times both": "The differences do not only take longer passes: they take more passes as well.",
            "4 times, and 16 times": "4 times the weights: 4 times the work of a pass, and for differences 4 times as many passes too.",
            "2 times, and 4 times": "The right idea, with the number of neurons in place of the number of weights.",
        },
        answer="4 times, and 16 times",
        once=True,
        reveal=f"From 100-100-100-10 to 200-200-200-20: {passes:.1f} times and {moved:.1f} times.",
    )


def a_count_of_passes(draw: Random) -> Asked:
    """How many passes differences take."""
    n_in, hidden, out = draw.randint(3, 9), draw.randint(4, 12), draw.randint(2, 5)
    sizes = (n_in, hidden, out)
    return number(
        f"Sizes {n_in}-{hidden}-{out}. How many forward passes do two-sided differences take for the whole gradient?",
        2 * parameter_count(sizes),
        slips={
            "one pass for each weight and bias": parameter_count(sizes),
            "the biases left out": 2 * forward_products(sizes),
        },
        decimals=0,
        hints=("First count the weights and biases.", "Then C has to be known on both sides of each."),
    )


def a_difference(draw: Random) -> Asked:
    """A two-sided difference from two costs."""
    h, rate = draw.choice((0.01, 0.02, 0.05)), draw.choice((-1, 1)) * draw.randint(12, 48) / 100
    here, bend = draw.randint(20, 40) / 100, 0.0001 * draw.randint(2, 9)
    up, down = (round(here + side * h * rate + bend, 4) for side in (1, -1))
    return number(
        f"At θ − {h} the cost is {down:.4f}, at θ + {h} it is {up:.4f}. What is the two-sided difference?",
        (up - down) / (2 * h),
        slips={
            "h in place of 2h": (up - down) / h,
            "the two costs exchanged": (down - up) / (2 * h),
            "no division at all": up - down,
        },
        decimals=4,
        hints=("How far apart are the two points?", f"The costs differ by {signed(up - down, 4)}."),
    )


RECALL = (a_count_of_passes, a_difference)

QUIZ = (
    Question(
        "Why does the algorithm go backwards?",
        (
            wrong("the first layer's δ is the largest", "Sizes play no part; often it is the smallest."),
            right("the δ of a layer needs the next layer's δ, and no other"),
            wrong("the input is not known yet", "It is known first of all: the forward pass began there."),
            wrong("the output's weights matter most", "Which weight matters is what the rates tell afterwards."),
        ),
        penalty=10,
        explanation="So every δ is computed once, and used by all that come before.",
    ),
    Question(
        "The gradient check passes at one point. Is the program correct?",
        (
            wrong("yes, it is proved", "Kinks, zeros and a single example can hide a slip."),
            wrong(
                "yes, if the difference is exactly 0",
                "It hardly ever is: finite differences have an error of their own.",
            ),
            right("likely, but that is no proof"),
            wrong("that cannot be said at all", "It is strong evidence: most slips would have shown."),
        ),
        penalty=10,
        explanation="Check where sizes differ, with several examples, and away from zero.",
    ),
    Question(
        "What makes backpropagation efficient?",
        (
            wrong("it needs no intermediate results", "The opposite: it keeps every z and a of the forward pass."),
            right("each intermediate result is computed once, kept, and used again"),
            right("one backward pass finds the rates of all weights and biases"),
            wrong("it finds rates that are nearly right, and that is enough", "They are exact, up to rounding."),
        ),
        penalty=10,
        explanation="Both together: shared tails of all paths are multiplied once, and all rates come out of it.",
    ),
)
