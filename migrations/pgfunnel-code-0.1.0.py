"""Loads sql/ as a whole. The name carries the version, so each release runs it again; it is always the last.

Locks: share row exclusive on leads while its triggers are replaced, access exclusive on each table while its
policies are; under two seconds in all.
"""

from yoyo import step

from pgfunnel.loader import load_code, unload_code

__depends__ = {"pgfunnel-0009-lead-indexes", "pgfunnel-0012-reference-rows"}

step(load_code, unload_code)
