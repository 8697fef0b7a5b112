"""Imports go one way, from the widgets down to the equations, and `import backprop_lab` loads nothing heavy."""

import ast
import json
import re
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

LEVELS = [  # a module or package imports only from those above it; the parts of a package import each other freely
    {"validation", "lecture", "course"},
    {"activations"},
    {"costs", "equations", "parameters"},
    {"network"},
    {"cases"},
    {
        "finite_differences",
        "displacement",
        "training",
        "datasets",
        "quantities",
        "matrix_chain",
        "layer_products",
        "regions",
        "per_example",
    },
    {"complex_step"},
    {"chain", "quotients", "work"},
    {"derivations", "rosetta"},
    {"drawing"},
    {"questions"},
    {"exercises"},
    {"learning"},
    {"pictures"},
    {"live"},
    {"widgets"},
    {"launcher", "server"},
]
LEVEL = {part: level for level, parts in enumerate(LEVELS) for part in parts}
FRONT = "backprop_lab"  # the public names: it imports from anywhere below the widgets, and no module imports it
ONLY_IN = {
    "ipywidgets": set(),
    "anywidget": {"live"},
    "traitlets": {"live"},
    "matplotlib": {"pictures"},
}
HEAVY = ["matplotlib", "ipywidgets", "anywidget", "tqdm", "IPython"]

PACKAGE = Path(__file__).parents[1] / "backprop_lab"
TREES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): ast.parse(
        path.read_text(encoding="utf-8")
    )
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imported(module: str) -> set[str]:
    """Everything the module imports, wherever in it: our modules by full name, others as written."""
    names = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: a relative import"
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= (inner & TREES.keys()) or {node.module or ""}
    return names


def part(module: str) -> str:
    """The module or package right below `backprop_lab`."""
    return module.split(".")[1]


IMPORTS = {module: imported(module) for module in TREES}
MODULES = [module for module in TREES if module != FRONT]


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down_only(module):
    assert part(module) in LEVEL, f"{module} has no level yet: give it one in LEVELS"
    assert FRONT not in IMPORTS[module], f"{module} imports the front instead of the module it needs"
    up = [
        other
        for other in IMPORTS[module] & TREES.keys()
        if part(other) != part(module) and LEVEL[part(other)] >= LEVEL[part(module)]
    ]
    assert up == [], f"{module} may not import {', '.join(up)}: see LEVELS, and move what both need further down"


def test_contributing_says_where_every_part_is():
    table = PACKAGE.with_name("CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Where things are")[2]
    named = set(re.findall(r"`(\w+)[/`]", table.partition("\n## ")[0]))
    assert not LEVEL.keys() - named, "a part is missing in the table of CONTRIBUTING.md"


def test_no_module_needs_itself():
    ours = {module: IMPORTS[module] & TREES.keys() for module in MODULES}
    assert len(list(TopologicalSorter(ours).static_order())) == len(MODULES)  # CycleError names the circle


def test_the_public_names_need_no_widgets():
    assert [other for other in IMPORTS[FRONT] if other.startswith(f"{FRONT}.") and part(other) == "widgets"] == []


def test_no_picture_imports_a_picture():
    pictures = [module for module in MODULES if module.startswith(f"{FRONT}.pictures.")]
    others = {
        module: [
            other
            for other in IMPORTS[module]
            if other.startswith(f"{FRONT}.pictures.") and other.split(".")[2] != module.split(".")[2]
        ]
        for module in pictures
    }
    found = {module: found for module, found in others.items() if found}
    assert not found, f"what two pictures share belongs in `drawing/`, or in the core: {found}"


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_used_in_one_part_only(library):
    users = {part(module) for module in MODULES for name in IMPORTS[module] if name.split(".")[0] == library}
    assert users <= ONLY_IN[library], f"only {ONLY_IN[library] or 'nobody'} may import {library}, see ONLY_IN"


@pytest.mark.parametrize("module", TREES)
def test_a_module_opens_with_its_reason_to_exist(module):
    first = (ast.get_docstring(TREES[module]) or "").partition("\n")[0]
    assert first.endswith("."), f"{module} has no sentence in its first line, got {first!r}"


def test_importing_the_package_loads_nothing_heavy():
    code = f"import sys, json, backprop_lab; print(json.dumps([name for name in {HEAVY} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_exercises_are_loaded_when_they_are_asked_for_and_every_name_is_there():
    code = """
import sys, backprop_lab
assert not [name for name in sys.modules if name.startswith("backprop_lab.exercises")]
assert set(backprop_lab.__all__) <= set(dir(backprop_lab))
assert not [name for name in backprop_lab.__all__ if not hasattr(backprop_lab, name)]
assert "backprop_lab.exercises" in sys.modules
backprop_lab.nothing
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "AttributeError: module 'backprop_lab' has no attribute 'nothing'"
