#define _GNU_SOURCE
#include "CProcessControl.h"
#include "clone_into_cgroup.h"
#include "restrictions.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// The child shares the parent's memory until execve. It therefore calls nothing but the kernel: no function of the
// C library that may take a lock, touch its state or be wrapped by a sanitizer.

enum {
    signal_count = 64,
    signal_set_bytes = 8,
    // 3 to 9 are where a notification pipe may be wanted.
    first_free_descriptor = 3,
    record_descriptor = 10,
    first_private_descriptor = 11,
    // The child needs a few frames of its own; its system calls use the kernel's stack.
    child_stack_bytes = 16 * 1024,
    child_exit_code = 127,
};

struct spawn {
    const struct pc_spawn_request *request;
    struct pc_spawn_result *result;
};

static _Noreturn void fail(struct spawn *spawn, int stage) {
    spawn->result->error = errno;
    spawn->result->stage = stage;
    for (;;) {
        syscall(SYS_exit_group, child_exit_code);
    }
}

/// A descriptor that no other one's place can overwrite.
static int out_of_the_way(struct spawn *spawn, int descriptor) {
    if (descriptor >= first_private_descriptor) {
        return descriptor;
    }
    int moved = (int)syscall(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, first_private_descriptor);
    if (moved < 0) {
        fail(spawn, PC_STAGE_DESCRIPTORS);
    }
    return moved;
}

static void place(struct spawn *spawn, int descriptor, int target) {
    if (syscall(SYS_dup3, descriptor, target, 0) < 0) {
        fail(spawn, PC_STAGE_DESCRIPTORS);
    }
}

static void close_between(struct spawn *spawn, unsigned int first, unsigned int last) {
    if (first <= last && syscall(SYS_close_range, first, last, 0) < 0) {
        fail(spawn, PC_STAGE_DESCRIPTORS);
    }
}

/// Makes descriptor 0 an input that is at its end: /dev/null, or, in a root directory without one, a pipe that nobody
/// writes to. Descriptor 0 must be closed: it is then the lowest free one.
static void provide_empty_input(struct spawn *spawn) {
    if (syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDONLY, 0) >= 0) {
        return;
    }
    int ends[2];
    if (syscall(SYS_pipe2, ends, 0) < 0 || syscall(SYS_close, ends[1]) < 0) {
        fail(spawn, PC_STAGE_STANDARD_INPUT);
    }
}

/// Leaves exactly 0, 1, 2 and, where there are any, the notification's and the record's descriptor.
static void arrange_descriptors(struct spawn *spawn) {
    const struct pc_spawn_request *request = spawn->request;
    int output = out_of_the_way(spawn, request->standard_output);
    int error = out_of_the_way(spawn, request->standard_error);
    int record = request->record < 0 ? -1 : out_of_the_way(spawn, request->record);
    int notification = request->notification < 0 ? -1 : out_of_the_way(spawn, request->notification);
    place(spawn, output, STDOUT_FILENO);
    place(spawn, error, STDERR_FILENO);
    if (record >= 0) {
        place(spawn, record, record_descriptor);
    }
    unsigned int next = first_free_descriptor;
    if (notification >= 0) {
        place(spawn, notification, request->notification_number);
        close_between(spawn, next, (unsigned int)request->notification_number - 1);
        next = (unsigned int)request->notification_number + 1;
    }
    if (record >= 0) {
        close_between(spawn, next, record_descriptor - 1);
        next = first_private_descriptor;
    }
    close_between(spawn, next, ~0U);
    syscall(SYS_close, STDIN_FILENO);
    provide_empty_input(spawn);
}

static void write_record(struct spawn *spawn) {
    struct pc_spawn_result *result = spawn->result;
    size_t written = 0;
    while (written < result->stat_length) {
        long count =
            syscall(SYS_write, record_descriptor, result->stat + written, result->stat_length - written);
        if (count <= 0) {
            fail(spawn, PC_STAGE_RECORD);
        }
        written += (size_t)count;
    }
    syscall(SYS_close, record_descriptor);
}

/// Notes who the child is while it cannot yet have been replaced: for the parent, and for the record.
static void identify(struct spawn *spawn) {
    struct pc_spawn_result *result = spawn->result;
    int descriptor = (int)syscall(SYS_openat, AT_FDCWD, "/proc/self/stat", O_RDONLY | O_CLOEXEC, 0);
    if (descriptor < 0) {
        fail(spawn, PC_STAGE_IDENTITY);
    }
    long count = syscall(SYS_read, descriptor, result->stat, sizeof result->stat);
    if (count <= 0) {
        fail(spawn, PC_STAGE_IDENTITY);
    }
    result->stat_length = (size_t)count;
    syscall(SYS_close, descriptor);
    if (spawn->request->record >= 0) {
        write_record(spawn);
    }
}

