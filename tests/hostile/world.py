# SPDX-License-Identifier: MIT
"""Running the program on hostile input: how it ends, how long it takes, how much it needs."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

MIB = 1024 * 1024
REPORTS = (b"AddressSanitizer", b"LeakSanitizer", b"runtime error:", b"UndefinedBehavior")

# A fork between this process and the program: the kernel's highest resident size of a
# process includes what its parent had when it was forked, and this one is small.
MEASURE = """
import os, sys
pid = os.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
status, used = os.wait4(pid, 0)[1:]
with open(sys.argv[1], "w") as file:
    file.write(f"{status} {used.ru_utime + used.ru_stime} {used.ru_maxrss}")
"""

class Done:
    """How a run ended."""

    def __init__(self, status, out, err, seconds, rss):
        self.status, self.out, self.err = status, out, err
        self.seconds, self.rss = seconds, rss

    def wrong(self, *fine):
        """What no run may end with; `fine` are the statuses that are."""
        for report in REPORTS:
            if report in self.err:
                at = self.err.index(report)
                return "sanitizer: " + self.err[at : at + 200].decode("utf-8", "replace")
        if self.status == "late":
            return f"not done after {self.seconds:.0f} s"
        if isinstance(self.status, str):
            return f"killed by {self.status}"
        if self.status not in (fine or (0, 1)):
            last = self.err.strip().split(b"\n")[-1][:160]
            return f"status {self.status} ({last.decode('utf-8', 'replace')})"
        return ""


def status_of(raw):
    if os.WIFSIGNALED(raw):
        return signal.Signals(os.WTERMSIG(raw)).name
    return os.WEXITSTATUS(raw)


class World:
    def __init__(self, program, page, scratch, sanitized):
        self.program, self.page, self.scratch = program, page, scratch
        self.sanitized = sanitized
        self.small = sanitized or bool(os.environ.get("CITECONV_SMALL"))
        self.limit = 60 if sanitized else 20
        self.number, self.lock = 0, threading.Lock()
        self.env = dict(os.environ, ASAN_OPTIONS="exitcode=99", UBSAN_OPTIONS="exitcode=99")

    def place(self, name="file"):
        with self.lock:
            self.number += 1
            return os.path.join(self.scratch, f"{name}-{self.number}")

    def size(self, usual, small):
        return small if self.small else usual

    def quick(self, data, *args, limit=None):
        """A run over little input, without measuring."""
        limit = limit or self.limit
        begun = time.monotonic()
        try:
            done = subprocess.run(
                [self.program, *args], input=data, capture_output=True, env=self.env, timeout=limit
            )
        except subprocess.TimeoutExpired:
            return Done("late", b"", b"", limit, 0)
        status = done.returncode
        if status < 0:
            status = signal.Signals(-status).name
        return Done(status, done.stdout, done.stderr, time.monotonic() - begun, 0)

    def measured(self, chunks, *args, limit=None, keep_output=True):
        """A run fed through a pipe, piece by piece; CPU time and highest resident size."""
        limit = limit or self.limit
        used, out, err = self.place("used"), self.place("out"), self.place("err")
        begun = time.monotonic()
        with open(out if keep_output else os.devnull, "wb") as out_file, open(err, "wb") as err_file:
            child = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", MEASURE, used, self.program, *args],
                stdin=subprocess.PIPE,
                stdout=out_file,
                stderr=err_file,
                env=self.env,
                start_new_session=True,
            )
            feeder = threading.Thread(target=feed, args=(child.stdin, chunks), daemon=True)
            feeder.start()
            try:
                child.wait(limit)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
            feeder.join()
        done = Done("late", b"", b"", time.monotonic() - begun, 0)
        if os.path.exists(used):
            with open(used, encoding="ascii") as file:
                raw, seconds, rss = file.read().split()
            done = Done(status_of(int(raw)), b"", b"", float(seconds), int(rss) * 1024)
            os.unlink(used)
        if keep_output:
            with open(out, "rb") as file:
                done.out = file.read()
            os.unlink(out)
        with open(err, "rb") as file:
            done.err = file.read(4 * MIB)
            done.err_size = os.fstat(file.fileno()).st_size
        os.unlink(err)
        return done


    def timed(self, chunks, *args):
        """A run whose CPU time alone matters."""
        with open(os.devnull, "wb") as nowhere, tempfile.TemporaryFile() as err:
            child = subprocess.Popen(
                [self.program, *args],
                stdin=subprocess.PIPE,
                stdout=nowhere,
                stderr=err,
                env=self.env,
            )
            resource.prlimit(child.pid, resource.RLIMIT_CPU, (self.limit, self.limit))
            watch = threading.Timer(4 * self.limit, child.kill)  # others may be busy
            feeder = threading.Thread(target=feed, args=(child.stdin, chunks), daemon=True)
            watch.start()
            feeder.start()
            raw, used = os.wait4(child.pid, 0)[1:]
            child.returncode = os.waitstatus_to_exitcode(raw)
            seconds = used.ru_utime + used.ru_stime
            late = not watch.is_alive() or seconds >= self.limit - 1
            watch.cancel()
            feeder.join()
            err.seek(0)
            message = err.read(MIB)
        return Done("late" if late else status_of(raw), b"", message, seconds, 0)


def feed(pipe, chunks):
    try:
        for chunk in [chunks] if isinstance(chunks, bytes) else chunks:
            pipe.write(chunk)
        pipe.close()
    except (BrokenPipeError, ConnectionResetError):
        pass


def repeated(unit, count):
    """unit * count in pieces that this process can afford."""
    per = max(1, 65536 // len(unit))
    piece = unit * per
    for _ in range(count // per):
        yield piece
    yield unit * (count % per)


def chain(*parts):
    for part in parts:
        if isinstance(part, bytes):
            yield part
        else:
            yield from part


failed = []
telling = threading.Lock()


def check(world, name, function, *args):
    try:
        why = function(world, *args)
    except (OSError, ValueError, KeyError, IndexError) as error:
        why = f"{type(error).__name__}: {error}"
    with telling:
        print(f"FAIL {name}: {why}" if why else f"ok {name}", flush=True)
    if why:
        failed.append(name)


def json_wrong(done, array):
    """Whether CSL-JSON is no UTF-8 or no JSON; array or lines."""
    try:
        text = done.out.decode("utf-8")
        if array:
            if not text.strip() and done.status == 1:
                return ""  # nothing was known of the input, so nothing was begun
            items = json.loads(text)
            return "" if isinstance(items, list) else "JSON, but no array"
        for line in text.split("\n")[:-1]:
            json.loads(line)
        return "" if not text or text.endswith("\n") else "no line end at the end"
    except ValueError as error:
        return f"invalid output: {error}"


def output_wrong(done, args):
    target = args[args.index("-t") + 1] if "-t" in args else args[0]
    if target in ("csl-json", "csl-jsonl"):
        return json_wrong(done, target == "csl-json")
    try:
        done.out.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"invalid output: {error}"
    return ""


def every(world, cases, name_of):
    """Runs (data, args) many at a time; what the first wrong one did, or nothing."""
    found = []

    def one(case):
        if found:
            return
        data, args = case[:2]
        done = world.quick(data, *args)
        why = done.wrong() or output_wrong(done, args)
        if why:
            kept = world.place("case")
            found.append(f"{name_of(case)}: {why}; input {data[:200]!r}, {len(data)} bytes")
            with open(kept, "wb") as file:
                file.write(data)

    with ThreadPoolExecutor((os.cpu_count() or 2) + 1) as pool:
        list(pool.map(one, cases))
    return found[0] if found else ""
