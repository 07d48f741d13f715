"""What a file is: by its name and type for a label, by its first bytes before a browser may show it.

Whoever sent it may call it anything.
"""

from typing import Final

# as many bytes from the beginning as decide it
ENOUGH: Final = 32
# kinds that are shown at the desk; everything else is only ever downloaded, HTML and SVG above all
SHOWN: Final = frozenset({"image", "pdf", "text", "table", "audio", "video"})

_BY_TYPE: Final = {
    "image": ("image/png", "image/jpeg", "image/gif", "image/webp"),
    "pdf": ("application/pdf",),
    "table": ("text/csv", "text/tab-separated-values"),
    "text": ("text/plain", "text/markdown", "application/json", "text/x-log"),
    "audio": (
        "audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/wav", "audio/x-wav", "audio/webm", "audio/flac",
        "audio/x-m4a",
    ),
    "video": ("video/mp4", "video/webm", "video/ogg"),
    "page": ("text/html", "application/xhtml+xml"),
    "drawing": ("image/svg+xml",),
    "mail": ("message/rfc822", "message/global", "application/vnd.ms-outlook"),
}  # fmt: skip
_TYPES: Final = {media_type: kind for kind, types in _BY_TYPE.items() for media_type in types}
_BY_ENDING: Final = {
    "image": "png jpg jpeg gif webp", "pdf": "pdf", "table": "csv tsv", "text": "txt log md json yaml yml ini",
    "audio": "mp3 m4a aac ogg oga wav flac", "video": "mp4 m4v webm ogv", "page": "htm html xhtml", "drawing": "svg",
    "mail": "eml msg", "archive": "zip rar 7z gz tar tgz bz2 xz", "document": "doc docx odt rtf pages",
    "sheet": "xls xlsx ods numbers", "slides": "ppt pptx odp key", "picture": "heic heif tif tiff bmp avif",
    "recording": "mov avi mkv wmv amr wma",
}  # fmt: skip
_ENDINGS: Final = {ending: kind for kind, endings in _BY_ENDING.items() for ending in endings.split()}
# types that say nothing, and that programs put on anything
_VAGUE: Final = frozenset({"", "application/octet-stream", "text/plain"})


def kind_of(media_type: str, name: str) -> str:
    """What a file is said to be: one of SHOWN, or page, drawing, mail, archive, document, sheet, slides, picture,
    recording, file."""
    by_name = _ENDINGS.get(name.rpartition(".")[2].lower(), "") if "." in name else ""
    if media_type in _VAGUE and by_name:
        return by_name
    return _TYPES.get(media_type) or by_name or ("picture" if media_type.startswith("image/") else "file")


def picture_type(first: bytes) -> str:
    """The media type of a picture that browsers show without running anything in it; "" for everything else."""
    if first.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if first.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if first.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if first.startswith(b"RIFF") and first[8:12] == b"WEBP":
        return "image/webp"
    return ""


def shown_type(kind: str, media_type: str, name: str, first: bytes) -> str:
    """The media type under which a browser may show the file in itself; "" when it may not."""
    if kind == "image":
        return picture_type(first)
    if kind == "pdf":
        return "application/pdf" if first.startswith(b"%PDF-") else ""
    if kind not in ("audio", "video"):
        return ""
    if _TYPES.get(media_type) == kind:
        return media_type
    ending = name.rpartition(".")[2].lower()
    return _SOUND_AND_FILM.get(ending, "")


_SOUND_AND_FILM: Final = {
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "ogg": "audio/ogg", "oga": "audio/ogg",
    "wav": "audio/wav", "flac": "audio/flac", "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm",
    "ogv": "video/ogg",
}  # fmt: skip
