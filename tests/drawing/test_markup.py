"""Markup is text: what a view puts in comes out of a parser again, whatever it contains."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backprop_lab.drawing.markup import ROUNDING, Markup, element, fragment, plain, signed, write

HOSTILE = [
    "<script>alert(1)</script>",
    '" onload="alert(1)',
    "' x='",
    "&lt;",
    "a < b & c > d",
    "</p>",
    "]]>",
    "w[1][0, 1]",
]
MINUS = "−"


class Reader(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = [], {}, ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.update(attrs)

    def handle_data(self, data):
        self.text += data


RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


@given(st.text())
@example(HOSTILE[0])
@example(HOSTILE[1])
@example(HOSTILE[2])
@example(HOSTILE[3])
def test_any_label_comes_out_of_a_parser_as_it_went_in(label):
    read = Reader(element("p", label, aria_label=label))
    assert (read.tags, read.text, read.attributes) == (["p"], label, {"aria-label": label})


@pytest.mark.parametrize("label", HOSTILE)
def test_markup_in_an_attribute_cannot_end_the_attribute(label):
    assert Reader(element("p", title=Markup(label))).attributes == {"title": label}


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({"class_": "bl-node"}, '<g class="bl-node"></g>'),
        ({"aria_label": "δ"}, '<g aria-label="δ"></g>'),
        ({"viewBox": "0 0 60 8"}, '<g viewBox="0 0 60 8"></g>'),
        ({"x": 1.0, "y": -0.001, "rx": 8}, '<g x="1.00" y="0.00" rx="8"></g>'),
        ({"class_": None, "id": ""}, '<g id=""></g>'),
    ],
    ids=["keyword", "hyphen", "capital", "numbers", "none"],
)
def test_names_and_values_of_attributes(attributes, expected):
    assert element("g", **attributes) == expected


def test_children_that_are_markup_stay_and_the_rest_is_escaped():
    assert element("p", element("b", "<"), 1, 0.5, "&") == "<p><b>&lt;</b>10.50&amp;</p>"
    assert isinstance(fragment("<", element("b")), Markup)
    assert fragment("<", element("b")) == "&lt;<b></b>"
    assert write(fragment("<")) == "&lt;"


@given(st.floats(-1e6, 1e6), st.integers(0, 6))
def test_signed_numbers_have_a_sign_and_can_be_read_back(value, decimals):
    text = signed(value, decimals)
    read = float(text.replace(MINUS, "-").replace("·10", "e").translate(RAISED))
    assert read == pytest.approx(value, abs=0.5000001 * 10**-decimals)
    assert text[0] == ("+" if read >= 0 else MINUS)
    assert "-" not in text
    assert decimals < 2 or abs(value) <= ROUNDING or read != 0  # what is not zero does not look like it


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (signed(-0.004), "−4·10⁻³"),
        (signed(3e-6, 5), "+3·10⁻⁶"),
        (signed(-5e-7, 6), "−5·10⁻⁷"),
        (signed(-1e-17, 5), "+0.00000"),
        (signed(-0.0284, 4), "−0.0284"),
        (signed(2), "+2.00"),
        (signed(float("-inf")), "−∞"),
        (plain(-0.004, 1), "0.0"),
        (plain(0.004), "4·10⁻³"),
        (plain(0.24014, 4), "0.2401"),
        (plain(-1.5, 1), "−1.5"),
        (plain(3, 0), "3"),
    ],
)
def test_numbers_for_eyes(text, expected):
    assert text == expected
