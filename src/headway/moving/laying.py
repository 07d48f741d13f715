"""What was uploaded as files on this machine, for as long as it is read; or fetched from the old system."""

import shutil
import tempfile
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
from headway.moving.unpacking import unpacked

_PIECE: Final = 1 << 20


@contextmanager
def laid_out(run: Run, progress: Progress, *, sample: bool = False) -> Iterator[Path]:
    """The file, or the folder of an archive or a download; a `sample` is a download's first pages. Raises Invalid."""
    with tempfile.TemporaryDirectory(prefix="headway-import-") as passing:
        if run.address:
            yield _fetched(run, progress, Path(passing) if sample else None)
            return
        whole = Path(passing) / _plain(run.file_name)
        _joined(run, whole)
        yield unpacked(whole, Path(passing) / "unpacked")


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
            try:
                piece = files.open_blob(sha256)
            except FileNotFoundError as error:
                text = _("A part of the upload is missing among Headway’s files. Put it back, or upload it again.")
                raise Invalid(text) from error
            with piece:
                shutil.copyfileobj(piece, whole, _PIECE)


def _plain(name: str) -> str:
    """A name that stays within its folder and keeps its ending."""
    plain = "".join(sign if sign.isalnum() or sign in "-_." else "-" for sign in PurePosixPath(name).name)
    return plain.lstrip(".")[-100:] or "export"
