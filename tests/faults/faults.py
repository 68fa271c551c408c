#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What citeconv promises when the world fails, tried through the program as users run it.

    faults.py CITECONV FAULTS_SO PAGE

Memory that runs out, disks that are full, pipes that close and calls that are
interrupted end with the status the manual gives, one message, and no crash.  A file
named by -o appears whole or not at all: what was there before stays, and nothing is
left beside it.  FAULTS_SO is faults.c, built as a library to preload; it makes the n-th
call fail, and the checks count n up until no call is left to fail.

One line a check.  Exit status 0, 1 where any failed, 77 where none can run.
"""

import errno
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

FORMATS = ("bibtex", "ris", "csl-json", "csl-jsonl", "text")
CALLS_MOST = 20000
# Something of each language for its reader, and parents, namesakes and duplicates for
# the stages.
INPUTS = {
    "csl-json": """[{"id": "a", "type": "book", "title": "T", "issued": {"raw": "2001"}},
{"id": "b", "type": "book", "title": "U", "author": [{"family": "Li"}]}]
""",
    "bibtex": """@string{j = {A Journal}}
@comment{said}
@inbook{one, author = {van der Meer, Ada and {Body}}, title = {A {T} of $x$}, crossref = {two}}
@article{a, author = {Li, W.}, title = {Twice the \\emph{same} thing}, journal = j # { X},
  year = 2001, doi = {10.5555/x}, month = mar, keywords = {a, b}}
@article{b, author = {Li, W.}, title = {Twice the same thing}, year = 2001, doi = {10.5555/x}}
@book{two, title = {B}, editor = {Nwosu, Ada}, date = {2001-02/..}, junk 1}
""",
    "ris": """TY  - CONF
AU  - van der Meer, Ada, Jr.
TI  - A &lt;i&gt;Title&lt;/i&gt;
T2  - A Meeting
DA  - 2001/02/03/
KW  - one; two
M2  - Citation Key: one
DO  - https://doi.org/10.5555/x
ER  -
""",
}
TIME_LIMIT = 20
NOBODY = 65534

failed = []


def told(name, why=""):
    print(f"FAIL {name}: {why}" if why else f"ok {name}", flush=True)
    if why:
        failed.append(name)


def check(name):
    """A function whose result is what is wrong, or nothing, as a check."""

    def wrap(function):
        def run(*args):
            try:
                why = function(*args)
            except subprocess.TimeoutExpired:
                why = f"still running after {TIME_LIMIT} s"
            except (OSError, ValueError) as error:
                why = f"{type(error).__name__}: {error}"
            told(name.format(*args), why or "")

        return run

    return wrap


class World:
    """The program, the library, the page, and a directory for each run."""

    def __init__(self, program, library, page, scratch):
        self.program, self.library, self.page = program, library, page
        self.scratch, self.number, self.lock = scratch, 0, threading.Lock()
        self.sparse = False

    def place(self):
        with self.lock:
            self.number += 1
            path = os.path.join(self.scratch, str(self.number))
        os.mkdir(path)
        return path

    def run(self, *args, faults=None, stdin=subprocess.DEVNULL, **more):
        env = {k: v for k, v in os.environ.items() if not k.startswith("FAULT_")}
        if faults:
            env.update(faults, LD_PRELOAD=self.library)
        more.setdefault("stdout", subprocess.PIPE)
        more.setdefault("stderr", subprocess.PIPE)
        if "input" not in more:
            more["stdin"] = stdin
        return subprocess.run([self.program, *args], env=env, timeout=TIME_LIMIT, **more)


def crashed(done):
    return f"killed by {signal.Signals(-done.returncode).name}" if done.returncode < 0 else ""


def errors(done):
    return [line for line in done.stderr.split(b"\n") if b" error: " in line]


def short(output):
    return (output or b"").decode("utf-8", "replace").strip()[-160:]


def world_failed(done, message=True):
    """Status 3, and one error that says so."""
    if done.returncode != 3:
        return crashed(done) or f"status {done.returncode}, not 3 ({short(done.stderr)})"
    count = len(errors(done))
    if message and count != 1:
        return f"{count} error messages, not 1 ({short(done.stderr)})"
    return ""


def normal(world, *args):
    done = world.run(*args)
    if done.returncode not in (0, 1):
        raise ValueError(f"cannot convert the page at all: {short(done.stderr)}")
    return done


# --- The n-th call fails ---------------------------------------------------------------


def sweep(world, judge, begin=1, stride=1):
    """judge(n) gives what is wrong, or None where there was no n-th call.

    Where a world is `sparse`, not every n is tried: the first calls are, and then fewer.
    Those that make the same calls but for a few share the numbers out: each takes one of
    `stride`, from `begin` on.
    """
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        step = 64
        for first in range(begin, CALLS_MOST, step):
            every = stride if first == begin or not world.sparse else 13
            numbers = range(first, first + step, every)
            for n, why in zip(numbers, pool.map(judge, numbers)):
                if why is None:
                    return "" if n > 1 else "no such call was ever made"
                if why:
                    return f"n={n}: {why}"
    return f"still failing after {CALLS_MOST} calls"


def target_in(place, old):
    target = os.path.join(place, "out.bib")
    if old is not None:
        with open(target, "wb") as file:
            file.write(old)
    return target


def file_wrong(place, old, whole, status):
    """Whether -o FILE is neither what was there before nor the whole new one."""
    left = sorted(os.listdir(place))
    if [name for name in left if name not in ("out.bib", "log")]:
        return f"left behind: {left}"
    try:
        with open(os.path.join(place, "out.bib"), "rb") as file:
            now = file.read()
    except FileNotFoundError:
        now = None
    wanted = whole if status in (0, 1) else old
    if now != wanted:
        kind = "missing" if now is None else "changed" if old else "partial"
        return f"status {status}, but FILE is {kind}"
    return ""


def all_fired(spec, log):
    """Whether each fault that was asked for is in the log."""
    try:
        with open(log, "rb") as names:
            seen = {name.decode() for name in names.read()[32:].replace(b"\0", b" ").split()}
    except FileNotFoundError:
        return False
    return all(name in seen for name in spec)


def with_fault(world, spec, args, old, whole, stdin=False, needed=None):
    """Runs with faults; the log in the run's own directory tells if all happened."""
    place = world.place()
    faults = dict(spec, FAULT_LOG=os.path.join(place, "log"))
    if whole is not None:
        args = ("-o", target_in(place, old), *args)
    if stdin:
        with open(world.page, "rb") as page:
            done = world.run(*args, faults=faults, stdin=page)
    else:
        done = world.run(*args, world.page, faults=faults)
    fired = all_fired(needed or spec, os.path.join(place, "log"))
    wrong = crashed(done)
    if not wrong and whole is not None:
        wrong = file_wrong(place, old, whole, done.returncode)
    shutil.rmtree(place)
    return done, fired, wrong


