"""Answers in their outer forms: records, tables, workbooks, pictures."""
