"""The command `backprop-lab`: no work of a learner's is lost, and what is missing is said."""

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from backprop_lab import launcher

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAMES = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(autouse=True)
def signatures(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))  # the user's own stay as they are


@pytest.fixture
def opened(monkeypatch):
    calls = []
    monkeypatch.setattr(launcher, "run", lambda command: calls.append(command) or 0)
    return calls


def test_the_notebooks_are_laid_there_trusted_and_opened(tmp_path, opened, capsys):
    folder = tmp_path / "new" / "place"
    assert launcher.main([str(folder), "--port=9000"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    assert opened == [[sys.executable, "-m", "jupyterlab", str(folder / NAMES[0]), "--port=9000"]]
    assert f"{len(NAMES)} notebooks laid there, 0 kept as they are" in capsys.readouterr().out
    assert NotebookNotary().check_signature(nbformat.read(folder / NAMES[0], as_version=4))


def test_work_of_a_learner_is_left_alone(tmp_path, opened, capsys):
    mine = tmp_path / NAMES[1]
    mine.write_text("mine", encoding="utf-8")
    assert launcher.main([str(tmp_path), "--no-open"]) == 0
    assert mine.read_text(encoding="utf-8") == "mine"
    assert opened == []
    assert f"{len(NAMES) - 1} notebooks laid there, 1 kept as they are" in capsys.readouterr().out


def test_a_place_that_takes_no_notebooks_is_named_and_nothing_is_opened(tmp_path, opened, capsys, monkeypatch):
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    for place in (tmp_path / "mine", tmp_path / "mine" / "below"):
        assert launcher.main([str(place)]) == 1
        assert capsys.readouterr().err.startswith(f"{place}: no notebook can be laid there: ")

    def full(source, target):
        Path(target).write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(launcher.shutil, "copyfile", full)
    assert launcher.main([str(tmp_path / "full")]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'full'}: no notebook can be laid there: No space left on device\n"
    assert list((tmp_path / "full").glob("*.ipynb")) == []  # half a notebook would be kept for good
    assert opened == []


def test_where_jupyter_can_keep_no_signature_the_notebooks_are_opened_all_the_same(
    tmp_path, opened, capsys, monkeypatch
):
    (tmp_path / "file").touch()
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "file" / "below"))
    (tmp_path / "00 mine.ipynb").write_text("mine", encoding="utf-8")
    assert launcher.main([str(tmp_path)]) == 0
    assert "cannot note down that they are to be trusted" in capsys.readouterr().err
    assert opened[0][-1] == str(tmp_path / NAMES[0])  # not the learner's own, which comes before it


