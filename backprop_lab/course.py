"""The series as data: what each notebook asks, and which part of the one big process it explains."""

from typing import NamedTuple


class Chapter(NamedTuple):
    """One notebook: its file without the ending, its short name, its question, its place in the process."""

    file: str
    name: str
    question: str
    row: str
    minutes: int
    needs: str


CHAPTERS = tuple(
    Chapter(*each)
    for each in (
        ("00_start_here", "start here", "What would it take to make a network less wrong?",
         "start", 30, "nothing but curiosity"),
        ("01_notation", "notation", "How do I name every wire without ambiguity?",
         "start", 30, "notebook 00"),
        ("02_forward_pass", "forward pass", "What does the network compute?",
         "forward", 45, "notebook 01, and what a derivative is"),
        ("03_cost", "cost", "How wrong is it, in one number?",
         "forward", 35, "notebook 02"),
        ("04_chain_rule", "chain rule", "How fast does the end move when I move the beginning?",
         "backward", 45, "notebook 03"),
        ("05_error_signal", "error signal", "What is the error of a neuron nobody gave a target?",
         "backward", 45, "notebook 04"),
        ("06_bp1_output_error", "BP1: output error", "Where does the error signal start?",
         "backward", 45, "notebook 05"),
        ("07_bp2_backward", "BP2: one layer back", "How does a hidden neuron learn of its error?",
         "backward", 40, "notebook 06"),
        ("08_bp3_bp4_gradients", "BP3, BP4: gradients",
         "How does an error signal become the gradient of every parameter?",
         "update", 40, "notebook 07"),
        ("09_matrix_form", "matrix form", "How do we do all this for a layer and a batch at once?",
         "update", 45, "notebook 08"),
        ("10_algorithm", "algorithm",
         "How do the four equations become a program, and how do you know that it is right?",
         "update", 45, "notebook 09"),
        ("11_training_loop", "training loop", "What do many small steps add up to?",
         "update", 60, "notebook 10"),
        ("12_saturation_and_cost", "saturation and cost", "Why may a very wrong neuron learn slowly?",
         "update", 40, "notebook 11"),
        ("13_rosetta", "rosetta", "How do others write it?",
         "update", 35, "notebook 12; for the first half 09 is enough"),
    )
)  # fmt: skip
ROWS = {  # what each part of the process does, and from which quantity to which it goes
    "start": ("before we begin", ""),
    "forward": ("forward: from the inputs to the cost", "x → z → a → C"),
    "backward": (
        "backward: from the cost to an error signal for every neuron",
        "C → δ of the last layer → δ before it",
    ),
    "update": ("update: a small step for every weight and bias", "δ → ∇C → w, b ↻ forward again"),
}


def navigation(chapter: Chapter) -> str:
    """The Markdown lines which state a notebook's place: the way back and on, the time it takes, what it needs."""
    at = CHAPTERS.index(chapter)
    before, after = CHAPTERS[:at][-1:], CHAPTERS[at + 1 : at + 2]
    links = [
        *(f"[← {each.file[:2]} · {each.name}]({each.file}.ipynb)" for each in before),
        *([f"[all notebooks]({CHAPTERS[0].file}.ipynb)"] if at else []),
        *(f"[{each.file[:2]} · {each.name} →]({each.file}.ipynb)" for each in after),
    ]
    return f"**Time:** about {chapter.minutes} minutes. **You need:** {chapter.needs}.\n\n{' · '.join(links)}"
