#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds an installation to what users find: installed.py BUILD_DIR.

Installs the program into an empty directory and tries it there: that the helper is
found, that the pages of the manual are there, and that the shells, typed to at a
terminal, complete words by what was installed.  A shell that is not here is named and
skipped.
"""
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BASH_COMPLETION = pathlib.Path("/usr/share/bash-completion/bash_completion")

PAGES = ("man1/citeconv.1", "man5/citeconv-arrow.5", "man5/citeconv-biblatex.5",
         "man5/citeconv-bibtex.5", "man5/citeconv-bibutils.5", "man5/citeconv-csl-json.5",
         "man5/citeconv-fingerprints.5", "man5/citeconv-ris.5", "man5/citeconv-text.5",
         "man7/citeconv-messages.7", "man7/citeconv-venues.7")

# What is typed before the tabulator, and the line that must be there after it.
TYPED = (
    ("--sty", "--style="),
    ("--explain csl-jsonl --q", "--explain csl-jsonl --quiet "),
    ("-f ri", "-f ris "),
    ("-t ri", "-t ris "),
    ("--from=ri", "--from=ris "),
    ("--opt bibtex.f", "--opt bibtex.for="),
    ("--opt html.t", "--opt html.title="),
    ("--style apa-lik", "--style apa-like "),
    ("--unique=m", "--unique=merge "),
    ("--diagnostics gi", "--diagnostics github "),
    ("--from-charset EUC-JISX", "--from-charset EUC-JISX0213 "),
    ("--drop author,chap", "--drop author,chapter-number"),
    ("-o only", "-o only.bib "),
    ("-q onl", "-q only.bib "),
)

BASH = r"""
PS1='> '
bind 'set bell-style none'
show() { printf '%s\n' "$READLINE_LINE" >>"$SHOWN"; READLINE_LINE=; READLINE_POINT=0; }
bind -x '"\C-g": show'
printf 'ready\n' >>"$SHOWN"
"""
ZSH = r"""
PS1='> '
autoload -Uz compinit
compinit -u -D
show() { print -r -- "$BUFFER" >>$SHOWN; BUFFER=; }
zle -N show
bindkey '^G' show
print ready >>$SHOWN
"""


class Terminal:
    """A shell at a terminal, which writes the line it has to a file on Control-G."""

    def __init__(self, command, environment, work):
        self.shown = work / "shown"
        self.shown.write_text("")
        environment = dict(environment, SHOWN=str(self.shown), TERM="xterm")
        pid, self.fd = pty.fork()
        if pid == 0:
            os.chdir(work)
            os.execvpe(command[0], command, environment)
        self.pid = pid

    def line(self, number):
        """The line of that number of the file, or None after a while."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if select.select([self.fd], [], [], 0.05)[0]:
                try:
                    os.read(self.fd, 65536)
                except OSError:
                    return None
            lines = self.shown.read_text("utf-8").splitlines()
            if len(lines) > number:
                return lines[number]
        return None

    def say(self, text):
        os.write(self.fd, text.encode())

    def close(self):
        self.say("\x15exit\r")
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def at_terminal(name, command, setup, environment, work):
    """Yields where a shell completes otherwise than it should."""
    terminal = Terminal(command, environment, work)
    (work / "setup").write_text(setup, "utf-8")
    terminal.say(f" . {work}/setup\r")
    if terminal.line(0) != "ready":
        yield f"{name} does not start"
        return
    for number, (typed, expected) in enumerate(TYPED, 1):
        terminal.say(f"citeconv {typed}\t\x07")
        got = terminal.line(number)
        # Whether a blank or a comma follows is the shell's taste where more could come.
        if got is None or got.rstrip(" ,") != f"citeconv {expected}".rstrip():
            yield f"{name}: '{typed}' becomes {got!r}, not 'citeconv {expected}'"
        elif expected.endswith("=") and got.endswith(" "):
            yield f"{name}: a blank stands behind '{expected}'"
    terminal.close()


def in_fish(environment, work):
    """The same for fish, which can be asked."""
    for typed, expected in TYPED:
        last = expected.rstrip().rsplit(" ", 1)[-1]
        asked = subprocess.run(["fish", "-c", f"complete -C 'citeconv {typed}'"],
                               env=environment, cwd=work, capture_output=True,
                               encoding="utf-8", check=False)
        offered = [line.split("\t")[0] for line in asked.stdout.splitlines()]
        if not any(word == last.rstrip("=") or word.startswith(last) for word in offered):
            yield f"fish: '{typed}' gets {offered[:5]}, not '{last}' {asked.stderr[:300]}"


def completions(environment, prefix, work):
    """Yields what the shells get wrong."""
    for shell in ("bash", "zsh", "fish"):
        if shutil.which(shell) is None:
            print(f"SKIP: {shell} is not installed")
    if shutil.which("bash") is not None:
        script = prefix / "share/bash-completion/completions/citeconv"
        setup = f". {BASH_COMPLETION}" if BASH_COMPLETION.exists() else f". {script}"
        yield from at_terminal("bash", ["bash", "--norc", "--noprofile", "-i"],
                               setup + BASH, environment, work)
    if shutil.which("zsh") is not None:
        setup = f"fpath=({prefix}/share/zsh/vendor-completions $fpath)" + ZSH
        yield from at_terminal("zsh", ["zsh", "-f", "-i"], setup, environment, work)
    if shutil.which("fish") is not None:
        yield from in_fish(environment, work)


def program(environment, prefix, work):
    """Yields what is not where it should be."""
    for page in PAGES:
        if not (prefix / "share/man" / page).is_file():
            yield f"{page} is not installed"
    installed = {f"{p.parent.name}/{p.name}" for p in (prefix / "share/man").glob("*/*")}
    for page in sorted(installed - set(PAGES)):
        yield f"{page} is not known to this test"
    made = subprocess.run(["sh", "-c", "citeconv -q -t mods page.txt | citeconv -f mods"],
                          env=environment, cwd=work, capture_output=True,
                          encoding="utf-8", check=False)
    if len(re.findall(r"^@(?!preamble)", made.stdout, re.M)) != 17:
        yield f"the helper is not found where it is installed: {made.stderr[:300]}"


def faults(build):
    """Yields all faults."""
    with tempfile.TemporaryDirectory(prefix="citeconv-installed-") as work:
        work = pathlib.Path(work)
        prefix, home = work / "prefix", work / "home"
        home.mkdir()
        shutil.copy(ROOT / "samples/page.txt", home)
        (home / "only.bib").write_text("@book{a, title = {B}}\n")
        subprocess.run(["cmake", "--install", build, "--component", "program", "--prefix",
                        prefix], stdout=subprocess.DEVNULL, check=True)
        environment = {"PATH": f"{prefix}/bin:{os.environ['PATH']}", "HOME": str(home),
                       "LC_ALL": "C.UTF-8", "NO_COLOR": "1",
                       "XDG_DATA_DIRS": f"{prefix}/share:/usr/share"}
        yield from program(environment, prefix, home)
        yield from completions(environment, prefix, home)


def main():
    """0 where all is there and works."""
    found = list(faults(sys.argv[1]))
    print("\n".join(found) or "all is where it belongs, and the shells complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
