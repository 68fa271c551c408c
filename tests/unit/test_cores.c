/* SPDX-License-Identifier: MIT
 * Cores are counted in made-up machines. */
#include "tests/unit/assert_str.h"

#include "convert/pipeline/cores.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_MOST = 512, MANY = 64 };

typedef struct Machine {
    char root[PATH_MOST];
    cpu_set_t set;
} Machine;

static void make_folders(char *path)
{
    for (char *at = path + 1; (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        mkdir(path, 0700);
        *at = '/';
    }
}

static void put(const Machine *machine, const char *name, const char *text)
{
    char path[2 * PATH_MOST];
    snprintf(path, sizeof path, "%s%s", machine->root, name);
    make_folders(path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* Processors that may be used, each with its line of siblings; NULL: none is known. */
static void add(Machine *machine, size_t processor, const char *siblings)
{
    char name[PATH_MOST];
    CPU_SET(processor, &machine->set);
    snprintf(name, sizeof name,
             "/sys/devices/system/cpu/cpu%zu/topology/thread_siblings_list", processor);
    if (siblings != NULL)
        put(machine, name, siblings);
}

static size_t count(const Machine *machine)
{
    return cores_count_below(machine->root, &machine->set, sizeof machine->set, MANY);
}

static int set_up(void **state)
{
    Machine *machine = calloc(1, sizeof *machine);
    *state = machine;
    strcpy(machine->root, "cores-XXXXXX");
    return machine == NULL || mkdtemp(machine->root) == NULL;
}

static int forget(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info, (void)kind, (void)where;
    return remove(path);
}

static int tear_down(void **state)
{
    Machine *machine = *state;
    int failed = nftw(machine->root, forget, 8, FTW_DEPTH | FTW_PHYS);
    free(machine);
    return failed;
}

static void siblings_are_one_core(void **state)
{
    add(*state, 0, "0-1\n");
    add(*state, 1, "0-1\n");
    assert_int_equal(count(*state), 1);
    add(*state, 2, "2,6\n");
    add(*state, 6, "2,6\n");
    assert_int_equal(count(*state), 2);
    add(*state, 7, "3-4,7\n"); /* its siblings are not ours */
    assert_int_equal(count(*state), 3);
}

static void cores_of_their_own(void **state)
{
    for (size_t i = 0; i < 5; i++) {
        char own[8];
        snprintf(own, sizeof own, "%zu\n", i);
        add(*state, i, own);
    }
    assert_int_equal(count(*state), 5);
    Machine *machine = *state;
    assert_int_equal(
        cores_count_below(machine->root, &machine->set, sizeof machine->set, 3), 3);
}

static void unknown_is_no_limit(void **state)
{
    assert_int_equal(count(*state), 1); /* no processor at all */
    add(*state, 0, NULL);
    add(*state, 1, "");
    add(*state, 2, "what?\n");
    add(*state, 3, "3-");
    assert_int_equal(count(*state), 4);
    put(*state, CORES_QUOTA, "");
    assert_int_equal(count(*state), 4);
    put(*state, CORES_QUOTA, "100000\n");
    assert_int_equal(count(*state), 4);
    put(*state, CORES_QUOTA, "100000 0\n");
    assert_int_equal(count(*state), 4);
}

static void quotas(void **state)
{
    static const struct {
        const char *text;
        size_t cores;
    } CASES[] = {
        {"max 100000\n", 4},
        {"100000 100000\n", 1},
        {"50000 100000\n", 1},
        {"1000 100000\n", 1},
        {"120000 100000\n", 1},
        {"150000 100000\n", 2},
        {"200000 100000\n", 2},
        {"40000 10000\n", 4},
        {"900000 100000\n", 4},
        {"0 100000\n", 1},
        {"18446744073709551615 1\n", 4},
    };
    for (size_t i = 0; i < 4; i++)
        add(*state, i, NULL);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        put(*state, CORES_QUOTA, CASES[i].text);
        assert_int_equal(count(*state), CASES[i].cores);
    }
}

static void this_machine(void **state)
{
    (void)state;
    cpu_set_t one;
    assert_true(cores_count(MANY) >= 1);
    assert_int_equal(cores_count(1), 1);
    assert_int_equal(sched_getaffinity(0, sizeof one, &one), 0);
    for (size_t i = 0, found = 0; i < CPU_SETSIZE; i++) {
        if (CPU_ISSET(i, &one) && found++ > 0)
            CPU_CLR(i, &one);
    }
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(cores_count(MANY), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(siblings_are_one_core, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cores_of_their_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unknown_is_no_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(quotas, set_up, tear_down),
        cmocka_unit_test(this_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
