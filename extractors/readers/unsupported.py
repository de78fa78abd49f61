"""Known formats that are not read: each is refused with its name and with what to do instead."""

import io
import zipfile
from dataclasses import dataclass
from typing import NoReturn

from extractors.readers.refusals import damaged, encrypted, unknown_encoding, unsupported
from schemas.failure import UnreadableFile

_TO_DOCX_TH = "โปรดเปิดใน Word หรือ LibreOffice แล้วบันทึกเป็น .docx (หรือสั่ง soffice --headless --convert-to docx ตามด้วยชื่อไฟล์)"
_TO_DOCX_EN = "open it in Word or LibreOffice and save it as .docx (or run: soffice --headless --convert-to docx FILE)"
_TO_HTML_TH = "โปรดเปิดใน LibreOffice แล้วบันทึกเป็น .html (หรือสั่ง soffice --headless --convert-to html ตามด้วยชื่อไฟล์)"
_TO_HTML_EN = "open it in LibreOffice and save it as .html (or run: soffice --headless --convert-to html FILE)"
_PICTURE_TH = "ยังอ่านข้อความจากภาพไม่ได้ โปรดใช้ไฟล์ต้นฉบับที่เป็นข้อความ เช่น .docx"
_PICTURE_EN = "text in pictures is not read yet, use the original with text, such as a .docx"
_UNPACK_TH = "โปรดแตกไฟล์ออกก่อน แล้วเลือกไฟล์รายงานที่อยู่ข้างใน"
_UNPACK_EN = "unpack it first and choose the report inside"
_OTHER_TH = "ไม่ใช่เอกสาร โปรดเลือกไฟล์รายงาน (.pdf .docx .html .txt)"
_OTHER_EN = "it is no document, choose the report's file (.pdf, .docx, .html, .txt)"


@dataclass(frozen=True)
class Kind:
    """A format by the bytes it has at an offset, with its name and the advice in both languages."""

    magic: bytes
    offset: int
    name_th: str
    name_en: str
    advice_th: str
    advice_en: str

    def refusal(self) -> UnreadableFile:
        """The refusal of a file of this kind."""
        return unsupported(self.name_th, self.name_en, self.advice_th, self.advice_en)


def _picture(magic: bytes, name: str, offset: int = 0) -> Kind:
    return Kind(magic, offset, f"ภาพ {name}", f"a {name} image", _PICTURE_TH, _PICTURE_EN)


def _packed(magic: bytes, name: str, offset: int = 0) -> Kind:
    return Kind(magic, offset, f"ไฟล์บีบอัด {name}", f"a {name} archive", _UNPACK_TH, _UNPACK_EN)


def _other(magic: bytes, name_th: str, name_en: str, offset: int = 0) -> Kind:
    return Kind(magic, offset, name_th, name_en, _OTHER_TH, _OTHER_EN)


