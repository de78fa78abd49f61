"""Answering with a page of our own: whoever may see the database may see it."""

from collections.abc import Mapping
from typing import Any

from datasette import Response
from datasette.app import Datasette

from pipeline.site.words import DATABASE


async def render(
    site: Datasette, request: Any, template: str, values: Mapping[str, Any], status: int = 200
) -> Response:
    """The page that a template makes of the values; `datasette.Forbidden` for one who may not see the database."""
    await ensure_may_view(site, request)
    html = await site.render_template(template, {"database": DATABASE, **values}, request=request)
    return Response.html(html, status=status)


async def ensure_may_view(site: Datasette, request: Any) -> None:
    """Raises `datasette.Forbidden` for one who may not see the database."""
    if hasattr(site, "ensure_permissions"):
        await site.ensure_permissions(request.actor, [("view-database", DATABASE), "view-instance"])
    else:
        from datasette.resources import DatabaseResource  # of Datasette 1.0 only

        await site.ensure_permission(action="view-database", resource=DatabaseResource(DATABASE), actor=request.actor)
