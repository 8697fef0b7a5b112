"""The rules of the notebooks' house style: each reads a page and tells what is wrong, cell by cell."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path

import ipywidgets
import nbformat
from nbformat import NotebookNode
from save_notebooks import normalized
from saved_pictures import faults

MOST_LINES, MOST_WORDS, MOST_CODE_CELLS, MOST_BYTES = 15, 180, 2, 1_000_000
FIRST_WITH_EXERCISE = 2
GERMANISMS = {  # what readers with English as their first language stumbled over -> what they would say
    r"behind": "in the next layer, or the layer before: it was used for both",
    r"whoever": "if you …, you …",
    r"what becomes? of": "what happens to",
    r"st(?:ands?|ood)(?! for)": "is, is shown, belongs",
    r"(?:derivatives?|rates?|gradients?|slopes?)(?: of (?:the |a )?[\w−]+)?"
    r" by (?:the|a|all|its|this|that|each|z|b|formula)": "with respect to",
    r"(?:is|are) ours(?! to)": "we have",
    r"sign turns|turns? (?:the|its|their|every|each) sign|signs? turned round": "flips",
    r"go(?:es)? with the (?:slider|hand|knob)": "follows",
    r"against each other": "in opposite directions",
    r"by (?:two|both|several|all) ways": "along two paths",
    r"hangs? together": "are linked",
    r"(?:stay|stays|stayed) what (?:it|they) (?:is|are|was|were)": "are unchanged",
    r"which of these is what": "which is which",
    r"is worth the number": "stands for",
    r"(?:what|not) (?:is )?the matter": "what is wrong, not the point",
    r"all is still": "nothing moves",
    r"dearer": "costlier",
    r"some lines (?:on|later)": "a few lines later",
    r"one step on(?! the| one)": "one step further",
    r"in silence": "silently",
    r"costs? \d+ (?:forward )?(?:passes|runs)": "take: a cost is something else here",
    r"arrows go": "disappear",
    r"(?:are|is) others now": "have changed",
    r"right is:": "correct:",
    r"one below the other": "stacked, below one another",
    r"2 times as": "twice as",
    r"by so much": "by how much",
    r"not for any": "not for every one",
    r"as it happens": "in the order of computation",
    r"does not mind": "does not show it",
    r"(?:neighbour|colour|behaviour|favour)\w*|grey|learnt|centre|towards": "American spelling",
    r"measured is": "measured:",
    r"give back": "return",
    r"multipl(?:y|ies|ied|ying) with": "multiply by",
    r"\d %\W+\w+": "5%, without a space",
}
BANNED = re.compile(r"\b(obviously|simply|just|clearly|easy|easily)\b", re.IGNORECASE)
MAGIC = re.compile(r"^\s*[%!]|get_ipython|sys\.path|\.show\(\)", re.MULTILINE)
UNSEEDED = re.compile(r"default_rng\(\)|\brandom\.(?!default_rng|Generator)\w+\(")
WIDGETS = [name for name, each in vars(ipywidgets).items() if isinstance(each, type) and hasattr(each, "get_view_spec")]
WIDGET_REPR = re.compile(rf"({'|'.join(WIDGETS)}|Live|Stage)\(")
SENTENCE = re.compile(r"[^a-z\s<].*[.!?]", re.DOTALL)
ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}")
DESCRIBED = re.compile(r'(role="img"|<figure)[^>]*aria-label="[^"]|<title>\w')
LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")
FOLDED = "jp-MarkdownHeadingCollapsed"
QUESTION = re.compile(r"\bwidgets\.(predict\w*|recall|quiz)\(")
FIRST_WITH_OLD_QUESTIONS = 2
COMPREHENSION = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
QUIZ = 3  # questions at the end of a notebook, about


class Page:
    """A notebook as the rules read it; cells are told apart by their place, counted from 0."""

    def __init__(self, path: Path, node: NotebookNode) -> None:
        self.path, self.node, self.cells = path, node, list(enumerate(node.cells))
        self.code = [(number, cell) for number, cell in self.cells if cell.cell_type == "code" and cell.source.strip()]
        self.words = [(number, cell) for number, cell in self.cells if cell.cell_type == "markdown"]
        solutions = (number for number, cell in self.words if cell.source.startswith("## Solutions"))
        self.end = next(solutions, len(self.cells))  # where the solutions begin

    @property
    def number(self) -> int:
        return int(self.path.stem[:2])

    @property
    def next(self) -> str:
        """The file of the next notebook, or nothing after the last one."""
        names = [path.name for path in sorted(self.path.parent.glob("*.ipynb"))]
        return next(iter(names[names.index(self.path.name) + 1 :]), "")

    @cached_property
    def nodes(self) -> list[tuple[int, ast.AST]]:
        """(cell, syntax node) of all code."""
        return [(number, node) for number, cell in self.code for node in ast.walk(ast.parse(cell.source))]

    @cached_property
    def lesson(self) -> str:
        return "\n".join(cell.source for number, cell in self.code if number < self.end)

    @cached_property
    def solution(self) -> str:
        return "\n".join(cell.source for number, cell in self.code if number > self.end)

    @cached_property
    def outputs(self) -> list[tuple[int, NotebookNode]]:
        return [(number, output) for number, cell in self.code for output in cell.outputs]


def prose(markdown: str) -> str:
    """The Markdown as it is read: no code, no tags, a formula or a link's target is not words."""
    for pattern, left in [
        (r"```.*?```|`[^`]*`", " "),
        (r"\$\$.*?\$\$|\$[^$]*\$", " formula "),
        (r"<style.*?</style>|<[^>]*>", " "),
        (r"\]\([^)]*\)", "]"),
    ]:
        markdown = re.sub(pattern, left, markdown, flags=re.DOTALL)
    return markdown


