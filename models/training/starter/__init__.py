"""How the networks of the starter pack are made: data, training, export."""
