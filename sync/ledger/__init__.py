"""A past that cannot be changed unnoticed: the Merkle log over the journal, its checkpoints, its tiles, its proofs."""
