"""Whole columns: days and months, lists, numbers for kinds of row, levels and outcomes."""
