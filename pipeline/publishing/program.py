"""The program in a published folder: its own packages as Datasette plugin, and what has to be installed for them."""

import re
import shutil
import sys
from importlib import metadata
from pathlib import Path

PACKAGES = ("schemas", "extractors", "db", "pipeline")
# Datasette loads the Python files of the folder plugins/, and not those of folders in it.
CODE = Path("plugins") / "prongsai"

_ROOT = Path(__file__).parents[2]
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def copy_program(folder: Path) -> None:
    """Write the packages into FOLDER/plugins/prongsai, with the licence."""
    target = folder / CODE
    for package in PACKAGES:
        shutil.copytree(
            _ROOT / package,
            target / package,
            ignore=shutil.ignore_patterns("__pycache__", "*.pyc", ".*"),
            copy_function=shutil.copyfile,
        )
    for licence in _licences():
        shutil.copyfile(licence, target / licence.name)


def requirements() -> str:
    """Every library that the program needs, in the version that is installed, a line each."""
    found: dict[str, str] = {}
    waiting = ["prongsai"]
    while waiting:
        name = _plain(waiting.pop())
        for wanted in metadata.requires(name) or ():
            library = _plain(_NAME.match(wanted)[0])  # type: ignore[index]  # a requirement begins with a name
            if "extra ==" not in wanted and library not in found and (version := _installed(library)):
                found[library] = version
                waiting.append(library)
    return "".join(f"{name}=={version}\n" for name, version in sorted(found.items()))


def python_version() -> str:
    """The version of Python that all this was tried with: 3.11."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _installed(library: str) -> str | None:
    """The version; null for a library that another system needs."""
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return None


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licences() -> list[Path]:
    here = [_ROOT / name for name in ("LICENSE", "NOTICE")]
    told = [Path(str(file.locate())) for file in metadata.files("prongsai") or () if file.name in ("LICENSE", "NOTICE")]
    return [path for path in here if path.is_file()] or [path for path in told if path.is_file()]
