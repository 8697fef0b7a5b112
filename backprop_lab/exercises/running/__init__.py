"""Running a learner's function so that nothing it does, prints or never ends can hurt."""
