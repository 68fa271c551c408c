/* SPDX-License-Identifier: MIT
 * Writes the programs that filter.c hands to the kernel: mk_filter OUTPUT, at build time.
 *
 * libseccomp makes them, for every machine that it knows and the project is built for, so
 * that it does not matter on which this runs.  It is not asked at run time: that would
 * cost each start a millisecond.
 *
 * A call that nobody thought of fails as on an older kernel (ENOSYS), for which every C
 * library has another way.  Arguments are looked at where they are numbers: a pointer's
 * target may change after the look. */
#include "convert/io/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>

/* How a machine is called by libseccomp and by the compiler, and what differs there. */
typedef struct Machine {
    uint32_t arch;
    const char *condition;
    bool big_endian;
    unsigned clone_flags;             /* which argument they are */
    uint32_t get_terminal, get_width; /* TCGETS and TIOCGWINSZ */
} Machine;

static const Machine MACHINES[] = {
    {SCMP_ARCH_X86_64, "defined __x86_64__ && defined __LP64__", false, 0, 0x5401,
     0x5413},
    {SCMP_ARCH_AARCH64,
     "defined __aarch64__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__", false, 0, 0x5401,
     0x5413},
    {SCMP_ARCH_RISCV64, "defined __riscv && __riscv_xlen == 64", false, 0, 0x5401,
     0x5413},
    {SCMP_ARCH_PPC64LE,
     "defined __powerpc64__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__", false, 0,
     0x402c7413, 0x40087468},
    {SCMP_ARCH_S390X, "defined __s390x__", true, 1, 0x5401, 0x5413},
};

static const char *const ALWAYS[] = {
    /* what is open */
    "read", "write", "readv", "writev", "pread64", "pwrite64", "lseek", "close",
    "close_range", "fstat", "dup", "poll", "ppoll", "fadvise64",
    /* memory */
    "brk", "mmap", "munmap", "mremap", "mprotect", "madvise",
    /* threads, and this process itself */
    "futex", "set_robust_list", "rseq", "gettid", "getpid", "sched_yield",
    "sched_getaffinity", "membarrier", "eventfd2", "exit", "exit_group",
    "restart_syscall", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack",
    "wait4", "getrusage",
    /* time and chance */
    "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday",
    "getrandom", "time", "uname", "sysinfo", NULL};
/* openat is looked at more closely. */
static const char *const OPENING[] = {"newfstatat", "statx",  "readlinkat", "faccessat",
                                      "faccessat2", "getcwd", "getdents64", "fstatfs",
                                      "stat",       "lstat",  "access",     "readlink",
                                      NULL};
static const char *const MAKING[] = {"unlinkat", "unlink", NULL};
static const char *const RUNNING[] = {
    "execve",          "kill",       "pipe2",     "dup2", "dup3", "tgkill", "waitid",
    "set_tid_address", "arch_prctl", "setrlimit", NULL};
static const char *const SHRINKING[] = {"seccomp", "landlock_create_ruleset",
                                        "landlock_add_rule", "landlock_restrict_self",
                                        NULL};
/* Whoever asks for these is not the program any more; execve is one of them where it was
 * not asked for. */
static const char *const NEVER[] = {"execveat",
                                    "ptrace",
                                    "process_vm_readv",
                                    "process_vm_writev",
                                    "pidfd_getfd",
                                    "socket",
                                    "socketpair",
                                    "connect",
                                    "bind",
                                    "listen",
                                    "accept",
                                    "accept4",
                                    "sendto",
                                    "sendmsg",
                                    "io_uring_setup",
                                    "io_uring_enter",
                                    "bpf",
                                    "perf_event_open",
                                    "userfaultfd",
                                    "keyctl",
                                    "add_key",
                                    "request_key",
                                    "mount",
                                    "umount2",
                                    "pivot_root",
                                    "chroot",
                                    "unshare",
                                    "setns",
                                    "init_module",
                                    "finit_module",
                                    "delete_module",
                                    "kexec_load",
                                    "reboot",
                                    "setuid",
                                    "setgid",
                                    "setresuid",
                                    "setresgid",
                                    "fork",
                                    "vfork",
                                    NULL};

static const uint32_t REFUSE = SCMP_ACT_ERRNO(EACCES);
static const uint32_t UNKNOWN = SCMP_ACT_ERRNO(ENOSYS);

static void expect(bool fine, const char *what)
{
    if (fine)
        return;
    fprintf(stderr, "mk_filter: %s\n", what);
    exit(1);
}

/* The number here of a call that may be another one there, or none. */
static int number_of(const char *call)
{
    int number = seccomp_syscall_resolve_name(call);
    expect(number != __NR_SCMP_ERROR, call);
    return number;
}

