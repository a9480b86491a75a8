"""A lead pipeline that lives in PostgreSQL: the part that installs it."""

__version__ = "0.1.0"
