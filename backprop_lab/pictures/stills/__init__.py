"""The pictures that keep still, a module each: functions of `backprop_lab.pictures`."""