def headings(page: Page) -> list[tuple[int, int]]:
    """(cell, level) of each heading."""
    return [
        (number, len(marks))
        for number, cell in page.words
        for marks in re.findall(r"^(#+) ", re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL), re.MULTILINE)
    ]


def name_is_snake_case(page: Page) -> Iterator[str]:
    if not re.fullmatch(r"\d\d(_[a-z0-9]+)+\.ipynb", page.path.name):
        yield "is not named NN_snake_case.ipynb"


def code_cells_are_short(page: Page) -> Iterator[str]:
    for number, cell in page.code:
        if (lines := len(cell.source.splitlines()) - _imports(cell.source)) > MOST_LINES:
            yield f"cell {number}: {lines} lines of code, at most {MOST_LINES}"


def _imports(source: str) -> int:
    """How many lines of the code are imports."""
    nodes = (node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom))
    return sum((node.end_lineno or node.lineno) - node.lineno + 1 for node in nodes)


def imports_are_from_the_front_only(page: Page) -> Iterator[str]:
    for number, node in page.nodes:
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        yield from (f"cell {number}: imports from {name}" for name in names if name.startswith("backprop_lab."))


def words_stand_between_code_cells(page: Page) -> Iterator[str]:
    for kind, run in groupby(page.cells, key=lambda numbered: numbered[1].cell_type):
        numbers = [number for number, _ in run]
        if kind == "code" and len(numbers) > MOST_CODE_CELLS:
            yield f"cells {numbers[0]}-{numbers[-1]}: {len(numbers)} code cells in a row, at most {MOST_CODE_CELLS}"


def text_cells_are_short(page: Page) -> Iterator[str]:
    for number, cell in page.words:
        if (words := len(re.findall(r"\w[^\s]*", prose(cell.source)))) > MOST_WORDS:
            yield f"cell {number}: {words} words, at most {MOST_WORDS}"


def one_title_and_no_level_skipped(page: Page) -> Iterator[str]:
    levels = headings(page)
    if [place for place, level in levels if level == 1] != [0]:
        yield "has not exactly one # heading, in its first cell"
    for (_, above), (number, level) in pairwise(levels):
        if level > above + 1:
            yield f"cell {number}: a heading of level {level} below one of level {above}"


def opens_with_a_question_and_its_time(page: Page) -> Iterator[str]:
    opening = prose(page.node.cells[0].source)
    yield from (
        f"cell 0: no {thing}"
        for thing, mark in [("question", "?"), ("time in minutes", "minutes")]
        if mark not in opening
    )


