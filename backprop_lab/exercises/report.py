"""A class's results in one table: for each exercise who has it right, which slips there are, and on which lines."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backprop_lab.drawing.markup import element
from backprop_lab.exercises.result import CheckResult

Results = Mapping[str, Mapping[str, CheckResult]]  # student → exercise → result
_HEAD = ("exercise", "right", "not attempted", "slip", "students", "a line")


@dataclass(frozen=True)
class Report:
    """The table, as text and as HTML, and the points of each student.

    Parameters
    ----------
    rows : exercise, how many have it right, how many have not tried; then a slip, how many made it, one of their lines
    points : student → points
    """

    rows: tuple[tuple[str, ...], ...]
    points: Mapping[str, float]

    def __str__(self) -> str:
        table = [_HEAD, *self.rows]
        widths = [max(len(row[at]) for row in table) for at in range(len(_HEAD))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
        ]
        return "\n".join([*lines, "", *(f"{student}: {points:g}" for student, points in self.points.items())])

    def _repr_html_(self) -> str:
        head = element("tr", *(element("th", cell, scope="col") for cell in _HEAD))
        body = [element("tr", *(element("td", cell) for cell in row)) for row in self.rows]
        points = [
            element("tr", element("th", student, scope="row"), element("td", f"{each:g}"))
            for student, each in self.points.items()
        ]
        slips = element("table", element("caption", "Slips"), head, *body)
        return slips + element("table", element("caption", "Points"), *points)


def report(results: Results, points: Mapping[str, float] | None = None) -> Report:
    """Put a class's results together.

    Parameters
    ----------
    results : for each student the results by exercise, as the checkers gave them
    points : what an exercise counts; 1 where nothing is said

    Raises
    ------
    TypeError : a result is none that a checker gave.
    ValueError : points for an exercise of which there are no results.
    """
    exercises = list(dict.fromkeys(name for each in results.values() for name in each))
    for student, name, result in ((student, *pair) for student, each in results.items() for pair in each.items()):
        if not isinstance(result, CheckResult):
            raise TypeError(
                f"results[{student!r}][{name!r}] must be the CheckResult of a checker, got {type(result).__name__}"
            )
    if unknown := [name for name in points or {} if name not in exercises]:
        raise ValueError(f"points must be for exercises in results ({', '.join(exercises)}), got {', '.join(unknown)}")
    worth = {name: (points or {}).get(name, 1.0) for name in exercises}
    gained = {student: sum(worth[name] for name, result in each.items() if result) for student, each in results.items()}
    return Report(tuple(row for name in exercises for row in _rows(name, results)), gained)


def _rows(name: str, results: Results) -> Iterator[tuple[str, ...]]:
    found = [each[name] for each in results.values() if name in each]
    right, blank = sum(map(bool, found)), sum(each.status == "not attempted" for each in found)
    wrong = [each for each in found if each.status in ("not yet", "not judged")]
    counts = Counter(each.slip or "unnamed" for each in wrong)
    first = (name, f"{right} of {len(results)}", str(blank))
    for at, (slip, count) in enumerate(counts.most_common() or [("", 0)]):
        line = next((each.line for each in wrong if (each.slip or "unnamed") == slip and each.line), "")
        yield *(first if at == 0 else ("", "", "")), slip, str(count or ""), line
