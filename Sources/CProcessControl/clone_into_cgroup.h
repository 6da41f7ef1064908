#ifndef CLONE_INTO_CGROUP_H
#define CLONE_INTO_CGROUP_H

#include <stddef.h>
#include <sys/types.h>

/// What clone(2) does, and the child is born in a cgroup v2: nothing of it ever runs outside, and nobody waits for the
/// kernel's slow move of a running process. `function` must not return. Returns the pid, or -1 with errno.
pid_t pc_clone_into_cgroup(
    int (*function)(void *),
    void *argument,
    void *stack,
    size_t stack_bytes,
    int flags,
    int *pidfd,
    int cgroup
);

#endif
