"""A PDF of images alone, at 200 dots an inch, as an office's scanner makes it."""

import re
import subprocess

DPI = 200


def size(jpeg):
    """Width, height and number of colours, from the frame header of a JPEG."""
    at = 2
    while True:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if marker in (0xC0, 0xC1, 0xC2):
            return int.from_bytes(jpeg[at + 7 : at + 9], "big"), int.from_bytes(jpeg[at + 5 : at + 7], "big"), jpeg[at + 9]
        at += 2 + length


def write(pdf, out, scratch):
    stem = scratch / f"scan-{out.stem}"
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", "-jpeg", "-jpegopt", "quality=60", pdf, stem], check=True)
    images = sorted(scratch.glob(f"{stem.name}-*.jpg"), key=lambda path: int(re.search(r"(\d+)\.jpg$", path.name).group(1)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for image in images:
        data = image.read_bytes()
        width, height, colours = size(data)
        space = "DeviceGray" if colours == 1 else "DeviceRGB"
        box = f"{width * 72 / DPI:.2f} {height * 72 / DPI:.2f}"
        content = f"q {box.split()[0]} 0 0 {box.split()[1]} 0 0 cm /I Do Q".encode()
        first = len(objects) + 1
        kids.append(f"{first} 0 R")
        page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {box}]/Contents {first + 1} 0 R/Resources<</XObject<</I {first + 2} 0 R>>>>>>"
        kind = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/{space}/BitsPerComponent 8/Filter/DCTDecode"
        objects.append(page.encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        objects.append(f"<<{kind}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    data, offsets = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for at, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (at, content)
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    out.write_bytes(data)
