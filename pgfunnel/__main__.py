"""``python -m pgfunnel``."""

from pgfunnel.cli import console

console()
