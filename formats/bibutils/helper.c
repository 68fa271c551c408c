/* SPDX-License-Identifier: MIT
 * Starting, asking and burying the helper; see helper.h. */
#include "formats/bibutils/helper.h"
#include "convert/base/diag.h"
#include "convert/base/memory.h"
#include "convert/io/quiet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    PATIENCE = 10 * 1000,          /* milliseconds for an answer, and */
    PATIENCE_MEGABYTE = 10 * 1000, /* for each MiB of the question */
    QUESTIONS_MOST = 2000,         /* of one process */
    DEATHS_MOST = 5                /* without an answer between them */
};

struct Helper {
    const char *task, *format;
    pid_t pid; /* 0: not running */
    int in, out;
    size_t questions, deaths;
    bool gone;
    Buf answer, path, complaint;
};

extern char **environ;

static void complain(Helper *h, const char *text)
{
    buf_clear(&h->complaint);
    buf_add(&h->complaint, str_from(text));
}

/* Finding and starting. */

static bool runs(Buf *path, const char *directory, size_t size)
{
    buf_clear(path);
    buf_add(path, (Str){directory, size});
    buf_add(path, STR("/citeconv-bibutils"));
    buf_add_byte(path, '\0');
    return access(path->data, X_OK) == 0;
}

bool helper_find(Buf *path)
{
    static const char TO_LIBEXEC[] = CITECONV_TO_LIBEXEC; /* from the program's place */
    char own[4096];
    const char *given = getenv("CITECONV_BIBUTILS");
    if (given != NULL && given[0] != '\0') {
        buf_clear(path);
        buf_add(path, str_from(given));
        buf_add_byte(path, '\0');
        return access(given, X_OK) == 0;
    }
    ssize_t size = readlink("/proc/self/exe", own, sizeof own - sizeof TO_LIBEXEC);
    while (size > 0 && own[size - 1] != '/')
        size--;
    if (size > 1 && runs(path, own, (size_t)size - 1))
        return true;
    if (size > 0) { /* the whole installation may have been moved elsewhere */
        memcpy(own + size, TO_LIBEXEC, sizeof TO_LIBEXEC - 1);
        if (runs(path, own, (size_t)size + sizeof TO_LIBEXEC - 1))
            return true;
    }
    return runs(path, CITECONV_LIBEXECDIR, sizeof CITECONV_LIBEXECDIR - 1);
}

static void close_ends(const int ends[2])
{
    int error = errno;
    for (int i = 0; i < 2; i++) {
        if (ends[i] >= 0)
            close(ends[i]);
    }
    errno = error;
}

/* A pipe whose two ends nobody else inherits, and none is a standard stream. */
static bool open_pipe(int ends[2])
{
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        int moved = fcntl(ends[i], F_DUPFD_CLOEXEC, 3), error = errno;
        close(ends[i]);
        ends[i] = moved;
        errno = error;
    }
    if (ends[0] >= 0 && ends[1] >= 0)
        return true;
    close_ends(ends);
    return false;
}

static bool spawn(Helper *h, int from, int to)
{
    union {
        const char *given;
        char *wanted; /* posix_spawn takes them so and changes nothing */
    } words[] = {{"citeconv-bibutils"}, {h->task}, {h->format}};
    char *const argv[] = {words[0].wanted, words[1].wanted, words[2].wanted, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, from, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, to, STDOUT_FILENO);
    /* What it has to say is nobody's: that end of the pipe takes no words, and the right
     * to open another file may be given up. */
    posix_spawn_file_actions_adddup2(&actions, from, STDERR_FILENO);
    /* Whatever signals the caller's thread holds back, this one may be ended. */
    posix_spawnattr_t attributes;
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setsigmask(&attributes, &none);
    int error = posix_spawn(&h->pid, h->path.data, &actions, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        h->pid = 0;
        complain(h, diag_reason(error));
    }
    return error == 0;
}

