/* SPDX-License-Identifier: MIT
 * A library to preload that makes calls of libc fail as the environment asks.
 *
 * FAULT_MALLOC=n         the n-th malloc, calloc or realloc fails
 * FAULT_READ=n:errno     the n-th read fails with that error; so do FAULT_WRITE (standard
 *                        error is not counted: messages must get through), FAULT_OPEN,
 *                        FAULT_TMPFILE (opens with O_TMPFILE alone), FAULT_CLOSE,
 *                        FAULT_LINKAT, FAULT_RENAME, FAULT_FCHMOD, FAULT_PREAD,
 *                        FAULT_PWRITE
 * FAULT_SHORT=1          read and write move one byte a call
 * FAULT_EINTR=1          every other read and write is interrupted before it begins
 * FAULT_LOG=file         gets the name of each failure, so that whoever counts up knows
 *                        where to stop
 *
 * Counting begins when this library is loaded, so the calls of the start of a program
 * and of other libraries take part. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef enum FaultId {
    FAULT_MALLOC,
    FAULT_READ,
    FAULT_WRITE,
    FAULT_OPEN,
    FAULT_TMPFILE,
    FAULT_CLOSE,
    FAULT_LINKAT,
    FAULT_RENAME,
    FAULT_FCHMOD,
    FAULT_PREAD,
    FAULT_PWRITE,
    FAULT_COUNT
} FaultId;

static struct Fault {
    const char *name;
    int error;
    unsigned long when, seen; /* when: 0 is never */
} faults[FAULT_COUNT] = {
    [FAULT_MALLOC] = {"FAULT_MALLOC", ENOMEM, 0, 0},
    [FAULT_READ] = {"FAULT_READ", EIO, 0, 0},
    [FAULT_WRITE] = {"FAULT_WRITE", EIO, 0, 0},
    [FAULT_OPEN] = {"FAULT_OPEN", EIO, 0, 0},
    [FAULT_TMPFILE] = {"FAULT_TMPFILE", EOPNOTSUPP, 0, 0},
    [FAULT_CLOSE] = {"FAULT_CLOSE", EIO, 0, 0},
    [FAULT_LINKAT] = {"FAULT_LINKAT", EIO, 0, 0},
    [FAULT_RENAME] = {"FAULT_RENAME", EIO, 0, 0},
    [FAULT_FCHMOD] = {"FAULT_FCHMOD", EIO, 0, 0},
    [FAULT_PREAD] = {"FAULT_PREAD", EIO, 0, 0},
    [FAULT_PWRITE] = {"FAULT_PWRITE", EIO, 0, 0},
};
static bool armed, one_byte, interrupt;

/* The file of FAULT_LOG, mapped: a program that gave up its rights can open no other, and
 * a process that it started may close what it does not know. */
enum { ENTRY = 32, ENTRIES = 127 };
static struct Log {
    unsigned count;
    char rest[ENTRY - sizeof(unsigned)];
    char entries[ENTRIES][ENTRY];
} * record_of;

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' && strcmp(value, "0") != 0;
}

/* Straight to the kernel: neither counted nor in want of memory. */
static void open_log(const char *name)
{
    long fd =
        name == NULL ? -1 : syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CREAT, 0666);
    if (fd < 0)
        return;
    if (syscall(SYS_ftruncate, fd, sizeof *record_of) == 0) {
        void *mapped =
            mmap(NULL, sizeof *record_of, PROT_READ | PROT_WRITE, MAP_SHARED, (int)fd, 0);
        record_of = mapped == MAP_FAILED ? NULL : mapped;
    }
    syscall(SYS_close, fd);
}

__attribute__((constructor)) static void arm(void)
{
    for (size_t i = 0; i < FAULT_COUNT; i++) {
        const char *value = getenv(faults[i].name);
        char *end;
        if (value == NULL)
            continue;
        faults[i].when = strtoul(value, &end, 10);
        if (*end == ':')
            faults[i].error = (int)strtol(end + 1, NULL, 10);
    }
    one_byte = is_set("FAULT_SHORT");
    interrupt = is_set("FAULT_EINTR");
    open_log(getenv("FAULT_LOG"));
    armed = true;
}

static void tell(const struct Fault *fault)
{
    if (record_of == NULL)
        return;
    unsigned i = __atomic_fetch_add(&record_of->count, 1, __ATOMIC_SEQ_CST);
    if (i < ENTRIES)
        snprintf(record_of->entries[i], ENTRY, "%s\n", fault->name);
}

/* Counts a call; true, with errno set, where it is the one to fail. */
static bool fails(FaultId id)
{
    struct Fault *fault = &faults[id];
    if (!armed || fault->when == 0 ||
        __atomic_add_fetch(&fault->seen, 1, __ATOMIC_RELAXED) != fault->when)
        return false;
    tell(fault);
    errno = fault->error;
    return true;
}

/* --- The real functions ------------------------------------------------------------ */

