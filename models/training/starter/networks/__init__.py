"""The networks, with the parameter names of the checkpoints they imitate."""
