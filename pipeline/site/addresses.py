"""Addresses of the site: where a form or a link may lead back to, and the address asked for."""

import re
from typing import Any
from urllib.parse import quote

# What a browser takes for another site: two slashes or backslashes at the head, control characters that it drops.
_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")

# A header holds ASCII; what is encoded already stays so.
_KEPT = "%/?#[]@!$&'()*+,;=:~"


def local_path(site: Any, asked: str | None) -> str:
    """`asked` where it is a path on this site, with its arguments; else the home page."""
    home: str = site.urls.instance()
    return quote(asked, safe=_KEPT) if asked and _LOCAL.fullmatch(asked) else home


def path_of(request: Any) -> str:
    """The path that was asked for, with its arguments, as `local_path` takes it."""
    query: str = request.query_string
    return f"{request.path}?{query}" if query else str(request.path)