@check("memory runs out: {1}")
def memory_runs_out(world, name, args, old, spec, begin=1, stride=1):
    """Where libc can do without, the output is the usual one; else status 3.

    glibc's iconv_open gives EINVAL where a module found no memory to be loaded, so that
    a charset may seem unknown: no output is right then, too, with status 2.
    """
    usual = normal(world, *args, world.page)
    whole = usual.stdout if old is not None or "file" in name else None

    def judge(n):
        done, fired, wrong = with_fault(
            world, dict(spec, FAULT_MALLOC=str(n)), args, old, whole, needed=["FAULT_MALLOC"]
        )
        if not fired:
            return None
        if wrong:
            return wrong
        if done.returncode == usual.returncode:
            same = done.stdout == (b"" if whole is not None else usual.stdout)
            return "" if same else "the usual status, but another output"
        if "charset" in " ".join(args) and b"unknown charset" in done.stderr:
            return "" if done.returncode == 2 and not done.stdout else "wrote something"
        return world_failed(done) or (
            "" if b"memory" in done.stderr else f"says {short(done.stderr)}"
        )

    return sweep(world, judge, begin, stride)


@check("{1}")
def call_fails(world, name, call, error, args, old, stdin):
    """Status 3 and one message that gives the reason; -o FILE stays what it was."""
    usual = normal(world, *args, world.page)
    whole = usual.stdout if "-o" in name else None

    def judge(n):
        done, fired, wrong = with_fault(
            world, {call: f"{n}:{error}"}, args, old, whole, stdin
        )
        if not fired:
            return None
        reason = os.strerror(error).encode()
        return (
            wrong
            or world_failed(done)
            or ("" if reason in done.stderr else f"says {short(done.stderr)}")
        )

    return sweep(world, judge)


