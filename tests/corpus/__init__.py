"""Mistakes that people made and asked about in public, in our signatures, and right functions in odd styles."""

from corpus import (
    afterwards,
    asked,
    habits,
    issues,
    later,
    ported,
    single_equations,
    strangers,
    threads,
    untried,
    whole_passes,
)
from corpus.met import MET
from corpus.own import OWN
from corpus.right import RIGHT
from corpus.unseen import UNSEEN

__all__ = [
    "MET",
    "OWN",
    "RIGHT",
    "UNSEEN",
    "afterwards",
    "asked",
    "habits",
    "issues",
    "later",
    "ported",
    "single_equations",
    "strangers",
    "threads",
    "untried",
    "whole_passes",
]
