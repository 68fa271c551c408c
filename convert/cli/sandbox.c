/* SPDX-License-Identifier: MIT
 * What a command needs to reach; see sandbox.h. */
#include "convert/cli/sandbox.h"
#include "convert/io/rights.h"
#include "convert/io/scratch.h"
#include "convert/pipeline/cores.h"
#include "convert/text/charset.h"
#include "formats/registry.h"
#include "formats/text/library.h"

#include <string.h>

/* Where it is a file, "-" is open already. */
static void read_file(Rights *rights, const char *path)
{
    if (path != NULL && strcmp(path, "-") != 0)
        rights_read(rights, path);
}

static void read_files(Rights *rights, const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++)
        read_file(rights, paths[i]);
}

/* An .aux file names others, beside it or below. */
static void read_beside(Rights *rights, const char *path)
{
    Str all = str_from(path);
    Buf directory = {0};
    while (all.size > 0 && all.data[all.size - 1] != '/')
        all.size--;
    buf_add(&directory, all);
    buf_add(&directory, STR(".\0"));
    rights_read(rights, directory.data);
    buf_free(&directory);
}

static void read_library(Rights *rights)
{
    Library *library = library_open();
    const char *directory;
    for (size_t i = 0; (directory = library_directory(library, i)) != NULL; i++)
        rights_read(rights, directory);
    library_close(library);
}

/* A file may name its charset, whose table is loaded then; a C library and a long run may
 * ask how many processors there are. */
static void read_system(Rights *rights)
{
    Buf path = {0};
    for (size_t i = 0; charset_directory(i, &path); i++)
        rights_read(rights, path.data);
    buf_free(&path);
    rights_read(rights, "/sys/devices/system/cpu");
    rights_read(rights, CORES_QUOTA);
}

static void run_program(Rights *rights, const Format *format)
{
    Buf path = {0};
    if (format != NULL && format->program != NULL && format->program(&path))
        rights_run(rights, path.data);
    buf_free(&path);
}

/* The format that nobody named may be any. */
static void run_programs(Rights *rights, const Command *command)
{
    const Format *const *all = registry_all();
    run_program(rights, command->from);
    run_program(rights, command->to);
    for (size_t i = 0; command->from == NULL && all[i] != NULL; i++) {
        if (all[i]->reader != NULL)
            run_program(rights, all[i]);
    }
}

static void read_inputs(Rights *rights, const Command *command)
{
    read_files(rights, command->inputs, command->input_count);
    read_file(rights, command->cite);
    read_system(rights);
}

void sandbox_enter(const Command *command, Diag *diag)
{
    Rights rights;
    if (command->no_sandbox)
        return;
    rights_begin(&rights);
    read_inputs(&rights, command);
    read_file(&rights, command->venues);
    read_file(&rights, command->style);
    read_files(&rights, command->maps.items, command->maps.count);
    read_files(&rights, command->plan.bcf.items, command->plan.bcf.count);
    for (size_t i = 0; i < command->plan.aux.count; i++)
        read_beside(&rights, command->plan.aux.items[i]);
    read_files(&rights, command->plan.aux.items, command->plan.aux.count);
    read_library(&rights);
    run_programs(&rights, command);
    rights_make(&rights, scratch_directory());
    rights_shrink(&rights);
    const char *lacking = rights_keep(&rights);
    if (lacking != NULL)
        diag_report(diag, LEVEL_DETAIL, "no-sandbox", (Place){0},
                    "rights are not given up: %s", lacking);
}

void sandbox_tighten(void *context, const Job *job)
{
    const Command *command = context;
    Rights rights;
    if (command->no_sandbox)
        return;
    rights_begin(&rights);
    read_inputs(&rights, command);
    run_program(&rights, job->from);
    run_program(&rights, job->to);
    (void)rights_keep(&rights); /* sandbox_enter said what is lacking */
}
