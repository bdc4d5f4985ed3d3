"""Builds the sample world: first the local AWS, then, through the API, the organizations."""