@check("{1}")
def makes_no_difference(world, name, args, spec):
    usual = normal(world, *args, world.page)
    with open(world.page, "rb") as page:
        by_pipe = world.run(*args, faults=spec, input=page.read())
    by_name = world.run(*args, world.page, faults=spec)
    for done in (by_name, by_pipe):
        if done.returncode != usual.returncode:
            return crashed(done) or f"status {done.returncode}, not {usual.returncode}"
        if done.stdout != usual.stdout:
            return "another output than without the fault"
    return "" if by_name.stderr == usual.stderr else "other messages"


@check("-o FILE where the file system cannot make files without a name{1}")
def named_instead(world, name, spec, status):
    """Opening with O_TMPFILE fails as it does on NFS and FAT, or linkat as it does without
    /proc."""
    usual = normal(world, world.page)
    done, fired, wrong = with_fault(world, spec, (), b"old\n", usual.stdout)
    if not fired:
        return "the library saw no such open"
    if wrong or done.returncode != status:
        return wrong or f"status {done.returncode}, not {status} ({short(done.stderr)})"
    return ""


# --- Readers, stages, reports --------------------------------------------------------------


def world_of(world, name, text):
    """The same program with another text to read."""
    place = world.place()
    page = os.path.join(place, "input")
    with open(page, "w", encoding="utf-8") as file:
        file.write(text)
    other = World(world.program, world.library, page, place)
    other.sparse = True
    return other


@check("a report while {1}")
def report_fails(world, name, call):
    """Records and report appear whole, or not at all."""
    place = world.place()
    report = os.path.join(place, "usual")
    usual = normal(world, "--report", report, world.page)
    with open(report, "rb") as file:
        whole = file.read()

    def judge(n):
        run = world.place()
        log, written, told = (os.path.join(run, name) for name in ("log", "out.bib", "report"))
        faults = {call: str(n), "FAULT_LOG": log}
        done = world.run("--report", told, "-o", written, world.page, faults=faults)
        if not all_fired([call], log):
            return None
        if done.returncode != usual.returncode:
            wrong = world_failed(done)
            if wrong:
                return wrong
        for path, wanted in ((written, usual.stdout), (told, whole)):
            if os.path.exists(path):
                with open(path, "rb") as file:
                    if file.read() != wanted:
                        return f"{os.path.basename(path)} is torn"
            elif done.returncode == usual.returncode:
                return f"the usual status, but no {os.path.basename(path)}"
        return ""

    return sweep(world, judge)


def check_threads(world):
    """The same from threads, which ends them all: what one of them meets, in whatever turn."""
    small = world_of(world, "bibtex", INPUTS["bibtex"])
    entry = "@book{k%d, title = {%s}, author = {Li, W. %d}, year = 2001}\n"
    large = world_of(world, "large", "".join(entry % (i, "word " * 60, i) for i in range(2500)))
    for jobs in ("-j2", "-j4"):
        args = (jobs, "-q", "-f", "bibtex", "-t", "ris")
        memory_runs_out(small, f"{jobs}, -o file", args, b"old\n", {})
        memory_runs_out(large, f"{jobs}, much input", args, None, {}, 700, 7)
        for call, error in (("FAULT_READ", errno.EIO), ("FAULT_WRITE", errno.ENOSPC)):
            call_fails(large, f"{call[6:].lower()} fails, {jobs}, -o", call, error, args, b"old\n",
                       False)
        both = {"FAULT_SHORT": "1", "FAULT_EINTR": "1"}
        makes_no_difference(small, f"one byte and EINTR by turns, {jobs}", args, both)
        for name in ("SIGKILL", "SIGTERM", "SIGINT"):
            killed(large, name, *args)


