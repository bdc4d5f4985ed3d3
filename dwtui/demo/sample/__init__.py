"""The sample world as data: believable, invented, and the same at every start."""
