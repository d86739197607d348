"""The sheet as popular tools compose it: one picture in memory, cells pasted, labels drawn, saved at the end."""

import json
import os
import resource
import sys
import time

from PIL import Image, ImageDraw, ImageFont

Image.MAX_IMAGE_PIXELS = None
folder, count, columns, cell_width, cell_height, out = sys.argv[1:7]
columns, size = int(columns), (int(cell_width), int(cell_height))
rows = -(-int(count) // columns)
pictures = len([name for name in os.listdir(folder) if name.endswith(".png")])
margin, gutter = 300, 8

started = time.time()
sheet = Image.new(
    "RGB", (margin + columns * (size[0] + gutter), margin + rows * (size[1] + gutter)), "white"
)
draw = ImageDraw.Draw(sheet)
font = ImageFont.load_default(size=48)
for column in range(columns):
    draw.text((margin + column * (size[0] + gutter), margin - 100), f"{column}", "black", font)
for row in range(rows):
    draw.text((40, margin + row * (size[1] + gutter)), f"{row}", "black", font)
for n in range(int(count)):
    picture = Image.open(os.path.join(folder, f"{n % pictures}.png")).convert("RGB")
    if picture.size != size:
        picture = picture.resize(size, Image.LANCZOS)
    sheet.paste(
        picture, (margin + n % columns * (size[0] + gutter), margin + n // columns * (size[1] + gutter))
    )
sheet.save(out)
print(
    json.dumps(
        {
            "seconds": time.time() - started,
            "width": sheet.width,
            "height": sheet.height,
            "bytes": os.path.getsize(out),
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        }
    )
)
os.remove(out)
