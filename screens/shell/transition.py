"""How changes in several steps are shown at once."""

TRANSITION_SECONDS = 0.03
"""How long repainting waits for such a change to be complete: each step would be sent to the terminal in full."""
