"""The folder of images stays within its bounds, gives only whole images, and is never someone else's."""

import io
import os
import threading
from pathlib import Path

import pytest
from PIL import Image

from pipeline.site import image_cache
from pipeline.site.image_cache import CacheSettings, ImageCache, cache_folder, cache_settings


def _png(size: int) -> bytes:
    """An image of noise, which takes about `size` bytes."""
    file = io.BytesIO()
    Image.frombytes("L", (size, 1), os.urandom(size)).save(file, "PNG")
    return file.getvalue()


def _used(folder: Path, name: str, seconds: int) -> None:
    os.utime(folder / name, (seconds, seconds))


def test_the_image_that_was_not_asked_for_the_longest_goes_first(tmp_path: Path) -> None:
    cache = ImageCache(tmp_path, CacheSettings(most_files=3))
    for number, name in enumerate("abc"):
        cache.put(name, _png(100))
        _used(tmp_path, name, 1000 + number)
    assert cache.get("a") is not None
    cache.put("d", _png(100))
    assert [name for name in "abcd" if cache.get(name)] == ["a", "c", "d"]


def test_the_folder_holds_no_more_bytes_than_it_may(tmp_path: Path) -> None:
    cache = ImageCache(tmp_path, CacheSettings(most_megabytes=0.1))
    for number in range(20):
        cache.put(str(number), _png(20_000))
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert 60_000 < sum(sizes) <= 100_000
    assert cache.get("19") is not None


def test_an_image_that_would_push_out_most_others_is_not_kept(tmp_path: Path) -> None:
    cache = ImageCache(tmp_path, CacheSettings(most_megabytes=0.1))
    cache.put("small", _png(1000))
    cache.put("large", _png(50_000))
    assert cache.get("large") is None
    assert cache.get("small") is not None


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n half of it", b"something else"])
def test_an_image_that_is_not_whole_is_not_given(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    assert ImageCache(tmp_path, CacheSettings()).get("a") is None


def test_many_threads_put_and_get_whole_images(tmp_path: Path) -> None:
    cache = ImageCache(tmp_path, CacheSettings(most_files=5))
    image, wrong = _png(5000), []

    def work(start: int) -> None:
        for number in range(start, start + 30):
            cache.put(str(number % 10), image)
            if cache.get(str(number % 10)) not in (None, image):
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(start,)) for start in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(list(tmp_path.iterdir())) <= 5


def test_parts_that_a_killed_process_left_are_removed(tmp_path: Path) -> None:
    (tmp_path / ".part-old").write_bytes(b"half")
    (tmp_path / ".part-new").write_bytes(b"half")
    _used(tmp_path, ".part-old", 1000)
    ImageCache(tmp_path, CacheSettings()).put("a", _png(10))
    assert sorted(path.name for path in tmp_path.iterdir()) == [".part-new", "a"]


def test_images_lie_hidden_beside_the_database(tmp_path: Path) -> None:
    assert cache_folder(tmp_path / "prongsai.db", CacheSettings()) == tmp_path / ".prongsai.db-images"


def test_where_the_databases_folder_may_not_be_written_images_lie_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    database = tmp_path / "file" / "prongsai.db"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert cache_folder(database, CacheSettings()) == tmp_path / "cache" / "prongsai" / "images"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(image_cache.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    found = cache_folder(database, CacheSettings())
    assert found is not None and found.parent == tmp_path / "temporary"


def test_a_folder_that_another_has_laid_for_us_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "ours").symlink_to(tmp_path / "theirs")
    assert cache_folder(tmp_path / "a.db", CacheSettings(folder=tmp_path / "ours")) is None
    ImageCache(None, CacheSettings()).put("a", _png(10))
    assert list((tmp_path / "theirs").iterdir()) == []


def test_settings_come_from_the_environment(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert cache_settings({}) == CacheSettings()
    stated = cache_settings({"PRONGSAI_IMAGE_CACHE": str(tmp_path), "PRONGSAI_IMAGE_CACHE_MB": "12.5"})
    assert stated == CacheSettings(folder=tmp_path, most_megabytes=12.5)
    assert cache_settings({"PRONGSAI_IMAGE_CACHE_MB": "much"}) == CacheSettings()
    assert "PRONGSAI_IMAGE_CACHE_MB='much'" in caplog.text
    assert cache_folder(tmp_path / "a.db", CacheSettings(most_megabytes=0)) is None
