"""Files to upload."""

from django.core.files.uploadedfile import SimpleUploadedFile

from notices.demo_files import page


def pdf(name="批复"):
    return page(name, ["同意。"])


def disguised():
    """Return a web page that calls itself a PDF."""
    return SimpleUploadedFile("批复.pdf", b"<html><script>alert(1)</script></html>")
