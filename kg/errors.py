"""Every exception that kg raises on purpose, named by its consequence.

`KgError` is the root. A `Refused` skips one item, which goes to quarantine with its reason; every
other one ends the run. Messages name the file, the line, what was expected and what to do.
"""

from __future__ import annotations


class KgError(Exception):
    """Root of all errors that kg raises on purpose."""


class WorkspaceError(KgError):
    """The workspace, its kg.toml or its ontology cannot be used: the run ends."""


class BuildError(KgError):
    """The build cannot go on or was asked to be strict and refused something."""


class QueryError(KgError):
    """A query cannot be parsed, is not allowed, or names something that is not there."""


class QueryRefused(QueryError):
    """A query is well-formed but does more than read this workspace's graphs."""


class QueryUnacceptable(QueryError):
    """A query's answer cannot be written in any of the formats asked for."""


class QueryStopped(QueryError):
    """A query was stopped, or its process ended, before it was answered.

    Args:
        why: "time", "memory", "crash" or "load".
        message: for a person.
    """

    def __init__(self, why: str, message: str) -> None:
        super().__init__(message)
        self.why = why


class MissingExtra(KgError):
    """A file needs a library that an optional extra of kg brings."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional part of kg: pip install 'kg-claims[{extra}]'")
        self.extra = extra


class Refused(KgError):
    """One item (document, row, claim) is not taken; it is quarantined and the rest goes on.

    Args:
        reason: a code of lower-case words joined by hyphens, the same for the same kind of refusal
            ("empty-file", "unknown-currency"); reports count by it.
        message: what was found, what was expected and what to do, for a person.
        file: the file, relative to the workspace.
        line: 1-based line or row, where there is one.
    """

    def __init__(self, reason: str, message: str, file: str = "", line: int | None = None) -> None:
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {message}" if place else message)
        self.reason = reason
        self.message = message
        self.file = file
        self.line = line
