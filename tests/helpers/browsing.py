"""Leading a real browser through the site: every step to another page waits for that page."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from playwright.sync_api import Locator, Page

Scope = MutableMapping[str, Any]
Send = Callable[[Scope], Awaitable[None]]
App = Callable[[Scope, Any, Any], Awaitable[None]]

# Seconds between the first half of a page and the second. On an idle machine a page is whole as soon as it is there, so
# a test that does not wait for its end passes here and fails on a busy one; with this it fails everywhere.
LATE = 0.1


def late(app: App) -> App:
    """The application, whose pages come to browsers in two halves; all that is no page, or for others, comes whole."""

    async def answer(scope: Scope, receive: Any, send: Any) -> None:
        is_page = (b"sec-fetch-mode", b"navigate") in scope.get("headers", ())
        await app(scope, receive, _in_halves(send) if is_page else send)

    return answer


def _in_halves(send: Send) -> Send:
    async def send_late(message: Scope) -> None:
        body = message.get("body")
        if body:
            half = len(body) // 2
            await send({**message, "body": body[:half], "more_body": True})
            await asyncio.sleep(LATE)
            message = {**message, "body": body[half:]}
        await send(message)

    return send_late


def follow(page: Page, leading: str | Locator) -> None:
    """Click what leads to another page, and wait until that page is loaded."""
    with page.expect_navigation():
        (page.locator(leading) if isinstance(leading, str) else leading).click()
