/* SPDX-License-Identifier: MIT
 * The program that the kernel asks about each system call; see filter.h, and
 * Documentation/userspace-api/seccomp_filter.rst of Linux.
 *
 * A call that nobody thought of fails as on an older kernel (ENOSYS), for which every C
 * library has another way.  Arguments are looked at where they are numbers: a pointer's
 * target may change after the look. */
#include "convert/io/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __x86_64__ && defined __LP64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined __aarch64__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined __riscv && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#elif defined __powerpc64__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ARCHITECTURE AUDIT_ARCH_PPC64LE
#elif defined __s390x__
#define ARCHITECTURE AUDIT_ARCH_S390X
#else
#define ARCHITECTURE 0 /* of no known machine: no filter */
#endif

enum { CODE_MOST = 512 };

typedef struct Code {
    struct sock_filter steps[CODE_MOST];
    unsigned short count;
} Code;

static const int ALWAYS[] = {
    /* what is open */
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_pread64,
    SYS_pwrite64,
    SYS_lseek,
    SYS_close,
    SYS_close_range,
    SYS_fstat,
    SYS_fcntl,
    SYS_dup,
    SYS_ppoll,
    SYS_fadvise64,
    /* memory */
    SYS_brk,
    SYS_mmap,
    SYS_munmap,
    SYS_mremap,
    SYS_mprotect,
    SYS_madvise,
    /* threads, and this process itself */
    SYS_futex,
    SYS_set_robust_list,
    SYS_rseq,
    SYS_gettid,
    SYS_getpid,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_membarrier,
    SYS_exit,
    SYS_exit_group,
    SYS_restart_syscall,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_sigaltstack,
    SYS_wait4,
    SYS_getrusage,
    /* time and chance */
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_gettimeofday,
    SYS_getrandom,
#ifdef SYS_poll
    SYS_poll,
#endif
#ifdef SYS_time
    SYS_time,
#endif
    SYS_uname,
    SYS_sysinfo,
};
/* SYS_openat is looked at more closely. */
static const int OPENING[] = {
    SYS_newfstatat, SYS_statx,  SYS_readlinkat, SYS_faccessat,
    SYS_faccessat2, SYS_getcwd, SYS_getdents64, SYS_fstatfs,
#ifdef SYS_stat
    SYS_stat,       SYS_lstat,  SYS_access,     SYS_readlink,
#endif
};
static const int MAKING[] = {
    SYS_unlinkat,
#ifdef SYS_unlink
    SYS_unlink,
#endif
};
static const int RUNNING[] = {
    SYS_execve,     SYS_kill,   SYS_pipe2,  SYS_dup3, SYS_set_tid_address,
    SYS_prlimit64,  SYS_tgkill, SYS_waitid,
#ifdef SYS_dup2
    SYS_dup2,
#endif
#ifdef SYS_arch_prctl
    SYS_arch_prctl,
#endif
#ifdef SYS_setrlimit
    SYS_setrlimit,
#endif
};
static const int SHRINKING[] = {
    SYS_seccomp,
    SYS_landlock_create_ruleset,
    SYS_landlock_add_rule,
    SYS_landlock_restrict_self,
};
/* Whoever asks for these is not the program any more. */
static const int NEVER[] = {
    SYS_execve,
    SYS_execveat,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_pidfd_getfd,
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_sendto,
    SYS_sendmsg,
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_unshare,
    SYS_setns,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_reboot,
    SYS_setuid,
    SYS_setgid,
    SYS_setresuid,
    SYS_setresgid,
#ifdef SYS_fork
    SYS_fork,
    SYS_vfork,
#endif
};
#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static void step(Code *code, unsigned short what, unsigned char yes, unsigned char no,
                 uint32_t k)
{
    code->steps[code->count++] = (struct sock_filter)BPF_JUMP(what, k, yes, no);
}

static void answer(Code *code, uint32_t action)
{
    step(code, BPF_RET | BPF_K, 0, 0, action);
}

/* The low half of a number in struct seccomp_data. */
static void load(Code *code, size_t offset)
{
    bool big = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ &&
               offset >= offsetof(struct seccomp_data, args);
    step(code, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)(offset + (big ? 4 : 0)));
}

static void load_number(Code *code)
{
    load(code, offsetof(struct seccomp_data, nr));
}

static void load_argument(Code *code, size_t i)
{
    load(code, offsetof(struct seccomp_data, args) + i * sizeof(uint64_t));
}

static void judge(Code *code, int call, uint32_t action)
{
    step(code, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (uint32_t)call);
    answer(code, action);
}

/* A step a call, since the kernel goes through all of them for each call once: whichever
 * it is jumps to the one answer behind the list. */
