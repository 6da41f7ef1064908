// The program that every measured supervisor runs a hundred times.
//
// Its first act is one line, `NAME PID NANOSECONDS` (CLOCK_MONOTONIC), into the FIFO `reports` beside its executable.
// It then sleeps until SIGTERM, or until nobody reads the FIFO any more, so it never outlives the benchmark.

#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
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

int main(int argc, char **argv) {
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 1;
    int reports = open_reports();
    if (reports < 0) return 1;

    // A supervisor that passes no arguments (s6) tells the name by the working directory.
    char directory[PATH_MAX];
    const char *name = argc > 1 ? argv[argc - 1] : getcwd(directory, sizeof directory);
    if (name == NULL) return 1;
    const char *slash = strrchr(name, '/');
    if (slash != NULL) name = slash + 1;

    char line[256];
    int length = snprintf(line, sizeof line, "%s %d %lld\n", name, getpid(),
                          (long long)now.tv_sec * 1000000000 + now.tv_nsec);
    // Lines of up to PIPE_BUF bytes never mix.
    if (length < 0 || length >= (int)sizeof line || write(reports, line, (size_t)length) != length) return 1;

    struct pollfd reader = {.fd = reports, .events = 0};
    while (poll(&reader, 1, -1) < 0) {
    }
    return 0;
}