@pytest.mark.parametrize(
    "words", [["--port", "9000"], ["--no-open", "--port", "9000"], ["--ip=::", "9000"], ["mein", "Ordner"]]
)
def test_what_is_jupyterlab_s_names_no_folder(tmp_path, opened, capsys, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        launcher.main(words)
    assert "first one folder, in quotes" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert launcher.main(["mine", "--port", "9000"]) == 0
    assert opened[0][-2:] == ["--port", "9000"]


@pytest.mark.parametrize(
    ("status", "user", "words", "said"),
    [
        (1, 0, [], True),
        (1, 0, ["--allow-root"], False),
        (1, 0, ["--allow-root=True"], False),
        (1, 0, ["--ServerApp.allow_root=True"], False),
        (1, 1000, [], False),
        (0, 0, [], False),
    ],
)
def test_to_root_it_is_said_how_jupyterlab_opens(tmp_path, capsys, monkeypatch, status, user, words, said):
    monkeypatch.setattr(launcher, "run", lambda _: status)
    monkeypatch.setattr(launcher.os, "geteuid", lambda: user, raising=False)
    assert launcher.main([str(tmp_path / "my work"), "--port=9000", *words]) == status
    again = f"root may not open it: backprop-lab '{tmp_path / 'my work'}' --port=9000 --allow-root\n"
    assert capsys.readouterr().err.partition("said that ")[2] == (again if said else "")


ASKS = """
import signal, sys
def ask(*_):
    print("end?", flush=True)
    sys.exit(7 if sys.stdin.readline() == "y\\n" else 1)
signal.signal(signal.SIGINT, ask)
print("up", flush=True)
while True: signal.pause()
"""


def test_after_ctrl_c_jupyterlab_asks_and_ends_by_itself():
    command = [
        sys.executable,
        "-c",
        f"from backprop_lab import launcher; exit(launcher.run({[sys.executable, '-c', ASKS]}))",
    ]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as started:
        assert started.stdout
        assert started.stdout.readline() == "up\n"
        os.killpg(started.pid, signal.SIGINT)  # as a terminal does: to both
        assert started.stdout.readline() == "end?\n"
        assert started.communicate("y\n") == ("", "")
        assert started.returncode == 7


ENDS = "import os, signal as s, time; s.signal(2, lambda *_: os._exit(7)); time.sleep(0.01); os.killpg(0, 2); s.pause()"


def test_the_status_of_what_ends_at_ctrl_c_at_once_is_not_lost():
    every = f"{{launcher.run([sys.executable, '-S', '-c', {ENDS!r}]) for _ in range(40)}}"
    command = [sys.executable, "-c", f"import sys; from backprop_lab import launcher; print({every})"]
    ended = subprocess.run(command, check=False, start_new_session=True, capture_output=True, text=True)
    assert (ended.stdout, ended.stderr) == ("{7}\n", "")


def test_what_is_missing_or_too_old_is_said(monkeypatch, capsys, tmp_path, opened):
    assert launcher.main(["check"]) == 0
    assert "is there" in capsys.readouterr().out
    found = launcher.version

    def version(name):
        if name == "anywidget":
            raise launcher.PackageNotFoundError
        return {"numpy": "1.25.9", "jupyterlab": "4.1.0"}.get(name) or found(name)

    monkeypatch.setattr(launcher, "version", version)
    assert launcher.main(["check"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert sorted(line.partition(":")[0] for line in said) == [
        "anywidget is missing",
        "jupyterlab 4.1.0 is too old",
        "numpy 1.25.9 is too old",
    ]
    assert any(line.endswith('-m pip install "numpy>=1.26"') for line in said)
    assert launcher.main([str(tmp_path)]) == 1
    assert "jupyterlab 4.1.0 is too old" in capsys.readouterr().err
    assert opened == []


BARE = """
import sys
from backprop_lab import launcher
try:
    from backprop_lab import forward
except ModuleNotFoundError as missing:
    print(missing)
sys.exit(launcher.main(["check"]))
"""


def check_in_an_environment_of(folder):
    """What the command says in a Python that has no packages but those in this folder."""
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.append({str(folder)!r}){BARE}"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_without_numpy_and_all_the_rest_the_command_still_says_what_is_missing(tmp_path):
    (tmp_path / "backprop_lab").symlink_to(ROOT / "backprop_lab")
    done = check_in_an_environment_of(tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("No module named 'numpy'\nbackprop_lab is not installed: ")
    (tmp_path / "backprop_lab-0.dist-info").mkdir()
    needs = "".join(f"Requires-Dist: {each}\n" for each in PROJECT["project"]["dependencies"])
    about = f"Metadata-Version: 2.1\nName: backprop_lab\nVersion: 0\n{needs}"
    (tmp_path / "backprop_lab-0.dist-info" / "METADATA").write_text(about, encoding="utf-8")
    done = check_in_an_environment_of(tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    said = done.stdout.splitlines()[1:]
    assert said[0] == f'numpy is missing: {sys.executable} -m pip install "numpy>=1.26"'
    assert len(said) == len(PROJECT["project"]["dependencies"])
    assert all(" is missing: " in line for line in said)


@pytest.mark.parametrize(
    ("found", "least", "old"),
    [("1.26", "1.26", False), ("2.0rc1", "1.26", False), ("4.10", "4.9", False), ("4.9.1", "4.10", True)],
)
def test_releases_are_compared_as_numbers(monkeypatch, found, least, old):
    monkeypatch.setattr(launcher, "version", lambda name: found)
    assert bool(launcher._fault("x", least)) is old


def test_an_installed_package_has_its_own(monkeypatch, tmp_path):
    monkeypatch.setattr(launcher, "__file__", str(tmp_path / "launcher.py"))
    (tmp_path / "_notebooks").mkdir()
    assert launcher.notebooks() == tmp_path / "_notebooks"
    (tmp_path / "_notebooks").rmdir()
    with pytest.raises(SystemExit, match="has no notebooks"):
        launcher.notebooks()


def test_the_wheel_brings_the_notebooks_and_the_command():
    assert PROJECT["project"]["scripts"] == {"backprop-lab": "backprop_lab.launcher:main"}
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"] == {
        "notebooks": "backprop_lab/_notebooks"
    }