/* Finds `name` in the libraries behind this one; `function` points to a pointer to a
 * function, whose bytes ISO C lets nobody but memcpy fill. */
static void find_real(const char *name, void *function, size_t size)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL)
        _exit(127);
    memcpy(function, &found, size);
}

#define REAL(type, name, ...)                                                            \
    static type (*real)(__VA_ARGS__);                                                    \
    if (real == NULL)                                                                    \
    find_real(name, &real, sizeof real)

/* dlsym may want memory before malloc is found. */
static alignas(max_align_t) char early[4096];
static size_t early_used;
static bool finding;

static bool is_early(const void *memory)
{
    uintptr_t at = (uintptr_t)memory, start = (uintptr_t)early;
    return at >= start && at < start + sizeof early;
}

static void *early_alloc(size_t size)
{
    size_t align = alignof(max_align_t);
    size = (size + align - 1) / align * align;
    if (size > sizeof early - early_used)
        return NULL;
    void *memory = early + early_used;
    early_used += size;
    return memory;
}

static struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void (*free)(void *);
} heap;

static bool heap_found(void)
{
    if (heap.free != NULL)
        return true;
    if (finding)
        return false;
    finding = true;
    find_real("malloc", &heap.malloc, sizeof heap.malloc);
    find_real("calloc", &heap.calloc, sizeof heap.calloc);
    find_real("realloc", &heap.realloc, sizeof heap.realloc);
    find_real("free", &heap.free, sizeof heap.free);
    finding = false;
    return true;
}

/* --- In their place ---------------------------------------------------------------- */

void *malloc(size_t size)
{
    if (!heap_found())
        return early_alloc(size);
    return fails(FAULT_MALLOC) ? NULL : heap.malloc(size);
}

void *calloc(size_t count, size_t size)
{
    if (!heap_found()) /* `early` is zero, and only dlsym asks */
        return early_alloc(count * size);
    return fails(FAULT_MALLOC) ? NULL : heap.calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    if (!heap_found() || is_early(old)) {
        void *memory = malloc(size);
        size_t most = (size_t)(early + sizeof early - (const char *)old);
        if (memory != NULL && old != NULL)
            memcpy(memory, old, size < most ? size : most);
        return memory;
    }
    return fails(FAULT_MALLOC) ? NULL : heap.realloc(old, size);
}

void free(void *memory)
{
    if (memory != NULL && !is_early(memory) && heap_found())
        heap.free(memory);
}

static bool interrupted(void)
{
    static bool now;
    now = !now;
    if (!armed || !interrupt || !now)
        return false;
    errno = EINTR;
    return true;
}

ssize_t read(int fd, void *bytes, size_t size)
{
    REAL(ssize_t, "read", int, void *, size_t);
    if (fails(FAULT_READ) || interrupted())
        return -1;
    return real(fd, bytes, one_byte && size > 1 ? 1 : size);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    if ((fd != STDERR_FILENO && fails(FAULT_WRITE)) || interrupted())
        return -1;
    return real(fd, bytes, one_byte && size > 1 ? 1 : size);
}

ssize_t pread(int fd, void *bytes, size_t size, off_t offset)
{
    REAL(ssize_t, "pread", int, void *, size_t, off_t);
    if (fails(FAULT_PREAD) || interrupted())
        return -1;
    return real(fd, bytes, size, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    if (fails(FAULT_PWRITE) || interrupted())
        return -1;
    return real(fd, bytes, size, offset);
}

int open(const char *path, int flags, ...)
{
    REAL(int, "open", const char *, int, ...);
    mode_t mode = 0;
    bool unnamed = (flags & O_TMPFILE) == O_TMPFILE;
    if (unnamed || (flags & O_CREAT) != 0) {
        va_list args;
        va_start(args, flags);
        mode = va_arg(args, mode_t);
        va_end(args);
    }
    if (fails(FAULT_OPEN) || (unnamed && fails(FAULT_TMPFILE)))
        return -1;
    return real(path, flags, mode);
}

/* As on Linux, the descriptor is gone all the same. */
int close(int fd)
{
    REAL(int, "close", int);
    bool failed = fails(FAULT_CLOSE);
    int error = errno, result = real(fd);
    if (failed)
        errno = error;
    return failed ? -1 : result;
}

int linkat(int from_dir, const char *from, int to_dir, const char *to, int flags)
{
    REAL(int, "linkat", int, const char *, int, const char *, int);
    return fails(FAULT_LINKAT) ? -1 : real(from_dir, from, to_dir, to, flags);
}

int rename(const char *from, const char *to)
{
    REAL(int, "rename", const char *, const char *);
    return fails(FAULT_RENAME) ? -1 : real(from, to);
}

int fchmod(int fd, mode_t mode)
{
    REAL(int, "fchmod", int, mode_t);
    return fails(FAULT_FCHMOD) ? -1 : real(fd, mode);
}
