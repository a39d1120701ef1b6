"""Reading reports about States and their courts: what a report claims, never what is true."""

from __future__ import annotations

from ratione.press.reader import read, read_item

__all__ = ["read", "read_item"]
