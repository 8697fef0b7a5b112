"""Every notebook keeps the house style of `notebook_rules`; and every rule there sees what breaks it."""

import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import notebook_rules as rules
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebook_rules import FOLDED, RULES, Page
from save_notebooks import normalized

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_notebook_keeps_the_house_style(notebook, rule):
    page = Page(notebook, nbformat.read(notebook, as_version=4))
    faults = list(rule(page))
    assert not faults, "\n".join(f"{notebook.name}: {fault}" for fault in faults)


def test_questions_are_a_small_part_of_what_a_learner_reads_as_code():
    pages = [Page(path, nbformat.read(path, as_version=4)) for path in NOTEBOOKS]
    lines = [line for page in pages for _, cell in page.code for line in cell.source.splitlines() if line.strip()]
    asked = [line for line in lines if rules.QUESTION.search(line)]
    assert len(asked) <= 0.08 * len(lines), f"{len(asked)} of {len(lines)} lines"


@pytest.mark.parametrize("name", ["00_start_here", "11_training_loop"])
def test_the_series_has(name):
    assert (Path(__file__).parents[1] / "notebooks" / f"{name}.ipynb").exists()


GOOD = [
    new_markdown_cell("# Demo\n\nWhat changes? 20 minutes."),
    new_code_cell("from backprop_lab import check_bp3, widgets"),
    new_markdown_cell("$$a = b$$ It justifies nothing: `easy`."),
    new_code_cell('widgets.recall("02")'),
    new_code_cell("widgets.explorer()\nassert 1 + 1 == 2", outputs=[new_output("stream", text="2\n")]),
    new_markdown_cell("The same, folded:"),
    new_code_cell("assert 1 + 1 == 2", metadata={"jupyter": {"source_hidden": True}}),
    new_code_cell("def my_bp3(delta):\n    ...\n\n\ncheck_bp3(my_bp3)"),
    new_markdown_cell("The quiz:"),
    new_code_cell("widgets.quiz()"),
    new_markdown_cell("## Solutions", metadata={FOLDED: True}),
    new_code_cell("assert check_bp3(lambda delta: delta)"),
    new_markdown_cell("## Next\n\n[Back to the map](02_demo.ipynb)"),
]


def source(place: int, text: str) -> Callable[[list[NotebookNode]], object]:
    return lambda cells: cells[place].update(source=text)


def shows(**data: str) -> Callable[[list[NotebookNode]], object]:
    bundle = {name.replace("_", "/"): text for name, text in data.items()}
    return lambda cells: cells[1].outputs.append(new_output("display_data", bundle))


BAD = [
    (rules.code_cells_are_short, source(7, "1\n" * 16), "16 lines"),
    (rules.imports_are_from_the_front_only, source(7, "from backprop_lab.chain import paths"), "imports from"),
    (
        rules.words_stand_between_code_cells,
        lambda cells: cells.pop(5) and cells.insert(5, new_code_cell("1")),
        "cells 3-7",
    ),
    (rules.text_cells_are_short, source(2, "word " * 181), "181 words"),
    (rules.one_title_and_no_level_skipped, source(2, "# Again"), "exactly one #"),
    (rules.one_title_and_no_level_skipped, source(2, "### Too deep"), "level 3 below one of level 1"),
    (rules.opens_with_a_question_and_its_time, source(0, "# Demo"), "no question"),
    (rules.nothing_is_done_behind_the_page, source(7, "%timeit 1"), "%"),
    (rules.nothing_is_done_behind_the_page, source(7, "np.random.default_rng().normal()"), "random without a seed"),
    (rules.nothing_is_done_behind_the_page, lambda cells: cells[7].metadata.update(tags=["hide-input"]), "hidden"),
    (rules.imports_stand_in_the_first_code_cell, source(7, "import numpy"), "'import numpy'"),
    (rules.imports_stand_in_the_first_code_cell, source(1, "from numpy import *"), r"import \*"),
    (rules.has_a_widget, source(4, "widgets.quiz()"), "no widget"),
    (rules.has_a_claim_that_is_checked, lambda cells: [cells[n].update(source="1") for n in (4, 6)], "no assert"),
    (rules.has_an_exercise, source(7, "1"), "no exercise"),
    (rules.has_a_quiz_question, source(9, "widgets.knobs()"), "no quiz"),
    (rules.every_exercise_has_a_stub_and_a_folded_solution, source(7, "check_bp3(1)"), "0 stubs"),
    (rules.every_exercise_has_a_stub_and_a_folded_solution, source(11, "1"), "no `assert check_bp3"),
    (rules.every_exercise_has_a_stub_and_a_folded_solution, lambda cells: cells[10].metadata.clear(), "not folded"),
    (rules.pictures_have_alt_text, source(2, "![](a.png)"), "without alt"),
    (rules.links_to_its_neighbors, lambda _: None, "03_next.ipynb"),
    (rules.links_lead_somewhere, source(2, "[gone](99_gone.ipynb)"), "no file 99_gone"),
    (rules.no_word_that_shames_the_reader, source(2, "Simply look."), "'Simply'"),
    (rules.states_an_honest_time, source(0, "# Demo\n\nWhat changes? 50 minutes."), "says 50 minutes, it takes 15"),
    (rules.quotes_are_curly, source(2, 'Say "delta", and type `"w"`.'), 'a straight "'),
    (rules.is_english, source(2, "Whoever looks\n\nsees it."), "'Whoever': if you"),
    (rules.outputs_are_those_of_one_clean_run, lambda cells: cells[7].update(execution_count=7), "counts"),
    (
        rules.outputs_are_those_of_one_clean_run,
        lambda cells: cells[1].outputs.append(new_output("error", ename="Oh")),
        "Oh",
    ),
    (rules.is_small, source(2, "x" * rules.MOST_BYTES), "bytes"),
    (rules.outputs_speak_without_a_kernel, shows(text_html="<p>1</p>", text_plain="<Figure size>"), "no sentence from"),
    (rules.outputs_speak_without_a_kernel, shows(text_plain="IntSlider(value=0)"), "repr of a widget"),
    (rules.outputs_speak_without_a_kernel, shows(text_plain="<thing at 0x7f3c2a>"), "address"),
    (rules.outputs_speak_without_a_kernel, shows(text_html="<svg></svg>", text_plain="A line."), "without role"),
    (rules.ends_with_the_way_on, lambda cells: cells.pop(), "## Next as its last"),
    (rules.ends_with_the_way_on, source(12, "## Next\n\nNothing."), "no link"),
    (rules.opens_with_two_old_questions, source(3, 'widgets.recall("03")'), "does not open"),
    (rules.a_question_is_one_line, source(3, 'n = 1\nwidgets.predict("02.x")'), "one line"),
    (rules.a_question_is_one_line, source(3, 'widgets.predict_number("?", 1)'), "answer is in the page"),
    (rules.code_is_the_learners, source(1, "from dataclasses import replace"), "case.moved"),
    (rules.code_is_the_learners, source(4, "b = {**b, 2: 3}"), "put together by hand"),
    (rules.code_is_the_learners, source(4, "w = {1: np.array([2.0])}"), "dicts of arrays"),
    (rules.code_is_the_learners, source(4, "w = {n: 1 for n in x}"), "over dicts"),
    (rules.code_is_the_learners, source(4, "w = [sum(k for k in row) for row in x]"), "in a comprehension"),
    (rules.code_is_the_learners, source(4, "w = [k for row in x for k in row]"), "in a comprehension"),
    (rules.code_is_the_learners, source(4, 'print(x.replace("-", "−"))'), "formatting"),
    (rules.checks_are_folded_or_show_something, lambda cells: cells[6].metadata.clear(), "only asserts"),
]


