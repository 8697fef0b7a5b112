"""README keeps its word: commands, links, table, equations and the example."""

import inspect
import re
from pathlib import Path

import pytest

from backprop_lab import equations
from backprop_lab.course import CHAPTERS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_it_is_short():
    assert len(README.splitlines()) < 120


def test_two_commands_set_up_then_open_the_first_notebook_and_run_the_tests():
    learn, test = (block.strip() for block in blocks("bash"))
    setup = "python3 -m venv .venv && .venv/bin/pip install -q -e "
    trust = ".venv/bin/jupyter trust notebooks/*.ipynb"
    opens = f".venv/bin/jupyter lab --allow-root notebooks/{CHAPTERS[0].file}.ipynb"
    assert learn == f"{setup}. && {trust} && {opens}"
    assert test == f'{setup}".[test]" && .venv/bin/python -m pytest'


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", README))
def test_a_link_leads_somewhere(target):
    assert (ROOT / target).exists()


def test_every_picture_has_words():
    assert re.findall(r"!\[([^\]]*)\]", README)
    assert all(len(words.split()) > 10 for words in re.findall(r"!\[([^\]]*)\]", README))


def test_the_table_names_every_notebook_and_its_question():
    for chapter in CHAPTERS:
        assert (
            f"| {chapter.file[:2]} | [{chapter.name}](notebooks/{chapter.file}.ipynb) | {chapter.question} |" in README
        )
    assert {chapter.file for chapter in CHAPTERS} == {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}


@pytest.mark.parametrize("name", ["bp1", "bp2", "bp3", "bp4"])
def test_each_equation_stands_beside_the_line_that_computes_it(name):
    line = re.search(rf"\| {name.upper()} \|.*\| `(.*)` \|", README)
    assert line
    assert f"return {line[1]}" in inspect.getsource(getattr(equations, name))


def test_the_example_runs_and_is_eight_lines(capsys):
    (example,) = [block for block in blocks("python") if "datasets" in block]
    assert len([line for line in example.splitlines() if line.strip()]) == 8
    exec(example, {})
    percent = re.search(r"([\d.]+)% of unseen digits are right", capsys.readouterr().out)
    assert percent
    assert float(percent[1]) > 94
