"""Papers as a reader meets them: their text, their pictures, their structure, read back by other programs than ours."""

import io
import re
from datetime import date
from functools import cache

import pikepdf
import pypdfium2

from calc.capsule.order import Order
from calc.capsule.planning import plan
from calc.library import load

TODAY = date(2026, 11, 22)
DPI = 72


@cache
def library():
    return load()


def planned(tree):
    """The plan of a JSON tree."""
    return plan(Order.read(tree, library(), today=TODAY), library())


def one_line(text):
    """Text with single ordinary spaces, and with the words joined that a line break parted at a hyphen of the PDF."""
    return " ".join(
        text.replace("\u00a0", " ").replace("\ufffe", "-").replace("\x02", "-").replace("\u200b", "").split()
    )


def pages_of(pdf):
    """The text of each page, on one line each."""
    document = pypdfium2.PdfDocument(pdf)
    return [one_line(page.get_textpage().get_text_bounded()) for page in document]


def text_of_pdf(pdf):
    """All text of a file on one line."""
    return " ".join(pages_of(pdf))


def squeezed(text):
    """Text without any space: what stands in it does not hang on where its lines break."""
    return re.sub(
        r"\s", "", text.replace("\u00a0", "").replace("\u200b", "").replace("\ufffe", "-").replace("\x02", "-")
    )


def pictures(pdf, dpi):
    """Each page in black and white only, as a bad printer and a bad copier leave it."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        grey = page.render(scale=dpi / DPI, grayscale=True).to_pil()
        yield grey.point(lambda level: 255 if level > 127 else 0).convert("1")


def structure(pdf):
    """Every element of the structure tree, the root's children first: (tag, attributes)."""
    document = pikepdf.open(io.BytesIO(pdf))
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(
                (str(node["/S"]), {str(key): str(value) for key, value in node.items() if key in ("/Alt", "/Lang")})
            )
            walk(node.get("/K", pikepdf.Array([])))

    walk(document.Root["/StructTreeRoot"]["/K"])
    return found


def fonts_of(pdf):
    """The base names of all fonts of a file, and whether each is embedded."""
    document = pikepdf.open(io.BytesIO(pdf))
    fonts = {}
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            name = str(item["/FontName"]).removeprefix("/")
            fonts[name] = any(key in item for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return fonts
