"""icc: being written."""

from ratione.rules import Forum

FORA: tuple[Forum, ...] = ()
