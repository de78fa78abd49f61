"""Serving the site on this computer until Ctrl-C."""

import errno
import json
import socket
import webbrowser
from pathlib import Path
from threading import Thread
from typing import Any

import uvicorn
from datasette.app import Datasette

from extractors.thai.known_words import thai_tokens
from pipeline import console
from pipeline.errors import CommandError
from pipeline.exit_codes import ExitCode
from pipeline.limits import make_ready
from pipeline.site.application import make_site

# Ports tried after one that is taken.
_MORE_PORTS = 20
# Seconds that open connections have to end after Ctrl-C.
_PATIENCE = 2


def serve(database: Path, host: str, port: int, open_browser: bool, plugin_settings: Path | None = None) -> None:
    """Serve the site over `database` until Ctrl-C, at the next free port where `port` is taken (0: at any free one).

    `plugin_settings` is a JSON file with the settings of Datasette plugins by their names. Tells the address, and a
    link to sign in, on standard error. Raises `CommandError` where the address cannot be listened at, or that file
    cannot be read.
    """
    site = make_site(database, _settings_in(plugin_settings) if plugin_settings else {})
    listening = listen(host, port)
    address = address_of(listening)
    sign_in = sign_in_link(site, address)
    _tell(address, sign_in, port, listening.getsockname()[1])
    Thread(target=_make_ready, daemon=True).start()
    if open_browser:
        webbrowser.open(sign_in)
    config = uvicorn.Config(site.app(), log_level="warning", lifespan="on", timeout_graceful_shutdown=_PATIENCE)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        console.messages().print("หยุดแล้ว · Stopped.")
    finally:
        listening.close()


def _make_ready() -> None:
    """What the first image and the first comparison would wait for, seconds."""
    make_ready()
    thai_tokens("การ")


def listen(host: str, port: int) -> socket.socket:
    """A socket listening at the port, or at the first free one after it; raises `CommandError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last = min(port + _MORE_PORTS, 65535) if port else 0
    for tried in range(port, last + 1):
        try:
            listening = socket.create_server((host, tried), family=family)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _unusable(host, tried, error.strerror or str(error)) from error
            continue
        # Connections inherit it. Without it a page waits 40 ms for its head to be acknowledged.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    raise _unusable(host, port, f"ports {port}-{last} are taken")


def address_of(listening: socket.socket) -> str:
    """The site's address for a browser on this computer."""
    host, port = listening.getsockname()[:2]
    at = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{at}:{port}/"


def sign_in_link(site: Datasette, address: str) -> str:
    """A link that signs in whoever opens it first as «root» until the site is stopped, as `datasette --root` has it."""
    if hasattr(site, "root_enabled"):  # Datasette 1.0 asks for it
        site.root_enabled = True
    path = site.urls.path("-/auth-token").lstrip("/")
    return f"{address}{path}?token={site._root_token}"


def _settings_in(path: Path) -> dict[str, Any]:
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(settings, dict):
            return settings
        why = "it holds no JSON object"
    except (OSError, ValueError) as error:
        why = str(error)
    raise CommandError(
        ExitCode.USAGE,
        str(path),
        f"อ่านการตั้งค่าปลั๊กอินไม่ได้ ({why}) โปรดตรวจว่าเป็นไฟล์ JSON",
        f"The settings of plugins cannot be read ({why}): check that it is a JSON file.",
    )


def _tell(address: str, sign_in: str, asked: int, port: int) -> None:
    out = console.messages()
    if asked and port != asked:
        out.print(f"พอร์ต {asked} ไม่ว่าง จึงใช้ {port} · Port {asked} is taken, so this is {port}.")
    out.print(f"เว็บไซต์อยู่ที่ {address} กด Ctrl-C เพื่อหยุด · The site is at {address} (Ctrl-C stops it).", soft_wrap=True)
    out.print(
        f"เข้าสู่ระบบเพื่อพิจารณาและแก้ไข (ใช้ได้ครั้งเดียว) · To sign in, judge and correct, open this once: {sign_in}",
        soft_wrap=True,
        highlight=False,
        markup=False,
    )


def _unusable(host: str, port: int, why: str) -> CommandError:
    return CommandError(
        ExitCode.USAGE,
        f"{host}:{port}",
        f"เปิดเว็บไซต์ที่นี่ไม่ได้ ({why}) โปรดระบุที่อื่นด้วย --host หรือ --port",
        f"The site cannot be served here ({why}): name another place with --host or --port.",
    )