/// Default dispositions first, then the empty mask: a handler of the parent must not run in its memory.
static void reset_signals(struct spawn *spawn) {
    // Larger than the kernel's sigaction on every architecture; all zero bytes mean SIG_DFL.
    uint64_t default_action[8] = {0};
    for (int signal = 1; signal <= signal_count; signal++) {
        if (signal != SIGKILL && signal != SIGSTOP) {
            syscall(SYS_rt_sigaction, signal, default_action, NULL, signal_set_bytes);
        }
    }
    uint64_t empty = 0;
    if (syscall(SYS_rt_sigprocmask, SIG_SETMASK, &empty, NULL, signal_set_bytes) < 0) {
        fail(spawn, PC_STAGE_SIGNALS);
    }
}

static int run_child(void *argument) {
    struct spawn *spawn = argument;
    const struct pc_spawn_request *request = spawn->request;
    if (syscall(SYS_setsid) < 0) {
        fail(spawn, PC_STAGE_SESSION);
    }
    arrange_descriptors(spawn);
    identify(spawn);
    if (request->restrictions != NULL) {
        int failed = pc_apply_restrictions(request->restrictions);
        if (failed != PC_STAGE_NONE) {
            fail(spawn, failed);
        }
    }
    syscall(SYS_umask, request->umask);
    if (request->working_directory != NULL && syscall(SYS_chdir, request->working_directory) < 0) {
        fail(spawn, PC_STAGE_WORKING_DIRECTORY);
    }
    reset_signals(spawn);
    syscall(SYS_execve, request->executable, request->arguments, request->environment);
    fail(spawn, PC_STAGE_EXECUTE);
}

/// What vfork does, on a stack of the child's own, and with a pidfd that no reuse of the pid can race.
static pid_t clone_child(struct spawn *spawn, int *pidfd) {
    _Alignas(16) char stack[child_stack_bytes];
    const int flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD;
    const struct pc_restrictions *restrictions = spawn->request->restrictions;
    if (restrictions != NULL && restrictions->cgroup >= 0) {
        return pc_clone_into_cgroup(run_child, spawn, stack, sizeof stack, flags, pidfd, restrictions->cgroup);
    }
    return clone(run_child, stack + sizeof stack, flags | SIGCHLD, spawn, pidfd);
}

/// Which step a failed clone belongs to: without memory or a free pid, the cgroup is not to blame.
static int clone_stage(const struct pc_restrictions *restrictions, int error) {
    int has_cgroup = restrictions != NULL && restrictions->cgroup >= 0;
    return has_cgroup && error != EAGAIN && error != ENOMEM ? PC_STAGE_CGROUP : PC_STAGE_FORK;
}

static void reap_failed(struct pc_spawn_result *result) {
    while (waitpid(result->pid, NULL, 0) < 0 && errno == EINTR) {
    }
    close(result->pidfd);
    result->pid = -1;
    result->pidfd = -1;
}

void pc_spawn(const struct pc_spawn_request *request, struct pc_spawn_result *result) {
    *result = (struct pc_spawn_result){.pid = -1, .pidfd = -1};
    struct spawn spawn = {.request = request, .result = result};
    uint64_t all = ~UINT64_C(0);
    uint64_t previous = 0;
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, &previous, signal_set_bytes);
    int pidfd = -1;
    int dumpable = prctl(PR_GET_DUMPABLE);
    pid_t pid = clone_child(&spawn, &pidfd);
    int error = errno;
    // A child that changes its user makes the memory undumpable that it still shares with this process. That keeps the
    // user's debuggers out until execve; afterwards, this process would have lost its files in /proc and its core dumps.
    if (dumpable == 1 && request->restrictions != NULL && request->restrictions->has_user) {
        prctl(PR_SET_DUMPABLE, 1);
    }
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &previous, NULL, signal_set_bytes);
    if (pid < 0) {
        result->stage = clone_stage(request->restrictions, error);
        result->error = error;
        return;
    }
    result->pid = pid;
    result->pidfd = pidfd;
    if (result->stage != PC_STAGE_NONE) {
        reap_failed(result);
    }
}
