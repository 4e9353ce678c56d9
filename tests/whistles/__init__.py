"""Tests of where whistles should go."""
