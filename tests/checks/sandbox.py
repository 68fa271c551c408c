#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What citeconv gives up before it reads, seen from outside, through the program.

    sandbox.py CITECONV

What single system calls meet then is in tests/unit/test_rights.c; that every kind of
conversion works so is what all other tests say, since it is the default.
Exit status 77 where the kernel, or the build, cannot give up rights.
"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = sys.argv[1]
RECORD = b"@book{a, title = {T}, author = {Li, W.}, year = 2001}\n"
PATIENCE = 20  # seconds
failed = []


def told(name, why):
    print(f"FAIL {name}: {why}" if why else f"ok {name}", flush=True)
    if why:
        failed.append(name)


def run(*args, **more):
    more.setdefault("stdin", subprocess.DEVNULL)
    if "input" in more:
        del more["stdin"]
    return subprocess.run([PROGRAM, *args], capture_output=True, timeout=PATIENCE, check=False,
                          **more)


def start(*args, data=RECORD, **more):
    """The program, which has read `data` and waits for more."""
    # To files: nobody empties a pipe meanwhile.
    child = subprocess.Popen([PROGRAM, *args], stdin=subprocess.PIPE, stderr=open("err", "w+b"),
                             stdout=open("stdout", "w+b"), **more)
    child.stdin.write(data)
    child.stdin.flush()
    return child


def status(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text("utf-8")
    return dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)


def eventually(what):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.02)
    return False


def filters(pid):
    return int(status(pid).get("Seccomp_filters", "0"))


def children(pid):
    return [int(n) for n in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pid):
    try:
        return status(pid)["State"].startswith("Z")
    except (FileNotFoundError, ProcessLookupError):
        return True


def end(child):
    child.stdin.close()
    code = child.wait(PATIENCE)
    return code, pathlib.Path("stdout").read_bytes(), pathlib.Path("err").read_bytes()


def two_layers():
    child = start("-t", "csl-json", data=RECORD * 3000)
    fine = eventually(lambda: filters(child.pid) == 2)
    told("two layers of rights are given up", "" if fine else f"{filters(child.pid)} are")
    told("no new privileges", "" if status(child.pid)["NoNewPrivs"] == "1" else "may get them")
    told("and the conversion ends well", "" if end(child)[0] == 0 else "it did not")
    child = start("--no-sandbox", "-t", "csl-json", data=RECORD * 3000)
    time.sleep(0.2)
    told("--no-sandbox keeps them", "" if filters(child.pid) == 0 else "given up")
    end(child)


def helper_is_confined():
    with open(__file__, "rb") as other:
        child = start("-f", "endnote", "-t", "csl-jsonl", pass_fds=(other.fileno(),),
                      data=b"%0 Book\n%A Li, W.\n%T T\n%D 2001\n\n" * 100)
    if not eventually(lambda: children(child.pid)):
        told("the helper is confined", "there is none")
        end(child)
        return
    helper = children(child.pid)[0]
    fine = eventually(lambda: gone(helper) or filters(helper) == 3)
    limits = pathlib.Path(f"/proc/{helper}/limits").read_text("utf-8")
    told("the helper has a layer more", "" if fine else f"{filters(helper)}")
    alone = eventually(lambda: sorted(os.listdir(f"/proc/{helper}/fd")) == ["0", "1", "2"])
    told("the helper has its pipes and nothing else", "" if alone else "it has more")
    told("the helper keeps its limits", "" if "1073741824" in limits else limits)
    told("and answers", "" if end(child)[0] in (0, 1) else "it did not")


def aux_stays_at_home():
    os.makedirs("paper/parts", exist_ok=True)
    pathlib.Path("secret.aux").write_text("\\citation{a}\n", "utf-8")
    pathlib.Path("paper/parts/one.aux").write_text("\\citation{a}\n", "utf-8")
    pathlib.Path("paper/paper.aux").write_text("\\@input{parts/one.aux}\n\\@input{../secret.aux}\n",
                                               "utf-8")
    pathlib.Path("refs.bib").write_bytes(RECORD)
    done = run("--aux", "paper/paper.aux", "refs.bib")
    why = "" if b"@book{a," in done.stdout else "parts/one.aux was not read"
    if b"secret.aux: Permission denied" not in done.stderr:
        why = done.stderr.decode()
    told("an .aux file names no file elsewhere", why)


