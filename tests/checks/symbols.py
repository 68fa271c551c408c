#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No name means two things: symbols.py NM LIBRARY.

The rooms are one static library, of which the linker takes the first object that has a
name it wants: two rooms with a function of one name would not be an error but the
wrong function.
"""
import collections
import subprocess
import sys


def main():
    listed = subprocess.run([sys.argv[1], "-A", "--defined-only", sys.argv[2]], check=True,
                            capture_output=True, text=True).stdout
    places = collections.defaultdict(list)
    for line in listed.splitlines():
        place, kind, name = line.rsplit(None, 2)
        if kind in "TDBR":
            places[name].append(place.split(":")[1])
    twice = {name: found for name, found in places.items() if len(found) > 1}
    for name, found in sorted(twice.items()):
        print(f"{name}: in {' and '.join(sorted(found))}")
    print(f"{len(places)} names, {len(twice)} of them twice")
    return 1 if twice or not places else 0


if __name__ == "__main__":
    sys.exit(main())
