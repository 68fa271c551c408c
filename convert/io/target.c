/* SPDX-License-Identifier: MIT
 * Making, naming and moving files that appear whole; see target.h. */
#include "convert/io/target.h"
#include "convert/base/memory.h"
#include "convert/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COPY_BLOCK = 16 * 1024, NAME_MOST = 4096, OWN_MOST = 80, ATTEMPTS_MOST = 100 };

struct Target {
    char path[NAME_MOST];              /* where it belongs */
    char beside[NAME_MOST + OWN_MOST]; /* its name until then; empty while it has none */
    bool has_mode;
    mode_t mode;  /* of the file that was there before */
    pid_t keeper; /* the process that names it; 0: this one does */
    int orders;   /* a byte to this pipe is the keeper's word to do so */
};

/* The size of a path's directory, its slash included; 0 is the current one. */
static size_t directory_of(const char *path)
{
    size_t slash = strlen(path);
    while (slash > 0 && path[slash - 1] != '/')
        slash--;
    return slash;
}

/* Where a link leads: a name that is none, whether a file is there or not. */
static bool follow(Target *target, const char *given)
{
    enum { LINKS_MOST = 40 };
    char *name = target->path;
    char *to = target->beside; /* not in use yet */
    if (strlen(given) >= NAME_MOST) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(name, given, strlen(given) + 1);
    for (int i = 0; i < LINKS_MOST; i++) {
        ssize_t got = readlink(name, to, NAME_MOST);
        if (got <= 0)
            break;
        size_t dir = to[0] == '/' ? 0 : directory_of(name);
        if ((size_t)got + dir >= NAME_MOST)
            break;
        memcpy(name + dir, to, (size_t)got);
        name[dir + (size_t)got] = '\0';
    }
    to[0] = '\0';
    return true;
}

/* A name beside the target that nobody has; `attempt` makes another one.  Nothing here
 * asks for memory: the keeper has nobody to tell that there is none. */
static void name_beside(Target *target, unsigned attempt)
{
    struct timespec now;
    size_t dir = directory_of(target->path);
    clock_gettime(CLOCK_REALTIME, &now);
    memcpy(target->beside, target->path, dir);
    snprintf(target->beside + dir, OWN_MOST, ".citeconv-%ld-%lx-%u", (long)getpid(),
             (unsigned long)now.tv_nsec, attempt);
}

/* A new file beside the target, whose name is then target->beside; -1 and errno. */
static int create_beside(Target *target, int flags)
{
    for (unsigned attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
        name_beside(target, attempt);
        int fd = open(target->beside, flags | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0)
            return fd;
        target->beside[0] = '\0';
        if (errno != EEXIST)
            return -1;
    }
    return -1;
}

