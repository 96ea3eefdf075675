"""Every error that newsfacts raises on purpose; each names what is wrong, where, and the remedy."""

from __future__ import annotations


class NewsfactsError(Exception):
    """Base of all errors. `remedy` says what the user can do about it."""

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}. {self.remedy}" if self.remedy else self.message


class RulesError(NewsfactsError):
    """A rules file is missing or malformed. Carries file, line and field."""

    def __init__(
        self, message: str, *, file: str, line: int | None = None, field: str = "", remedy: str = ""
    ) -> None:
        where = file + (f":{line}" if line else "") + (f" ({field})" if field else "")
        super().__init__(f"{where}: {message}", remedy=remedy)
        self.file = file
        self.line = line
        self.field = field


class ModelError(NewsfactsError):
    """No usable spaCy pipeline."""


class ReadError(NewsfactsError):
    """A document cannot be read. `kind` is one of the documented error kinds."""

    def __init__(self, message: str, *, kind: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.kind = kind


class IncompleteWarning(UserWarning):
    """A defect of newsfacts cost a text one family of facts (dates, places, quantities) or their links."""


class InputWarning(UserWarning):
    """A text that was given from Python gave no facts: it is not English, or could not be read."""


class ConfigurationError(NewsfactsError):
    """Options contradict each other or name something that does not exist."""


class OtherArticlesError(ConfigurationError):
    """Gold and predictions have no document in common, so nothing can be scored."""


class ValidationError(NewsfactsError):
    """A record does not follow its schema."""
