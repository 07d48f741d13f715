"""Where Headway keeps its data on this machine. No Django here: the supervisor needs it too."""

import os
from pathlib import Path


def home() -> Path:
    """The data folder: HEADWAY_HOME, else /var/lib/headway for root, else the user's own data folder."""
    chosen = os.environ.get("HEADWAY_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/headway")
    shared = os.environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "headway"


def folder(name: str) -> Path:
    """A sub-folder of the data folder, made when missing and readable by its owner only."""
    path = home() / name
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path
