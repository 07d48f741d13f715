"""A report on disk: whole, or as it was before."""

from pathlib import Path

from headway.foundation.errors import Invalid


def save(path: Path, page: str) -> None:
    """Writes the page beside its place and moves it there. Raises Invalid when the place cannot be written."""
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(page, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Invalid(f"The report could not be written to {path}: {error.strerror}.") from error
