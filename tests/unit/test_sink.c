/* SPDX-License-Identifier: MIT
 * Files that appear whole or not at all, and what their charset lacks. */
#include "tests/unit/assert_str.h"

#include "convert/io/sink.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_MOST = 4096 };

/* A directory of its own, which each test leaves empty. */
typedef struct Room {
    char dir[32];
    char out[64], link[64];
    FILE *messages;
    Diag diag;
    char text[TEXT_MOST];
} Room;

static int enter(void **state)
{
    Room *room = calloc(1, sizeof *room);
    if (room == NULL)
        return -1;
    memcpy(room->dir, "unit-sink-XXXXXX", sizeof "unit-sink-XXXXXX");
    room->messages = tmpfile();
    if (mkdtemp(room->dir) == NULL || room->messages == NULL)
        return -1;
    snprintf(room->out, sizeof room->out, "%s/out", room->dir);
    snprintf(room->link, sizeof room->link, "%s/link", room->dir);
    room->diag = (Diag){.fd = fileno(room->messages)};
    *state = room;
    return 0;
}

static size_t entries(const Room *room)
{
    size_t count = 0;
    DIR *dir = opendir(room->dir);
    assert_non_null(dir);
    for (struct dirent *each = readdir(dir); each != NULL; each = readdir(dir))
        count += strcmp(each->d_name, ".") != 0 && strcmp(each->d_name, "..") != 0;
    closedir(dir);
    return count;
}

static int leave(void **state)
{
    Room *room = *state;
    unlink(room->link);
    unlink(room->out);
    int left = rmdir(room->dir); /* fails where something was left behind */
    diag_free(&room->diag);
    fclose(room->messages);
    free(room);
    return left;
}

