#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes the Debian package and uses it as its users do: debian.py SOURCE TREE [installed].

There are the packages of the program and of the library, each with what it depends on;
lintian, where it is there, finds nothing in them.  It is unpacked in an empty directory
and run from there; with "installed", which needs root and a network, apt also installs
it in a Debian of the smallest size, which debootstrap makes once and which stays in TREE.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

MIRROR = "http://deb.debian.org/debian"
LOCALE = {"LC_ALL": "C.UTF-8", "NO_COLOR": "1", "DEBIAN_FRONTEND": "noninteractive"}
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"

# Runs in the directory of the page; prints what is wrong.
USE = r"""
for format in $(citeconv --list-formats | awk '$2 ~ /w/ { print $1 }'); do
    # libbibutils loses a record of other letters in some formats, which is said.
    citeconv -q -t "$format" -o "out.$format" page.txt 2>err || grep -q bibutils- err ||
        echo "-t $format fails: $(cat err)"
    test -s "out.$format" || echo "-t $format writes nothing"
done
for format in bibtex biblatex ris csl-json csl-jsonl mods endnote word; do
    count=$(citeconv -q -f "$format" -t csl-jsonl "out.$format" | wc -l)
    test "$count" -eq 17 || echo "$format: $count of 17 records come back"
done
citeconv -q --style apa-like page.txt | grep -q 'Hoogeboom, E.' ||
    echo "the styles that come with it do not work"
"""
# Of an installed package only.
INSTALLED = r"""
for page in man1/citeconv.1 man5/citeconv-ris.5 man7/citeconv-venues.7; do
    test -s "/usr/share/man/$page.gz" || echo "$page is not there"
done
dpkg --verify citeconv
for file in changelog.Debian.gz changelog.gz copyright; do
    test -s "/usr/share/doc/citeconv/$file" || echo "$file is not there"
done
dpkg --purge citeconv >/dev/null
for file in $(dpkg-deb -c citeconv.deb | awk '$1 ~ /^-/ { print substr($6, 2) }'); do
    test ! -e "$file" || echo "$file stays behind"
done
"""


def run(*command, **more):
    """Its output; raises where it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          encoding="utf-8", errors="replace", check=False, **more)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} fails: {done.stdout[-2000:]}")
    return done.stdout


def packed(source):
    """The package of the program."""
    for old in (source / "build/debian").glob("*.deb"):
        old.unlink()
    run("cmake", "--preset", "debian", cwd=source)
    run("cmake", "--build", "--preset", "debian", cwd=source)
    run("cpack", "--preset", "debian", cwd=source)
    return next((source / "build/debian").glob("citeconv_*.deb"))


def relations(source):
    """Yields what packages do not depend on though they need it."""
    needs = {"citeconv": ("libc6", "libbibutils8", "libicu72"),
             "libciteconv0": ("libc6", "libicu72"),
             "libciteconv-dev": ("libciteconv0", "libicu-dev", "libjansson-dev", "zlib1g-dev")}
    for name, needed in needs.items():
        for package in (source / "build/debian").glob(f"{name}_*.deb"):
            said = run("dpkg-deb", "-f", package, "Depends")
            yield from (f"{name} does not depend on {other}" for other in needed
                        if not re.search(rf"(^|, ){other}\b", said))
            break
        else:
            yield f"there is no package {name}"


def lintian(packages):
    """Yields what it finds."""
    if shutil.which("lintian") is None:
        print("SKIP: lintian is not installed")
        return
    done = subprocess.run(["lintian", "--pedantic", "--allow-root", *packages],
                          capture_output=True, encoding="utf-8", check=False)
    yield from re.findall(r"^[EWP]: .*", done.stdout, re.M)


def mirror():
    """Where this machine's apt gets Debian from."""
    for file in ("/etc/apt/sources.list", *pathlib.Path("/etc/apt/sources.list.d").glob("*")):
        if not pathlib.Path(file).is_file():
            continue
        text = pathlib.Path(file).read_text("utf-8", "replace")
        found = re.search(r"^(?:URIs:|deb(?: \[.*?\])?) *(\S+/debian/?)(?:\s|$)", text, re.M)
        if found:
            return found.group(1)
    return MIRROR


def chroot(tree, script):
    return run("chroot", tree, "sh", "-c", f"cd /tmp\n{script}",
               env=dict(LOCALE, PATH=PATH, HOME="/root"))


def bare_tree(tree, package):
    """A Debian with all that the package needs downloaded; None where none can be made."""
    release = dict(line.split("=", 1) for line in
                   pathlib.Path("/etc/os-release").read_text("utf-8").splitlines()
                   if "=" in line)
    suite = release.get("VERSION_CODENAME", "").strip('"')
    if release.get("ID") != "debian" or os.geteuid() != 0:
        print("SKIP: a Debian of its own needs Debian and root")
        return None
    if shutil.which("debootstrap", path=PATH) is None:
        print("SKIP: debootstrap is not installed")
        return None
    try:
        if not tree.exists():
            begun = tree.with_name(tree.name + ".begun")
            shutil.rmtree(begun, ignore_errors=True)
            run("debootstrap", "--variant=minbase", suite, begun, mirror(),
                env=dict(os.environ, PATH=f"{PATH}:{os.environ['PATH']}"))
            begun.rename(tree)
        shutil.copy(package, tree / "tmp/citeconv.deb")
        chroot(tree, "apt-get -q -y --no-install-recommends --download-only install "
                     "./citeconv.deb")
        return tree
    except RuntimeError as problem:
        print(f"SKIP: no Debian of its own: {problem}")
        return None


def use_installed(tree, page, work):
    """Yields what goes wrong in the bare Debian, a fresh copy of it."""
    copy = work / "tree"
    run("cp", "-a", "--reflink=auto", tree, copy)
    shutil.copy(page, copy / "tmp")
    chroot(copy, "apt-get -q -y --no-install-recommends install ./citeconv.deb")
    yield from chroot(copy, USE + INSTALLED).splitlines()
    print("installed by apt in a bare Debian")


def use_unpacked(package, page, work):
    """Yields what goes wrong where the package is only unpacked."""
    run("dpkg-deb", "-x", package, work / "tree")
    shutil.copy(page, work)
    yield from run("sh", "-c", USE, cwd=work, env=dict(
        LOCALE, PATH=f"{work}/tree/usr/bin:{PATH}", XDG_DATA_DIRS=str(work))).splitlines()
    print("unpacked elsewhere")


def faults(source, tree):
    """Yields all faults."""
    page = source / "samples/page.txt"
    package = packed(source)
    yield from relations(source)
    yield from lintian(sorted((source / "build/debian").glob("*.deb")))
    for use in ("unpacked", *sys.argv[3:]):
        with tempfile.TemporaryDirectory(prefix="citeconv-debian-") as work:
            work = pathlib.Path(work)
            if use == "unpacked":
                yield from use_unpacked(package, page, work)
            elif bare_tree(tree, package) is not None:
                yield from use_installed(tree, page, work)


def main():
    """0 where the package is as it should be."""
    if shutil.which("dpkg-deb") is None:
        print("SKIP: dpkg is not installed")
        return 77
    found = list(faults(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
    print("\n".join(found) or "the package is as it should be")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
