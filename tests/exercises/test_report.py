"""A class's table of slips and lines, and its points."""

import re
from pathlib import Path

import numpy as np
import pytest

from backprop_lab import CheckResult, check_bp2, check_bp3, check_bp4
from backprop_lab.exercises import report

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def right(delta):
    return delta.mean(axis=1, keepdims=True)


def added(delta):
    total = delta.sum(axis=1)
    return total[:, np.newaxis]


def untried(delta): ...


RESULTS = {
    "ada": {"bp3": check_bp3(right), "bp4": check_bp4(lambda delta, a: delta @ a.T / delta.shape[1])},
    "ben": {"bp3": check_bp3(added), "bp4": check_bp4(lambda delta, a: ...)},
    "cy <b>": {"bp3": check_bp3(untried)},
}


def test_the_table_counts_slips_with_a_line_and_points():
    made = report(RESULTS, points={"bp4": 3})
    assert made.rows[0][:5] == ("bp3", "1 of 3", "1", "sum-not-mean", "1")
    assert made.rows[0][5] == "total = delta.sum(axis=1)"
    assert made.rows[1][:3] == ("bp4", "1 of 3", "1")
    assert made.points == {"ada": 4.0, "ben": 0.0, "cy <b>": 0.0}


def test_what_was_not_judged_is_listed_and_counts_nothing():
    made = report({"ada": {"bp3": CheckResult("not judged", "", "checker-failed")}})
    assert made.rows == (("bp3", "0 of 1", "0", "checker-failed", "1", ""),)
    assert made.points == {"ada": 0.0}


def test_points_for_an_exercise_that_is_not_there_change_no_grade_in_silence():
    with pytest.raises(ValueError, match=r"in results \(bp3, bp4\), got bp2, pb3"):
        report(RESULTS, points={"bp2": 2, "bp3": 2, "pb3": 1})


def test_what_is_no_result_is_refused():
    with pytest.raises(TypeError, match=r"results\['ada'\]\['bp2'\] must be the CheckResult of a checker, got bool"):
        report({"ada": {"bp2": True}})  # pyright: ignore[reportArgumentType]


def test_it_is_shown_as_text_and_as_html():
    made = report(RESULTS)
    assert str(made).splitlines()[0].split() == [
        "exercise",
        "right",
        "not",
        "attempted",
        "slip",
        "students",
        "a",
        "line",
    ]
    assert "ada: 2" in str(made)
    assert "<caption>Points</caption>" in made._repr_html_()
    assert "cy &lt;b&gt;" in made._repr_html_()


def cells():
    section = README.partition("## For lecturers")[2].partition("\n## ")[0]
    return re.findall(r"```python\n(.*?)```", section, re.DOTALL)


def test_the_table_in_readme_is_printed(capsys):
    exec(cells()[1], {"check_bp2": check_bp2, "answers": {"ada": lambda w_next, delta_next, z: w_next.T @ delta_next}})
    assert "forgot-sigma-prime" in capsys.readouterr().out
