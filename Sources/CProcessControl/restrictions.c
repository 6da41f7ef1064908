#define _GNU_SOURCE
#include "restrictions.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Runs between clone and execve: nothing but system calls, as in spawn.c. The C library's setuid would change the user of
// all threads of the parent.

struct kernel_limit {
    uint64_t soft;
    uint64_t hard;
};

static int set_limits(const struct pc_restrictions *restrictions) {
    for (size_t index = 0; index < restrictions->limit_count; index++) {
        const struct pc_resource_limit *limit = &restrictions->limits[index];
        struct kernel_limit value = {.soft = limit->value, .hard = limit->value};
        if (syscall(SYS_prlimit64, 0, limit->resource, &value, NULL) < 0) {
            return -1;
        }
    }
    return 0;
}

static int set_oom_score(const char *adjustment) {
    size_t length = 0;
    while (adjustment[length] != 0) {
        length++;
    }
    int descriptor = (int)syscall(SYS_openat, AT_FDCWD, "/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC, 0);
    if (descriptor < 0) {
        return -1;
    }
    long written = syscall(SYS_write, descriptor, adjustment, length);
    int error = errno;
    syscall(SYS_close, descriptor);
    errno = error;
    return written == (long)length ? 0 : -1;
}

/// Groups before the user, which is what gives the right to set them.
static int become_user(const struct pc_restrictions *restrictions) {
    // Capabilities that a service manager gave to the gateway would outlive the change between two unprivileged users.
    syscall(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    const gid_t *groups = restrictions->supplementary_groups;
    if (syscall(SYS_setgroups, restrictions->supplementary_group_count, groups) < 0) {
        return -1;
    }
    gid_t group = restrictions->group;
    if (syscall(SYS_setresgid, group, group, group) < 0) {
        return -1;
    }
    uid_t user = restrictions->user;
    return syscall(SYS_setresuid, user, user, user) < 0 ? -1 : 0;
}

int pc_apply_restrictions(const struct pc_restrictions *restrictions) {
    if (restrictions->has_nice && syscall(SYS_setpriority, PRIO_PROCESS, 0, restrictions->nice) < 0) {
        return PC_STAGE_NICE;
    }
    if (restrictions->oom_score_adjustment != NULL && set_oom_score(restrictions->oom_score_adjustment) < 0) {
        return PC_STAGE_OOM_SCORE;
    }
    if (set_limits(restrictions) < 0) {
        return PC_STAGE_LIMITS;
    }
    if (restrictions->has_user && become_user(restrictions) < 0) {
        return PC_STAGE_USER;
    }
    return PC_STAGE_NONE;
}