def nothing_is_done_behind_the_page(page: Page) -> Iterator[str]:
    for number, cell in page.code:
        if found := MAGIC.search(cell.source):
            yield f"cell {number}: {found[0].strip()!r} (no magic, no sys.path, no show())"
        if found := UNSEEDED.search(cell.source):
            yield f"cell {number}: {found[0]!r} is random without a seed"
    for number, cell in page.cells:
        hidden = [key for key, value in cell.metadata.get("jupyter", {}).items() if key.endswith("_hidden") and value]
        hidden = [] if hidden == ["source_hidden"] and is_only_a_check(cell) else hidden
        hidden += [tag for tag in cell.metadata.get("tags", []) if tag.startswith(("hide", "remove"))]
        yield from (f"cell {number}: hidden ({reason})" for reason in hidden)


def is_only_a_check(cell: NotebookNode) -> bool:
    """Whether a cell asserts what the text claims and shows nothing."""
    asserts = cell.cell_type == "code" and any(
        isinstance(node, ast.Assert) for node in ast.walk(ast.parse(cell.source))
    )
    return asserts and not cell.outputs


def checks_are_folded_or_show_something(page: Page) -> Iterator[str]:
    for number, cell in page.code:
        if number < page.end and is_only_a_check(cell) and not cell.metadata.get("jupyter", {}).get("source_hidden"):
            yield f'cell {number}: only asserts: fold it ("jupyter": {{"source_hidden": true}}), or show what it checks'


def imports_stand_in_the_first_code_cell(page: Page) -> Iterator[str]:
    for number, node in page.nodes:
        if isinstance(node, ast.Import | ast.ImportFrom):
            if number != page.code[0][0]:
                yield f"cell {number}: {ast.unparse(node)!r} belongs to the first code cell"
            if any(name.name == "*" for name in node.names):
                yield f"cell {number}: import *"


def has_a_widget(page: Page) -> Iterator[str]:
    if not re.search(r"\bwidgets\.(?!quiz|predict|recall)\w+\(", page.lesson):
        yield "has no widget to take hold of, besides questions"


def has_a_claim_that_is_checked(page: Page) -> Iterator[str]:
    if not any(isinstance(node, ast.Assert) and number < page.end for number, node in page.nodes):
        yield "has no assert of a claim before its solutions"


def has_an_exercise(page: Page) -> Iterator[str]:
    typed = any(re.search(r"^#+ Exercise", cell.source, re.MULTILINE) for _, cell in page.words)
    if page.number >= FIRST_WITH_EXERCISE and not exercises(page) and not (typed and "widgets.predict" in page.lesson):
        yield "has no exercise: no check_…(…) before its solutions, no widgets.predict(…) under a heading Exercise"


def has_a_quiz_question(page: Page) -> Iterator[str]:
    if not re.search(r"\b\w*quiz\w*\(", page.lesson):
        yield "has no quiz question"


def exercises(page: Page) -> set[str]:
    return set(re.findall(r"\b(check_\w+)\(", page.lesson))


def every_exercise_has_a_stub_and_a_folded_solution(page: Page) -> Iterator[str]:
    if page.number < FIRST_WITH_EXERCISE:
        return  # it may show what a checker says
    checks, stubs = sorted(exercises(page)), [node for _, node in page.nodes if is_stub(node)]
    if len(stubs) < len(checks):
        yield f"has {len(stubs)} stubs with ... as their body for {checks}"
    for check in checks:
        if not re.search(rf"assert {check}\(", page.solution):
            yield f"has no `assert {check}(…)` under ## Solutions"
    if checks and not any(number == page.end and cell.metadata.get(FOLDED) for number, cell in page.words):
        yield f"cell {page.end}: ## Solutions is not folded ({FOLDED})"