def inputs_by_any_name():
    pathlib.Path("a.bib").write_bytes(RECORD)
    os.makedirs("deep", exist_ok=True)
    os.replace("a.bib", "deep/a.bib")
    if not os.path.islink("link.bib"):
        os.symlink("deep/a.bib", "link.bib")
    usual = run("-t", "ris", "deep/a.bib").stdout
    told("through a link", "" if run("-t", "ris", "link.bib").stdout == usual else "not read")
    for name in ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"):
        with open("deep/a.bib", "rb") as file:
            done = run("-t", "ris", name, stdin=file)
        told(f"a file as {name}", "" if done.stdout == usual else done.stderr.decode())
        done = run("-t", "ris", name, input=RECORD)
        told(f"a pipe as {name}", "" if done.stdout == usual else done.stderr.decode())
    done = run("-t", "ris", *["deep/a.bib"] * 40)
    told("forty inputs", "" if done.stdout.count(b"TY  -") == 40 else done.stderr.decode())


def charsets():
    """The file names its charset while it is read: the table of it is loaded then."""
    text = '<html><head><meta charset="euc-jp"></head><body>日本語</body></html>'
    done = run("-f", "arrow", input=text.encode("euc-jp"))
    told("a charset that the input names", "" if b"read as euc-jp" in done.stderr
         else done.stderr.decode())


def leftovers():
    return sorted(n for n in os.listdir("out"))


def signals():
    """The output is whole or absent, and nothing stays: neither a file nor a process."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"):
        child = start("-o", "out/x.ris", data=RECORD * 3000)
        if not eventually(lambda: len(children(child.pid)) == 1):
            told(f"{name}: the keeper", "there is none")
        keeper = children(child.pid)[0]
        eventually(lambda: filters(child.pid) == 2)
        os.kill(keeper, signal.SIGTERM)  # of the terminal: to the whole group
        child.send_signal(getattr(signal, name))
        code = end(child)[0]
        why = "" if code == -getattr(signal, name) else f"status {code}"
        if not eventually(lambda: gone(keeper)):
            why = "the keeper stays"
        told(f"{name} half-way", why or ("" if not leftovers() else f"left: {leftovers()}"))


def keeper_dies():
    pathlib.Path("out/x.ris").write_bytes(b"old")
    child = start("-o", "out/x.ris")
    eventually(lambda: filters(child.pid) >= 1)
    os.kill(children(child.pid)[0], signal.SIGKILL)
    code, _, err = end(child)
    why = "" if code == 3 and err.count(b" error: ") == 1 else f"status {code}, {err.decode()}"
    if leftovers() != ["x.ris"] or pathlib.Path("out/x.ris").read_bytes() != b"old":
        why = "the old file is not there any more"
    told("the keeper is killed: status 3, the old file stays", why)
    os.unlink("out/x.ris")


def children_ignored():
    done = run("-o", "out/x.ris", input=RECORD,
               preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
    told("whoever ignores SIGCHLD", "" if done.returncode == 0 and leftovers() == ["x.ris"]
         else done.stderr.decode())
    os.unlink("out/x.ris")


def main():
    page = RECORD
    said = run("-v", "-t", "ris", input=page).stderr
    if b"[no-sandbox]" in said:
        print("SKIP:", said.decode().strip())
        return 77
    with tempfile.TemporaryDirectory(prefix="citeconv-sandbox-") as place:
        os.chdir(place)
        os.mkdir("out")
        for check in (two_layers, helper_is_confined, aux_stays_at_home, inputs_by_any_name,
                      charsets, signals, keeper_dies, children_ignored):
            check()
        os.chdir("/")
    print(f"{len(failed)} failed" if failed else "all fine")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
