"""What pictures are made of: markup, drawings, formulas, controls, and the network itself."""