static void judge(scmp_filter_ctx filter, const char *call, uint32_t action)
{
    expect(seccomp_rule_add(filter, action, number_of(call), 0) == 0, call);
}

static void judge_all(scmp_filter_ctx filter, const char *const *calls, uint32_t action)
{
    for (size_t i = 0; calls[i] != NULL; i++)
        judge(filter, calls[i], action);
}

/* A call where argument `i` has just `bits` of `mask`. */
static void judge_where(scmp_filter_ctx filter, const char *call, uint32_t action,
                        unsigned i, uint32_t mask, uint32_t bits)
{
    struct scmp_arg_cmp argument = {
        .arg = i, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = bits};
    expect(seccomp_rule_add_array(filter, action, number_of(call), 1, &argument) == 0,
           call);
}

/* A call whose argument must have none of the bits, or else meets `otherwise`. */
static void allow_without(scmp_filter_ctx filter, const char *call, unsigned i,
                          uint32_t bits, uint32_t otherwise)
{
    judge_where(filter, call, SCMP_ACT_ALLOW, i, bits, 0);
    for (uint32_t bit = 1; bit != 0; bit <<= 1) {
        if ((bits & bit) != 0)
            judge_where(filter, call, otherwise, i, bit, bit);
    }
}

/* clone3 hides its flags behind a pointer: it is unknown, and the C library takes clone.
 */
static void judge_clone(scmp_filter_ctx filter, const Machine *machine, unsigned calls)
{
    uint32_t spaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                      CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
    unsigned i = machine->clone_flags;
    if ((calls & CALLS_RUN) == CALLS_RUN) {
        allow_without(filter, "clone", i, spaces, SCMP_ACT_KILL_PROCESS);
        return;
    }
    judge_where(filter, "clone", SCMP_ACT_ALLOW, i, CLONE_THREAD, CLONE_THREAD);
    judge_where(filter, "clone", SCMP_ACT_KILL_PROCESS, i, CLONE_THREAD, 0);
}

/* A terminal is asked what it is and how wide; nothing is typed into it. */
static void judge_ioctl(scmp_filter_ctx filter, const Machine *machine)
{
    judge_where(filter, "ioctl", SCMP_ACT_ALLOW, 1, UINT32_MAX, machine->get_terminal);
    judge_where(filter, "ioctl", SCMP_ACT_ALLOW, 1, UINT32_MAX, machine->get_width);
}

/* Descriptors are copied and their flags changed; nobody is made to get signals. */
static void judge_fcntl(scmp_filter_ctx filter)
{
    static const uint32_t COMMANDS[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD,
                                        F_SETFD, F_GETFL,         F_SETFL};
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++)
        judge_where(filter, "fcntl", SCMP_ACT_ALLOW, 1, UINT32_MAX, COMMANDS[i]);
}

static void judge_calls(scmp_filter_ctx filter, const Machine *machine, unsigned calls)
{
    bool opens = (calls & CALLS_OPEN) != 0, runs = (calls & CALLS_RUN) == CALLS_RUN;
    judge_all(filter, ALWAYS, SCMP_ACT_ALLOW);
    judge_all(filter, NEVER, SCMP_ACT_KILL_PROCESS);
    if (opens)
        judge_all(filter, OPENING, SCMP_ACT_ALLOW);
    if ((calls & CALLS_MAKE) == CALLS_MAKE) {
        judge_all(filter, MAKING, SCMP_ACT_ALLOW);
        judge(filter, "openat", SCMP_ACT_ALLOW);
    } else if (opens) {
        allow_without(filter, "openat", 2, O_ACCMODE | O_CREAT | O_TRUNC, REFUSE);
    } else {
        judge(filter, "openat", REFUSE);
    }
    if ((calls & CALLS_SHRINK) != 0) {
        judge_all(filter, SHRINKING, SCMP_ACT_ALLOW);
        judge_where(filter, "prctl", SCMP_ACT_ALLOW, 0, UINT32_MAX, PR_SET_NO_NEW_PRIVS);
    }
    if (runs) {
        judge_all(filter, RUNNING, SCMP_ACT_ALLOW);
        /* Its own limits. */
        judge_where(filter, "prlimit64", SCMP_ACT_ALLOW, 0, UINT32_MAX, 0);
    } else {
        judge(filter, "execve", SCMP_ACT_KILL_PROCESS);
        /* abort(): to nobody but itself. */
        judge_where(filter, "tgkill", SCMP_ACT_ALLOW, 0, UINT32_MAX, FILTER_SELF);
    }
    judge_clone(filter, machine, calls);
    judge_ioctl(filter, machine);
    judge_fcntl(filter);
}

