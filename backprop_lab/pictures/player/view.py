"""The player on the screen: memory, the equations of the moment, the six steps, and the slip with its verdicts."""

from backprop_lab.drawing.controls import button, buttons, menu, tick
from backprop_lab.drawing.html import code, screen, title
from backprop_lab.drawing.markup import Markup, element, fragment, plain
from backprop_lab.drawing.picture import Picture, beside
from backprop_lab.drawing.svg import choice
from backprop_lab.pictures.player.program import LINES, STEPS, named, read, written
from backprop_lab.pictures.player.shelf import shelf
from backprop_lab.pictures.player.slips import SLIPS, cost_after, run, spoils, told_apart, wrong
from backprop_lab.pictures.player.state import PACE, SECRET, Player, hideable
from backprop_lab.pictures.player.worked import worked

ASKS = "Choose a slip and see which arrays it spoils; or let one be hidden from you, and find it."


def view(state: Player) -> Picture:
    """Memory with the equations below it; the steps and the slip beside them."""
    marks = "▲ read now · ▼ written now · a⁰ is x"
    checked = " · ✓ ✗ checked by finite differences" if state.slip else " · dots: not there yet"
    picture = fragment(shelf(state), element("p", marks, checked, class_="bl-caption bl-key"))
    controls = fragment(_transport(state), _steps(state), _slip(state))
    shown = screen(picture, controls, _moment(state), look="bl-player")
    return Picture(shown, sentence(state), "Backpropagation, step by step", beside(__file__), ticking=state.playing)


def sentence(state: Player) -> str:
    """What is seen now, in words."""
    slip = f" {state.slip if state.known else 'A secret slip'} {_spoils(state)}." if state.slip else ""
    if state.now is None:
        return f"Before the first step: memory holds x, y, w and b.{slip}"
    reads, writes = read(state.now, len(state.case.parameters.w), state.lines), written(state.now)
    where = f"Step {state.now.step + 1} of {len(STEPS)}, {STEPS[state.now.step].name}, layer {state.now.layer}"
    memory = f"reads {', '.join(map(named, reads))}; writes {', '.join(map(named, writes))}"
    return f"{where}: {memory}.{_outcome(state)}{slip}"


def _outcome(state: Player) -> str:
    if state.at < len(state.moments):
        return ""
    after = cost_after(state.case, state.arrays)
    if after is None:
        return " A gradient does not fit: no step."
    return f" The cost goes from {plain(state.case.mean_cost, 4)} to {plain(after, 4)}."


def _spoils(state: Player) -> str:
    return spoils(state.case, state.wrong)


def _transport(state: Player) -> Markup:
    end = state.at == len(state.moments)
    run_ = buttons(
        button("start", "to the start", on=state.at > 0),
        button("back", "back", on=state.at > 0),
        button("step", "uncover" if state.covered else "step", on=state.covered or not end),
        button("play", "pause" if state.playing else "play", pressed=state.playing),
    )
    share = 100 * state.frames / PACE[state.speed]
    waits = element("div", element("div", style=f"width: {share:.0f}%"), class_="bl-waits", aria_hidden="true")
    menus = buttons(
        menu("network", "network", [*state.offered], state.network),
        menu("example", "example", range(state.case.x.shape[1]), state.example),
        menu("speed", "speed", list(PACE), state.speed),
    )
    return fragment(run_, waits, menus, tick("guess", "let me guess each new value first", state.guessing))


def _steps(state: Player) -> Markup:
    now = state.now.step if state.now else -1
    rows = [_step(number, now) for number in range(len(STEPS))]
    return element("div", *rows, class_="bl-six", role="group", aria_label="the six steps")


def _step(number: int, now: int) -> Markup:
    step, on = STEPS[number], number == now
    mark = element("span", "▶" if on else "●" if number < now else "○", aria_hidden="true")
    words = fragment(element("b", f"{number + 1} {step.name}"), f" {step.does}")
    says = f"step {number + 1}, {step.name}: {step.does}"
    return element("div", mark, element("span", words), class_=f"bl-step{' bl-on' if on else ''}",
                   **choice(f"step {number}", says, on))  # fmt: skip


def _moment(state: Player) -> Markup:
    """The equations of the moment, with room for the largest of them."""
    most = max(max(case.parameters.sizes) for case in state.offered.values())
    heading = "memory before the run"
    if state.now:
        heading = f"{STEPS[state.now.step].name} in layer {state.now.layer}"
    shown = title(heading, "" if state.slip == "" or state.known else "≟ does it follow?"), worked(state)
    whole = state.now and STEPS[state.now.step].name in ("BP3", "BP4") and state.case.x.shape[1] > 1
    fit = 1.78 if whole else 2.15  # a matrix of several columns asks for smaller type
    style = f"min-height: {90 + 46 * most}px; --bl-fit: {fit}"
    return element("div", *shown, class_="bl-equations bl-moment", style=style)


def _slip(state: Player) -> Markup:
    names = {"": "none", **({SECRET: "a secret one"} if state.secret else {}), **{label: label for label in SLIPS}}
    score = f"found {state.found} of {state.number}" if state.number else ""
    chosen = SECRET if state.secret else state.slip
    hide = button("secret", "hide one", on=bool(hideable(state)))
    choose = buttons(menu("slip", "slip", names, chosen), hide)
    parts = title("inject a slip", score), choose, _guess(state), _told(state), _lines(state)
    return element("div", *parts, class_="bl-inject")


def _guess(state: Player) -> Markup:
    if not state.secret:
        return fragment()
    names = {"": "…", **{label: label for label in SLIPS}}
    picked = menu("pick", "it is", names, state.picks[-1] if state.picks else "")
    return buttons(picked, button("tell", "tell me", on=not state.known))


def _told(state: Player) -> Markup:
    """What is said of the slip, or of what was guessed."""
    hit, missed = state.secret and state.hit, bool(state.picks) and not state.known
    look = "bl-told bl-right" if hit else "bl-told bl-wrong" if missed else "bl-told"
    return element("p", _words(state), class_=look, role="status")


def _words(state: Player) -> str:
    if not state.slip:
        return ASKS
    if not state.secret:
        return f"It {_spoils(state)}. {_where(state)}"
    if state.told and not state.hit:
        return f"It was {state.slip}."
    if not state.picks:
        others = sum(places == state.wrong for places in state.spoilt.values())
        many = f"{others} of the {len(SLIPS)} slips do exactly this: the numbers have to decide."
        return f"It {_spoils(state)}. {many if others > 1 else 'Only one of the slips does exactly this.'}"
    pick = state.picks[-1]
    if state.hit:
        return f"Found: {pick}.{f' Here it gives the same numbers as {state.slip}.' if pick != state.slip else ''}"
    return f"Not {pick}: {told_apart(state.case, pick, state.slip, state.wanted)}"


def _where(state: Player) -> str:
    """What is not wrong; and where a slip can be seen that cannot be seen here."""
    if state.wrong:
        return "Everything else is right."
    slip = SLIPS[state.slip]
    where = [name for name, case in state.offered.items() if wrong(case, run(case, slip), run(case))]
    return f"Here this slip cannot be seen: it shows on {', '.join(where) or 'other networks'}."


def _lines(state: Player) -> Markup:
    """The wrong line and the right one, once they may be seen."""
    if not (state.known and state.injected):
        return fragment()
    slip = state.injected
    return fragment(code(f"✗ {slip.line}", on=True), code(f"✓ {LINES[slip.target]}"))
