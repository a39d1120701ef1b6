"""Tests that look at days themselves, and last days."""
