"""The drawing kit: what every picture is made of."""
