"""Print the oldest releases that pyproject.toml allows, for pip: python tools/lowest.py > requirements.txt."""

import re
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


def main() -> None:
    """One line for each dependency and each of the extra `test`: name>=1.2 becomes name==1.2.*."""
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    for requirement in project["dependencies"] + project["optional-dependencies"]["test"]:
        print(re.sub(r">=([\d.]+)(?=$|;)", r"==\1.*", requirement))


if __name__ == "__main__":
    main()
