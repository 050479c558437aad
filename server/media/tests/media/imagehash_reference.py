"""Prints the hashes that hashing.rs expects: Python's ImageHash on the pictures of samples.rs.

    pip install ImageHash && python imagehash_reference.py
"""

import imagehash
from PIL import Image

MASK = 0xFFFFFFFF


def mix(n):
    n = ((n ^ (n >> 16)) * 0x7FEB352D) & MASK
    n = ((n ^ (n >> 15)) * 0x846CA68B) & MASK
    return n ^ (n >> 16)


def noise(seed, cell, x, y):
    def value(i, j):
        place = ((i * 73856093) & MASK) ^ ((j * 19349663) & MASK) ^ ((cell * 83492791) & MASK)
        return mix(seed ^ mix(place)) & 255

    i, j, u, v = x // cell, y // cell, x % cell, y % cell
    top = value(i, j) * (cell - u) + value(i + 1, j) * u
    bottom = value(i, j + 1) * (cell - u) + value(i + 1, j + 1) * u
    return (top * (cell - v) + bottom * v) // (cell * cell)


def toward_zero(a, b):
    return -(-a // b) if a < 0 else a // b


def channel(seed, c, x, y):
    light = sum(noise(seed, 2 << octave, x, y) << octave for octave in range(7)) // 127
    colour = noise(seed + 1000 * (c + 1), 64, x, y) - 128
    return max(0, min(255, (light - 128) * 2 + 128 + toward_zero(colour, 2)))


def picture(seed, width, height):
    pixels = bytes(channel(seed, c, x, y) for y in range(height) for x in range(width) for c in range(3))
    return Image.frombytes("RGB", (width, height), pixels)


for seed, width, height in [(1, 192, 144), (2, 144, 192), (3, 192, 192), (4, 100, 60), (5, 500, 375), (6, 24, 20)]:
    print(f"    ({seed}, {width}, {height}, 0x{imagehash.phash(picture(seed, width, height))}),")
