"""Whistles against a model of them, against the ten that their makers told, and where they should go."""
