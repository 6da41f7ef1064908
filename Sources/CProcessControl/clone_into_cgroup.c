#define _GNU_SOURCE
#include "clone_into_cgroup.h"

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/syscall.h>

// The C library wraps clone3 for its own use only, and a system call that returns twice on two stacks cannot be written
// in C. The parent's return value is the only thing that leaves the assembly: the child goes on in `function`.

#if defined(__x86_64__)

static long clone3(struct clone_args *arguments, int (*function)(void *), void *argument) {
    long result;
    register int (*entry)(void *) __asm__("r12") = function;
    register void *context __asm__("r13") = argument;
    __asm__ volatile(
        "syscall\n\t"
        "testq %%rax, %%rax\n\t"
        "jnz 1f\n\t"
        "xorl %%ebp, %%ebp\n\t"
        "movq %%r13, %%rdi\n\t"
        "callq *%%r12\n\t"
        "hlt\n"
        "1:"
        : "=a"(result)
        : "0"((long)SYS_clone3), "D"(arguments), "S"(sizeof *arguments), "r"(entry), "r"(context)
        : "rcx", "r11", "cc", "memory"
    );
    return result;
}

#elif defined(__aarch64__)

static long clone3(struct clone_args *arguments, int (*function)(void *), void *argument) {
    register long number __asm__("x8") = SYS_clone3;
    register long first __asm__("x0") = (long)arguments;
    register long size __asm__("x1") = sizeof *arguments;
    register int (*entry)(void *) __asm__("x19") = function;
    register void *context __asm__("x20") = argument;
    __asm__ volatile(
        "svc #0\n\t"
        "cbnz x0, 1f\n\t"
        "mov x29, #0\n\t"
        "mov x0, x20\n\t"
        "blr x19\n\t"
        "brk #0\n"
        "1:"
        : "+r"(first)
        : "r"(number), "r"(size), "r"(entry), "r"(context)
        : "x30", "cc", "memory"
    );
    return first;
}

#else
#error "clone3 is to be written for this architecture"
#endif

pid_t pc_clone_into_cgroup(
    int (*function)(void *),
    void *argument,
    void *stack,
    size_t stack_bytes,
    int flags,
    int *pidfd,
    int cgroup
) {
    struct clone_args arguments = {
        .flags = (uint64_t)flags | CLONE_INTO_CGROUP,
        .pidfd = (uint64_t)(uintptr_t)pidfd,
        .exit_signal = SIGCHLD,
        .stack = (uint64_t)(uintptr_t)stack,
        .stack_size = stack_bytes,
        .cgroup = (uint64_t)cgroup,
    };
    long result = clone3(&arguments, function, argument);
    if (result < 0) {
        errno = (int)-result;
        return -1;
    }
    return (pid_t)result;
}
