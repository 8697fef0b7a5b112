"""Which line of a learner's function is the first wrong one."""
