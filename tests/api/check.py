#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The library as it is installed: check.py BUILD CMAKE NM CC [FLAGS...].

Installs its components, and then looks at what users get: the names it exports, the
header in three languages, pkg-config, the CMake package, the manual, and the examples,
whose output is compared with example.* beside this script.
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "samples"
WARNINGS = ["-Wall", "-Wextra", "-Wshadow", "-Wconversion", "-Werror", "-pedantic"]


class Broken(Exception):
    """What comes next needs what failed."""


class Check:
    """An install tree and what was found wrong with it."""

    def __init__(self, root, build, cmake, nm, cc, flags):
        self.root, self.build, self.cmake, self.nm = root, build, cmake, nm
        self.cc, self.flags, self.found = cc, flags, []
        self.prefix = root / "a b"  # a place such as people have on their disks
        self.env = dict(os.environ)
        self.lib = self.include = None

    def run(self, *command, **more):
        return subprocess.run([str(word) for word in command], capture_output=True,
                              text=True, check=False, env=self.env, **more)

    def expect(self, what, got, wanted):
        if got != wanted:
            self.found.append(f"{what}\n  wanted {wanted!r}\n  got    {got!r}")

    def works(self, what, *command, **more):
        done = self.run(*command, **more)
        if done.returncode != 0:
            raise Broken(f"{what}: status {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def install(self):
        for component in ("library", "dev"):
            self.works("install", self.cmake, "--install", self.build, "--prefix",
                       self.prefix, "--component", component)
        pc = next(self.prefix.glob("**/citeconv.pc"))
        self.lib, self.include = pc.parent.parent, self.prefix / "include"
        self.env["PKG_CONFIG_PATH"] = str(pc.parent)
        self.env["LD_LIBRARY_PATH"] = str(self.lib)

    def names(self, *options):
        listed = self.run(self.nm, *options).stdout
        return sorted(line.split()[-1].split("@")[0] for line in listed.splitlines()
                      if len(line.split()) == 3 and line.split()[1] != "A")

    def exports(self):
        """What is declared is exported, under its version, and nothing else is."""
        header = (self.include / "citeconv.h").read_text("utf-8")
        declared = sorted(re.findall(r"^CITECONV_API[^(]*?\b(citeconv_\w+)\(", header, re.M))
        shared = self.lib / "libciteconv.so"
        self.expect("exports", self.names("-D", "--defined-only", shared), declared)
        listed = self.run(self.nm, "-D", "--defined-only", shared).stdout
        self.expect("versions", set(re.findall(r" T citeconv_\w+(.*)$", listed, re.M)),
                    {"@@CITECONV_0.1"})
        static = self.lib / "libciteconv.a"
        if static.exists():
            self.expect("static", self.names("-g", "--defined-only", static), declared)
        manual = next(self.prefix.glob("**/citeconv.3")).read_text("utf-8")
        self.expect("manual", sorted(set(re.findall(r"^\.Fn (citeconv_\w+)", manual, re.M))),
                    declared)
        undefined = set(self.names("-D", "--undefined-only", shared))
        enders = {"exit", "_exit", "setlocale", "signal", "sigaction", "stderr", "setenv",
                  "strerror"}  # which speaks the language of the locale
        if not self.flags:
            self.expect("of libc", undefined & enders, set())

    def manual(self):
        if shutil.which("mandoc") is not None:
            page = next(self.prefix.glob("**/citeconv.3"))
            self.works("mandoc", "mandoc", "-T", "lint", "-W", "warning", page)

    def header(self):
        source = self.root / "only.c"
        source.write_text("#include <citeconv.h>\nint main(void);\n"
                          "int main(void) { return (int)citeconv_convert_memory(0, \"\", 0, "
                          "\"ris\", 0, 0, 0); }\n", "utf-8")
        compilers = [(self.cc, "c99"), (self.cc, "c11")]
        plus = "clang++" if "clang" in pathlib.Path(self.cc).name else "g++"
        if shutil.which(plus) is not None:
            compilers.append((plus, "c++17"))
        else:
            print(f"no {plus} here: the header was not tried as C++")
        for compiler, standard in compilers:
            language = "c++" if "+" in standard else "c"
            self.works(standard, compiler, "-x", language, f"-std={standard}", *WARNINGS,
                       "-c", "-I", self.include, source, "-o", self.root / "only.o")

    def pkg_config(self, *options):
        line = self.works("pkg-config", "pkg-config", *options, "--cflags", "--libs",
                          "citeconv").stdout
        return shlex.split(line)

    def compile(self, name, source, static=False):
        """As a user would: with what pkg-config says."""
        words = self.pkg_config(*(["--static"] if static else []))
        if static:
            words = [str(self.lib / "libciteconv.a") if word == "-lciteconv" else word
                     for word in words]
        self.works(name, self.cc, "-std=c11", "-D_GNU_SOURCE", *WARNINGS, *self.flags, source,
                   *words, "-o", self.root / name)
        return self.root / name

    def examples(self):
        example = self.compile("example", SAMPLES / "example.c")
        done = self.works("example", example, "library.bib", self.root / "out.bib",
                          cwd=SAMPLES)
        self.expect("example", done.stdout, (HERE / "example.out").read_text("utf-8"))
        self.expect("example's messages", done.stderr,
                    (HERE / "example.err").read_text("utf-8"))
        self.expect("example's file", (self.root / "out.bib").read_text("utf-8"),
                    (HERE / "example.bib").read_text("utf-8"))
        style = self.compile("style", SAMPLES / "example-style.c")
        done = self.works("example-style", style, "apa-like", SAMPLES / "library.bib")
        self.expect("example-style", done.stdout, (HERE / "style.out").read_text("utf-8"))
        self.expect("nothing is there",
                    self.run(example, "no such file", self.root / "none.bib").returncode, 1)

    def clash(self):
        wanted = '{"id":"k","type":"book","citation-key":"k","title":"Piers"}\n'
        ways = [False] + ([True] if (self.lib / "libciteconv.a").exists() else [])
        for static in ways:
            program = self.compile(f"clash-{static}", HERE / "clash.c", static)
            self.expect("clash", self.works("clash", program).stdout, wanted)

    def no_memory(self):
        if self.flags:
            return  # sanitizers need more than they could be given
        program = self.compile("no-memory", HERE / "no_memory.c")
        done = self.run(program)
        self.expect("no memory", (done.returncode, done.stdout, done.stderr),
                    (-6, "hook\n", ""))
        done = self.run(program, "leave")
        self.expect("no memory, left", (done.returncode, done.stdout, done.stderr),
                    (0, "left\n", ""))

    def package(self):
        tree = self.root / "project"
        static = (self.lib / "libciteconv.a").exists()
        self.works("configure", self.cmake, "-S", HERE / "project", "-B", tree,
                   f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DCMAKE_C_COMPILER={self.cc}",
                   f"-DCMAKE_C_FLAGS={' '.join(self.flags)}", f"-DSOURCE={HERE / 'clash.c'}",
                   f"-DWITH_STATIC={'ON' if static else 'OFF'}")
        self.works("build", self.cmake, "--build", tree)
        for name in ["shared"] + (["static"] if static else []):
            self.works(f"the package's {name}", tree / name)


def main():
    build, cmake, nm, cc, *flags = sys.argv[1:]
    with tempfile.TemporaryDirectory() as root:
        check = Check(pathlib.Path(root), build, cmake, nm, cc, flags)
        check.install()
        for step in (check.exports, check.manual, check.header, check.examples,
                     check.clash, check.no_memory, check.package):
            try:
                step()
            except Broken as broken:
                check.found.append(str(broken))
    print("\n".join(check.found) or "installed, compiled and run as users do")
    return 1 if check.found else 0


if __name__ == "__main__":
    sys.exit(main())
