"""Pictures to send, drawn here."""

import io

from PIL import Image, ImageDraw


def a_jpeg(width: int = 800, height: int = 600) -> bytes:
    picture = Image.new("RGB", (width, height), "#204060")
    ImageDraw.Draw(picture).ellipse((100, 100, 500, 500), fill="#e0a040")
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=b"Exif\x00\x00" + b"GPS-MARKER" * 20)
    return made.getvalue()
