"""The three networks, with the parameter names of the checkpoints they imitate."""
