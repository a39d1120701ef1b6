"""Whole columns: days, lists, numbers for kinds, levels and outcomes; nothing here knows the law."""
