"""Measurements, with ratios to a baseline in the same run."""
