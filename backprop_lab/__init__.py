"""Backprop Lab: the forward pass, the cost and the four equations of backpropagation, to be read and played with."""
