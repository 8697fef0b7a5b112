"""What a notebook shows and a learner takes hold of: a picture's three functions as one, with the words of `begin`.

| name | what it shows | notebook |
|---|---|---|
| `knobs` | the cost and the moves while weights are turned by hand; then the rate of each | 00 |
| `explorer` | one network with everything that follows from it, and steps downhill | 00 |
| `wires`, `wires_game` | the names of weights in the network, in the arrays and in code; five rounds of them | 01 |
| `neuron` | one neuron: its products, z, and the point on σ | 02 |
| `row_times_column` | a layer's matrix product: row by column, then all examples at once | 02, 09 |
| `nested_formula` | a network as one formula with brackets that fold | 02 |
| `cost_bars`, `cost_mean` | differences, squares and cost of one example; the mean over a batch | 03 |
| `parabola` | the cost over one output with its tangent, over two as a bowl | 03 |
| `number_lines` | a nudge, stretched, shrunk and flipped on its way to the cost; shares end to end | 04 |
| `gears` | rates along a path, as gears | 04 |
| `demon` | Δz on one neuron: what δ promises and what the cost does | 05 |
| `bp1_area` | BP1 as the area of a rectangle | 06 |
| `opinions` | what the next layer says of a hidden neuron, added up, and shrunk to δ | 07 |
| `transpose` | the weights out of a neuron: a column of w, a row of its transpose | 07 |
| `paths` | every path to the cost, and what is left when shared tails are factored out | 07 |
| `path_count` | how many paths there are in a larger network, and what it takes to add them up | 07 |
| `gradient_table` | BP4 as a multiplication table | 08 |
| `shapes`, `matrix_chain` | shapes that fit; one product from both ends | 09 |
| `per_example_gradients` | the gradients of single examples as a stack, and what it collapses to | 09 |
| `player` | backpropagation step by step, what each reads and writes; and a slip in it, to be found | 10 |
| `gradient_check_lab` | the error of a finite difference over its step h, and the digits that are left | 10 |
| `cost_meter` | the work of one backward pass and of finite differences: counted, and timed here | 10 |
| `one_step`, `film` | what a step promises and brings; a training, epoch by epoch | 11 |
| `trainer` | a network that learns while one watches, stops it, goes back and changes everything | 11, 12 |
| `race` | one start, two costs: two trainings at once | 12 |
| `depth` | how loud δ is in each layer of a deep network | 12 |
| `draw_digit` | a digit of one's own, and what a trained network says of it | 11 |
| `conventions` | one gradient and the four equations in thirteen notations | 13 |
| `spot_the_slip` | lines as they were printed, each with something wrong in it | 13 |
| `proof` | a derivation with every line alive | 02 to 09 |
| `predict` | a question of a notebook, by its key: `predict("05.which_nudge")` | all |
| `recall` | two questions from earlier notebooks, with new numbers | 02 to the last |
| `quiz` | the questions at the end of a notebook | all |
"""

