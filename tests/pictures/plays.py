"""Every picture that can be moved, with a state to begin with: what the tests of all pictures walk through."""

from backprop_lab import Case, cases, datasets, derivations, identity, initialize, tanh, train
from backprop_lab.drawing.picture import Press
from backprop_lab.pictures import (
    bp1_area,
    check_lab,
    conventions,
    cost_bars,
    cost_mean,
    cost_meter,
    demon,
    depth,
    draw_digit,
    explorer,
    film,
    gears,
    gradient_table,
    knobs,
    matrix_chain,
    nested_formula,
    neuron,
    number_lines,
    one_step,
    opinions,
    parabola,
    path_count,
    paths,
    per_example_gradients,
    player,
    prediction,
    proof,
    quiz,
    race,
    row_times_column,
    shapes,
    spot_the_slip,
    trainer,
    transpose,
    wires,
    wires_game,
)
from backprop_lab.pictures.prediction import recall
from backprop_lab.questions import forms

from .hands import Play

FOUR = cases.batch
TRAINED = train(FOUR.parameters, FOUR.x, FOUR.y, learning_rate=3.0, epochs=20, batch_size=4)
MOONS = datasets.moons(50)
MANY = Case(initialize((2, 8, 3, 1), seed=2), MOONS.x, MOONS.y)
TRAINED_ON_MANY = train(MANY.parameters, MANY.x, MANY.y, learning_rate=3.0, epochs=5, batch_size=10)
SINE = datasets.sine()
FITTED = Case(initialize((1, 8, 1), seed=2), SINE.x, SINE.y, hidden=tanh, output=identity)

