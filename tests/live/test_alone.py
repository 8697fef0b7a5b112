"""A picture as one file: what is in it, and what keeps it from being alive."""

import pytest

from backprop_lab import cases, train, widgets
from backprop_lab.live import alone, page

from .test_notebook import Dial, update, view


@pytest.fixture
def python(tmp_path):
    """A folder that looks like one with Pyodide."""
    for name in (*alone.RUNTIME, "numpy-9-wasm32.whl"):
        (tmp_path / name).write_bytes(b"x")
    return tmp_path


def test_without_python_it_keeps_still_and_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(alone, "KEPT", [])
    live = widgets.explorer(cases.wide)
    live.turn("w1.2.1", 0.8)
    said = live.save(tmp_path / "explorer.html")
    text = (tmp_path / "explorer.html").read_text("utf-8")
    assert said.startswith(f"{tmp_path / 'explorer.html'}: 0.")
    assert "keeps still" in said
    assert live.still()._repr_mimebundle_()["text/html"] in text
    assert "python=FOLDER" in text
    assert "<script" not in text


def test_with_python_all_is_in_it_and_no_other_file_is_asked_for(tmp_path, python):
    said = page.Live(Dial(), view, update).save(tmp_path / "dial.html", python=python)
    text = (tmp_path / "dial.html").read_text("utf-8")
    assert said.endswith("alive")
    for name in (*alone.RUNTIME, "numpy-9-wasm32.whl", "backprop_lab.zip", "picture.py"):
        assert f'data-file="{name}"' in text
    assert "./page.js" not in text
    assert " src=" not in text
    page.Live(Dial(), view, update).save(tmp_path / "again.html", python=python)
    assert (tmp_path / "again.html").read_bytes() == (tmp_path / "dial.html").read_bytes()


def test_a_folder_without_python_and_a_function_of_a_notebook_are_refused(tmp_path, python):
    live = page.Live(Dial(), view, update)
    (python / "numpy-9-wasm32.whl").unlink()
    with pytest.raises(ValueError, match=r"python must be a folder with Pyodide and its NumPy, got .* without numpy-"):
        live.save(tmp_path / "x.html", python=python)
    with pytest.raises(ValueError, match="save needs a picture of what the package has, got one with more in it"):
        alone.packed((Dial(), view, lambda dial, event: dial))
    assert not (tmp_path / "x.html").exists()
    run = train(cases.batch.parameters, cases.batch.x, cases.batch.y, learning_rate=1.0, epochs=2, batch_size=4)
    assert list(alone.unpacked(alone.packed((run,)))[0].cost) == list(run.cost)
