#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A style and a locale of Debian's packages: apa.py CITECONV.

Says 77 (skipped) where the packages are not installed.
"""
import pathlib
import subprocess
import sys
import tempfile

SHARE = pathlib.Path("/usr/share/citation-style-language")
NEEDS = [SHARE / "styles/apa.csl", SHARE / "locales/locales-de-DE.xml"]
INPUT = r"""@book{bridges, title = {A Short History of Bridges}, edition = 2, year = 2019,
  author = {Le Guern, Anne and Ruiz, Ana}, publisher = {Seaside Press}}
@article{piers, title = {Piers in Tidal Water}, author = {Okafor, Chi}, year = 2021,
  journal = {Coastal Structures}, volume = 12, number = 3, pages = {101--120},
  doi = {10.5555/piers.12}}
"""
ENGLISH = """Le Guern, A., & Ruiz, A. (2019). A Short History of Bridges (2nd ed.). Seaside Press.
Okafor, C. (2021). Piers in Tidal Water. Coastal Structures, 12(3), 101–120. \
https://doi.org/10.5555/piers.12
"""


def listed(citeconv, path, *options):
    """The list in APA's style."""
    return subprocess.run([citeconv, "-t", "text", "--style", "apa", *options, path],
                          capture_output=True, check=True).stdout.decode()


def main():
    if not all(path.exists() for path in NEEDS):
        print("citation-style-language-styles or -locales is not installed")
        return 77
    with tempfile.TemporaryDirectory() as work:
        path = pathlib.Path(work) / "refs.bib"
        path.write_text(INPUT, "utf-8")
        english = listed(sys.argv[1], path)
        german = listed(sys.argv[1], path, "--locale", "de-DE")
    print(english, german, sep="\n", end="")
    fine = english == ENGLISH and "(2. Aufl.)" in german
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