KINDS = [
    Kind(b"{\\rtf", 0, "ไฟล์ Rich Text (.rtf)", "a Rich Text file (.rtf)", _TO_DOCX_TH, _TO_DOCX_EN),
    _picture(b"\xff\xd8\xff", "JPEG"),
    _picture(b"\x89PNG\r\n\x1a\n", "PNG"),
    _picture(b"GIF87a", "GIF"),
    _picture(b"GIF89a", "GIF"),
    _picture(b"II*\x00", "TIFF"),
    _picture(b"MM\x00*", "TIFF"),
    _picture(b"WEBP", "WebP", 8),
    _picture(b"ftyphei", "HEIC", 4),
    _picture(b"ftypmif1", "HEIC", 4),
    _picture(b"BM\x36", "BMP"),
    _picture(b"BM\x8a", "BMP"),
    _packed(b"Rar!\x1a\x07", "RAR"),
    _packed(b"7z\xbc\xaf\x27\x1c", "7z"),
    _packed(b"\x1f\x8b\x08", "gzip"),
    _packed(b"ustar", "tar", 257),
    _other(b"ftyp", "วิดีโอ MP4", "an MP4 video", 4),
    _other(b"ID3", "เสียง MP3", "an MP3 recording"),
    _other(b"SQLite format 3\x00", "ฐานข้อมูล SQLite", "an SQLite database"),
    _other(b"MZ\x90", "โปรแกรม", "a program"),
    _other(b"\x7fELF", "โปรแกรม", "a program"),
]
"""Formats by magic bytes; of two that fit the first holds."""

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE2_STREAMS = [
    ("WordDocument", "ไฟล์ Word รุ่นเก่า (.doc)", "an old Word file (.doc)", _TO_DOCX_TH, _TO_DOCX_EN),
    ("Workbook", "ไฟล์ Excel รุ่นเก่า (.xls)", "an old Excel file (.xls)", _TO_HTML_TH, _TO_HTML_EN),
    ("Book", "ไฟล์ Excel รุ่นเก่า (.xls)", "an old Excel file (.xls)", _TO_HTML_TH, _TO_HTML_EN),
    ("PowerPoint Document", "ไฟล์ PowerPoint (.ppt)", "a PowerPoint file (.ppt)", _TO_HTML_TH, _TO_HTML_EN),
    ("", "ไฟล์ Office รุ่นเก่า", "an old Office file", _TO_DOCX_TH, _TO_DOCX_EN),
]
"""Old Office files by the name of a stream in them; the last one fits any."""

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_ZIP_MEMBERS = [
    ("xl/", "ไฟล์ Excel (.xlsx)", "an Excel file (.xlsx)", _TO_HTML_TH, _TO_HTML_EN),
    ("ppt/", "ไฟล์ PowerPoint (.pptx)", "a PowerPoint file (.pptx)", _TO_HTML_TH, _TO_HTML_EN),
    ("content.xml", "ไฟล์ OpenDocument (.odt .ods)", "an OpenDocument file (.odt, .ods)", _TO_DOCX_TH, _TO_DOCX_EN),
    ("Index/", "ไฟล์ Pages", "a Pages file", _TO_DOCX_TH, _TO_DOCX_EN),
    ("META-INF/container.xml", "ไฟล์ EPUB", "an EPUB book", _TO_DOCX_TH, _TO_DOCX_EN),
    ("", "ไฟล์บีบอัด ZIP", "a ZIP archive", _UNPACK_TH, _UNPACK_EN),
]
"""Zipped formats by how the name of a member begins; the last one fits any."""

_XML_ROOTS = [
    (b"<office:document", "ไฟล์ OpenDocument (.fodt)", "a flat OpenDocument file (.fodt)"),
    (b"<pkg:package", "ไฟล์ Word XML", "a Word XML file"),
    (b"<w:wordDocument", "ไฟล์ Word XML", "a Word XML file"),
]
_MIME_HEAD = b"mime-version:"
_HEAD_BYTES = 4096


def is_unsupported(data: bytes) -> bool:
    """Whether the bytes are in a known format that is not read; of zipped files, any that no reader has recognised."""
    return _refusal_of(data) is not None


def refuse(data: bytes) -> NoReturn:
    """Raise the `UnreadableFile` that names the format and what to do."""
    raise _refusal_of(data) or unknown_encoding()


def _refusal_of(data: bytes) -> UnreadableFile | None:
    if data.startswith(_OLE2):
        return _ole2_refusal(data)
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _zip_refusal(data)
    kind = next((kind for kind in KINDS if data.startswith(kind.magic, kind.offset)), None)
    return kind.refusal() if kind else _marked_up_refusal(data[:_HEAD_BYTES])


def _ole2_refusal(data: bytes) -> UnreadableFile:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return encrypted()
    return next(unsupported(*kind) for stream, *kind in _OLE2_STREAMS if stream.encode("utf-16-le") in data)


def _zip_refusal(data: bytes) -> UnreadableFile:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return damaged()
    return next(
        unsupported(*kind) for start, *kind in _ZIP_MEMBERS if any(name.startswith(start) for name in [*names, ""])
    )


def _marked_up_refusal(head: bytes) -> UnreadableFile | None:
    if head.lower().startswith(_MIME_HEAD) or b"\ncontent-type: multipart/related" in head.lower():
        return unsupported("หน้าเว็บแบบไฟล์เดียว (.mht)", "a single-file web page (.mht)", _TO_DOCX_TH, _TO_DOCX_EN)
    for root, name_th, name_en in _XML_ROOTS:
        if root in head:
            return unsupported(name_th, name_en, _TO_DOCX_TH, _TO_DOCX_EN)
    return None
