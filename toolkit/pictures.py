"""Re-encode a picture; runs in a child process, so it knows no settings."""

import io

from PIL import ExifTags, Image

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85
Turn = Image.Transpose
# How to put a picture upright for each EXIF orientation (CIPA DC-008, 4.6.4).
TURNS = {
    2: Turn.FLIP_LEFT_RIGHT,
    3: Turn.ROTATE_180,
    4: Turn.FLIP_TOP_BOTTOM,
    5: Turn.TRANSPOSE,
    6: Turn.ROTATE_270,
    7: Turn.TRANSVERSE,
    8: Turn.ROTATE_90,
}


class TooManyPixels(Exception):  # noqa: N818
    """The picture is larger than a camera of the street makes them."""


def reencode(data: bytes, most_pixels: int) -> bytes:
    """The picture as a plain JPEG: upright, on white, without any metadata.

    Raises TooManyPixels before anything is unpacked, and Pillow's errors.
    """
    # Pillow's own check would only warn up to twice its limit.
    Image.MAX_IMAGE_PIXELS = None
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        if picture.width * picture.height > most_pixels:
            raise TooManyPixels
        orientation = picture.getexif().get(ExifTags.Base.Orientation)
        plain = _flattened(picture)
    # The unpacked original is freed by now; turning needs the room.
    if orientation in TURNS:
        plain = plain.transpose(TURNS[orientation])
    encoded = io.BytesIO()
    plain.save(encoded, "JPEG", quality=QUALITY, optimize=True)
    return encoded.getvalue()


def _flattened(picture: Image.Image) -> Image.Image:
    """A new picture on white: it takes over pixels, no EXIF, XMP, comment or ICC."""
    plain = Image.new("RGB", picture.size, "white")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    # convert() to the same mode would copy, and memory is short here.
    pixels = picture if picture.mode == mode else picture.convert(mode)
    plain.paste(pixels, mask=pixels.getchannel("A") if mode == "RGBA" else None)
    return plain
