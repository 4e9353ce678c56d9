"""The log's key in a process of its own: it signs checkpoints that go on from the last, and nothing else."""
