"""Ledgers as stations have them, brought in."""
