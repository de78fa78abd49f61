"""Which version of the extraction a report was read with: reports read with another one are read again."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_EXTRACTION = ("schemas", "extractors")
_CHECKS = (*_EXTRACTION, "pipeline.checks")
_SUFFIXES = (".py", ".toml", ".csv", ".bin", ".npz")


@cache
def extractor_version() -> str:
    """The program's version and a digest of the code and the facts that extraction rests on, as `0.1.0+1a2b3c4d`.

    So a corrected rule or a new fact is enough for a folder to be read anew. The version is 0 where the program runs
    from a checkout without being installed.
    """
    return f"{_program_version()}+{_digest(_EXTRACTION)}"


@cache
def checks_version() -> str:
    """As `extractor_version`, of the checks and all that they rest on."""
    return f"{_program_version()}+{_digest(_CHECKS)}"


def _digest(packages: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for package in packages:
        for name, content in _contents(files(package)):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:8]


def _program_version() -> str:
    try:
        return version("prongsai")
    except PackageNotFoundError:
        return "0"


def _contents(folder: Traversable) -> list[tuple[str, bytes]]:
    """Name and content of every code and fact file under a package, in order of name."""
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            found += _contents(entry)
        elif entry.name.endswith(_SUFFIXES):
            found.append((entry.name, entry.read_bytes()))
    return found
