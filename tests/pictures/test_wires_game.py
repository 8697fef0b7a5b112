"""The game with wires: five rounds whose slips can be told, and no answer before it is given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_lab.drawing.picture import Press, Select, Turn
from backprop_lab.pictures.wires_game import begin, slip, update, view
from backprop_lab.questions.naming import code_of, fault
from backprop_lab.questions.typed_answers import Code

from .hands import events, parsed


def after(game, *events):
    for event in events:
        game = update(game, event)
    return game


def give(game, weight=None):
    """The weight of the round, or another one, as it is asked for."""
    weight = weight or game.round.weight
    return after(game, Turn("code", weight.code) if game.round.typed else Select(weight.key))


@given(st.integers(0, 1000))
def test_a_game_asks_for_five_different_weights_whose_slips_can_be_told(seed):
    rounds = begin(seed=seed).rounds
    assert rounds == begin(seed=seed).rounds
    assert len({one.weight for one in rounds}) == 5
    assert [one.typed for one in rounds] == [True, False, True, False, True]
    assert all(one.weight.index[0] != one.weight.index[1] for one in rounds)
    assert not any(fault(one.case, code_of(one.weight)) for one in rounds)


@pytest.mark.parametrize(
    ("given", "typed", "name"),
    [
        ((1, 0, 2), True, "swapped-indices"),
        ((1, 3, 1), True, "counted-from-one"),
        ((1, 1, -1), False, "counted-from-one"),
        ((1, 3, 1), False, ""),
        ((2, 2, 0), True, "wrong-layer"),
        ((1, 1, 0), True, ""),
    ],
)
def test_a_slip_is_known_by_what_comes_of_it(given, typed, name):
    assert slip(Code("w", given), Code("w", (1, 2, 0)), typed=typed) == name


def test_a_game_is_played_to_its_end():
    game = begin(seed=3)
    for number in range(5):
        assert after(game, Press("commit")) == game == after(game, Press("next round"))
        assert view(game).text.startswith("The lit weight leads" if game.round.typed else "Looking for")
        game = after(give(game), Press("commit"))
        assert view(game).text.startswith(f"That is right: {game.round.weight.code} leads from")
        assert f"{number + 1} right" in "".join(parsed(view(game)).itertext())
        game = after(game, Press("next round"))
    assert view(game).text.endswith("All rounds are played: 5 of 5 are right.")
    assert after(game, Press("start over")) == begin(seed=3)


@given(st.integers(0, 99))
def test_the_answer_is_not_told_before_it_is_given(seed):
    game = begin(seed=seed)
    weight = game.round.weight.code
    for each in (game, *(after(game, Turn("code", text)) for text in ("w[9][9, 9]", "the lit one"))):
        assert weight not in view(each).markup + view(each).text
    looking = after(game, Press("skip"), Press("next round"))
    assert 'class="bl-on"' not in view(looking).markup


def test_slips_and_skips_are_said():
    game = begin()
    weight = game.round.weight
    swapped = after(game, Turn("code", f"w[{weight.layer}][{weight.index[1]}, {weight.index[0]}]"), Press("commit"))
    assert view(swapped).text == (
        f"Those are the indices swapped: the first is the neuron the weight leads to. You gave {swapped.code}; "
        f"{weight.code} leads from neuron {weight.index[1]} of layer {weight.layer - 1} "
        f"to neuron {weight.index[0]} of layer {weight.layer}."
    )
    assert swapped.results == (False,)
    skipped = after(game, Press("skip"))
    assert view(skipped).text.startswith(f"You skipped this round. {weight.code} leads from")
    assert skipped.results == (False,)
    for text in ("a[1][0]", "v[1][2, 0]", "(1, 2, 0)"):
        assert after(game, Turn("code", text), Press("commit")).phase == "open"


def lit(game):
    return {each.get("data-select", each.get("data-key")) for each in parsed(view(game)).iter("g")
            if each.get("class") == "bl-on"}  # fmt: skip


def test_the_weight_is_lit_when_its_name_is_asked_for_and_in_the_end():
    game = begin()
    assert lit(game) == {game.round.weight.key}
    choosing = after(game, Press("skip"), Press("next round"))
    wrong = after(choosing, Select("w1.0.0"))
    assert (lit(choosing), lit(wrong)) == (set(), {"w1.0.0"})
    for ended in (after(wrong, Press("commit")), after(wrong, Press("skip"))):
        assert lit(ended) == {choosing.round.weight.key}


def test_what_belongs_to_the_other_kind_of_round_changes_nothing():
    typed = begin()
    assert after(typed, Select("w1.0.0")) == typed
    chosen = after(typed, Press("skip"), Press("next round"))
    assert after(chosen, Turn("code", "w[1][0, 0]")) == chosen
    assert after(chosen, Select("a1.0"), Press("commit")).phase == "open"


def presses(game):
    return [event.key for event in events(view(game)) if isinstance(event, Press)]


def test_only_what_would_do_something_can_be_pressed():
    game = begin()
    assert presses(game) == ["commit", "skip"]  # a press tells what is being typed
    assert presses(give(game)) == ["commit", "skip", "start over"]
    ended = after(give(game), Press("commit"))
    assert presses(ended) == ["next round", "start over"]
    choosing = after(ended, Press("next round"))
    assert presses(choosing) == ["skip", "start over"]
    assert presses(give(choosing)) == ["commit", "skip", "start over"]
    assert presses(after(choosing, Select("a1.0"))) == ["skip", "start over"]  # a neuron is no answer


def test_one_round_is_right_and_more_are():
    game = after(give(begin()), Press("commit"))
    for _ in range(4):
        game = after(game, Press("next round"), Press("skip"))
    assert view(game).text.endswith("All rounds are played: 1 of 5 is right.")
    assert presses(game) == ["start over"]


def test_the_picture_is_as_it_was(golden):
    game = begin()
    golden("wires_game-first", view(game))
    game = after(game, Turn("code", "w[1][0, 2]"), Press("commit"))
    golden("wires_game-slip", view(game))
    game = after(game, Press("next round"), Select("w1.2.1"))
    golden("wires_game-choosing", view(game))
    j, k = game.round.weight.index
    game = after(game, Select(f"w{game.round.weight.layer}.{j - 1}.{k - 1}"), Press("commit"))
    golden("wires_game-one_too_low", view(game))
    game = after(game, Press("next round"), Press("skip"), Press("next round"), Select("w2.0.1"), Press("commit"))
    assert view(game).text.startswith("That is the wrong layer: a weight carries the number of the layer it leads to. ")
    game = after(game, Press("next round"), Turn("code", " w[1][0, 1] "), Press("skip"))
    golden("wires_game-end", view(game))
