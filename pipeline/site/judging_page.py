"""Judging findings and correcting records on the site, and the list of all judgements.

A Datasette plugin. Whoever is signed in (`request.actor`, by whatever means) may write; everyone else only reads. An
act is done by `pipeline.acts` in a thread, on a connection of its own that waits for its turn to write.
"""

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, get_args

from datasette import Forbidden, Response
from datasette.app import Datasette
from datasette.utils import display_actor, tilde_encode, urlsafe_components
from datasette.utils.asgi import BadRequest
from pluggy import HookimplMarker
from sqlite_utils import Database

from db.schema import open_database
from db.unusable import UnusableDatabase
from pipeline.acts import Refused, Why, correct_field, judge_finding, mark_checked, withdraw
from pipeline.corrections import UnusableCorrections, corrections_path, read_lines
from pipeline.site.addresses import local_path
from pipeline.site.evidence import read_named
from pipeline.site.judging import (
    Correcting,
    Judging,
    read_correcting,
    read_corrections_page,
    read_judging,
)
from pipeline.site.judging_words import JudgingWords
from pipeline.site.pages import ensure_may_view, render
from pipeline.site.wording import wording
from pipeline.site.words import DATABASE
from schemas.finding import Verdict

hookimpl = HookimplMarker("datasette")

Act = Callable[[Database, Path], None]
Form = Mapping[str, str]
# What SQLite says where the database cannot be written to, by the key of our words for it.
_REASONS = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_READONLY: "read_only",
}
_STATUS: Mapping[Why, int] = {"wrong": 400, "no-record": 404, "no-finding": 404, "changed": 409}
# Beside the pages of rows.
_WITH_FORMS = ("evidence.html", "judging_refused.html")


@hookimpl
def register_routes() -> list[tuple[str, Callable[[Any, Any], Awaitable[Response]]]]:
    """The addresses; all but the list take forms only."""
    return [
        (r"^/corrections$", list_corrections),
        (r"^/judge$", judge),
        (r"^/correct$", correct),
        (r"^/checked$", check_off),
    ]


@hookimpl
def extra_css_urls(datasette: Datasette) -> list[str]:
    """The look of the forms, on every page that may hold them."""
    return [datasette.urls.path("/assets/judging.css")]