/* A file without a name: whatever ends the program, nothing half-done stays behind. */
static int open_nameless(Target *target)
{
    char *directory = target->beside;
    size_t size = directory_of(target->path);
    memcpy(directory, target->path, size);
    memcpy(directory + size, ".", 2);
    int fd = open(directory, O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
    directory[0] = '\0';
    if (fd >= 0)
        return fd;
    /* Not every file system can do that (NFS, FAT). */
    fd = create_beside(target, O_RDWR);
    if (fd >= 0)
        unlink(target->beside);
    target->beside[0] = '\0';
    return fd;
}

Target *target_open(const char *path, const struct stat *old, int *fd)
{
    Target *target = memory_zeroed(1, sizeof *target);
    target->orders = -1;
    if (old != NULL) {
        target->has_mode = true;
        /* Never set-user-ID: the old file may have been somebody else's. */
        target->mode = old->st_mode & 0777;
    }
    if (follow(target, path) && (*fd = open_nameless(target)) >= 0)
        return target;
    int error = errno;
    free(target);
    errno = error;
    return NULL;
}

/* Naming. */

/* The bytes of a file that cannot be given a name, in one that has it. */
static bool copy_beside(Target *target, int *fd)
{
    char block[COPY_BLOCK]; /* nothing may run out once the name is there */
    int named = create_beside(target, O_WRONLY);
    bool fine = named >= 0 && lseek(*fd, 0, SEEK_SET) == 0;
    while (fine) {
        ssize_t n = read(*fd, block, COPY_BLOCK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            fine = n == 0;
            break;
        }
        for (ssize_t done = 0; fine && done < n;) {
            ssize_t written = write(named, block + done, (size_t)(n - done));
            fine = written > 0 || errno == EINTR;
            done += written > 0 ? written : 0;
        }
    }
    if (named < 0)
        return false;
    int error = errno;
    close(*fd);
    *fd = named;
    errno = error;
    return fine;
}

/* Gives the nameless file a name, beside the target. */
static bool name_file(Target *target, int *fd)
{
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", *fd);
    for (unsigned attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
        name_beside(target, attempt);
        if (linkat(AT_FDCWD, self, AT_FDCWD, target->beside, AT_SYMLINK_FOLLOW) == 0)
            return true;
        target->beside[0] = '\0';
        if (errno != EEXIST)
            break;
    }
    /* No /proc, or the file had a name once. */
    return copy_beside(target, fd);
}

/* No fsync: rename keeps readers from seeing half a file, which is what is promised; a
 * power cut is for whoever wants to wait for the disk. */
static bool put_in_place(Target *target, int *fd)
{
    bool fine = name_file(target, fd) &&
                (!target->has_mode || fchmod(*fd, target->mode) == 0) &&
                rename(target->beside, target->path) == 0;
    int error = errno;
    if (!fine && target->beside[0] != '\0')
        unlink(target->beside);
    target->beside[0] = '\0';
    errno = error;
    return fine;
}

/* The keeper. */

/* Any other descriptor would keep a pipe open that others wait for. */
static void close_others(int a, int b)
{
    unsigned low = (unsigned)(a < b ? a : b), high = (unsigned)(a < b ? b : a);
    if (low > 0)
        syscall(SYS_close_range, 0, low - 1, 0);
    if (high > low + 1)
        syscall(SYS_close_range, low + 1, high - 1, 0);
    syscall(SYS_close_range, high + 1, ~0U, 0);
}

/* Its exit status is errno.  No signal ends it half-way: the end of the pipe does. */
static _Noreturn void serve(Target *target, int fd, int orders)
{
    char order;
    ssize_t got;
    close_others(fd, orders);
    do
        got = read(orders, &order, 1);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        _exit(errno);
    if (got == 0)
        _exit(0);
    if (!put_in_place(target, &fd) || close(fd) != 0)
        _exit(errno);
    _exit(0);
}

bool target_entrust(Target *target, int fd)
{
    int ends[2];
    sigset_t all, before;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    target->keeper = fork();
    int error = errno;
    if (target->keeper == 0) {
        close(ends[1]);
        serve(target, fd, ends[0]);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(ends[0]);
    if (target->keeper > 0) {
        target->orders = ends[1];
        return true;
    }
    target->keeper = 0;
    close(ends[1]);
    errno = error;
    return false;
}

/* Its end says what became of it. */
static bool await_keeper(Target *target)
{
    int status = 0;
    pid_t ended;
    if (target->orders >= 0)
        close(target->orders);
    target->orders = -1;
    do
        ended = waitpid(target->keeper, &status, 0);
    while (ended < 0 && errno == EINTR);
    target->keeper = 0;
    if (ended < 0)
        return false;
    errno = WIFEXITED(status) ? WEXITSTATUS(status) : EIO;
    return errno == 0;
}

static bool order_keeper(Target *target)
{
    ssize_t put;
    do
        put = write(target->orders, "", 1);
    while (put < 0 && errno == EINTR);
    int error = errno;
    if (put == 1)
        return await_keeper(target);
    await_keeper(target);
    errno = error;
    return false;
}

bool target_put(Target *target, int *fd)
{
    sigset_t all, before;
    if (target->keeper != 0)
        return order_keeper(target);
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    bool fine = put_in_place(target, fd);
    int error = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return fine;
}

void target_close(Target *target)
{
    if (target == NULL)
        return;
    if (target->keeper != 0)
        await_keeper(target);
    free(target);
}

const char *target_path(const Target *target)
{
    return target->path;
}