def check_stages(world):
    """Files that are read before the input, or twice, and what is put aside on disk."""
    entry = "@book{k%d, title = {%s}, author = {Li, W. %d}, year = 2001}\n"
    large = "".join(entry % (i, "word " * 60, i * 7919 % 1000) for i in range(2500))
    spooling = world_of(world, "large", large)
    few = "".join(entry % (i, "word", i) for i in range(400))
    tables = world_of(world, "few", few)
    for other, args in ((spooling, ("--sort=author", "-t", "ris")),
                        (tables, ("--key=[auth]", "-t", "bibtex"))):
        args += ("--memory=1K", "-q", "-f", "bibtex")
        for call, error in (("FAULT_PWRITE", errno.ENOSPC), ("FAULT_PREAD", errno.EIO)):
            call_fails(other, f"{call[6:].lower()} of a temporary file fails, {args[0]}, -o", call,
                       error, args, b"old\n", False)
    lean = world_of(world, "lean", INPUTS["csl-json"])
    call_fails(lean, "read of csl-json fails, -o", "FAULT_READ", errno.EIO,
               ("-f", "csl-json", "-t", "ris"), b"old\n", False)
    place = world.place()
    names = {name: os.path.join(place, name) for name in ("paper.aux", "paper.bcf", "cites")}
    for name, text in (("paper.aux", "\\citation{a}\n"), ("cites", "[@a]\n"),
                       ("paper.bcf", "<bcf:citekey>a</bcf:citekey>\n")):
        with open(names[name], "w", encoding="utf-8") as file:
            file.write(text)
    bibtex = world_of(world, "bibtex", INPUTS["bibtex"])
    for args in (("--aux", names["paper.aux"]), ("--bcf", names["paper.bcf"]),
                 ("--style=numeric", "--cite", names["cites"]), ("--check",)):
        call_fails(bibtex, f"read fails: {args[0]}", "FAULT_READ", errno.EIO,
                   (*args, "-f", "bibtex"), None, False)


def check_readers(world):
    worlds = {name: world_of(world, name, text) for name, text in INPUTS.items()}
    for name in ("bibtex", "ris"):
        args = ("-f", name, "-t", "csl-json")
        memory_runs_out(worlds[name], f"{name} is read, -o file", args, b"old\n", {})
        call_fails(worlds[name], f"read of {name} fails, -o", "FAULT_READ", errno.EIO, args,
                   b"old\n", False)
    bibtex = worlds["bibtex"]
    call_fails(bibtex, "read fails: --diff", "FAULT_READ", errno.EIO, ("--diff", "-f", "bibtex"),
               None, False)
    for call, what in (("FAULT_WRITE", "a write fails"), ("FAULT_READ", "a read fails")):
        report_fails(bibtex, what, call)


# --- Standard streams --------------------------------------------------------------------


@check("/dev/full as standard output: {1}")
def full_disk(world, name, args):
    with open("/dev/full", "wb") as full:
        done = world.run(*args, stdout=full)
    return world_failed(done) or (
        "" if os.strerror(errno.ENOSPC).encode() in done.stderr else short(done.stderr)
    )


