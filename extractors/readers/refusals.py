"""Why a file is refused: one sentence in Thai and in English that says what to do, per class of failure."""

from schemas.failure import UnreadableFile


def missing() -> UnreadableFile:
    """There is no such file."""
    return UnreadableFile(
        "missing",
        "ไม่พบไฟล์ โปรดตรวจสอบชื่อและที่อยู่ของไฟล์",
        "There is no such file: check its name and folder.",
    )


def not_permitted() -> UnreadableFile:
    """The system does not let the file or folder be read."""
    return UnreadableFile(
        "not-permitted",
        "ไม่มีสิทธิ์อ่าน โปรดขอสิทธิ์อ่านไฟล์หรือโฟลเดอร์นี้",
        "It may not be read: ask for permission to read this file or folder.",
    )


def folder() -> UnreadableFile:
    """A folder where one file is wanted."""
    return UnreadableFile(
        "unsupported-format",
        "เป็นโฟลเดอร์ ไม่ใช่ไฟล์ โปรดระบุไฟล์เดียว หรืออ่านทั้งโฟลเดอร์ด้วยคำสั่ง prongsai ingest",
        "It is a folder, not a file: name one file, or read the whole folder with “prongsai ingest”.",
    )


def empty() -> UnreadableFile:
    """Nothing but white space, or no text at all (a Word file of pictures)."""
    return UnreadableFile(
        "empty",
        "ไฟล์ไม่มีข้อความ โปรดเปิดดูว่าเลือกไฟล์ถูกหรือไม่ (หากเนื้อหาเป็นภาพ ต้องใช้ไฟล์ต้นฉบับที่เป็นข้อความ)",
        "The file holds no text: open it to see whether it is the right one (if its content is pictures, "
        "the original with text is needed).",
    )


def no_bytes() -> UnreadableFile:
    """A file of no size: a download that broke off."""
    return UnreadableFile(
        "empty",
        "ไฟล์ว่าง (0 ไบต์) โปรดดาวน์โหลดหรือขอไฟล์ใหม่",
        "The file is empty (0 bytes): download or ask for it again.",
    )


def damaged() -> UnreadableFile:
    """A file of a known format that breaks off or breaks its format's rules."""
    return UnreadableFile(
        "damaged",
        "ไฟล์เสียหายหรือไม่ครบ โปรดดาวน์โหลดหรือขอไฟล์ใหม่ หรือเปิดใน Word หรือ LibreOffice แล้วบันทึกเป็น .docx อีกครั้ง",
        "The file is damaged or incomplete: download or ask for it again, or open it in Word or LibreOffice and save "
        "it as .docx again.",
    )


def nested_too_deeply() -> UnreadableFile:
    """Elements within elements beyond what a document of people holds."""
    return UnreadableFile(
        "damaged",
        "โครงสร้างของไฟล์ซ้อนกันลึกเกินไป โปรดเปิดไฟล์ใน Word หรือ LibreOffice แล้วบันทึกเป็น .docx",
        "The file's elements are nested too deeply: open it in Word or LibreOffice and save it as .docx.",
    )


def encrypted() -> UnreadableFile:
    """A document behind a password."""
    return UnreadableFile(
        "encrypted",
        "ไฟล์ตั้งรหัสผ่านไว้ โปรดเปิดด้วยรหัสผ่าน แล้วบันทึกใหม่โดยไม่ตั้งรหัสผ่าน",
        "The file is protected by a password: open it with the password and save it without one.",
    )


def unknown_encoding() -> UnreadableFile:
    """Bytes that are neither a known format nor text in a known encoding."""
    return UnreadableFile(
        "unsupported-format",
        "ไม่รู้จักรูปแบบของไฟล์นี้ หากเป็นข้อความ โปรดบันทึกเป็น UTF-8",
        "The format of this file is not known: if it is text, save it as UTF-8.",
    )


def unsupported(what_th: str, what_en: str, advice_th: str, advice_en: str) -> UnreadableFile:
    """A known format that is not read, and what to do instead."""
    return UnreadableFile("unsupported-format", f"ไฟล์นี้เป็น{what_th} {advice_th}", f"This is {what_en}: {advice_en}.")


def not_thai() -> UnreadableFile:
    """Text with (almost) no Thai in it."""
    return UnreadableFile(
        "not-thai",
        "แทบไม่มีอักษรไทยในไฟล์ โปรดตรวจว่าเป็นรายงานภาษาไทย และหากอ่านไม่ออกเพราะรหัสอักขระ ให้บันทึกเป็น UTF-8",
        "There is (almost) no Thai in the file: check that it is a report in Thai, and if its characters are garbled, "
        "save it as UTF-8.",
    )


def too_wide() -> UnreadableFile:
    """A table of more cells than any report prints."""
    return UnreadableFile(
        "too-large",
        "มีตารางที่ใหญ่เกินกว่าจะเป็นตารางในรายงาน โปรดแยกเฉพาะส่วนที่เป็นรายงานออกมาเป็นไฟล์ใหม่",
        "A table is larger than a report's can be: save the part that is the report as a file of its own.",
    )


def unpacks_too_large() -> UnreadableFile:
    """A zipped document whose content is far larger than its file."""
    return UnreadableFile(
        "too-large",
        "เนื้อหาในไฟล์มีขนาดใหญ่เกินกำหนดเมื่อขยายออก โปรดเปิดใน Word หรือ LibreOffice ลบภาพที่ไม่จำเป็น แล้วบันทึกเป็น .docx ใหม่",
        "The file's content is too large once unpacked: open it in Word or LibreOffice, remove needless pictures and "
        "save it as .docx again.",
    )