def is_stub(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and ast.unparse(node.body[-1]) == "..."


def pictures_have_alt_text(page: Page) -> Iterator[str]:
    for number, cell in page.words:
        if re.search(r"!\[\s*\]\(|<img(?![^>]*\balt=\"[^\"]+\")", cell.source):
            yield f"cell {number}: a picture without alt text"


def links_to_its_neighbors(page: Page) -> Iterator[str]:
    names = [path.name for path in sorted(page.path.parent.glob("*.ipynb"))]
    place, links = names.index(page.path.name), LINK.findall(page.node.cells[0].source)
    for neighbor in [*names[max(place - 1, 0) : place], *names[place + 1 : place + 2]]:
        if neighbor not in links:
            yield f"cell 0: no link to {neighbor}"


def links_lead_somewhere(page: Page) -> Iterator[str]:
    for number, cell in page.words:
        for target in LINK.findall(cell.source):
            if ":" not in target and not (page.path.parent / target).exists():
                yield f"cell {number}: no file {target}"


def no_word_that_shames_the_reader(page: Page) -> Iterator[str]:
    for number, cell in page.words:
        yield from (f"cell {number}: {word!r}" for word in BANNED.findall(prose(cell.source)))


def states_an_honest_time(page: Page) -> Iterator[str]:
    """The time by the house's measure: reading, one minute a question, and what widgets and exercises take."""
    read = sum(len(re.findall(r"\w[^\s]*", prose(cell.source))) for number, cell in page.words if number < page.end)
    calls = Counter(re.findall(r"\bwidgets\.([a-z]+)", page.lesson))
    asked = calls.pop("predict", 0) + 2 * calls.pop("recall", 0) + QUIZ * calls.pop("quiz", 0)
    written = len(exercises(page)) if page.number >= FIRST_WITH_EXERCISE else 0
    minutes = read / 200 + asked + 4 * sum(calls.values()) + 6 * written
    stated = re.search(r"(\d+) minutes", page.node.cells[0].source)
    if stated and abs(int(stated[1]) - minutes) > max(5, minutes / 6):
        yield f"cell 0: says {stated[1]} minutes, it takes {minutes:.0f}"


def is_english(page: Page) -> Iterator[str]:
    for number, cell in page.words:
        words = " ".join(prose(cell.source).split())
        for german, english in GERMANISMS.items():
            for found in re.findall(rf"\b(?:{german})\b", words, re.IGNORECASE):
                yield f"cell {number}: {found!r}: {english}"


def quotes_are_curly(page: Page) -> Iterator[str]:
    yield from (f'cell {number}: a straight "' for number, cell in page.words if '"' in prose(cell.source))


def outputs_are_those_of_one_clean_run(page: Page) -> Iterator[str]:
    counts = [cell.execution_count for _, cell in page.code]
    if counts != list(range(1, len(counts) + 1)):
        yield f"was not saved after one run from top to bottom: counts {counts}"
    for number, output in page.outputs:
        if output.output_type == "error":
            yield f"cell {number}: a stored error, {output.ename}"
        if output.get("name") == "stderr":
            yield f"cell {number}: a stored warning, {output.text[:80]!r}"


def is_saved_by_the_tool(page: Page) -> Iterator[str]:
    if page.path.read_text(encoding="utf-8") != nbformat.writes(normalized(page.node)) + "\n":
        yield "holds widget state, ids or times of one run: python tools/save_notebooks.py"


def is_small(page: Page) -> Iterator[str]:
    if (size := page.path.stat().st_size) > MOST_BYTES:
        yield f"is {size:,} bytes, at most {MOST_BYTES:,}"


def outputs_speak_without_a_kernel(page: Page) -> Iterator[str]:
    for number, output in page.outputs:
        data = output.get("data", {})
        words = data.get("text/plain", "")
        if set(data) - {"text/plain"} and not SENTENCE.fullmatch(words.strip()):
            yield f"cell {number}: text/plain is no sentence from a capital to a full stop: {words[:80]!r}"
        if WIDGET_REPR.match(words):
            yield f"cell {number}: only the repr of a widget: {words[:80]!r}"
        if found := ADDRESS.search(words + str(output.get("text", ""))):
            yield f"cell {number}: an address in memory, {found[0]}"
        if "<svg" in (html := data.get("text/html", "")) and not DESCRIBED.search(html):
            yield f"cell {number}: a picture without role and description"


def pictures_are_images_with_their_words(page: Page) -> Iterator[str]:
    yield from (f"cell {number}: {fault}" for number, output in page.outputs for fault in faults(output))


def ends_with_the_way_on(page: Page) -> Iterator[str]:
    """The last cell is active after Run All: were it a solution, it would be opened and the page would jump to it."""
    last = page.node.cells[-1]
    if last.cell_type != "markdown" or not last.source.startswith("## Next"):
        yield "has not ## Next as its last cell"
    elif page.next not in LINK.findall(last.source) if page.next else not LINK.search(last.source):
        yield f"cell {len(page.cells) - 1}: ## Next has no link to {page.next or 'the map'}"


def opens_with_two_old_questions(page: Page) -> Iterator[str]:
    calls = re.findall(r"\bwidgets\.(\w+)\(([^)]*)\)", page.lesson)
    wanted = ("recall", f'"{page.number:02}"')
    if page.number >= FIRST_WITH_OLD_QUESTIONS and (not calls or calls[0] != wanted):
        yield f"does not open with widgets.recall({wanted[1]})"


def a_question_is_one_line(page: Page) -> Iterator[str]:
    for number, cell in page.code:
        if QUESTION.search(cell.source) and len(cell.source.strip().splitlines()) > 1:
            yield f"cell {number}: a question is one line: its words and numbers belong to questions/series/"
        if "widgets.predict_" in cell.source:
            yield f"cell {number}: the answer is in the page: widgets.predict({page.number:02}.…)"


def code_is_the_learners(page: Page) -> Iterator[str]:
    for number, node in page.nodes:
        if why := next((why for found, why in NOT_THE_LEARNERS.items() if found(node)), ""):
            yield f"cell {number}: {ast.unparse(node)[:60]!r}: {why}"


def _imports_replace(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and node.module == "dataclasses"


def _unpacks_a_dict(node: ast.AST) -> bool:
    return isinstance(node, ast.Dict) and None in node.keys


def _builds_arrays_by_layer(node: ast.AST) -> bool:
    return isinstance(node, ast.Dict) and any(
        isinstance(key, ast.Constant) and isinstance(key.value, int) and isinstance(value, ast.Call | ast.BinOp)
        for key, value in zip(node.keys, node.values, strict=True)
    )


def _is_nested(node: ast.AST) -> bool:
    if not isinstance(node, COMPREHENSION):
        return False
    return len(node.generators) > 1 or any(
        isinstance(each, COMPREHENSION) for each in ast.walk(node) if each is not node
    )


def _typesets(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "replace"


NOT_THE_LEARNERS = {
    _imports_replace: "case.moved(…) changes a case",
    _unpacks_a_dict: "no dicts put together by hand",
    _builds_arrays_by_layer: "no dicts of arrays by hand: initialize(…), case.moved(…)",
    lambda node: isinstance(node, ast.DictComp): "no comprehension over dicts",
    _is_nested: "no comprehension in a comprehension: a loop, or a function of the package",
    _typesets: "no formatting by hand",
}

RULES = [
    name_is_snake_case,
    code_cells_are_short,
    words_stand_between_code_cells,
    text_cells_are_short,
    one_title_and_no_level_skipped,
    opens_with_a_question_and_its_time,
    nothing_is_done_behind_the_page,
    imports_stand_in_the_first_code_cell,
    imports_are_from_the_front_only,
    has_a_widget,
    has_a_claim_that_is_checked,
    has_an_exercise,
    has_a_quiz_question,
    every_exercise_has_a_stub_and_a_folded_solution,
    pictures_have_alt_text,
    links_to_its_neighbors,
    links_lead_somewhere,
    no_word_that_shames_the_reader,
    outputs_are_those_of_one_clean_run,
    is_saved_by_the_tool,
    is_small,
    outputs_speak_without_a_kernel,
    pictures_are_images_with_their_words,
    ends_with_the_way_on,
    opens_with_two_old_questions,
    a_question_is_one_line,
    code_is_the_learners,
    checks_are_folded_or_show_something,
    is_english,
    quotes_are_curly,
    states_an_honest_time,
]