@check("the reader goes away: {1}")
def reader_gone(world, name, args, data, wanted):
    """Quiet, and the status is the one without the closed pipe, large output or small."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        if data is None:
            done = world.run(*args, stdout=write_end)
        else:
            done = world.run(*args, stdout=write_end, input=data)
    finally:
        os.close(write_end)
    if done.returncode not in wanted:
        return crashed(done) or f"status {done.returncode}, not one of {wanted}"
    return f"says {short(done.stderr)}" if errors(done) else ""


@check("the reader goes away with SIGPIPE ignored and not: same end")
def reader_gone_signal(world):
    ends = []
    for restore in (True, False):
        read_end, write_end = os.pipe()
        os.close(read_end)
        done = world.run("-q", world.page, stdout=write_end, restore_signals=restore)
        os.close(write_end)
        ends.append((done.returncode, done.stderr))
    return "" if ends[0] == ends[1] else f"{ends[0]} and {ends[1]}"


def closing(*numbers):
    def close_them():
        for number in numbers:
            os.close(number)

    return close_them


@check("standard output closed: status 3")
def output_closed(world):
    return world_failed(world.run(world.page, stdout=None, preexec_fn=closing(1)))


@check("standard input closed: status 3")
def input_closed(world):
    return world_failed(world.run(preexec_fn=closing(0)))


@check("standard input closed, a file named: as usual")
def input_closed_unused(world):
    usual = normal(world, world.page)
    done = world.run(world.page, preexec_fn=closing(0))
    return "" if (done.returncode, done.stdout) == (usual.returncode, usual.stdout) else (
        f"status {done.returncode} or another output ({short(done.stderr)})"
    )


@check("closed at the start: {1}; -o FILE is the usual one")
def closed_with_file(world, name, numbers):
    """No message may land in the file because it got the number of a closed stream."""
    usual = normal(world, world.page)
    place = world.place()
    target = target_in(place, None)
    done = world.run(
        "-o", target, world.page, stderr=subprocess.DEVNULL, preexec_fn=closing(*numbers)
    )
    if done.returncode != usual.returncode:
        return crashed(done) or f"status {done.returncode}, not {usual.returncode}"
    return file_wrong(place, None, usual.stdout, done.returncode)


@check("standard error closed: output as usual")
def errors_closed(world):
    usual = normal(world, world.page)
    done = world.run(world.page, stderr=None, preexec_fn=closing(2))
    same = (done.returncode, done.stdout) == (usual.returncode, usual.stdout)
    return "" if same else f"status {done.returncode} or another output"


@check("standard error full: output as usual")
def errors_full(world):
    usual = normal(world, world.page)
    with open("/dev/full", "wb") as full:
        done = world.run(world.page, stderr=full)
    same = (done.returncode, done.stdout) == (usual.returncode, usual.stdout)
    return "" if same else f"status {done.returncode} or another output"


@check("standard error a closed pipe: output as usual")
def errors_pipe(world):
    usual = normal(world, world.page)
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = world.run(world.page, stderr=write_end)
    os.close(write_end)
    same = (done.returncode, done.stdout) == (usual.returncode, usual.stdout)
    return "" if same else f"status {done.returncode} or another output"


@check("a pipe that does not block: output whole, or status 3")
def not_blocking(world):
    """Some terminals and parents leave such pipes; a torn output must not look fine."""
    with open(world.page, "rb") as file:
        data = file.read() * 100
    usual = world.run("-f", "arrow", "-q", input=data)
    ours, theirs = socket.socketpair()
    theirs.setblocking(False)
    place = world.place()
    path = os.path.join(place, "in")
    with open(path, "wb") as file:
        file.write(data)
    got = []
    reader = threading.Thread(target=lambda: got.extend(iter(lambda: ours.recv(65536), b"")))
    reader.start()
    done = world.run("-q", path, stdout=theirs.fileno())
    theirs.close()
    reader.join()
    ours.close()
    if done.returncode == usual.returncode:
        return "" if b"".join(got) == usual.stdout else "status fine, output torn"
    return world_failed(done)


# --- Files -------------------------------------------------------------------------------


@check("input that cannot be read: {1}")
def bad_input(world, name, path, old):
    """Status 3, the name in the message, and nothing written."""
    place = world.place()
    target = target_in(place, old)
    done = world.run("-o", target, path)
    return (
        world_failed(done)
        or file_wrong(place, old, b"", 3)
        or ("" if os.path.basename(path).encode() in done.stderr else "no name in the message")
    )


@check("one of two inputs is missing: nothing is written")
def second_missing(world):
    done = world.run(world.page, os.path.join(world.scratch, "nowhere.txt"))
    return world_failed(done) or ("" if done.stdout == b"" else "wrote something")


@check("-o into a directory that is not there")
def no_directory(world):
    done = world.run("-o", os.path.join(world.place(), "no", "out.bib"), world.page)
    return world_failed(done)


@check("-o to a directory")
def is_directory(world):
    place = world.place()
    return world_failed(world.run("-o", place, world.page)) or (
        "left something in it" if os.listdir(place) else ""
    )


@check("-o onto the input {1}: status 2, input untouched")
def onto_input(world, name, how):
    place = world.place()
    path, target = os.path.join(place, "page.txt"), os.path.join(place, "page.txt")
    shutil.copy(world.page, path)
    args, stdin = (path,), subprocess.DEVNULL
    if how == "symlink":
        target = os.path.join(place, "link.bib")
        os.symlink("page.txt", target)
    elif how == "hard link":
        target = os.path.join(place, "link.bib")
        os.link(path, target)
    elif how == "stdin":
        args, stdin = (), open(path, "rb")
    try:
        done = world.run("-o", target, *args, stdin=stdin)
    finally:
        if how == "stdin":
            stdin.close()
    with open(path, "rb") as now, open(world.page, "rb") as before:
        if now.read() != before.read():
            return "the input was overwritten"
    return "" if done.returncode == 2 and errors(done) else f"status {done.returncode}"


@check("appending to the input with >>: status 2, input untouched")
def append_to_input(world):
    place = world.place()
    path = os.path.join(place, "page.txt")
    shutil.copy(world.page, path)
    with open(path, "ab") as out:
        done = world.run(path, stdout=out)
    with open(path, "rb") as now, open(world.page, "rb") as before:
        if now.read() != before.read():
            return "the input grew"
    return "" if done.returncode == 2 else f"status {done.returncode}"


@check("-o {1} is standard output")
def stdout_by_name(world, name):
    usual = normal(world, world.page)
    by_pipe = world.run("-t", "bibtex", "-o", name, world.page)
    place = world.place()
    path = os.path.join(place, "out")
    with open(path, "wb") as out:
        out.write(b"before\n")
        out.flush()
        by_file = world.run("-t", "bibtex", "-o", name, world.page, stdout=out)
        out.seek(0, os.SEEK_END)
        out.write(b"after\n")
    with open(path, "rb") as out:
        content = out.read()
    if by_pipe.stdout != usual.stdout or by_pipe.returncode != usual.returncode:
        return f"another output through a pipe (status {by_pipe.returncode})"
    if by_file.returncode != usual.returncode:
        return f"status {by_file.returncode} ({short(by_file.stderr)})"
    same = content == b"before\n" + usual.stdout + b"after\n"
    return "" if same else "what the shell redirected was replaced"


@check("-o to a FIFO")
def to_fifo(world):
    usual = normal(world, world.page)
    path = os.path.join(world.place(), "out.bib")
    os.mkfifo(path)
    got = []

    def read():
        with open(path, "rb") as pipe:
            got.append(pipe.read())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    done = world.run("-o", path, world.page)
    reader.join(TIME_LIMIT)
    if not stat.S_ISFIFO(os.lstat(path).st_mode):
        return "the FIFO was replaced"
    same = got == [usual.stdout] and done.returncode == usual.returncode
    return "" if same else f"status {done.returncode} or another output"


@check("-o to a FIFO whose reader goes away: quiet")
def to_fifo_gone(world):
    path = os.path.join(world.place(), "out.bib")
    os.mkfifo(path)
    reader = threading.Thread(target=lambda: open(path, "rb").close(), daemon=True)
    reader.start()
    with open(world.page, "rb") as page:
        done = world.run("-q", "-f", "arrow", "-o", path, input=page.read() * 200)
    reader.join(TIME_LIMIT)
    quiet = done.returncode in (0, 1) and not done.stderr
    return "" if quiet else crashed(done) or f"status {done.returncode}, {short(done.stderr)}"


@check("-o to a symbolic link {1}: the link stays, its target is written")
def to_symlink(world, name, how):
    usual = normal(world, world.page)
    place = world.place()
    away = os.path.join(place, "away")
    os.mkdir(away)
    target, link = os.path.join(away, "real.bib"), os.path.join(place, "out.bib")
    os.symlink(os.path.join("away", "real.bib"), link)
    if how == "there":
        with open(target, "wb") as file:
            file.write(b"old\n")
    done = world.run("-o", link, world.page)
    if done.returncode != usual.returncode:
        return f"status {done.returncode} ({short(done.stderr)})"
    if not os.path.islink(link):
        return "the link was replaced by a file"
    with open(target, "rb") as file:
        return "" if file.read() == usual.stdout else "its target has another content"


@check("-o keeps the mode of what was there; a new file heeds the umask")
def keeps_mode(world):
    place = world.place()
    target = target_in(place, b"old\n")
    os.chmod(target, 0o4640)  # what runs as its owner was not made by this one
    world.run("-o", target, world.page)
    fresh = os.path.join(place, "fresh.bib")
    world.run("-o", fresh, world.page, preexec_fn=lambda: os.umask(0o027))
    modes = [stat.S_IMODE(os.stat(path).st_mode) for path in (target, fresh)]
    return "" if modes == [0o640, 0o640] else f"modes {[oct(mode) for mode in modes]}"


@check("killed half-way with {1}, {2} first: no FILE, nothing beside it")
def killed(world, name, *args):
    place = world.place()
    target = os.path.join(place, "out.bib")
    with open(world.page, "rb") as page:
        data = page.read()
    child = subprocess.Popen(
        [world.program, *args, "-o", target],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    child.stdin.write(data * 50)
    child.stdin.flush()
    child.send_signal(getattr(signal, name))
    child.wait(TIME_LIMIT)
    child.stdin.close()
    left = os.listdir(place)
    return f"left behind: {left}" if left else ""


@check("a limit on the size of files: status 3, no FILE")
def size_limit(world):
    """A write beyond the limit raises SIGXFSZ, which kills whoever does not mind it."""
    import resource

    place = world.place()
    target = os.path.join(place, "out.bib")
    done = world.run(
        "-o",
        target,
        world.page,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    if os.listdir(place):
        return f"left behind: {os.listdir(place)}"
    if done.returncode == -signal.SIGXFSZ:
        return ""  # the usual end of a program at that limit, and nothing is left
    return world_failed(done)


# --- As somebody who is not root --------------------------------------------------------


def as_mortal(world, page, *args):
    """Runs as nobody where we are root, else as ourselves."""
    more = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    return world.run(*args, page, cwd="/", **more)


def mortal_world(world):
    """A copy of program and page that nobody may read; None where that does not work."""
    place = world.place()
    for path in (world.scratch, place):
        os.chmod(path, 0o755)
    program, page = os.path.join(place, "citeconv"), os.path.join(place, "page.txt")
    shutil.copy(world.program, program)
    shutil.copy(world.page, page)
    os.chmod(program, 0o755)
    os.chmod(page, 0o644)
    mortal = World(program, world.library, page, world.scratch)
    mortal.number = 1000000
    try:
        done = as_mortal(mortal, page, "-q")
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return mortal if done.returncode in (0, 1) else None


@check("-o into a directory that may not be written")
def locked_directory(world):
    place = world.place()
    os.chmod(place, 0o555)
    done = as_mortal(world, world.page, "-o", os.path.join(place, "out.bib"))
    return world_failed(done) or ("left something" if os.listdir(place) else "")


@check("-o onto a file that may not be written")
def locked_target(world):
    place = world.place()
    os.chmod(place, 0o777)
    target = target_in(place, b"old\n")
    os.chmod(target, 0o444)
    done = as_mortal(world, world.page, "-o", target)
    return world_failed(done) or file_wrong(place, b"old\n", b"", 3)


@check("input that may not be read")
def locked_input(world):
    place = world.place()
    path = os.path.join(place, "page.txt")
    shutil.copy(world.page, path)
    os.chmod(path, 0)
    done = as_mortal(world, path)
    return world_failed(done) or ("" if b"page.txt" in done.stderr else "no name given")


# ------------------------------------------------------------------------------------------


def check_calls(world):
    unnamed = {"FAULT_TMPFILE": "1"}
    memory_runs_out(world, "bibtex", ("-t", "bibtex"), None, {})
    memory_runs_out(world, "file that was there", ("-t", "bibtex"), b"old\n", {})
    others = [(name, ("-t", name), None, {}) for name in FORMATS[1:]]
    others += [(f"to {charset}", ("--to-charset", charset), None, {})
               for charset in ("latin1", "ascii//TRANSLIT", "utf-16")]
    others += [("from latin1", ("--from-charset", "latin1"), None, {}),
               ("text --width 60", ("-t", "text", "--width", "60"), None, {}),
               ("--verbose, JSON", ("-v", "--diagnostics=json"), None, {}),
               ("new file", ("-t", "bibtex"), None, {}),
               ("file with a name from the start", ("-t", "ris"), b"old\n", unnamed)]
    for number, other in enumerate(others):
        memory_runs_out(world, *other, 1 + number % 4, 4)
    for error in (errno.EIO, errno.EISDIR):
        word = errno.errorcode[error]
        call_fails(world, f"read fails: {word}", "FAULT_READ", error, (), None, False)
        call_fails(world, f"read fails, -o: {word}", "FAULT_READ", error, (), b"old\n", False)
    call_fails(world, "read of stdin fails", "FAULT_READ", errno.EIO, (), None, True)
    for error in (errno.ENOSPC, errno.EIO, errno.EDQUOT):
        word = errno.errorcode[error]
        for name in FORMATS:
            args = ("-t", name)
            call_fails(
                world, f"write of {name} fails: {word}", "FAULT_WRITE", error, args, None, False
            )
        call_fails(world, f"write fails, -o: {word}", "FAULT_WRITE", error, (), None, False)
        call_fails(
            world, f"write fails, -o, old file: {word}", "FAULT_WRITE", error, (), b"old\n", False
        )
    for call, error in (
        ("FAULT_RENAME", errno.EACCES),
        ("FAULT_FCHMOD", errno.EPERM),
    ):
        word = call[6:].lower()
        call_fails(world, f"{word} fails, -o", call, error, (), b"old\n", False)
    for name in FORMATS:
        for what in ("SHORT", "EINTR"):
            spec = {f"FAULT_{what}": "1"}
            makes_no_difference(world, f"{what} reads and writes: {name}", ("-t", name), spec)
    both = {"FAULT_SHORT": "1", "FAULT_EINTR": "1"}
    makes_no_difference(world, "one byte and EINTR by turns, verbose", ("-v",), both)
    makes_no_difference(
        world, "one byte and EINTR by turns, to UTF-16", ("--to-charset", "utf-16"), both
    )
    named_instead(world, "", unnamed, 0)
    named_instead(world, ", nor name them later", {"FAULT_LINKAT": f"1:{errno.EIO}"}, 0)
    full = dict(unnamed, FAULT_WRITE=f"1:{errno.ENOSPC}")
    named_instead(world, "; the write fails", full, 3)
    copy = dict(unnamed, FAULT_WRITE=f"2:{errno.ENOSPC}")
    named_instead(world, "; the copy fails", copy, 3)


def check_streams(world):
    for name in FORMATS:
        full_disk(world, name, ("-t", name, world.page))
    full_disk(world, "--help", ("--help",))
    full_disk(world, "--version", ("--version",))
    full_disk(world, "--list-formats", ("--list-formats",))
    full_disk(world, "-o /dev/full", ("-o", "/dev/full", world.page))
    usual = normal(world, world.page).returncode
    for name in FORMATS:
        reader_gone(world, f"{name}, small output", ("-t", name, world.page), None, (usual,))
    with open(world.page, "rb") as page:
        large = page.read() * 400
    for name in FORMATS:
        args = ("-q", "-f", "arrow", "-t", name)
        reader_gone(world, f"{name}, large output", args, large, (usual,))
    for option in ("--help", "--version", "--list-formats"):
        reader_gone(world, option, (option,), None, (0,))
    reader_gone_signal(world)
    output_closed(world)
    input_closed(world)
    input_closed_unused(world)
    for name, numbers in (
        ("stdout", (1,)),
        ("stderr", (2,)),
        ("stdin and stderr", (0, 2)),
        ("all three", (0, 1, 2)),
    ):
        closed_with_file(world, name, numbers)
    errors_closed(world)
    errors_full(world)
    errors_pipe(world)
    not_blocking(world)


def check_files(world):
    missing = os.path.join(world.scratch, "nowhere.txt")
    for old in (None, b"old\n"):
        after = "" if old is None else ", old FILE stays"
        bad_input(world, "missing" + after, missing, old)
        bad_input(world, "a directory" + after, world.scratch, old)
    second_missing(world)
    no_directory(world)
    is_directory(world)
    for how in ("itself", "symlink", "hard link", "stdin"):
        onto_input(world, f"({how})", how)
    append_to_input(world)
    for name in ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
        stdout_by_name(world, name)
    to_fifo(world)
    to_fifo_gone(world)
    for how in ("there", "to nothing yet"):
        to_symlink(world, how, how)
    keeps_mode(world)
    for name in ("SIGKILL", "SIGTERM", "SIGINT"):
        killed(world, name, "-q", "-f", "arrow")
    size_limit(world)
    mortal = mortal_world(world)
    if mortal is None:
        print("SKIP: what may not be read or written is root's all the same", flush=True)
        return
    locked_directory(mortal)
    locked_target(mortal)
    locked_input(mortal)


def preload_works(world):
    """A program with sanitizers, or linked statically, takes no library in front."""
    place = world.place()
    log = os.path.join(place, "log")
    faults = {"FAULT_MALLOC": "1", "FAULT_LOG": log}
    try:
        world.run("--version", faults=faults)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return os.path.exists(log)


def main():
    if len(sys.argv) != 4:
        print(__doc__.split("\n\n")[1].strip(), file=sys.stderr)
        return 2
    program, library, page = map(os.path.abspath, sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="citeconv-faults-") as scratch:
        world = World(program, library, page, scratch)
        if not preload_works(world):
            print("SKIP: the library cannot be preloaded into this program")
            return 77
        check_calls(world)
        check_readers(world)
        check_threads(world)
        check_stages(world)
        check_streams(world)
        check_files(world)
    print(json.dumps({"failed": failed}) if failed else "all fine")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
