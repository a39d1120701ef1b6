"""The kinds of rule on whole columns."""