static scmp_filter_ctx make_filter(const Machine *machine, unsigned calls)
{
    scmp_filter_ctx filter = seccomp_init(UNKNOWN);
    expect(filter != NULL, "no memory");
    /* Machines of two byte orders cannot be in one. */
    expect(seccomp_arch_remove(filter, SCMP_ARCH_NATIVE) == 0 &&
               seccomp_arch_add(filter, machine->arch) == 0,
           machine->condition);
    expect(seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0,
           "no action for another machine");
    /* A tree: the kernel goes through the program once for each call that there is. */
    expect(seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0, "no tree");
    judge_calls(filter, machine, calls);
    return filter;
}

/* The program is in the byte order of its machine, this one's or the other. */
static struct sock_filter step_of(const unsigned char *bytes, bool big_endian)
{
    enum { BYTE = 8 };
    struct sock_filter step = {.jt = bytes[2], .jf = bytes[3]};
    for (size_t i = 0; i < sizeof step.k; i++)
        step.k |= (uint32_t)bytes[4 + i] << BYTE * (big_endian ? 3 - i : i);
    step.code = (uint16_t)(big_endian ? bytes[0] << BYTE | bytes[1]
                                      : bytes[1] << BYTE | bytes[0]);
    return step;
}

/* Writes its steps, and which of them asks for the process itself: their count is none.
 */
static void write_filter(FILE *out, const Machine *machine, unsigned calls)
{
    scmp_filter_ctx filter = make_filter(machine, calls);
    FILE *program = tmpfile();
    unsigned char bytes[sizeof(struct sock_filter)];
    size_t count = 0, self = 0, selves = 0;
    expect(program != NULL && seccomp_export_bpf(filter, fileno(program)) == 0,
           "no program");
    rewind(program);
    fprintf(out, "static const struct sock_filter STEPS_%u[] = {\n", calls);
    for (; fread(bytes, sizeof bytes, 1, program) == 1; count++) {
        struct sock_filter step = step_of(bytes, machine->big_endian);
        fprintf(out, "{0x%x, %u, %u, 0x%x},\n", step.code, step.jt, step.jf, step.k);
        if (BPF_CLASS(step.code) == BPF_JMP && step.k == FILTER_SELF) {
            self = count;
            selves++;
        }
    }
    expect(selves == ((calls & CALLS_RUN) == CALLS_RUN ? 0 : 1) && count > 0 &&
               count <= FILTER_MOST,
           "not the expected steps");
    fprintf(out, "};\nenum { SELF_%u = %zu };\n", calls, selves == 1 ? self : count);
    fclose(program);
    seccomp_release(filter);
}

/* The sets that can be asked for: what one includes is part of it. */
static bool is_whole(unsigned calls)
{
    static const unsigned INCLUDING[] = {CALLS_MAKE, CALLS_RUN};
    for (size_t i = 0; i < sizeof INCLUDING / sizeof INCLUDING[0]; i++) {
        unsigned own = INCLUDING[i] & ~(unsigned)(CALLS_OPEN | CALLS_SHRINK);
        if ((calls & own) != 0 && (calls & INCLUDING[i]) != INCLUDING[i])
            return false;
    }
    return true;
}

static void write_machine(FILE *out, const Machine *machine, const char *directive)
{
    fprintf(out, "%s %s\n", directive, machine->condition);
    for (unsigned calls = 0; calls <= CALLS_ALL; calls++) {
        if (is_whole(calls))
            write_filter(out, machine, calls);
    }
    fprintf(out, "const Filter FILTER_PROGRAMS[CALLS_ALL + 1] = {\n");
    for (unsigned calls = 0; calls <= CALLS_ALL; calls++) {
        if (is_whole(calls))
            fprintf(out,
                    "[%u] = {STEPS_%u, sizeof STEPS_%u / sizeof STEPS_%u[0], SELF_%u},\n",
                    calls, calls, calls, calls, calls);
    }
    fprintf(out, "};\n");
}

int main(int argc, char **argv)
{
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
    expect(out != NULL, "usage: mk_filter OUTPUT");
    fprintf(out, "/* Made by convert/io/mk_filter.c. */\n"
                 "#include \"convert/io/filter.h\"\n#include <linux/filter.h>\n");
    for (size_t i = 0; i < sizeof MACHINES / sizeof MACHINES[0]; i++)
        write_machine(out, &MACHINES[i], i == 0 ? "#if" : "#elif");
    fprintf(out,
            "#else /* of no known machine: no filter */\n"
            "const Filter FILTER_PROGRAMS[CALLS_ALL + 1] = {{NULL, 0, 0}};\n#endif\n");
    expect(fclose(out) == 0, argv[1]);
    return 0;
}
