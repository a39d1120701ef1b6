"""Which international human-rights body can still hear a complaint against a State, until which day, and why."""

__version__ = "0.1.0"
