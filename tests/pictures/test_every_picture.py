"""Whatever a hand does in any picture, the next picture is whole; and a picture needs no widgets to be driven."""

import json
import pkgutil
import random
import re
import subprocess
import sys
from importlib import import_module

import pytest
from notebook_rules import SENTENCE

import backprop_lab.pictures
from backprop_lab import widgets
from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.live import alone
from backprop_lab.live.page import Live

from .hands import events, parsed
from .plays import PLAYS

WALKS, STEPS = 4, 12
BLOCKED = ["matplotlib", "ipywidgets", "anywidget", "traitlets", "IPython", "tqdm"]


@pytest.mark.parametrize("name", PLAYS)
def test_a_walk_of_any_hand_leads_from_picture_to_picture(name):
    state, view, update = PLAYS[name]
    for seed in range(WALKS):
        choose, now = random.Random(seed), state
        for _ in range(STEPS):
            picture = view(now)
            offered = list(events(picture))
            assert offered, "nothing can be done here any more"
            now = update(now, choose.choice(offered))
        assert whole(view(now))


@pytest.mark.parametrize("name", PLAYS)
def test_what_was_done_is_shared_as_one_line_or_saved_in_a_file_and_seen_again(name):
    choose, shown, last = random.Random(1), Live(*PLAYS[name]), ""
    for serial in range(STEPS):
        offered = list(events(shown.still()))
        event = choose.choice([each for each in offered if getattr(each, "key", "") != last] or offered)
        shown.answer([(serial + 1, type(event).__name__.lower(), *vars(event).values())])
        last = getattr(event, "key", "")  # of one slider's values in a row a line keeps the last
    again = Live(*PLAYS[name]).reopen(shown.share())
    saved = Live(*alone.unpacked(alone.packed((shown.state, *PLAYS[name][1:]))))
    assert again.still() == saved.still() == shown.still()


@pytest.mark.parametrize("name", PLAYS)
def test_everything_offered_at_first_is_answered_with_a_whole_picture(name):
    state, view, update = PLAYS[name]
    before = view(state)
    for event in events(before):
        assert whole(view(update(state, event))), event
    assert view(state) == before, "a state has changed"


def whole(picture) -> bool:
    """It is well formed, says what is seen in a sentence, and shows no number that is none."""
    tree = parsed(picture)
    text = "".join(tree.itertext())
    assert not tree.findall(".//p//div"), "a browser ends a paragraph where a block begins"
    assert SENTENCE.fullmatch(picture.text.strip()), f"no sentence from a capital to a full stop: {picture.text!r}"
    return bool(picture.label) and "nan" not in f"{text} {picture.text}"


@pytest.mark.parametrize("name", PLAYS)
def test_what_is_not_offered_is_refused(name):
    state, _, update = PLAYS[name]
    for event in (Press("no such button"), Turn("no such slider", 1.0)):
        with pytest.raises(ValueError, match="no such"):
            update(state, event)


def test_what_a_hand_held_while_python_was_busy_may_be_gone_and_is_no_error():
    met = set()
    for name, (state, view, update) in PLAYS.items():
        offered = list(events(view(state)))
        menus = [each for each in offered if isinstance(each, Turn) and isinstance(each.value, str)]
        for first in menus[:6]:
            left = set(events(view(update(state, first))))
            gone = {type(each): each for each in offered if each not in left and getattr(each, "key", "") != first.key}
            for late in gone.values():
                shown, acts = Live(state, view, update), [first, late]
                shown.answer([(n, type(act).__name__.lower(), *vars(act).values()) for n, act in enumerate(acts, 1)])
                assert (shown.error, shown.answered) == ("", 2), (name, late)
                met.add(name)
    assert len(met) > 20


@pytest.mark.parametrize("name", PLAYS)
def test_nothing_chosen_is_a_picture_too(name):
    state, view, update = PLAYS[name]
    if any(isinstance(event, Select) for event in events(view(state))):
        assert whole(view(update(state, Select(""))))


def test_every_widget_has_its_row_in_the_table():
    names = {name for name in vars(widgets) if name[0] != "_" and name != "live"}
    missing = names - set(re.findall(r"`(\w+)`", widgets.__doc__ or ""))
    assert not missing, f"widgets.py has no row in its table for {missing}"


def test_every_picture_is_driven_without_widgets_and_without_matplotlib():
    code = f"""
import sys, json
for name in {BLOCKED}: sys.modules[name] = None
sys.path[:0] = ["tests"]
from pictures.plays import PLAYS
from pictures.hands import events
driven = 0
for state, view, update in PLAYS.values():
    for event in list(events(view(state)))[:6]:
        view(update(state, event)); driven += 1
print(json.dumps([driven, sorted({{view.__module__ for _, view, _ in PLAYS.values()}})]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    driven, modules = json.loads(done.stdout)
    assert driven > len(PLAYS)
    movable = {f"backprop_lab.pictures.{found.name}" for found in pkgutil.iter_modules(backprop_lab.pictures.__path__)
               if hasattr(sys.modules.get(f"backprop_lab.pictures.{found.name}"), "update")}  # fmt: skip
    missing = movable - {".".join(module.split(".")[:3]) for module in modules}
    assert not missing, f"a picture needs a line in tests/pictures/plays.py: {missing}"


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("explorer", {"selected": "w9.0.0"}, "selected must be the key of a number of the case, like w1.0.0, got"),
        ("explorer", {"learning_rate": -1}, "learning_rate must be a positive number, got -1"),
        ("nested_formula", {"selected": "nothing"}, "selected must be the key of a number of the case"),
        ("one_step", {"most": 0}, "most must be a positive number, got 0"),
        ("one_step", {"most": -5}, "most must be a positive number, got -5"),
        ("demon", {"amount": float("nan")}, "amount must lie within the reach of 3, got nan"),
        ("demon", {"amount": 99}, "amount must lie within the reach of 3, got 99"),
        ("neuron", {"j": 0.5}, "j must be a neuron of layer 1, from 0 to 2, got 0.5"),
        ("conventions", {"layer": 1.0}, "layer must be one of [1, 2], got 1.0"),
        ("gears", {"weight": "w2.9.9"}, "weight must be one of layer 1 or 2, got 'w2.9.9'"),
        ("proof", {"of": "nope"}, "of must be one of derivations, such as derivations.bp1, got 'nope'"),
        ("film", {"history": None}, "history must be of type History, such as what learn returns, got None"),
        ("bp1_area", {"z": float("nan")}, "z must be finite, got nan"),
    ],
)
def test_an_argument_that_a_picture_cannot_begin_with_is_refused_by_its_name(name, given, message):
    with pytest.raises((ValueError, TypeError), match=re.escape(message)):
        import_module(f"backprop_lab.pictures.{name}").begin(**given)
