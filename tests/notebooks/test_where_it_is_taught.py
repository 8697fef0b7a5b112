"""No word is used before it is introduced; and all that the five texts behind the series teach has a place in it."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import nbformat
import pytest

from backprop_lab import derivations, questions
from backprop_lab.rosetta.conventions import CONVENTIONS
from backprop_lab.rosetta.slips import SLIPS

HERE = Path(__file__).parent
NOTEBOOKS = sorted(HERE.parents[1].joinpath("notebooks").glob("*.ipynb"))
TEXTS = {"000": 49, "001": 63, "002": 47, "003": 32, "004": 28}  # and how many things each of them teaches
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
NOT_READ = re.compile(r"`[^`\n]*`|(?<!\*)\*[^*\n]+\*(?!\*)|\[[^\]]*\]\([^)]*\)")  # code, names on the screen, links


class Section(NamedTuple):
    """What is between a heading and the next: what is read as the course's own words, and all of it."""

    notebook: str
    heading: str
    read: str
    whole: str


def rows(table: str) -> list[list[str]]:
    """The rows of a table: its lines cut at the bars, without comments."""
    lines = (HERE / table).read_text(encoding="utf-8").splitlines()
    return [re.split(r"\s+\|\s+", line.strip()) for line in lines if line and line[0] != "#"]


@cache
def sections() -> list[Section]:
    """The sections of all notebooks, in the order of reading."""
    return [section for path in NOTEBOOKS for section in sections_of(path)]


def sections_of(path: Path) -> list[Section]:
    """The sections of a notebook; of the first and the last, which say what comes, nothing is read."""
    heading, read, whole = "", {}, {}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            asked = asks(cell.source)
            read[heading] += asked
            whole[heading] += "\n".join([cell.source, asked, *shown(cell.source)])
            continue
        text, *parts = HEADING.split(cell.source)
        for name, below in zip([heading, *parts[::2]], [text, *parts[1::2]], strict=True):
            heading = name
            read[name], whole[name] = (found.get(name, f"{name}\n") + below for found in (read, whole))
    outlook = ("", *list(read)[1:2], "Next")
    number = path.name[:2]
    return [
        Section(number, name, NOT_READ.sub(" ", read[name]) if name not in outlook else "", whole[name])
        for name in read
    ]


def asks(source: str) -> str:
    """The questions of this cell as they are read before they are answered."""
    asked = [questions.ask(key) for key in re.findall(r'widgets\.predict\("(.+?)"\)', source)]
    quizzes = [each for name in re.findall(r'widgets\.quiz\("(.+?)"\)', source) for each in questions.quiz(name)]
    texts = [
        text for each in asked for text in (each.question, *getattr(each, "choices", ()), *getattr(each, "items", ()))
    ]
    texts += [text for each in quizzes for text in (each.prompt, *(choice.text for choice in each.choices))]
    return "\n".join(["", *texts, ""])


def shown(source: str) -> list[str]:
    """The words that are shown without being written in the notebook: lines of proofs, notations, printed lines."""
    proofs = [getattr(derivations, name) for name in re.findall(r"widgets\.proof\(derivations\.(\w+)", source)]
    texts = [line.latex for proof in proofs for line in getattr(proof, "lines", ())]
    if "widgets.conventions(" in source:
        texts += [str(each) for each in CONVENTIONS.values()]
    if "widgets.spot_the_slip(" in source:
        texts += [each.title for each in SLIPS]
    return texts


def place_of(notebook: str, heading: str) -> int:
    """Where this section is among all of them."""
    places = [(each.notebook, each.heading) for each in sections()]
    assert (notebook, heading) in places, f"notebook {notebook} has no heading {heading!r}"
    return places.index((notebook, heading))


@pytest.mark.parametrize(("term", "number", "heading"), rows("glossary.txt"), ids=lambda part: part)
def test_a_word_is_introduced_at_its_place_and_not_used_before(term, number, heading):
    place = place_of(number, heading)
    pattern = re.compile(term, re.IGNORECASE if term.startswith(r"\b") else 0)  # Σ′ is not σ′
    assert pattern.search(sections()[place].read), f"{number}, {heading!r} does not mention it"
    before = [
        f"{number} {name}: …{read[max(0, found.start() - 60) : found.start() + 40]!r}…"
        for number, name, read, _ in sections()[:place]
        for found in pattern.finditer(read)
    ]
    assert not before, "\n".join(before)


@pytest.mark.parametrize(("what", "number", "heading", "found"), rows("seeds.txt"), ids=lambda part: part[:60])
def test_what_the_texts_teach_is_taught_there(what, number, heading, found):
    said = " ".join(sections()[place_of(number, heading)].whole.split())
    missing = [words for words in found.split(" & ") if words not in said]
    assert not missing, f"{what}: notebook {number}, {heading!r} does not say {missing}"


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_that_a_text_teaches_is_left_out(text):
    taught = [what[what.rindex("(") + 1 : -1] for what, *_ in rows("seeds.txt") if what.startswith(text)]
    spans = [[int(end) for end in span.split("-")] for each in taught for span in each.split(", ")]
    assert {n for span in spans for n in range(span[0], span[-1] + 1)} == {*range(1, TEXTS[text] + 1)}