static void bury(Helper *h)
{
    if (h->pid == 0)
        return;
    close(h->in);
    close(h->out);
    kill(h->pid, SIGKILL);
    while (waitpid(h->pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    h->pid = 0;
}

/* Asking. */

static long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Why it went: it closed its end, so that it has ended or is about to. */
static void learn_of_death(Helper *h)
{
    int status = 0;
    pid_t dead = 0;
    for (int tries = 0; tries < 100 && dead == 0; tries++) {
        dead = waitpid(h->pid, &status, WNOHANG);
        if (dead == 0)
            poll(NULL, 0, 10);
    }
    /* Where the caller ignores SIGCHLD nobody learns how, and the id is free. */
    bool unknown = dead < 0 && errno == ECHILD;
    buf_clear(&h->complaint);
    if (unknown)
        buf_add(&h->complaint, STR("ended"));
    else if (dead == h->pid && WIFSIGNALED(status))
        buf_format(&h->complaint, "crashed (signal %d)", WTERMSIG(status));
    else if (dead == h->pid)
        buf_format(&h->complaint, "ended (status %d)", WEXITSTATUS(status));
    else
        buf_add(&h->complaint, STR("stopped answering"));
    if (dead == h->pid || unknown) {
        close(h->in);
        close(h->out);
        h->pid = 0;
    }
}

/* A frame is there as a whole, or cannot come. */
typedef enum Came { CAME_PART, CAME_WHOLE, CAME_NONSENSE } Came;

static Came look(const Helper *h, WireKind *kind)
{
    size_t size;
    if (h->answer.size < WIRE_HEADER)
        return CAME_PART;
    if (!wire_header(h->answer.data, kind, &size))
        return CAME_NONSENSE;
    if (h->answer.size > WIRE_HEADER + size)
        return CAME_NONSENSE;
    return h->answer.size == WIRE_HEADER + size ? CAME_WHOLE : CAME_PART;
}

/* False where it is over. */
static bool give(Helper *h, Str *rest)
{
    ssize_t wrote = quiet_write(h->in, *rest);
    if (wrote > 0)
        *rest = str_after(*rest, (size_t)wrote);
    return wrote >= 0 || errno == EAGAIN || errno == EINTR;
}

static bool take(Helper *h)
{
    enum { BLOCK = 64 * 1024 };
    ssize_t got = read(h->out, buf_reserve(&h->answer, BLOCK), BLOCK);
    if (got > 0)
        h->answer.size += (size_t)got;
    return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
}

/* Both pipes at once: it may answer before it has read all. */
static bool exchange(Helper *h, Str question, WireKind *kind)
{
    long until = now() + PATIENCE + (long)(question.size >> 20) * PATIENCE_MEGABYTE;
    Came came;
    buf_clear(&h->answer);
    if (question.size > 0)
        give(h, &question);
    while ((came = look(h, kind)) == CAME_PART) {
        struct pollfd ends[] = {
            {.fd = h->out, .events = POLLIN},
            {.fd = question.size > 0 ? h->in : -1, .events = POLLOUT}};
        long left = until - now();
        int ready = left > 0 ? poll(ends, 2, (int)left) : 0;
        if (ready == 0) {
            buf_clear(&h->complaint);
            buf_format(&h->complaint, "gave no answer for %ld seconds",
                       (now() - until + PATIENCE + 500) / 1000);
            return false;
        }
        if (ready > 0 && ends[1].revents != 0 && !give(h, &question))
            question = STR_EMPTY; /* what it said before it died is still to be read */
        if (ready > 0 && ends[0].revents != 0 && !take(h)) {
            learn_of_death(h);
            return false;
        }
    }
    if (came == CAME_NONSENSE)
        complain(h, "answered nonsense");
    return came == CAME_WHOLE;
}

static Str payload(const Helper *h)
{
    return str_after(buf_str(&h->answer), WIRE_HEADER);
}

static bool greet(Helper *h)
{
    WireKind kind;
    if (!exchange(h, STR_EMPTY, &kind))
        return false;
    if (kind == WIRE_HELLO && str_equal(payload(h), STR(WIRE_GREETING)))
        return true;
    complain(h, "is of another version than citeconv");
    return false;
}

static bool start(Helper *h)
{
    int questions[2], answers[2];
    if (!helper_find(&h->path)) {
        complain(h, "is not installed; see FORMATS in citeconv(1)");
        return false;
    }
    bool asks = open_pipe(questions);
    if (!asks || !open_pipe(answers)) {
        complain(h, diag_reason(errno));
        if (asks)
            close_ends(questions);
        return false;
    }
    bool fine = spawn(h, questions[0], answers[1]);
    close(questions[0]);
    close(answers[1]);
    h->in = questions[1];
    h->out = answers[0];
    if (!fine) {
        close(h->in);
        close(h->out);
        return false;
    }
    fcntl(h->in, F_SETFL, O_NONBLOCK);
    h->questions = 0;
    if (greet(h))
        return true;
    bury(h);
    return false;
}

HelperResult helper_ask(Helper *h, Str frame, WireKind wanted, Str *answer)
{
    WireKind kind;
    if (h->pid != 0 && h->questions == QUESTIONS_MOST)
        bury(h);
    if (h->gone || (h->pid == 0 && !start(h))) {
        h->gone = true;
        return HELPER_GONE;
    }
    h->questions++;
    if (exchange(h, frame, &kind) && (kind == wanted || kind == WIRE_FAULT)) {
        h->deaths = 0;
        *answer = payload(h);
        if (kind == wanted)
            return HELPER_FINE;
        buf_clear(&h->complaint);
        buf_add(&h->complaint, *answer);
        return HELPER_REFUSED;
    }
    if (h->complaint.size == 0)
        complain(h, "answered nonsense");
    bury(h);
    if (++h->deaths == DEATHS_MOST)
        h->gone = true;
    return HELPER_DIED;
}

void helper_distrust(Helper *h)
{
    bury(h);
}

Str helper_complaint(const Helper *h)
{
    return buf_str(&h->complaint);
}

Helper *helper_open(const char *task, const char *format)
{
    Helper *h = memory_zeroed(1, sizeof *h);
    h->task = task;
    h->format = format;
    return h;
}

void helper_close(Helper *h)
{
    if (h == NULL)
        return;
    bury(h);
    buf_free(&h->answer);
    buf_free(&h->path);
    buf_free(&h->complaint);
    free(h);
}