PLAYS = {
    "demon": Play(demon.begin(), demon.view, demon.update),
    "demon, batch": Play(demon.begin(cases.batch, selected="a1.1"), demon.view, demon.update),
    "explorer": Play(explorer.begin(), explorer.view, explorer.update),
    "explorer, deep": Play(explorer.begin(cases.deep, selected="a2.1"), explorer.view, explorer.update),
    "film": Play(film.begin(TRAINED), film.view, film.update),
    "film, four examples": Play(film.begin(TRAINED, FOUR), film.view, film.update),
    "film, many examples": Play(film.begin(TRAINED_ON_MANY, MANY), film.view, film.update),
    "neuron": Play(neuron.begin(), neuron.view, neuron.update),
    "neuron, of wide": Play(neuron.begin(cases.wide, j=2, selected="b1.2"), neuron.view, neuron.update),
    "nested formula": Play(nested_formula.begin(), nested_formula.view, nested_formula.update),
    "cost bars": Play(cost_bars.begin(), cost_bars.view, cost_bars.update),
    "cost mean": Play(cost_mean.begin(), cost_mean.view, cost_mean.update),
    "check_lab": Play(check_lab.begin(), check_lab.view, check_lab.update),
    "check_lab, a bias of a batch": Play(check_lab.begin(cases.batch, "b[1][2]"), check_lab.view, check_lab.update),
    "cost_meter": Play(cost_meter.begin((2, 3, 1)), cost_meter.view, cost_meter.update),
    "BP1's area": Play(bp1_area.begin(), bp1_area.view, bp1_area.update),
    "BP1's areas": Play(bp1_area.begin((-1.0, 0.0, 2.0), (0, 1, 0)), bp1_area.view, bp1_area.update),
    "gears": Play(gears.begin(), gears.view, gears.update),
    "gears, two trains": Play(gears.begin(cases.wide, "w1.2.1"), gears.view, gears.update),
    "number_lines": Play(number_lines.begin(), number_lines.view, number_lines.update),
    "number_lines, two paths": Play(number_lines.begin(cases.wide, "w1.2.1"), number_lines.view, number_lines.update),
    "gradient_table": Play(gradient_table.begin(), gradient_table.view, gradient_table.update),
    "gradient_table, batch": Play(gradient_table.begin(cases.batch), gradient_table.view, gradient_table.update),
    "shapes": Play(shapes.begin(), shapes.view, shapes.update),
    "shapes, layer 1": Play(shapes.begin(layer=1), shapes.view, shapes.update),
    "per_example_gradients": Play(
        per_example_gradients.begin(), per_example_gradients.view, per_example_gradients.update
    ),
    "player": Play(player.begin(), player.view, player.update),
    "player, a secret slip": Play(
        player.update(player.begin(cases.batch), Press("secret")), player.view, player.update
    ),
    "knobs": Play(knobs.begin(), knobs.view, knobs.update),
    "knobs, with curves": Play(knobs.begin(cases.wide, curves=True), knobs.view, knobs.update),
    "parabola": Play(parabola.begin(), parabola.view, parabola.update),
    "parabola, two outputs": Play(parabola.begin((0.3, 0.7), (1.0, 0.0)), parabola.view, parabola.update),
    "matrix_chain": Play(matrix_chain.begin(), matrix_chain.view, matrix_chain.update),
    "prediction, a number": Play(
        prediction.begin(forms.number("?", 0.25, slips={"a slip": 1})), prediction.view, prediction.update
    ),
    "prediction, a name": Play(prediction.begin(forms.name(cases.deep, 1.5)), prediction.view, prediction.update),
    "prediction, a choice": Play(
        prediction.begin(forms.choice("?", {"p": "Yes.", "q": "No.", "r": "No."}, answer="p")),
        prediction.view,
        prediction.update,
    ),
    "prediction, an order": Play(
        prediction.begin(forms.order("?", ["p", "q", "r"])), prediction.view, prediction.update
    ),
    "recall": Play(recall.begin("05"), recall.view, recall.update),
    "quiz": Play(quiz.begin("02_forward_pass"), quiz.view, quiz.update),
    "transpose": Play(transpose.begin(), transpose.view, transpose.update),
    "transpose, deep": Play(transpose.begin(cases.deep, neuron="a2.0"), transpose.view, transpose.update),
    "row times column": Play(row_times_column.begin(), row_times_column.view, row_times_column.update),
    "row times column, wide": Play(
        row_times_column.begin(cases.wide, layer=2), row_times_column.view, row_times_column.update
    ),
    "wires": Play(wires.begin(), wires.view, wires.update),
    "wires, deep": Play(wires.begin(cases.deep, selected="a2.1"), wires.view, wires.update),
    "wires_game": Play(wires_game.begin(), wires_game.view, wires_game.update),
    "one step": Play(one_step.begin(), one_step.view, one_step.update),
    "trainer": Play(trainer.begin(), trainer.view, trainer.update),
    "trainer, running": Play(trainer.update(trainer.begin("moons"), Press("play")), trainer.view, trainer.update),
    "trainer, deep": Play(trainer.begin(cases.deep), trainer.view, trainer.update),
    "trainer, a number": Play(trainer.begin(FITTED, learning_rate=0.3), trainer.view, trainer.update),
    "race": Play(race.begin(), race.view, race.update),
    "race, four points": Play(race.update(race.begin("four"), Press("play")), race.view, race.update),
    "draw_digit": Play(draw_digit.begin(initialize((64, 3, 10))), draw_digit.view, draw_digit.update),
    "depth": Play(depth.begin(), depth.view, depth.update),
    "path_count": Play(path_count.begin(), path_count.view, path_count.update),
    "proof": Play(proof.begin(derivations.bp2, case=cases.wide), proof.view, proof.update),
    "proof, broken": Play(proof.begin(derivations.bp1, case=cases.batch, shown=None), proof.view, proof.update),
    "proof, vectors": Play(proof.begin(derivations.unrolled, case=cases.deep, shown=None), proof.view, proof.update),
    "proof, change": Play(proof.begin(derivations.first_order, shown=2), proof.view, proof.update),
    "opinions": Play(opinions.begin(), opinions.view, opinions.update),
    "opinions, deep": Play(opinions.begin(cases.deep, neuron="a2.1"), opinions.view, opinions.update),
    "conventions": Play(conventions.begin(), conventions.view, conventions.update),
    "conventions, deep": Play(conventions.begin(cases.deep, convention="theta"), conventions.view, conventions.update),
    "spot_the_slip": Play(spot_the_slip.begin(), spot_the_slip.view, spot_the_slip.update),
    "paths": Play(paths.begin(), paths.view, paths.update),
    "paths, of an input of deep": Play(paths.begin(cases.deep, neuron="a0.1"), paths.view, paths.update),
}
