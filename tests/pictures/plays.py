"""Every picture that can be moved, with a state to begin with: what the tests of all pictures walk through."""

from backprop_lab import Case, cases, datasets, initialize, train
from backprop_lab.pictures import demon, explorer, film, knobs

from .hands import Play

FOUR = cases.batch
TRAINED = train(FOUR.parameters, FOUR.x, FOUR.y, learning_rate=3.0, epochs=20, batch_size=4)
MOONS = datasets.moons(50)
MANY = Case(initialize((2, 8, 3, 1), seed=2), MOONS.x, MOONS.y)
TRAINED_ON_MANY = train(MANY.parameters, MANY.x, MANY.y, learning_rate=3.0, epochs=5, batch_size=10)

PLAYS = {
    "demon": Play(demon.begin(), demon.view, demon.update),
    "demon, batch": Play(demon.begin(cases.batch, selected="a1.1"), demon.view, demon.update),
    "explorer": Play(explorer.begin(), explorer.view, explorer.update),
    "explorer, deep": Play(explorer.begin(cases.deep, selected="a2.1"), explorer.view, explorer.update),
    "film": Play(film.begin(TRAINED), film.view, film.update),
    "film, four examples": Play(film.begin(TRAINED, FOUR), film.view, film.update),
    "film, many examples": Play(film.begin(TRAINED_ON_MANY, MANY), film.view, film.update),
    "knobs": Play(knobs.begin(), knobs.view, knobs.update),
}
