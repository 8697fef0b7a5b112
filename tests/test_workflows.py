"""The workflow files name what there is."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


README_LINE = "grep -m1 -E '^python3 -m venv .* -m pytest$' README.md"  # as .ci/run has it


def jobs(path):
    return yaml.safe_load(path.read_text("utf-8"))["jobs"]


def steps(path):
    return [step for job in jobs(path).values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_a_step_runs_or_hashes_is_there(path):
    commands = [word for step in steps(path) for word in step.get("run", "").split()]
    hashed = [name for step in steps(path) for name in re.findall(r"'([^']+)'", step.get("with", {}).get("key", ""))]
    files = [word for word in commands if word.startswith((".ci/", "tools/", "tests/"))]
    assert files
    assert [name for name in [*files, *hashed] if not (ROOT / name).exists()] == []


def test_each_push_is_checked_and_the_pages_are_tested_before_they_are_published():
    check, pages = WORKFLOWS
    assert yaml.safe_load(check.read_text("utf-8"))[True] == ["push", "pull_request"]  # YAML reads `on` as true
    last = {name: job["steps"][-1]["run"] for name, job in jobs(check).items()}
    assert last["check"] == ".ci/run"
    assert README_LINE in last["newest"]
    assert README_LINE in (ROOT / ".ci" / "run").read_text("utf-8")
    order = [step.get("run", "") + step.get("uses", "") for step in steps(pages)]
    built, tested, published = (
        next(at for at, words in enumerate(order) if name in words)
        for name in ("tools/build_site.py", "pytest", "upload-pages-artifact")
    )
    assert built < tested < published
