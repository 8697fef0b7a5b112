"""The questions of each notebook; `questions/__init__.py` shows how they are written."""
