#define _GNU_SOURCE
#include "CBenchmark.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t noted;

static void note(int signal) {
    noted = signal;
}

void bench_note_interrupts(void) {
    struct sigaction action = {.sa_handler = note};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

int bench_noted_interrupt(void) {
    return noted;
}

// Runs in the child; returns only when a step failed, with errno set.
static void become(const char *path, char *const arguments[], const char *directory, int output, pid_t parent) {
    if (setsid() < 0 || prctl(PR_SET_PDEATHSIG, SIGTERM) != 0) return;
    if (getppid() != parent) _exit(127);  // The parent died before the signal was asked for.
    int input = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (input < 0 || dup2(input, STDIN_FILENO) < 0) return;
    if (dup2(output, STDOUT_FILENO) < 0 || dup2(output, STDERR_FILENO) < 0) return;
    if (chdir(directory) != 0) return;
    execv(path, arguments);
}

pid_t bench_spawn(const char *path, char *const arguments[], const char *directory, int output) {
    int failure[2];
    if (pipe2(failure, O_CLOEXEC) != 0) return -errno;
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        become(path, arguments, directory, output, parent);
        int reason = errno;
        ssize_t written = write(failure[1], &reason, sizeof reason);
        _exit(written == sizeof reason ? 127 : 126);
    }
    int reason = child < 0 ? errno : 0;
    close(failure[1]);
    // The pipe closes with a successful execution.
    while (child > 0 && read(failure[0], &reason, sizeof reason) < 0 && errno == EINTR) {
    }
    close(failure[0]);
    if (reason == 0) return child;
    if (child > 0) waitpid(child, NULL, 0);
    return -reason;
}
