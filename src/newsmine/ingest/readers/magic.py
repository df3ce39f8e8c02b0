"""What a file is that is no text: by its first bytes, or by its control characters."""

from __future__ import annotations

_FORMATS = "See what can be read: newsmine formats"
_SAVE = "Open it in the program that made it, and save a document as DOCX, a table as CSV"
_UNPACK = "Unpack it and give the files, or pack them as ZIP"

MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "Open it in a PDF viewer and print it to a new PDF"),
    (
        b"PK\x03\x04",
        "a zip archive or an Office document of another kind (XLSX, PPTX, EPUB)",
        _SAVE,
    ),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _FORMATS),
    (b"\xff\xd8\xff", "a JPEG image", _FORMATS),
    (b"GIF8", "a GIF image", "Save it as PNG"),
    (b"II*\x00", "a TIFF image", _FORMATS),
    (b"MM\x00*", "a TIFF image", _FORMATS),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS)", _SAVE),
    (b"{\\rtf", "an RTF document", _FORMATS),
    (
        b"SQLite format 3\x00",
        "an SQLite database (a newsmine index, maybe)",
        "See what an index holds: newsmine info FILE",
    ),
    (b"\x1f\x8b", "a gzip archive", _FORMATS),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\x7fELF", "a program", _FORMATS),
    (b"MZ\x90\x00", "a program", _FORMATS),
    (b"ID3", "a sound file", _FORMATS),
    (b"OggS", "a sound file", _FORMATS),
    (b"RIFF", "a sound, video or WebP file", _FORMATS),
    (b"PAR1", "a damaged Parquet table", "Export it again"),
)
"""First bytes, what they are the first bytes of, and what to do where no reader takes them."""

SPREAD = bytes(range(0x20)).translate(None, b"\t\n\v\f\r\x1a") + b"\x7f"
"""Control characters that text does not hold. 0x1a ended DOS files."""

BINARY_SHARE = 0.005
"""Random bytes hold 11 % of them, the worst OCR text that we know none; a stray one passes."""

SAMPLE = 1 << 20


def unreadable_kind(data: bytes) -> str | None:
    """What the bytes are, in words, when they are no text; None when they look like text."""
    for start, kind, _ in MAGIC:
        if data.startswith(start) and not _plain_word(start, data):
            return kind
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or looks_utf16(data):
        return None
    sample = data[:SAMPLE]
    controls = len(sample) - len(sample.translate(None, SPREAD))
    return "a binary file" if controls > BINARY_SHARE * len(sample) else None


def remedy(data: bytes) -> str:
    """What to do about bytes that no reader takes."""
    fitting = (what for start, _, what in MAGIC if data.startswith(start))
    return next(fitting, _FORMATS)


def _plain_word(start: bytes, data: bytes) -> bool:
    """Whether a magic number of letters alone opens readable text (``RIFF with the minister``)."""
    sample = data[:512]
    return start.isalnum() and len(sample.translate(None, SPREAD)) == len(sample)


def looks_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: Latin text has a NUL in every other place."""
    sample = data[:4096]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half < 2:
        return None
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None
