"""Levels of tests without clocks, worked out once for each kind of row."""
