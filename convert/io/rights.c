/* SPDX-License-Identifier: MIT
 * Rights to files by Landlock (landlock(7)); those to system calls are filter.c's.
 *
 * A kernel that knows less of Landlock than this is asked for what it knows. */
#include "convert/io/rights.h"
#include "convert/io/filter.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The header of Debian 12 is of the second version. */
enum { TRUNCATE_SINCE = 3, NET_SINCE = 4, SCOPE_SINCE = 6, FS_BITS_FIRST = 13 };
static const uint64_t ACCESS_TRUNCATE = UINT64_C(1) << 14;
static const uint64_t ACCESS_NET = 3; /* binding and connecting TCP */
static const uint64_t SCOPE_ALL = 3;  /* abstract sockets, signals to outside */

typedef struct Attributes {
    uint64_t fs, net, scoped;
} Attributes;

/* What may be granted to a file; the rest is for directories. */
static const uint64_t OF_FILES = LANDLOCK_ACCESS_FS_EXECUTE |
                                 LANDLOCK_ACCESS_FS_WRITE_FILE |
                                 LANDLOCK_ACCESS_FS_READ_FILE;
static const uint64_t READING =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

/* Sanitizers start processes and look into them at the end. */
static bool is_sanitized(void)
{
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
    return true;
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) ||               \
    __has_feature(thread_sanitizer)
    return true;
#else
    return false;
#endif
#else
    return false;
#endif
}

/* Everything that this kernel can forbid is forbidden but for the rules that follow. */
static int open_ruleset(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0,
                           LANDLOCK_CREATE_RULESET_VERSION);
    Attributes all = {.fs = (UINT64_C(1) << FS_BITS_FIRST) - 1};
    size_t size = sizeof all.fs;
    if (version < 1)
        return -1;
    if (version >= 2)
        all.fs |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= TRUNCATE_SINCE)
        all.fs |= ACCESS_TRUNCATE;
    if (version >= NET_SINCE) {
        all.net = ACCESS_NET;
        size += sizeof all.net;
    }
    if (version >= SCOPE_SINCE) {
        all.scoped = SCOPE_ALL;
        size += sizeof all.scoped;
    }
    return (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
}

void rights_begin(Rights *rights)
{
    *rights = (Rights){.ruleset = is_sanitized() ? -1 : open_ruleset()};
}

/* Pipes and the like have no path and no rule: what is open of them stays open. */
static void grant(const Rights *rights, const char *path, uint64_t access)
{
    struct stat info;
    if (rights->ruleset < 0)
        return;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &info) == 0) {
        bool directory = S_ISDIR(info.st_mode);
        struct landlock_path_beneath_attr rule = {
            .allowed_access = directory ? access : access & OF_FILES, .parent_fd = fd};
        syscall(SYS_landlock_add_rule, rights->ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule,
                0);
    }
    close(fd);
}

void rights_read(Rights *rights, const char *path)
{
    rights->calls |= CALLS_OPEN;
    grant(rights, path, READING);
}

void rights_make(Rights *rights, const char *directory)
{
    rights->calls |= CALLS_MAKE;
    grant(rights, directory,
          LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
              LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE);
}

void rights_run(Rights *rights, const char *program)
{
    /* The program that links others is one of them; none of these can get more rights. */
    static const char *const LIBRARIES[] = {"/lib",     "/lib32",     "/lib64",
                                            "/usr/lib", "/usr/lib64", "/usr/local/lib"};
    static const char *const CONFIGURATION[] = {"/etc/ld.so.cache", "/etc/ld.so.preload"};
    rights->calls |= CALLS_RUN;
    grant(rights, program, LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE);
    for (size_t i = 0; i < sizeof LIBRARIES / sizeof LIBRARIES[0]; i++)
        grant(rights, LIBRARIES[i], LANDLOCK_ACCESS_FS_EXECUTE | READING);
    for (size_t i = 0; i < sizeof CONFIGURATION / sizeof CONFIGURATION[0]; i++)
        grant(rights, CONFIGURATION[i], READING);
}

void rights_shrink(Rights *rights)
{
    rights->calls |= CALLS_SHRINK;
}

const char *rights_keep(Rights *rights)
{
    if (is_sanitized())
        return "this build has sanitizers, which need rights of their own";
    bool able = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
    bool files = able && rights->ruleset >= 0 &&
                 syscall(SYS_landlock_restrict_self, rights->ruleset, 0) == 0;
    bool calls = able && filter_install(rights->calls);
    if (rights->ruleset >= 0)
        close(rights->ruleset);
    rights->ruleset = -1;
    if (files && calls)
        return NULL;
    return files   ? "this kernel has no seccomp for it"
           : calls ? "this kernel has no Landlock"
                   : "this kernel has neither Landlock nor seccomp";
}