@hookimpl
def extra_template_vars(
    template: str, table: str | None, view_name: str, request: Any, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """`judging_words`; on the page of a row or of evidence, what can be judged or corrected there, and by whom.

    `may_judge`: the reader may; `may_sign_in`: they may when signed in; `cannot_judge`: why nobody may.
    """

    async def variables() -> dict[str, Any]:
        common: dict[str, Any] = {"judging_words": JudgingWords(ui=wording())}
        if view_name == "row" or template in _WITH_FORMS:
            common |= await _leave(datasette, request)
        if view_name == "row" and table:
            key = urlsafe_components(request.url_vars["pks"])
            return common | await _about(datasette, key[0], of_finding=table == "findings")
        if template == "evidence.html" and "record" in request.url_vars:
            return common | await _about(datasette, request.url_vars["record"])
        return common

    return variables


async def list_corrections(datasette: Datasette, request: Any) -> Response:
    """All judgements, corrections and marks, those that no longer fit first: `/corrections?state=stale&page=2`."""
    page = request.args.get("page") or "1"
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    read = partial(read_corrections_page, state=request.args.get("state"), page=number)
    listed = await datasette.get_database(DATABASE).execute_fn(read)
    damage = await asyncio.to_thread(_damage, Path(datasette.get_database(DATABASE).path))
    return await render(datasette, request, "corrections.html", {"listed": listed, "damage": damage})


async def judge(datasette: Datasette, request: Any) -> Response:
    """A finding confirmed, dismissed or neither: `finding_id`, `judgement`, `reason`, `next`."""
    form = await _form(datasette, request)
    finding_id, reason, who = form.get("finding_id", ""), form.get("reason"), _who(request)
    verdict: Verdict | None = next((each for each in get_args(Verdict) if each == form.get("judgement")), None)
    act: Act
    if verdict is not None:
        act = partial(judge_finding, finding_id=finding_id, judgement=verdict, reason=reason, who=who)
    elif form.get("judgement") == "withdrawn":
        act = partial(withdraw, kind="judgement-withdrawn", record_id=finding_id, reason=reason, who=who)
    else:
        raise BadRequest(wording().say("judging.incomplete"))
    return await _do(datasette, request, form, act, finding_id)


async def correct(datasette: Datasette, request: Any) -> Response:
    """A field put right, or back to what was read: `record_id`, `field`, `seen`, `value`, `reason`, `withdraw`."""
    form = await _form(datasette, request)
    record_id, field, reason, who = form.get("record_id", ""), form.get("field", ""), form.get("reason"), _who(request)
    act: Act
    seen = form.get("seen")
    if form.get("withdraw"):
        act = partial(
            withdraw, kind="correction-withdrawn", record_id=record_id, field=field, reason=reason, who=who, seen=seen
        )
    else:
        typed = form.get("value", "")
        act = partial(correct_field, record_id=record_id, name=field, typed=typed, reason=reason, who=who, seen=seen)
    return await _do(datasette, request, form, act, record_id)


async def check_off(datasette: Datasette, request: Any) -> Response:
    """A record marked as held against the document, or no more: `record_id`, `seen`, `withdraw`."""
    form = await _form(datasette, request)
    record_id, who = form.get("record_id", ""), _who(request)
    act: Act
    if form.get("withdraw"):
        act = partial(withdraw, kind="check-withdrawn", record_id=record_id, who=who)
    else:
        act = partial(mark_checked, record_id=record_id, who=who, seen=form.get("seen"))
    return await _do(datasette, request, form, act, record_id)


async def _form(datasette: Datasette, request: Any) -> Form:
    """What a signed-in person sent; raises the error that everyone else is told."""
    ui = wording()
    await ensure_may_view(datasette, request)
    if request.method != "POST":
        raise BadRequest(ui.say("judging.only_forms"))
    if not request.actor:
        raise Forbidden(ui.say("judging.signed_out"))
    if not datasette.get_database(DATABASE).is_mutable:
        raise Forbidden(ui.say("judging.read_only"))
    try:
        form: Form = await request.post_vars()
    except UnicodeDecodeError as error:
        raise BadRequest(ui.say("judging.incomplete")) from error
    return form


async def _do(datasette: Datasette, request: Any, form: Form, act: Act, about: str) -> Response:
    """Does it and goes back to where the person was; what is refused is told beside what was typed."""
    path = Path(datasette.get_database(DATABASE).path)
    try:
        await asyncio.to_thread(_write, path, act)
    except Refused as error:
        ui = wording()
        message = error.message_th if ui.language == "th" else error.message_en
        named = await datasette.get_database(DATABASE).execute_fn(partial(read_named, record_id=about))
        own_page = f"/evidence/{tilde_encode(about)}" if named else None
        back = local_path(datasette, form.get("next") or (own_page and datasette.urls.path(own_page)))
        values = {"message": message, "typed": form, "named": named, "back": back}
        values |= await _about(datasette, about, of_finding="finding_id" in form)
        status = _STATUS[error.why]
        return await render(datasette, request, "judging_refused.html", values, status=status)
    except _UnableToWrite as error:
        told = {"title": wording().say("judging.refused"), "error": str(error), "status": 503}
        return await render(datasette, request, "error.html", told, status=503)
    datasette.add_message(request, wording().say("judging.done"))
    return Response.redirect(local_path(datasette, form.get("next")), status=303)


class _UnableToWrite(Exception):
    """The act could not be written; the message is for the person who did it."""


def _write(path: Path, act: Act) -> None:
    """Raises `Refused`, or `_UnableToWrite` with a key of the words of this page."""
    try:
        db = open_database(path, create=False)
        try:
            act(db, path)
        finally:
            db.close()
    except (UnusableDatabase, UnusableCorrections) as error:
        raise _UnableToWrite(error.message_th if wording().language == "th" else error.message_en) from error
    except sqlite3.OperationalError as error:
        code = (error.sqlite_errorcode or 0) & 0xFF
        raise _UnableToWrite(wording().say(f"judging.{_REASONS.get(code, 'unwritable')}")) from error


async def _about(datasette: Datasette, key: str, *, of_finding: bool | None = None) -> dict[str, Any]:
    """`judging` for a finding, `correcting` for a record; null for anything else. Null asks for either."""
    database = datasette.get_database(DATABASE)
    judging: Judging | None = None
    correcting: Correcting | None = None
    if of_finding is not False:
        judging = await database.execute_fn(partial(read_judging, finding_id=key))
    if not (of_finding or judging):
        correcting = await database.execute_fn(partial(read_correcting, record_id=key))
    return {"judging": judging, "correcting": correcting}


async def _leave(datasette: Datasette, request: Any) -> dict[str, Any]:
    """Whether the person may judge and correct, whether to tell how to sign in, and why nobody can do it."""
    database = datasette.get_database(DATABASE)
    signed_in = bool(request and request.actor)
    if not database.is_mutable or not signed_in:
        return {"may_judge": False, "may_sign_in": database.is_mutable and not signed_in, "cannot_judge": None}
    cannot = await asyncio.to_thread(_hindrance, Path(database.path))
    return {"may_judge": cannot is None, "may_sign_in": False, "cannot_judge": cannot}


def _hindrance(path: Path) -> str | None:
    """Why nothing can be written, in a sentence; null where it can. SQLite writes beside its file, too."""
    corrections = corrections_path(path)
    needed = [path, path.parent, *([corrections] if corrections.exists() else [])]
    shut = next((each for each in needed if not os.access(each, os.W_OK)), None)
    if shut is not None:
        return wording().say("judging.no_access", name=shut.name)
    return _damage(path)


def _damage(path: Path) -> str | None:
    """Why the corrections file cannot be used; its folder is nobody's business."""
    try:
        read_lines(corrections_path(path))
    except UnusableCorrections as error:
        return wording().say("judging.damaged_line" if error.line else "judging.damaged", line=error.line or "")
    return None


def _who(request: Any) -> str:
    """The person, by the id that the sign-in gives."""
    return str(request.actor.get("id") or display_actor(request.actor))
