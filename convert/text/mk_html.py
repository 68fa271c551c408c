#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes html.inc, the named character references of the HTML standard, section 13.5.

Python's own table is that of the standard.  Usage: mk_html.py >html.inc
"""
from html.entities import html5

print("/* Made by mk_html.py: {name, may stand without a semicolon, characters}. */")
for name in sorted({key.rstrip(";") for key in html5}):
    value = html5.get(name + ";", html5.get(name))
    codes = [ord(c) for c in value] + [0]
    print('{"%s", %d, {0x%x, 0x%x}},' % (name, name in html5, codes[0], codes[1]))
