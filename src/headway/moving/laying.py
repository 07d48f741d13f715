"""What was uploaded as files on this machine, for as long as it is read; or fetched from the old system."""

import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from django.utils.translation import gettext as _

from headway.foundation import files, paths
from headway.foundation.errors import Invalid
from headway.insight.sources import catalogue, fetching
from headway.moving.actions.plans import token_of
from headway.moving.models import Run
from headway.moving.sources.port import Progress

_PIECE: Final = 1 << 20
_MOST_FILES: Final = 500_000
_MOST_TIMES: Final = 60  # an archive of text is seldom a twentieth of what is in it


@contextmanager
def laid_out(run: Run, progress: Progress, *, sample: bool = False) -> Iterator[Path]:
    """The file, or the folder of an archive or a download; a `sample` is a download's first pages. Raises Invalid."""
    with tempfile.TemporaryDirectory(prefix="headway-import-") as passing:
        if run.address:
            yield _fetched(run, progress, Path(passing) if sample else None)
            return
        whole = Path(passing) / _plain(run.file_name)
        _joined(run, whole)
        yield _unpacked(whole, Path(passing) / "unpacked") if zipfile.is_zipfile(whole) else whole


def _fetched(run: Run, progress: Progress, passing: Path | None) -> Path:
    address = catalogue.address(run.address)
    if address is None:
        raise Invalid(_("Name the help desk like zendesk://acme, and enter its token."))
    # kept while the import is not done: interrupted, it is gone on with
    folder = passing or paths.folder("imports") / str(run.pk)
    fetching.fetch(address, folder, token_of(run), progress, pages=1 if passing else None, also=True)
    return folder


def _joined(run: Run, target: Path) -> None:
    with target.open("xb") as whole:
        for sha256 in run.pieces.order_by("offset").values_list("sha256", flat=True):
            with files.open_blob(sha256) as piece:
                shutil.copyfileobj(piece, whole, _PIECE)


def _plain(name: str) -> str:
    """A name that stays within its folder and keeps its ending."""
    plain = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in PurePosixPath(name).name)
    return plain.lstrip(".")[-100:] or "export"


def _unpacked(archive: Path, folder: Path) -> Path:
    """An archive's files. Those whose names lead elsewhere, and more than an export has, are refused."""
    folder.mkdir()
    try:
        with zipfile.ZipFile(archive) as found:
            entries = [entry for entry in found.infolist() if not entry.is_dir()]
            size = sum(entry.file_size for entry in entries)
            if len(entries) > _MOST_FILES or size > max(archive.stat().st_size * _MOST_TIMES, 1 << 30):
                raise Invalid(_("The archive holds more than an export does. Unpack it, and upload its files."))
            if any(entry.flag_bits & 1 for entry in entries):
                raise Invalid(_("The archive wants a password. Pack it without one."))
            for entry in entries:
                _one(found, entry, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise Invalid(_("The archive is damaged. Upload it again.")) from error
    # packed as a folder, the export is that folder
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _one(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
    if not parts or parts[0] in ("/", "__MACOSX") or ".." in parts or ":" in parts[0]:
        return
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file, _PIECE)
