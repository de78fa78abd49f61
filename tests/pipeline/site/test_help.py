"""The help page: in both languages, with pictures that are there and links that lead somewhere."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from pipeline.site.help_page import help_text
from pipeline.site.language import COOKIE
from pipeline.site.words import LANGUAGES, Language

LINK = re.compile(r'(?:href|src)="([^"]+)"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_and_picture_of_the_help_page_is_there(client: httpx.Client, language: Language) -> None:
    headers = {"cookie": f"{COOKIE}={language}"}
    page = client.get("/help", headers=headers)
    targets = [unescape(link) for link in LINK.findall(help_text(language))]
    assert len(targets) > 15
    for target in targets:
        if target.startswith("#"):
            assert f'id="{target[1:]}"' in page.text
        else:
            assert client.get(urljoin(str(page.url), target)).status_code == 200, target


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_tells_what_it_shows(language: Language) -> None:
    pictures = re.findall(r"<img [^>]*>", help_text(language))
    assert len(pictures) == 5
    assert all(re.search(r'alt="[^"]{20,}"', picture) for picture in pictures)


def test_the_six_pages_are_pictured_in_the_documentation() -> None:
    folder = Path(__file__).parents[3] / "docs" / "screenshots"
    names = {"home", "search", "office", "report", "compare", "evidence"}
    assert {picture.stem for picture in folder.glob("*.png")} == names
