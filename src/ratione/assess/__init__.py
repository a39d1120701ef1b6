"""Assessing a complaint: cells, the reference evaluator, verdicts."""