static Str said(Room *room)
{
    rewind(room->messages);
    return (Str){room->text, fread(room->text, 1, TEXT_MOST, room->messages)};
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static Str got(Room *room, const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    Str all = {room->text, fread(room->text, 1, TEXT_MOST, file)};
    fclose(file);
    return all;
}

static void a_new_file_appears_when_it_is_whole(void **state)
{
    Room *room = *state;
    Sink *sink = sink_open(room->out, NULL, &room->diag);
    assert_non_null(sink);
    sink_write(sink, STR("one"));
    sink_byte(sink, '\0');
    sink_format(sink, "%s-%d\n", "two", 3);
    sink_flush(sink);
    assert_int_equal(access(room->out, F_OK), -1);
    assert_false(sink_failed(sink));
    assert_true(sink_close(sink, true));
    assert_true(str_equal(got(room, room->out), STR("one\0two-3\n")));
    assert_int_equal(entries(room), 1);
    ASSERT_STR(said(room), "");
}

static void an_unfinished_one_never_does(void **state)
{
    Room *room = *state;
    Sink *sink = sink_open(room->out, NULL, &room->diag);
    sink_write(sink, STR("half"));
    sink_flush(sink);
    assert_true(sink_close(sink, false));
    assert_int_equal(entries(room), 0);
}

static void the_old_file_stays_until_then(void **state)
{
    Room *room = *state;
    put(room->out, "old");
    Sink *sink = sink_open(room->out, NULL, &room->diag);
    sink_write(sink, STR("new"));
    sink_flush(sink);
    ASSERT_STR(got(room, room->out), "old");
    assert_true(sink_close(sink, false));
    ASSERT_STR(got(room, room->out), "old");

    sink = sink_open(room->out, NULL, &room->diag);
    sink_write(sink, STR("n"));
    assert_true(sink_close(sink, true));
    ASSERT_STR(got(room, room->out), "n");
    assert_int_equal(entries(room), 1);
}

static void its_mode_stays(void **state)
{
    Room *room = *state;
    struct stat info;
    put(room->out, "old");
    assert_int_equal(chmod(room->out, 0640), 0);
    Sink *sink = sink_open(room->out, NULL, &room->diag);
    assert_true(sink_close(sink, true));
    assert_int_equal(stat(room->out, &info), 0);
    assert_int_equal(info.st_mode & 07777, 0640);
    assert_int_equal(info.st_size, 0);
}

static void links_are_followed(void **state)
{
    Room *room = *state;
    struct stat info;
    put(room->out, "old");
    assert_int_equal(symlink("out", room->link), 0);
    Sink *sink = sink_open(room->link, NULL, &room->diag);
    sink_write(sink, STR("new"));
    assert_true(sink_close(sink, true));
    assert_int_equal(lstat(room->link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    ASSERT_STR(got(room, room->out), "new");
    assert_int_equal(entries(room), 2);
}

static void large_output_keeps_its_order(void **state)
{
    enum { LINES = 50000, LARGE = 200000 };
    Room *room = *state;
    char *large = malloc(LARGE), expected[16];
    assert_non_null(large);
    memset(large, 'x', LARGE);
    Sink *sink = sink_open(room->out, NULL, &room->diag);
    for (int i = 0; i < LINES; i++) {
        sink_format(sink, "%d\n", i);
        if (i == LINES / 2)
            sink_write(sink, (Str){large, LARGE});
    }
    assert_true(sink_close(sink, true));
    FILE *file = fopen(room->out, "rb");
    assert_non_null(file);
    for (int i = 0; i < LINES; i++) {
        if (i == LINES / 2 + 1)
            assert_int_equal(fread(large, 1, LARGE, file), LARGE);
        assert_non_null(fgets(expected, sizeof expected, file));
        assert_int_equal(strtol(expected, NULL, 10), i);
    }
    assert_int_equal(fgetc(file), EOF);
    fclose(file);
    free(large);
}

/* Where it cannot be written. */

static void no_directory_no_file(void **state)
{
    Room *room = *state;
    char path[80];
    snprintf(path, sizeof path, "%s/none/out", room->dir);
    assert_null(sink_open(path, NULL, &room->diag));
    assert_null(sink_open(room->dir, NULL, &room->diag));
    assert_int_equal(room->diag.counts[LEVEL_ERROR], 2);
    assert_true(str_contains(said(room), STR("/none/out: ")));
    assert_true(str_ends(said(room), STR(" [open-failed]\n")));
    assert_int_equal(entries(room), 0);
}

/* A disk that is full, played by a limit on the size of files. */
static void a_failed_file_leaves_the_old_one(void **state)
{
    Room *room = *state;
    struct rlimit old, least;
    put(room->out, "old");
    Sink *sink = sink_open(room->out, NULL, &room->diag);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    least = (struct rlimit){.rlim_cur = 8192, .rlim_max = old.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &least), 0);
    for (int i = 0; i < 100000; i++)
        sink_write(sink, STR("more and more "));
    bool failed = sink_failed(sink), abandoned = sink_abandoned(sink);
    bool fine = sink_close(sink, true);
    setrlimit(RLIMIT_FSIZE, &old);
    signal(SIGXFSZ, SIG_DFL);
    assert_true(failed);
    assert_false(abandoned || fine);
    /* Said once, however often it was tried. */
    assert_int_equal(room->diag.counts[LEVEL_ERROR], 1);
    assert_true(str_ends(said(room), STR(" [write-failed]\n")));
    ASSERT_STR(got(room, room->out), "old");
    assert_int_equal(entries(room), 1);
}

/* The reader of a pipe may go: that is no fault. */
static void an_abandoned_pipe_is_no_error(void **state)
{
    Room *room = *state;
    assert_int_equal(mkfifo(room->out, 0600), 0);
    int reader = open(room->out, O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    Sink *sink = sink_open(room->out, NULL, &room->diag);
    assert_non_null(sink);
    sink_write(sink, STR("x"));
    sink_flush(sink);
    assert_false(sink_failed(sink));
    close(reader);
    signal(SIGPIPE, SIG_IGN);
    sink_write(sink, STR("y"));
    sink_flush(sink);
    assert_true(sink_failed(sink));
    assert_true(sink_abandoned(sink));
    sink_close(sink, true);
    signal(SIGPIPE, SIG_DFL);
    ASSERT_STR(said(room), "");
    struct stat info;
    assert_int_equal(stat(room->out, &info), 0);
    assert_true(S_ISFIFO(info.st_mode)); /* it is written to, never replaced */
}

/* Charsets. */

static void utf8_has_everything(void **state)
{
    Room *room = *state;
    static const char *const FULL[] = {NULL, "UTF-8", "utf8", "UTF-16", "GB18030"};
    for (size_t i = 0; i < sizeof FULL / sizeof FULL[0]; i++) {
        Sink *sink = sink_open(room->out, FULL[i], &room->diag);
        assert_true(sink_is_unicode(sink));
        assert_true(sink_has(sink, 'a') && sink_has(sink, 0x674e) &&
                    sink_has(sink, 0x1f600));
        sink_close(sink, false);
    }
}

static void ascii_lacks_much(void **state)
{
    Room *room = *state;
    Sink *sink = sink_open(room->out, "ASCII", &room->diag);
    assert_false(sink_is_unicode(sink));
    for (int round = 0; round < 2; round++) {
        for (uint32_t c = ' '; c < 0x7f; c++)
            assert_true(sink_has(sink, c));
        assert_false(sink_has(sink, 0xe9) || sink_has(sink, 0x674e) ||
                     sink_has(sink, 0xfffd) || sink_has(sink, 0x1f600));
    }
    /* Asking writes nothing and says nothing. */
    assert_true(sink_close(sink, true));
    ASSERT_STR(got(room, room->out), "");
    ASSERT_STR(said(room), "");
}

static void what_is_lost_is_said_at_the_field(void **state)
{
    Room *room = *state;
    Sink *sink = sink_open(room->out, "ASCII", &room->diag);
    room->diag.at = (Place){STR("in.ris"), 4, 7};
    sink_write(sink, STR("caf\xc3\xa9 \xe6\x9d\x8e!"));
    room->diag.at = (Place){STR("in.ris"), 9, 1};
    sink_write(sink, STR("plain"));
    sink_write(sink, STR("\xc3\xa9"));
    assert_true(sink_close(sink, true));
    ASSERT_STR(got(room, room->out), "caf? ?!plain?");
    assert_int_equal(room->diag.counts[LEVEL_WARNING], 3);
    Str all = said(room), line;
    assert_true(str_split(&all, '\n', &line));
    assert_true(str_starts(line, STR("in.ris:4:7: warning: ")));
    assert_true(str_contains(line, STR("U+00E9")));
    assert_true(str_ends(line, STR(" [lost-character]")));
    assert_true(str_split(&all, '\n', &line));
    assert_true(str_contains(line, STR("U+674E")));
    assert_true(str_split(&all, '\n', &line));
    assert_true(str_starts(line, STR("in.ris:9:1: ")));
}

static void latin_1(void **state)
{
    Room *room = *state;
    Sink *sink = sink_open(room->out, "ISO-8859-1", &room->diag);
    assert_true(sink_has(sink, 0xe9));
    assert_false(sink_has(sink, 0x141));
    sink_write(sink, STR("caf\xc3\xa9"));
    sink_byte(sink, '\n');
    assert_true(sink_close(sink, true));
    ASSERT_STR(got(room, room->out), "caf\xe9\n");
}

/* Large texts, so that the encoder's output has more than one buffer. */
static void much_text_is_encoded(void **state)
{
    enum { COUNT = 300000, BYTES = 600000 };
    Room *room = *state;
    struct stat info;
    Sink *sink = sink_open(room->out, "UTF-16LE", &room->diag);
    for (int i = 0; i < COUNT; i++)
        sink_write(sink, STR("\xc3\xa9"));
    assert_true(sink_close(sink, true));
    assert_int_equal(stat(room->out, &info), 0);
    assert_int_equal(info.st_size, BYTES);
}

static void stateful_charsets_end_in_ascii(void **state)
{
    Room *room = *state;
    Sink *sink = sink_open(room->out, "ISO-2022-JP", &room->diag);
    sink_write(sink, STR("\xe6\x97\xa5"));
    assert_true(sink_has(sink, 0x65e5)); /* the question must not disturb the state */
    sink_write(sink, STR("\xe6\x97\xa5"));
    assert_true(sink_close(sink, true));
    ASSERT_STR(got(room, room->out), "\x1b$BF|F|\x1b(B");
}

#define ROOM_TEST(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROOM_TEST(a_new_file_appears_when_it_is_whole),
        ROOM_TEST(an_unfinished_one_never_does),
        ROOM_TEST(the_old_file_stays_until_then),
        ROOM_TEST(its_mode_stays),
        ROOM_TEST(links_are_followed),
        ROOM_TEST(large_output_keeps_its_order),
        ROOM_TEST(no_directory_no_file),
        ROOM_TEST(a_failed_file_leaves_the_old_one),
        ROOM_TEST(an_abandoned_pipe_is_no_error),
        ROOM_TEST(utf8_has_everything),
        ROOM_TEST(ascii_lacks_much),
        ROOM_TEST(what_is_lost_is_said_at_the_field),
        ROOM_TEST(latin_1),
        ROOM_TEST(much_text_is_encoded),
        ROOM_TEST(stateful_charsets_end_in_ascii),
    };
    return cmocka_run_group_tests_name("sink", tests, NULL, NULL);
}
