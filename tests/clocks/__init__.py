"""Tests of people at the desk."""
