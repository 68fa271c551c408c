/* SPDX-License-Identifier: MIT
 * What a process can still do that gave up its rights: each try in a process of its own,
 * as a reader that obeys its input would make it. */
#include "tests/unit/assert_str.h"

#include "convert/io/rights.h"
#include "convert/io/target.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* What a try ends with, beside the errno of the call that failed. */
enum { DONE = 0, KILLED = 1000, NOT_IN_FORCE = 2000 };

typedef int Try(const char *path);
typedef void Ask(Rights *rights);

static char work[64];

static const char *in_work(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", work, name);
    return path;
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(in_work(name), "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* In a child that asked for rights and keeps no others. */
static int attempt(Ask *ask, Try *try, const char *path)
{
    int status;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        Rights rights;
        rights_begin(&rights);
        if (ask != NULL)
            ask(&rights);
        if (rights_keep(&rights) != NULL)
            _exit(255);
        _exit(try(path));
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFSIGNALED(status))
        return KILLED + WTERMSIG(status);
    return WEXITSTATUS(status) == 255 ? NOT_IN_FORCE : WEXITSTATUS(status);
}

/* Errno of what failed, or DONE. */
static int outcome(long result)
{
    return result < 0 ? errno : DONE;
}

static int try_nothing(const char *path)
{
    (void)path;
    return DONE;
}

static int try_reading(const char *path)
{
    char byte;
    int fd = open(path, O_RDONLY);
    return fd < 0 ? errno : outcome(read(fd, &byte, 1));
}

static int try_writing(const char *path)
{
    return outcome(open(path, O_WRONLY));
}

static int try_making(const char *path)
{
    return outcome(open(path, O_RDWR | O_CREAT | O_EXCL, 0600));
}

static int try_nameless(const char *path)
{
    return outcome(open(path, O_RDWR | O_TMPFILE, 0600));
}

static int try_opening_otherwise(const char *path)
{
    return outcome(syscall(SYS_openat2, AT_FDCWD, path, NULL, 0));
}

static int try_unlinking(const char *path)
{
    return outcome(unlink(path));
}

static int try_renaming(const char *path)
{
    return outcome(rename(path, "elsewhere"));
}

static int try_listing(const char *path)
{
    return outcome(open(path, O_RDONLY | O_DIRECTORY));
}

static int try_socket(const char *path)
{
    (void)path;
    return outcome(socket(AF_INET, SOCK_STREAM, 0));
}

static int try_program(const char *path)
{
    char *argv[] = {(char[]){"true"}, NULL};
    execve(path, argv, environ);
    return errno;
}

static int try_shell(const char *path)
{
    return system(path) == 0 ? DONE : EIO;
}

static int try_fork(const char *path)
{
    (void)path;
    return outcome(fork());
}

static int try_ptrace(const char *path)
{
    (void)path;
    return outcome(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static int try_signal(const char *path)
{
    (void)path;
    return outcome(kill(getppid(), SIGUSR1));
}

/* Other people's terminals have been typed into so. */
static int try_typing(const char *path)
{
    (void)path;
    return outcome(ioctl(STDIN_FILENO, TIOCSTI, "x"));
}

/* Whom a descriptor sends signals to may be anybody. */
static int try_signal_by_descriptor(const char *path)
{
    (void)path;
    return outcome(fcntl(STDIN_FILENO, F_SETOWN, getpid()));
}

static int try_limiting(const char *path)
{
    (void)path;
    struct rlimit most = {1, 1};
    return outcome(syscall(SYS_prlimit64, getppid(), RLIMIT_NOFILE, NULL, &most));
}

static int try_more_rights(const char *path)
{
    (void)path;
    return outcome(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}

static int try_abort(const char *path)
{
    (void)path;
    abort();
}

static void *fill(void *into)
{
    *(int *)into = 7;
    return NULL;
}

/* What every run does. */
static int try_working(const char *path)
{
    pthread_t thread;
    int got = 0;
    char *large = malloc(4 * 1024 * 1024);
    (void)path;
    if (large == NULL)
        return ENOMEM;
    memset(large, 1, 4 * 1024 * 1024);
    large = realloc(large, 64 * 1024 * 1024);
    if (large == NULL || pthread_create(&thread, NULL, fill, &got) != 0)
        return ENOMEM;
    pthread_join(thread, NULL);
    free(large);
    struct pollfd woken = {.fd = eventfd(1, EFD_CLOEXEC), .events = POLLIN};
    return got == 7 && poll(&woken, 1, -1) == 1 && woken.revents == POLLIN ? DONE : EIO;
}

static int try_spawning(const char *path)
{
    pid_t child;
    int status;
    char *argv[] = {(char[]){"true"}, NULL};
    int error = posix_spawn(&child, path, NULL, NULL, argv, environ);
    if (error != 0)
        return error;
    if (waitpid(child, &status, 0) != child)
        return errno;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? DONE : EIO;
}

/* A program that was started can do no more than who started it. */
static int try_reading_through(const char *path)
{
    pid_t child;
    int status;
    char name[128];
    snprintf(name, sizeof name, "%s", path);
    char *argv[] = {(char[]){"head"}, (char[]){"-c0"}, name, NULL};
    int error = posix_spawn(&child, "/usr/bin/head", NULL, NULL, argv, environ);
    if (error != 0)
        return error;
    if (waitpid(child, &status, 0) != child)
        return errno;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? DONE : EACCES;
}

static int try_shrinking(const char *path)
{
    Rights none;
    rights_begin(&none);
    if (rights_keep(&none) != NULL)
        return EIO;
    return try_reading(path);
}

static void ask_known(Rights *rights)
{
    char path[128];
    snprintf(path, sizeof path, "%s/known", work);
    rights_read(rights, path);
    rights_read(rights, "/missing");
}

static void ask_directory(Rights *rights)
{
    rights_read(rights, work);
}

static void ask_making(Rights *rights)
{
    rights_make(rights, work);
}

static void ask_head(Rights *rights)
{
    rights_run(rights, "/usr/bin/head");
}

static void ask_true(Rights *rights)
{
    rights_run(rights, "/bin/true");
}

static void ask_shrinking(Rights *rights)
{
    ask_known(rights);
    rights_shrink(rights);
}

static void nothing_is_left(void **state)
{
    (void)state;
    assert_int_equal(attempt(NULL, try_reading, in_work("known")), EACCES);
    assert_int_equal(attempt(NULL, try_reading, "/etc/passwd"), EACCES);
    assert_int_equal(attempt(NULL, try_writing, in_work("known")), EACCES);
    assert_int_equal(attempt(NULL, try_making, in_work("new")), EACCES);
    assert_int_equal(attempt(NULL, try_nameless, work), EACCES);
    assert_int_equal(attempt(NULL, try_opening_otherwise, in_work("known")), ENOSYS);
    assert_int_equal(attempt(NULL, try_unlinking, in_work("known")), ENOSYS);
    assert_int_equal(attempt(NULL, try_renaming, in_work("known")), ENOSYS);
    assert_int_equal(attempt(NULL, try_listing, work), EACCES);
    assert_int_equal(attempt(NULL, try_signal, NULL), ENOSYS);
    assert_int_equal(attempt(NULL, try_signal_by_descriptor, NULL), ENOSYS);
    assert_int_equal(attempt(NULL, try_typing, NULL), ENOSYS);
    assert_int_equal(attempt(NULL, try_more_rights, NULL), ENOSYS);
}

static void these_end_the_process(void **state)
{
    (void)state;
    assert_int_equal(attempt(NULL, try_socket, NULL), KILLED + SIGSYS);
    assert_int_equal(attempt(NULL, try_program, "/bin/true"), KILLED + SIGSYS);
    assert_int_equal(attempt(NULL, try_shell, "true"), KILLED + SIGSYS);
    assert_int_equal(attempt(NULL, try_fork, NULL), KILLED + SIGSYS);
    assert_int_equal(attempt(NULL, try_ptrace, NULL), KILLED + SIGSYS);
}

static void work_goes_on(void **state)
{
    (void)state;
    assert_int_equal(attempt(NULL, try_working, NULL), DONE);
    assert_int_equal(attempt(NULL, try_abort, NULL), KILLED + SIGABRT);
}

static void what_was_asked_for(void **state)
{
    (void)state;
    assert_int_equal(attempt(ask_known, try_reading, in_work("known")), DONE);
    assert_int_equal(attempt(ask_known, try_reading, in_work("other")), EACCES);
    assert_int_equal(attempt(ask_known, try_writing, in_work("known")), EACCES);
    assert_int_equal(attempt(ask_directory, try_reading, in_work("other")), DONE);
    assert_int_equal(attempt(ask_directory, try_listing, work), DONE);
    assert_int_equal(attempt(ask_directory, try_making, in_work("new")), EACCES);
    assert_int_equal(attempt(ask_making, try_nameless, work), DONE);
    assert_int_equal(attempt(ask_making, try_making, in_work("new")), DONE);
    assert_int_equal(attempt(ask_making, try_unlinking, in_work("new")), DONE);
    assert_int_equal(attempt(ask_making, try_reading, "/etc/passwd"), EACCES);
    assert_int_equal(attempt(ask_making, try_making, "/var/tmp/citeconv-new"), EACCES);
}

static void programs(void **state)
{
    (void)state;
    assert_int_equal(attempt(ask_true, try_spawning, "/bin/true"), DONE);
    assert_int_equal(attempt(ask_true, try_spawning, "/bin/cat"), EACCES);
    assert_int_equal(attempt(ask_true, try_socket, NULL), KILLED + SIGSYS);
    assert_int_equal(attempt(ask_true, try_limiting, NULL), ENOSYS);
    assert_int_equal(attempt(ask_head, try_reading_through, "/etc/passwd"), EACCES);
    assert_int_equal(attempt(ask_head, try_reading_through, "/etc/ld.so.cache"), DONE);
}

static void rights_shrink_further(void **state)
{
    (void)state;
    assert_int_equal(attempt(ask_shrinking, try_reading, in_work("known")), DONE);
    assert_int_equal(attempt(ask_shrinking, try_shrinking, in_work("known")), EACCES);
}

/* A file is put in its place by the process that still may. */
static void entrusted(void **state)
{
    (void)state;
    for (int whole = 0; whole < 2; whole++) {
        struct stat info;
        int status;
        fflush(NULL);
        pid_t child = fork();
        if (child == 0) {
            int fd;
            Rights none;
            Target *target = target_open(in_work("placed"), NULL, &fd);
            if (target == NULL || !target_entrust(target, fd))
                _exit(1);
            rights_begin(&none);
            if (rights_keep(&none) != NULL || write(fd, "text", 4) != 4)
                _exit(2);
            if (whole == 1 && !target_put(target, &fd))
                _exit(3);
            target_close(target);
            _exit(0);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        assert_int_equal(stat(in_work("placed"), &info), whole == 1 ? 0 : -1);
        if (whole == 1)
            assert_int_equal(info.st_size, 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_left), cmocka_unit_test(these_end_the_process),
        cmocka_unit_test(work_goes_on),    cmocka_unit_test(what_was_asked_for),
        cmocka_unit_test(programs),        cmocka_unit_test(rights_shrink_further),
        cmocka_unit_test(entrusted),
    };
    snprintf(work, sizeof work, "citeconv-rights-XXXXXX");
    if (mkdtemp(work) == NULL)
        return 1;
    if (attempt(NULL, try_nothing, NULL) == NOT_IN_FORCE) {
        puts("SKIP: this kernel, or this build, cannot give up rights");
        rmdir(work);
        return 77;
    }
    write_file("known", "known\n");
    write_file("other", "other\n");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    static const char *const LEFT[] = {"known", "other", "new", "placed"};
    for (size_t i = 0; i < sizeof LEFT / sizeof LEFT[0]; i++)
        unlink(in_work(LEFT[i]));
    rmdir(work);
    return failed;
}
