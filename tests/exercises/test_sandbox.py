"""Whatever a learner's function does, running it comes to an end, and leaves nothing behind."""

import importlib
import itertools
import signal
import subprocess
import sys
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import backprop_lab
from backprop_lab import Parameters, check_bp3, initialize
from backprop_lab.exercises.running import streams
from backprop_lab.exercises.running.sandbox import DEPTH, is_learners, run, run_apart

LINES = 20_000


def plainly():
    while True: pass  # fmt: skip # noqa: E701 (one line, which Python 3.11 does not trace as a line)


def counting():
    n = 0
    while True:
        n += 1


def catching_everything():
    while True:
        try:  # noqa: SIM105
            sum(range(3))
        except:  # noqa: E722
            pass


def going_on_in_the_handler():
    try:
        plainly()
    except BaseException:
        while True:
            continue


def going_on_in_the_end():
    while True:
        try:
            plainly()
        finally:
            continue  # noqa: B012


def listing():
    return [each for each in itertools.count()]  # noqa: C416


def adding_a_generator():
    return sum(1 for _ in itertools.count())


def consuming_a_stubborn_generator():
    def numbers():
        while True:
            try:
                yield 1
            except BaseException:
                continue

    return list(numbers())


def keeping_the_exceptions():
    kept = []
    while True:
        try:
            kept.append(1)
        except BaseException as error:
            kept.append(error)


ENDLESS = [
    plainly,
    counting,
    catching_everything,
    going_on_in_the_handler,
    going_on_in_the_end,
    listing,
    adding_a_generator,
    consuming_a_stubborn_generator,
    keeping_the_exceptions,
]


@pytest.mark.parametrize("loop", ENDLESS, ids=lambda f: f.__name__)
def test_an_endless_loop_is_stopped(loop):
    assert run(loop, lines=LINES).ending == "endless"


def test_an_endless_loop_of_slow_lines_is_stopped_by_the_clock():
    def waiting():
        while True:
            time.sleep(0.01)

    assert run(waiting, seconds=0.05).ending == "slow"


def test_a_single_call_that_does_not_come_back_is_given_up_and_does_nothing_more(capfd):
    woken, done = threading.Event(), []

    def sleeping():
        woken.wait(30)
        print("late")
        done.append(1)

    assert run_apart(sleeping, seconds=0.05).ending == "lost"
    before = sys.stdout
    woken.set()
    while any(thread.name == "checker" and thread.ident in streams._sinks for thread in threading.enumerate()):
        time.sleep(0.01)
    print("mine")
    assert (done, capfd.readouterr().out) == ([], "mine\n")
    assert before is not None


def test_checks_run_side_by_side_and_leave_everything_as_it_was(capsys):
    """From 8 threads, 200 times, while two more print and warn."""
    stop = threading.Event()

    def talking():
        while not stop.is_set():
            sys.stdout.write("theirs\n")

    def noisy(delta):
        print("learner's")
        sys.stderr.write("learner's\n")
        warnings.warn("learner's", stacklevel=1)
        return delta.mean(axis=1, keepdims=True)

    before = sys.stdout, sys.stderr, list(warnings.filters), sys.gettrace(), threading.gettrace()
    talkers = [threading.Thread(target=talking) for _ in range(2)]
    for each in talkers:
        each.start()
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: check_bp3(noisy), range(200)))
    stop.set()
    for each in talkers:
        each.join()
    assert (sys.stdout, sys.stderr, list(warnings.filters), sys.gettrace(), threading.gettrace()) == before
    assert {bool(result) for result in results} == {True}
    assert {result.message.partition("(")[2] for result in results} == {
        "Your function printed while it was checked; 12 lines are left out.)"
    }
    lines = capsys.readouterr()
    assert set(lines.out.split()) == {"theirs"}
    assert lines.err == ""


def test_endless_recursion_is_stopped_even_if_it_tries_again():
    def deeper():
        return deeper()

    def again():
        try:
            return again()
        except BaseException:
            return again()

    assert run(deeper).ending == run(again).ending == "too deep"


@pytest.mark.parametrize("loop", [plainly, counting, listing, adding_a_generator], ids=lambda f: f.__name__)
def test_where_no_exception_can_be_left_it_is_raised(loop, monkeypatch):
    """As in Pyodide."""
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert run(loop, lines=LINES).ending == "endless"


