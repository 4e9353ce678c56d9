"""Copies of the journal away from the server, and servers made of them again."""
