/* SPDX-License-Identifier: MIT
 * Counting cores; see cores.h.  Files as in the kernel's
 * Documentation/admin-guide/cputopology.rst and cgroup-v2.rst. */
#include "convert/pipeline/cores.h"
#include "convert/base/str.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { PROCESSORS_MOST = 8192, TEXT_MOST = 255 };

typedef struct Small {
    char text[TEXT_MOST + 1]; /* ends with NUL */
} Small;

/* Nothing, where it cannot be read. */
static Small read_small(const Buf *path)
{
    Small small = {{0}};
    int fd = open(path->data, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return small;
    ssize_t n = read(fd, small.text, TEXT_MOST);
    small.text[n > 0 ? n : 0] = '\0';
    close(fd);
    return small;
}

/* Whether no processor before this one is in both the set and a list such as "0,64-65".
 */
static bool is_first(const char *list, size_t processor, const cpu_set_t *set,
                     size_t size)
{
    while (byte_is_digit(*list)) {
        char *end;
        size_t from = strtoul(list, &end, 10), to = from;
        if (*end == '-')
            to = strtoul(end + 1, &end, 10);
        for (size_t i = from; i <= to && i < processor; i++) {
            if (CPU_ISSET_S(i, size, set))
                return false;
        }
        if (*end != ',')
            break;
        list = end + 1;
    }
    return true;
}

static size_t count_cores(const char *root, const cpu_set_t *set, size_t size,
                          size_t most)
{
    size_t count = 0;
    Buf path = {0};
    for (size_t i = 0; i < 8 * size && count < most; i++) {
        if (!CPU_ISSET_S(i, size, set))
            continue;
        buf_clear(&path);
        buf_format(&path, "%s/sys/devices/system/cpu/cpu%zu/topology/", root, i);
        buf_add(&path, STR("thread_siblings_list\0"));
        count += is_first(read_small(&path).text, i, set, size);
    }
    buf_free(&path);
    return count;
}

/* "150000 100000": microseconds of each period; "max 100000": all.  To the nearest whole
 * core. */
static size_t count_granted(const char *root, size_t most)
{
    Buf path = {0};
    buf_format(&path, "%s" CORES_QUOTA "%c", root, '\0');
    Small small = read_small(&path);
    buf_free(&path);
    char *end;
    if (!byte_is_digit(small.text[0]))
        return most;
    unsigned long quota = strtoul(small.text, &end, 10), period = strtoul(end, NULL, 10);
    if (period == 0)
        return most;
    unsigned long granted = quota / period + (quota % period >= period - period / 2);
    return granted < most ? granted : most;
}

size_t cores_count_below(const char *root, const cpu_set_t *set, size_t size, size_t most)
{
    size_t granted = count_granted(root, most);
    size_t count = granted > 1 ? count_cores(root, set, size, granted) : granted;
    return count > 0 ? count : 1;
}

size_t cores_count(size_t most)
{
    cpu_set_t set[PROCESSORS_MOST / CPU_SETSIZE];
    CPU_ZERO_S(sizeof set, set);
    if (sched_getaffinity(0, sizeof set, set) != 0)
        return 1;
    return cores_count_below("", set, sizeof set, most);
}
