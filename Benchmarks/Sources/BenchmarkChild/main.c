// The program that every measured supervisor runs a hundred times.
//
// Its first act is one line, `NAME PID NANOSECONDS` (CLOCK_MONOTONIC), into the FIFO `reports` beside its executable.
// It then sleeps until SIGTERM, or until nobody reads the FIFO any more, so it never outlives the benchmark.
//
// With the arguments `flood RATE SECONDS NAME` it writes RATE lines a second to its standard output instead, and reports
// once more when all are written: what the second report is late by is the time for which it was blocked.

#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int open_reports(void) {
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - sizeof "/reports");
    if (length <= 0) return -1;
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    if (slash == NULL) return -1;
    strcpy(slash, "/reports");
    return open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
}

// One line, `NAME PID NANOSECONDS`; lines of up to PIPE_BUF bytes never mix.
static int report(int reports, const char *name) {
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return -1;
    char line[256];
    int length = snprintf(line, sizeof line, "%s %d %lld\n", name, getpid(),
                          (long long)now.tv_sec * 1000000000 + now.tv_nsec);
    if (length < 0 || length >= (int)sizeof line) return -1;
    return write(reports, line, (size_t)length) == length ? 0 : -1;
}

// Writes each line on its own, as programs do that log to a terminal, in bursts of one millisecond.
static int flood(long rate, long seconds) {
    static const char line[] =
        "2026-11-21T02:05:30.123Z INFO a line of a hundred bytes, as a talkative program at its worst writes it...\n";
    struct timespec next;
    if (clock_gettime(CLOCK_MONOTONIC, &next) != 0) return -1;
    for (long burst = 0; burst < seconds * 1000; burst++) {
        for (long number = 0; number < rate / 1000; number++) {
            if (write(STDOUT_FILENO, line, sizeof line - 1) != sizeof line - 1) return -1;
        }
        next.tv_nsec += 1000000;
        if (next.tv_nsec >= 1000000000) {
            next.tv_nsec -= 1000000000;
            next.tv_sec++;
        }
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
    }
    return 0;
}

int main(int argc, char **argv) {
    int reports = open_reports();
    if (reports < 0) return 1;

    // A supervisor that passes no arguments (s6) tells the name by the working directory.
    char directory[PATH_MAX];
    const char *name = argc > 1 ? argv[argc - 1] : getcwd(directory, sizeof directory);
    if (name == NULL) return 1;
    const char *slash = strrchr(name, '/');
    if (slash != NULL) name = slash + 1;

    if (report(reports, name) != 0) return 1;
    if (argc == 5 && strcmp(argv[1], "flood") == 0) {
        if (flood(atol(argv[2]), atol(argv[3])) != 0 || report(reports, name) != 0) return 1;
    }

    struct pollfd reader = {.fd = reports, .events = 0};
    while (poll(&reader, 1, -1) < 0) {
    }
    return 0;
}