static void judge_all(Code *code, const int *list, size_t count, uint32_t action)
{
    for (size_t i = 0; i < count; i++)
        step(code, BPF_JMP | BPF_JEQ | BPF_K, (unsigned char)(count - i), 0,
             (uint32_t)list[i]);
    step(code, BPF_JMP | BPF_JA, 0, 0, 1);
    answer(code, action);
}

static void allow(Code *code, const int *list, size_t count)
{
    judge_all(code, list, count, SECCOMP_RET_ALLOW);
}

/* A call whose argument `i` must have none of the bits, or else meets `otherwise`. */
static void allow_without(Code *code, int call, size_t i, uint32_t bits,
                          uint32_t otherwise)
{
    step(code, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, (uint32_t)call);
    load_argument(code, i);
    step(code, BPF_JMP | BPF_JSET | BPF_K, 0, 1, bits);
    answer(code, otherwise);
    answer(code, SECCOMP_RET_ALLOW);
}

/* The same, with all of one bit. */
static void allow_with(Code *code, int call, size_t i, uint32_t bit, uint32_t otherwise)
{
    step(code, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, (uint32_t)call);
    load_argument(code, i);
    step(code, BPF_JMP | BPF_JSET | BPF_K, 1, 0, bit);
    answer(code, otherwise);
    answer(code, SECCOMP_RET_ALLOW);
}

static void allow_where(Code *code, int call, size_t i, uint32_t value,
                        uint32_t otherwise)
{
    step(code, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, (uint32_t)call);
    load_argument(code, i);
    step(code, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, value);
    answer(code, otherwise);
    answer(code, SECCOMP_RET_ALLOW);
}

static const uint32_t REFUSE = SECCOMP_RET_ERRNO | EACCES;
static const uint32_t UNKNOWN = SECCOMP_RET_ERRNO | ENOSYS;

/* clone3 hides its flags behind a pointer; the C library then takes clone. */
static void judge_clone(Code *code, unsigned calls)
{
    size_t flags = ARCHITECTURE == AUDIT_ARCH_S390X ? 1 : 0;
    uint32_t spaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |
                      CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
    judge(code, SYS_clone3, UNKNOWN);
    if ((calls & CALLS_RUN) != 0)
        allow_without(code, SYS_clone, flags, spaces, SECCOMP_RET_KILL_PROCESS);
    else
        allow_with(code, SYS_clone, flags, CLONE_THREAD, SECCOMP_RET_KILL_PROCESS);
}

/* A terminal is asked what it is and how wide; nothing is typed into it. */
static void judge_ioctl(Code *code)
{
    enum { STEPS = 5 };
    step(code, BPF_JMP | BPF_JEQ | BPF_K, 0, STEPS, SYS_ioctl);
    load_argument(code, 1);
    step(code, BPF_JMP | BPF_JEQ | BPF_K, 2, 0, TCGETS);
    step(code, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, TIOCGWINSZ);
    answer(code, REFUSE);
    answer(code, SECCOMP_RET_ALLOW);
}

static void write_code(Code *code, unsigned calls)
{
    load(code, offsetof(struct seccomp_data, arch));
    step(code, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, ARCHITECTURE);
    answer(code, SECCOMP_RET_KILL_PROCESS);
    load_number(code);
    allow(code, ALWAYS, COUNT(ALWAYS));
    if ((calls & CALLS_OPEN) != 0)
        allow(code, OPENING, COUNT(OPENING));
    if ((calls & CALLS_MAKE) != 0)
        allow(code, MAKING, COUNT(MAKING));
    if ((calls & CALLS_RUN) != 0)
        allow(code, RUNNING, COUNT(RUNNING));
    if ((calls & CALLS_SHRINK) != 0) {
        allow(code, SHRINKING, COUNT(SHRINKING));
        allow_where(code, SYS_prctl, 0, PR_SET_NO_NEW_PRIVS, UNKNOWN);
    }
    if ((calls & CALLS_OPEN) != 0)
        allow_without(code, SYS_openat, 2,
                      (calls & CALLS_MAKE) != 0 ? 0 : O_ACCMODE | O_CREAT | O_TRUNC,
                      REFUSE);
    else
        judge(code, SYS_openat, REFUSE);
    judge_clone(code, calls);
    judge_ioctl(code);
    /* abort(): to nobody but itself. */
    allow_where(code, SYS_tgkill, 0, (uint32_t)getpid(), REFUSE);
    judge_all(code, NEVER, COUNT(NEVER), SECCOMP_RET_KILL_PROCESS);
    answer(code, UNKNOWN);
}

bool filter_install(unsigned calls)
{
    Code code = {.count = 0};
    if (ARCHITECTURE == 0)
        return false;
    write_code(&code, calls);
    struct sock_fprog program = {.len = code.count, .filter = code.steps};
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}