from backprop_lab.live import live
from backprop_lab.pictures import bp1_area as _bp1_area
from backprop_lab.pictures import check_lab as _check_lab
from backprop_lab.pictures import conventions as _conventions
from backprop_lab.pictures import cost_bars as _cost_bars
from backprop_lab.pictures import cost_mean as _cost_mean
from backprop_lab.pictures import cost_meter as _cost_meter
from backprop_lab.pictures import demon as _demon
from backprop_lab.pictures import depth as _depth
from backprop_lab.pictures import draw_digit as _draw_digit
from backprop_lab.pictures import explorer as _explorer
from backprop_lab.pictures import film as _film
from backprop_lab.pictures import gears as _gears
from backprop_lab.pictures import gradient_table as _gradient_table
from backprop_lab.pictures import knobs as _knobs
from backprop_lab.pictures import matrix_chain as _matrix_chain
from backprop_lab.pictures import nested_formula as _nested_formula
from backprop_lab.pictures import neuron as _neuron
from backprop_lab.pictures import number_lines as _number_lines
from backprop_lab.pictures import one_step as _one_step
from backprop_lab.pictures import opinions as _opinions
from backprop_lab.pictures import parabola as _parabola
from backprop_lab.pictures import path_count as _path_count
from backprop_lab.pictures import paths as _paths
from backprop_lab.pictures import per_example_gradients as _per_example_gradients
from backprop_lab.pictures import player as _player
from backprop_lab.pictures import prediction as _prediction
from backprop_lab.pictures import proof as _proof
from backprop_lab.pictures import quiz as _quiz
from backprop_lab.pictures import race as _race
from backprop_lab.pictures import row_times_column as _row_times_column
from backprop_lab.pictures import shapes as _shapes
from backprop_lab.pictures import spot_the_slip as _spot_the_slip
from backprop_lab.pictures import trainer as _trainer
from backprop_lab.pictures import transpose as _transpose
from backprop_lab.pictures import wires as _wires
from backprop_lab.pictures import wires_game as _wires_game
from backprop_lab.pictures.prediction import recall as _recall

bp1_area = live(_bp1_area.begin, _bp1_area.view, _bp1_area.update)
conventions = live(_conventions.begin, _conventions.view, _conventions.update)
cost_bars = live(_cost_bars.begin, _cost_bars.view, _cost_bars.update)
cost_mean = live(_cost_mean.begin, _cost_mean.view, _cost_mean.update)
cost_meter = live(_cost_meter.begin, _cost_meter.view, _cost_meter.update)
demon = live(_demon.begin, _demon.view, _demon.update)
depth = live(_depth.begin, _depth.view, _depth.update)
draw_digit = live(_draw_digit.begin, _draw_digit.view, _draw_digit.update)
explorer = live(_explorer.begin, _explorer.view, _explorer.update)
film = live(_film.begin, _film.view, _film.update)
gears = live(_gears.begin, _gears.view, _gears.update)
gradient_check_lab = live(_check_lab.begin, _check_lab.view, _check_lab.update)
gradient_table = live(_gradient_table.begin, _gradient_table.view, _gradient_table.update)
knobs = live(_knobs.begin, _knobs.view, _knobs.update)
matrix_chain = live(_matrix_chain.begin, _matrix_chain.view, _matrix_chain.update)
nested_formula = live(_nested_formula.begin, _nested_formula.view, _nested_formula.update)
neuron = live(_neuron.begin, _neuron.view, _neuron.update)
number_lines = live(_number_lines.begin, _number_lines.view, _number_lines.update)
one_step = live(_one_step.begin, _one_step.view, _one_step.update)
opinions = live(_opinions.begin, _opinions.view, _opinions.update)
parabola = live(_parabola.begin, _parabola.view, _parabola.update)
path_count = live(_path_count.begin, _path_count.view, _path_count.update)
paths = live(_paths.begin, _paths.view, _paths.update)
per_example_gradients = live(_per_example_gradients.begin, _per_example_gradients.view, _per_example_gradients.update)
player = live(_player.begin, _player.view, _player.update)
predict = live(_prediction.begin, _prediction.view, _prediction.update)
proof = live(_proof.begin, _proof.view, _proof.update)
quiz = live(_quiz.begin, _quiz.view, _quiz.update)
race = live(_race.begin, _race.view, _race.update)
recall = live(_recall.begin, _recall.view, _recall.update)
row_times_column = live(_row_times_column.begin, _row_times_column.view, _row_times_column.update)
shapes = live(_shapes.begin, _shapes.view, _shapes.update)
spot_the_slip = live(_spot_the_slip.begin, _spot_the_slip.view, _spot_the_slip.update)
transpose = live(_transpose.begin, _transpose.view, _transpose.update)
trainer = live(_trainer.begin, _trainer.view, _trainer.update)
wires = live(_wires.begin, _wires.view, _wires.update)
wires_game = live(_wires_game.begin, _wires_game.view, _wires_game.update)
