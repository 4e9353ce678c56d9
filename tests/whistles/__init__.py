"""Whistles against a model of them, and against the ten that their makers told."""