def test_recursion_that_ends_is_no_error():
    def total(n):
        return n + total(n - 1) if n else 0

    assert run(total, DEPTH // 2).value == DEPTH // 2 * (DEPTH // 2 + 1) // 2


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # only pytest minds a SystemExit
def test_a_thread_that_is_left_behind_stops_too():
    started = []

    def leaving():
        started.append(threading.Thread(target=plainly, daemon=True))
        started[0].start()

    run(leaving, lines=LINES)
    started[0].join(10)
    assert not started[0].is_alive()


def test_a_thread_that_somebody_else_starts_meanwhile_is_left_alone():
    """JupyterLab has the kernel start a thread for its widgets as soon as there is one, also while a checker runs."""
    running, started, over, lived = (threading.Event() for _ in range(4))

    def theirs():
        started.set()
        over.wait(10)
        lived.set()

    def kernel():
        running.wait(10)
        threading.Thread(target=theirs).start()

    threading.Thread(target=kernel).start()
    assert run(lambda: running.set() or started.wait(10)).value
    over.set()
    assert lived.wait(10)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_of_a_thread_is_the_learners_too():
    started = []

    def plainly():
        while True:
            started.append(threading.current_thread())

    def nested():
        thread = threading.Thread(target=lambda: threading.Thread(target=plainly, daemon=True).start(), daemon=True)
        thread.start()
        thread.join()

    run(nested, lines=LINES)
    while not started:
        time.sleep(0.01)
    started[0].join(10)
    assert not started[0].is_alive()


def test_it_works_in_a_thread_as_in_the_kernels_subshell():
    found = []
    thread = threading.Thread(target=lambda: found.append(run(catching_everything, lines=LINES).ending))
    thread.start()
    thread.join()
    assert found == ["endless"]


def test_the_time_and_the_lines_of_an_import_do_not_count():
    """A first `import scipy` runs a million lines."""
    code = (
        "from backprop_lab.exercises.running.sandbox import run\n"
        "def learners():\n"
        "    from matplotlib import pyplot\n"
        "    return pyplot.__name__\n"
        "print(run(learners, lines=2000, seconds=1.0).value)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "matplotlib.pyplot\n"


def test_the_time_in_which_the_process_was_stopped_does_not_count():
    """A machine that many share lets a process wait for seconds: what it ran meanwhile is not slow."""
    code = (
        "import sys, time\n"
        "from backprop_lab.exercises.running.sandbox import run_apart\n"
        "def learners():\n"
        "    print('begun', file=sys.__stderr__, flush=True)\n"
        "    for _ in range(20):\n"
        "        time.sleep(0.02)\n"
        "    return 'done'\n"
        "print(run_apart(learners, seconds=1.0).value)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        assert process.stderr.readline() == "begun\n"
        process.send_signal(signal.SIGSTOP)
        time.sleep(2.5)
        process.send_signal(signal.SIGCONT)
        assert process.communicate()[0] == "done\n"


def test_a_module_of_the_learners_own_that_does_not_end_is_stopped(tmp_path, monkeypatch):
    (tmp_path / "endless.py").write_text("while True:\n    n = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert run(importlib.import_module, "endless", lines=LINES).ending == "endless"


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(2), KeyboardInterrupt(), GeneratorExit()], ids=repr)
def test_every_exception_is_an_outcome(error):
    def fail():
        raise error

    outcome = run(fail)
    assert (outcome.ending, outcome.error) == ("raised", error)
    assert outcome.line == "raise error"


def test_what_is_printed_is_counted_and_not_shown(capfd):
    outcome = run(lambda: [print("line", file=stream) for stream in (sys.stdout, sys.stderr) for _ in range(500)])
    assert outcome.printed == 1000
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("f", [len, plainly, lambda: 1 / 0, lambda: sys.settrace(None)])
def test_the_trace_function_that_was_there_is_there_again(f):
    def trace(*_):
        return None

    before = sys.gettrace(), threading.gettrace()
    try:
        sys.settrace(trace)
        threading.settrace(trace)
        run(f, lines=LINES)
        after = sys.gettrace(), threading.gettrace()
    finally:
        sys.settrace(before[0])
        threading.settrace(before[1])
    assert after == (trace, trace)


def test_the_recursion_limit_that_was_there_is_there_again():
    limit = sys.getrecursionlimit()
    run(sys.setrecursionlimit, limit + 50)
    assert sys.getrecursionlimit() == limit


def test_no_exception_comes_late():
    """What was left for the thread has been found, or taken away, when `run` returns."""
    for lines in range(50, 90):
        run(counting, lines=lines)
        assert [n for n in range(100)] == [*range(100)]  # noqa: C416 (lines enough for one to be found)


def test_what_the_package_does_is_not_the_learners():
    files = set()
    run(lambda: initialize((2, 3, 1), seed=0), observe=lambda frame, *_: files.add(frame.f_code.co_filename))
    package = str(Path(backprop_lab.__file__).parent)
    assert [file for file in files if file.startswith(package)] == []
    assert not is_learners(Parameters)


def test_what_stands_in_for_a_stream_is_one_for_ever():
    """Another thread may be printing with it while it is taken away: python/cpython#130163."""
    stand_ins = []
    for _ in range(2):
        with streams.captured():
            stand_ins.append(sys.stdout)
    assert stand_ins[0] is stand_ins[1]
    assert sys.stdout is not stand_ins[0]
