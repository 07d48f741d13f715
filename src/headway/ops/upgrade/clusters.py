"""The clusters of the embedded server on disk: which one is in use, which are older."""

import shutil
from pathlib import Path

from headway.ops.embedded import binaries
from headway.ops.embedded.binaries import Binaries
from headway.ops.embedded.cluster import sync
from headway.ops.errors import Unusable

_AGAIN = ".upgrade"  # where the new cluster is built; worthless until it is renamed


def older(folder: Path, major: int) -> int | None:
    """The newest cluster before `major`, None when there is none. Raises Unusable when one is newer than `major`."""
    majors = sorted(int(entry.name) for entry in folder.glob("*") if entry.name.isdigit())
    if majors and majors[-1] > major:
        raise Unusable(
            f"The data was written by PostgreSQL {majors[-1]}, and this Headway brings {major}. Use a newer Headway."
        )
    return next((found for found in reversed(majors) if found < major), None)


def programs_of(folder: Path, major: int, given: Path | None) -> Binaries:
    """The programs that wrote the cluster of `major`: those given, else the ones kept beside the data.

    Raises Unusable when there are none.
    """
    places = [given] if given else sorted((folder / "programs").glob(f"postgresql-{major}*/*/pginstall"), reverse=True)
    for place in places:
        found = binaries.at(place)
        if found.major == major:
            return found
    where = f"in {given}" if given else f"beside the data ({folder / 'programs'})"
    raise Unusable(
        f"The data was written by PostgreSQL {major}, and no PostgreSQL {major} was found {where}. Give the folder of "
        "one, which contains bin/postgres, with --old-programs. Nothing was changed."
    )


def workplace(folder: Path) -> Path:
    """An empty folder for building the new cluster; what an interrupted upgrade left there is thrown away."""
    place = folder / _AGAIN
    shutil.rmtree(place, ignore_errors=True)
    return place


def take_into_use(folder: Path, major: int) -> None:
    """The switch: from here on the new cluster is the one that starts."""
    (folder / _AGAIN / str(major)).rename(folder / str(major))
    sync(folder)


def set_aside(folder: Path, major: int) -> list[str]:
    """Renames clusters older than the one in use, so that nobody starts them; returns where they are."""
    kept = []
    for entry in sorted(folder.glob("*")):
        if entry.name.isdigit() and int(entry.name) < major:
            entry.rename(aside := entry.with_name(f"{entry.name}.before-upgrade"))
            kept.append(str(aside))
    shutil.rmtree(folder / _AGAIN, ignore_errors=True)
    return kept
