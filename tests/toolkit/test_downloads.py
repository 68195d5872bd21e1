"""A stored upload leaves as a file, and no browser runs it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404

from toolkit.downloads import as_download

PAGE = b"<script>alert(1)</script>"


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    name = default_storage.save("page.html", ContentFile(PAGE))
    return tmp_path / name


def test_an_upload_is_never_run_by_the_browser(stored):
    answer = as_download(stored, name="页.html", media_type="text/html")
    assert b"".join(answer.streaming_content) == PAGE
    answer.file_to_stream.close()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_that_is_gone_is_not_found(stored):
    stored.unlink()
    with pytest.raises(Http404):
        as_download(stored, name="页.html", media_type="text/html")