@pytest.mark.parametrize(("rule", "change", "fault"), BAD, ids=[f"{rule.__name__}-{fault}" for rule, _, fault in BAD])
def test_a_rule_sees_what_breaks_it(tmp_path, rule, change, fault):
    if rule is rules.links_to_its_neighbors:
        page_of(tmp_path, lambda _: None, "03_next.ipynb")
    assert re.search(fault, "\n".join(rule(page_of(tmp_path, change))))


@pytest.mark.parametrize(
    "sentence",
    [
        "Look at one hidden neuron from behind.",
        "The derivative of the cost by this knob.",
        "The gradient of y by a formula.",
        "Both rates are ours already.",
        "In the margins stand the numbers.",
        "What stood in the dashed frames?",
        "Its output goes with the slider.",
        "z reaches the cost by two ways.",
        "Three quantities hang together.",
        "13 rates cost 26 forward passes.",
        "Backpropagation works for many costs, but not for any.",
        "Far out, all is still.",
        "Here the sign turns.",
    ],
)
def test_what_is_not_english_is_seen(tmp_path, sentence):
    assert len(list(rules.is_english(page_of(tmp_path, source(2, sentence))))) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "$θ$ stands for any weight.",
        "The knobs are ours to turn.",
        "One step on the running network.",
        "Measure the rates by turning knobs.",
        "The word `behind` in code.",
    ],
)
def test_what_is_english_is_left_alone(tmp_path, sentence):
    assert list(rules.is_english(page_of(tmp_path, source(2, sentence)))) == []


def test_a_notebook_in_order_passes_every_rule_and_its_file_is_read_as_it_is(tmp_path):
    page = page_of(tmp_path, lambda _: None)
    assert [fault for rule in RULES for fault in rule(page)] == []
    page.path.write_text(page.path.read_text(encoding="utf-8").replace('cell-1"', 'b7c1"'), encoding="utf-8")
    assert "one run" in next(rules.is_saved_by_the_tool(page))
    assert "snake" in next(rules.name_is_snake_case(Page(tmp_path / "2-Demo.ipynb", page.node)))


def page_of(folder: Path, change: Callable[[list[NotebookNode]], object], name: str = "02_demo.ipynb") -> Page:
    cells = [NotebookNode(nbformat.from_dict(cell)) for cell in GOOD]
    for count, cell in enumerate([cell for cell in cells if cell.cell_type == "code"], start=1):
        cell.execution_count = count
    change(cells)
    notebook = normalized(new_notebook(cells=cells))
    (folder / name).write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    return Page(folder / name, nbformat.read(folder / name, as_version=4))
