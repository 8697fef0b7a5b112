"""LaTeX as MathML, which a browser lays out itself, and as words, for those who do not see it."""

import re
from functools import cache

from backprop_lab.drawing.markup import Markup

# from the inside out: an index before the fraction it stands in
_WORDS = (
    (r"\\(?:[bB]igg?|quad|,|;|!)", " "),
    (r"\\mathrm\{(\w+)\}", r" \1 "),
    (r"\\hat (\w)", r"\1 hat "),
    (r"\^\{(?:\(([^()]*)\)|\[([^][]*)\])\}", r" with \1\2 above "),
    (r"\^\{\(([^()]*)\)T\}", r" with \1 above transposed "),
    (r"\\partial\b", "∂"),
    (r"\^T", " transposed "),
    (r"\\\|([^|]*)\\\|\^2", r" the square of the length of \1 "),
    (r"(?<=\))\^2", " squared"),
    (r"\\sum_\{(\w)=(\w)\}\^\{((?:[^{}]|\{[^{}]*\})*)\}", r" the sum from \1 = \2 to \3 of "),
    (r"\\sum_\{(\w)=(\w)\}", r" the sum from \1 = \2 on of "),
    (r"\\sum_(?:\{(\w+)\}|(\w))", r" the sum over \1\2 of "),
    (r"\^\{([^{}]*)\}_(?:\{([^{}]*)\}|(\w))|\^(\w)_(?:\{([^{}]*)\}|(\w))", r" \2\3\5\6 of layer \1\4 "),
    (r"\^\{(l[^{}]*)\}|\^([lL\d])", r" of layer \1\2 "),
    (r"\^\{([^{}]*)\}|\^(\w)", r" to the power \1\2"),
    (r"_\{([^{}]*)\}|_(\w)", r" \1\2 "),
    (r"\\frac\s*\{∂\s*([^{}]*)\}\s*\{∂\s*([^{}]*)\}", r" (the rate of \1 by \2) "),
    (r"\\frac\s*\{d\}\s*\{d([^{}]*)\}", r" the rate by \1 of "),
    (r"\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r" (\1 over \2) "),
    (r"\\nabla", " nabla "),
    (r"\\Sigma'", "the diagonal matrix sigma prime"),
    (r"\\(sigma|delta|eta|lambda|phi|[Tt]heta|Omega)", r" \1"),
    (r"\\approx", " is about "),
    (r"\\leftarrow", " becomes "),
    (r"=", " equals "),
    (r"\\Delta", " delta "),
    ("'", " prime"),
    (r"\\cdot", " times "),
    (r"\\odot", " times, entry by entry, "),
    (r"[{}]", ""),
    (r"\b([ijkpqx])([jkpqx])\b", r"\1 \2"),
    (r"-", " minus "),
    (r"\+", " plus "),
    (r"rate of\s+by", "rate by"),
    (r"\bC\b", " C "),
    (r"\s+", " "),
    (r"\( ", "("),
    (r" (?=[),.])", ""),
)
_IN_INDEX = re.compile(r"(<mi>[klL]</mi>)<mo>([+−])</mo>(?=<mn>\d</mn>)")  # l+1 is one thing
_CAPITAL = re.compile("<mi>([Α-Ω])</mi>")  # LaTeX sets Greek capitals upright
_PRIME = re.compile(r"<msup>(<mi[^>]*>.</mi>)<mi>′</mi></msup>")  # it stands raised in the font
_SIGNS = {"=": "equals", "≠": "does not equal", "≈": "is about"}


@cache
def from_latex(latex: str, sign: str = "") -> Markup:
    """An inline formula, in display size, with its words as `alttext`; after a sign, such as =, if one is given."""
    from latex2mathml.converter import convert  # noqa: PLC0415 (its table of signs takes long to read)

    # an index after \big) would hang below the line: it belongs to the whole bracket
    fenced = latex.replace(r"\big(", r"\left(").replace(r"\big)", r"\right)")
    mathml = convert(fenced, display="block")
    mathml = re.sub(r"&#x([0-9A-F]+);", lambda code: chr(int(code[1], 16)), mathml)
    mathml = mathml.replace("ϕ", "φ")  # the other shape of the letter is not in the font we bring, once it is slanted
    mathml = _CAPITAL.sub(r'<mi mathvariant="normal">\1</mi>', mathml)
    mathml = _PRIME.sub(r"\1<mo>′</mo>", mathml).replace("<mo>∑", '<mo class="bl-sum">∑')
    mathml = _IN_INDEX.sub(r'\1<mo lspace="0" rspace="0">\2</mo>', mathml)
    words = f"{_SIGNS.get(sign, sign)} {in_words(latex)}".strip()
    first = f"<mo>{sign}</mo>" if sign else ""
    return Markup(f'<math display="inline" displaystyle="true" alttext="{words}">{first}{mathml.partition(">")[2]}')


@cache
def in_words(latex: str) -> str:
    """The formula as it may be read aloud."""
    for pattern, words in _WORDS:
        latex = re.sub(pattern, words, latex)
    return latex.strip()
