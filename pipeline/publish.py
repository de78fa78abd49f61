"""Publishing: a folder that Datasette serves elsewhere, made, and brought up to date while it is served."""

import json
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from sqlite_utils import Database

from db.whole_files import whole_file
from pipeline.errors import CommandError
from pipeline.exit_codes import ExitCode
from pipeline.publishing.database import copy_for_readers, inspected, put_in_place
from pipeline.publishing.documents import copy_documents, drop_documents
from pipeline.publishing.program import CODE, copy_program, python_version, requirements
from pipeline.site.application import described, settings
from pipeline.site.published import MARK
from pipeline.site.words import DATABASE
from pipeline.version import extractor_version

DATABASE_FILE = f"{DATABASE}.db"


class Choices(NamedTuple):
    """What a person decides about publishing."""

    with_documents: bool = False
    with_names: bool = False
    search_engines: bool = False


class Published(NamedTuple):
    """How many originals are in the folder, the reports without, and whether readers still hold the former content."""

    documents: int
    missing: tuple[str, ...]
    held: bool


def publish(db: Database, database: Path, folder: Path, choices: Choices) -> Published:
    """Write the database at `database`, open as `db`, and all that serves it, to `folder`.

    Each part takes the place of the former one when it is whole, the database in one transaction. Raises `CommandError`
    for a folder with other things in it, `OSError`, `sqlite3.Error`.
    """
    # The mark is written first, so that a stop in the middle can be made good.
    _refuse_other_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    _write_json(folder / MARK, {"program": "prongsai", "version": extractor_version(), **choices._asdict()})
    with ExitStack() as stack:
        hidden = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=".prongsai-", dir=folder)))
        prepared = hidden / DATABASE_FILE
        copy_for_readers(db.conn, prepared, with_names=choices.with_names)
        _put_program(hidden, folder)
        _write_parts(folder, choices)
        # Documents before the rows that need them, and those of former rows until readers have new ones.
        documents = copy_documents(db.conn, database, folder) if choices.with_documents else None
        counts = inspected(prepared)
        size = prepared.stat().st_size
        whole = put_in_place(prepared, folder / DATABASE_FILE)
        _write_json(folder / "inspect-data.json", _inspect_data(counts, size))
        drop_documents(db.conn if documents else None, database, folder)
    return Published(documents.copied if documents else 0, documents.missing if documents else (), not whole)


def _refuse_other_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise _other(folder, "ไม่ใช่โฟลเดอร์", "It is no folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise _other(folder, "โฟลเดอร์มีสิ่งอื่นอยู่", "There are other things in this folder")


def _other(folder: Path, why_th: str, why_en: str) -> CommandError:
    return CommandError(
        ExitCode.OUTPUT_UNWRITABLE,
        str(folder),
        f"{why_th} โปรดระบุโฟลเดอร์ว่าง โฟลเดอร์ใหม่ หรือโฟลเดอร์ที่เผยแพร่ไว้ก่อน",
        f"{why_en}: name an empty or a new one, or one that was published before.",
    )


def _put_program(hidden: Path, folder: Path) -> None:
    """The program in its place; where the same is there already it is left alone, since a server may read from it."""
    copy_program(hidden)
    new, place = hidden / CODE, folder / CODE
    if place.is_dir() and _contents(new) == _contents(place):
        return
    place.parent.mkdir(exist_ok=True)
    if place.exists():
        place.rename(hidden / "former")
    new.rename(place)


def _contents(folder: Path) -> Mapping[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def _write_parts(folder: Path, choices: Choices) -> None:
    parts = files("pipeline.publishing") / "parts"
    names = {"prongsai_site.py": "plugins/prongsai_site.py", "dockerignore": ".dockerignore"}
    for name in ("prongsai_site.py", "Dockerfile", "dockerignore", "prongsai.service", "README.md"):
        text = (parts / name).read_text(encoding="utf-8").replace("@PYTHON@", python_version())
        _write(folder / names.get(name, name), text)
    _write(folder / "requirements.txt", requirements())
    chosen = settings() | {"allow_download": False}
    told = described()
    plugins = {"plugins": {"prongsai": {"published": True, "index": choices.search_engines}}}
    if "config" in told:  # Datasette 1.0
        _write_json(folder / "metadata.json", told["metadata"])
        _write_json(folder / "datasette.json", {**told["config"], **plugins, "settings": chosen})
    else:
        _write_json(folder / "metadata.json", {**told["metadata"], **plugins})
        _write_json(folder / "settings.json", chosen)
    options = " ".join(f"--setting {name} {_option(value)}" for name, value in chosen.items())
    _write(folder / "extra-options.txt", f"{options}\n")


def _option(value: int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _inspect_data(counts: Mapping[str, Mapping[str, int]], size: int) -> dict[str, Any]:
    return {DATABASE: {"hash": "", "size": size, "file": DATABASE_FILE, "tables": counts}}


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    _write(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _write(path: Path, text: str) -> None:
    with whole_file(path) as partial:
        partial.write_text(text, encoding="utf-8")
