"""What is said of answers that no slip gives: from the form of the whole to the numbers of one example."""
