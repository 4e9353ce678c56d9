"""What edits are and what they mean: the pure core, without clock, randomness, SQL or HTTP."""
