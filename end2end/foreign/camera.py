"""Photographs the QR code of a live form badly and has two decoders read it: none of our code.

    python camera.py FOLDER     with live.pgm and live.txt of the example `story`

A frame is 1280x720, the code has 4 pixels a module, is turned by 12 degrees either way and lies
anywhere; it is blurred (sigma 1.2), has 40 % of its contrast and then noise (sigma 4 of 255).
"""

import pathlib
import sys

import numpy
import zxingcpp
from PIL import Image, ImageFilter
from pyzbar import pyzbar

FRAMES = 20
DEGREES, BLUR, CONTRAST, NOISE = 12, 1.2, 0.4, 4


def frame(code, degrees, chance):
    turned = code.rotate(degrees, resample=Image.BICUBIC, expand=True, fillcolor=255)
    picture = Image.new("L", (1280, 720), 255)
    room = (1280 - turned.width, 720 - turned.height)
    picture.paste(turned, tuple(int(chance.integers(0, most)) for most in room))
    light = numpy.asarray(picture.filter(ImageFilter.GaussianBlur(BLUR)), dtype=float)
    light = 128 + (light - 127.5) * CONTRAST + chance.normal(0, NOISE, light.shape)
    return Image.fromarray(light.clip(0, 255).astype("uint8"))


def by_zxing(picture):
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def by_zbar(picture):
    codes = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [code.data.decode() for code in codes]


def main():
    folder = pathlib.Path(sys.argv[1])
    code = Image.open(folder / "live.pgm").convert("L")
    shown = (folder / "live.txt").read_text("utf-8")
    modules = code.width // 4 - 8
    if modules > 85:
        sys.exit(f"{modules} modules a side, at most 85")
    chance = numpy.random.default_rng(1)
    frames = [frame(code, DEGREES * (-1) ** at, chance) for at in range(FRAMES)]
    is_all_read = True
    for name, read in (("zxing-cpp", by_zxing), ("zbar", by_zbar)):
        count = sum(shown in read(picture) for picture in frames)
        print(f"{name} read {count} of {FRAMES} frames, {modules} modules a side")
        is_all_read &= count == FRAMES
    sys.exit(0 if is_all_read else 1)


if __name__ == "__main__":
    main()
