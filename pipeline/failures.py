"""Failures that the order of work itself meets: no file at all, or a reader that overruns a limit or dies."""

import signal

from pipeline.settings import Settings, option_of
from schemas.failure import UnreadableFile


def not_a_file() -> UnreadableFile:
    """A device, a pipe or a socket."""
    return UnreadableFile(
        "unsupported-format",
        "ไม่ใช่ไฟล์ข้อมูล โปรดระบุไฟล์เอกสารหรือโฟลเดอร์",
        "It is neither a file nor a folder: name a document or a folder of documents.",
    )


def too_large(size_bytes: int, settings: Settings) -> UnreadableFile:
    """The file is over the size limit."""
    size, limit, option = f"{size_bytes / 1e6:.1f}", f"{settings.max_file_mb:g}", option_of("max_file_mb")
    return UnreadableFile(
        "too-large",
        f"ไฟล์มีขนาด {size} MB เกินขีดจำกัด {limit} MB โปรดแบ่งไฟล์ หรือเพิ่มขีดจำกัดด้วย {option}",
        f"The file has {size} MB, over the limit of {limit} MB: split it, or raise the limit with {option}.",
    )


def too_slow(settings: Settings) -> UnreadableFile:
    """Reading took longer than the time limit."""
    limit, option = f"{settings.max_seconds:g}", option_of("max_seconds")
    return UnreadableFile(
        "too-slow",
        f"อ่านไฟล์ไม่เสร็จภายใน {limit} วินาที โปรดแบ่งไฟล์ หรือเพิ่มเวลาด้วย {option}",
        f"Reading did not end within {limit} seconds: split the file, or raise the limit with {option}.",
    )


def too_much_memory(settings: Settings) -> UnreadableFile:
    """Reading needed more memory than the limit."""
    limit, option = settings.max_memory_mb, option_of("max_memory_mb")
    return UnreadableFile(
        "too-much-memory",
        f"การอ่านไฟล์ใช้หน่วยความจำเกิน {limit} MB โปรดแบ่งไฟล์ หรือเพิ่มขีดจำกัดด้วย {option}",
        f"Reading needs more than {limit} MB of memory: split the file, or raise the limit with {option}.",
    )


def crashed(detail: str) -> UnreadableFile:
    """Reading ended with a fault of the program; `detail` says which."""
    return UnreadableFile(
        "crashed",
        f"โปรแกรมขัดข้องขณะอ่านไฟล์นี้ ({detail}) โปรดบันทึกไฟล์เป็นรูปแบบอื่นแล้วลองใหม่ และแจ้งผู้พัฒนา",
        f"Reading this file crashed ({detail}): save it in another format and try again, and tell the developers.",
    )


def ended(exit_code: int | None, settings: Settings) -> UnreadableFile:
    """The reading process ended without an answer; `exit_code` is negative for a signal, as in `multiprocessing`."""
    if exit_code is None or exit_code >= 0:
        return crashed(f"exit {exit_code}")
    name = signal.Signals(-exit_code).name
    if name == "SIGXCPU":
        return too_slow(settings)
    # Without our asking, the kill signal comes from a system that has run out of memory.
    return too_much_memory(settings) if name == "SIGKILL" else crashed(name)
