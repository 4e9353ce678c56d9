"""The demo community, brought in like anybody's."""
