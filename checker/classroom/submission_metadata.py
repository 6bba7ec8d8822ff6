"""What Gradescope tells an autograder of one submission: when it was made, and when it was due.

    {"created_at": "2026-03-01T14:22:32.365935-07:00",
     "assignment": {"due_date": "2026-03-01T23:00:00.000000-07:00"},
     "users": [{"assignment": {"due_date": "2026-03-03T23:00:00.000000-07:00"}}]}

A student with more time has a due date of their own. Of a group, the latest one counts.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from checker.classroom import lateness


class MetadataError(ValueError):
    """The file does not say when the submission was made. The message names it."""


@dataclass(frozen=True)
class SubmissionMetadata:
    """The time of a submission, and its deadline if there is one."""

    submitted: str
    due: datetime | None


def read(path: Path) -> SubmissionMetadata:
    """What a submission_metadata.json says. Raises MetadataError or OSError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        submitted = str(found["created_at"])
        own = [user.get("assignment") or {} for user in found.get("users") or ()]
        dues = filter(None, map(_due, own))
        due = max(dues, default=None) or _due(found.get("assignment") or {})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MetadataError(f"{path} is no submission_metadata.json of Gradescope.") from error
    if lateness.parsed(submitted, UTC) is None:
        raise MetadataError(f"{path}: {submitted!r} is no time of a submission.")
    return SubmissionMetadata(submitted, due)


def _due(assignment: dict[str, Any]) -> datetime | None:
    """The due date of an assignment, if it has one. Raises ValueError if that is no time."""
    text = assignment.get("due_date")
    if text is None:
        return None
    due = lateness.parsed(str(text), UTC)
    if due is None:
        raise ValueError(f"{text!r} is no time")
    return due
