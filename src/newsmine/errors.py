"""What can go wrong for a user: each error says which thing, why, and what to do about it."""

from __future__ import annotations


class NewsmineError(Exception):
    """A failure that a user can act on.

    Args:
        thing: The file, option or record that it is about.
        reason: What is wrong with it.
        remedy: What the user can do.
    """

    exit_code = 1

    def __init__(self, thing: object, reason: str, remedy: str) -> None:
        super().__init__(f"{thing}: {reason}. {remedy}.")
        self.thing, self.reason, self.remedy = str(thing), reason, remedy

    def __reduce__(self) -> tuple[type[NewsmineError], tuple[str, str, str]]:
        # Exceptions cross process borders when articles are read by several workers.
        return type(self), (self.thing, self.reason, self.remedy)


class ReadError(NewsmineError):
    """An input cannot be read as an article."""

    exit_code = 3


class ModelError(NewsmineError):
    """A model is missing, damaged, or made for another version."""

    exit_code = 4


class IndexFileError(NewsmineError):
    """An index cannot be opened, is newer than this newsmine, or cannot be written."""

    exit_code = 5


class QueryError(NewsmineError):
    """A query or option value makes no sense."""

    exit_code = 2


class GoldError(NewsmineError):
    """An annotated corpus is none, or a file of it is wrong."""

    exit_code = 7


class ExportError(NewsmineError):
    """An export cannot be written."""

    exit_code = 6
