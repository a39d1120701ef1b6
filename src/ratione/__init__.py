"""Which international human-rights body can still hear a complaint against a State, until which day, and why."""

__version__ = "0.1.0"
LAW = "2026-11-24"  # the day of docs/law.md
