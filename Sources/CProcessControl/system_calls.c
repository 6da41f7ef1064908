#define _GNU_SOURCE
#include "CProcessControl.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <nss.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    events_per_wait = 64,
    microseconds_per_second = 1000000,
    // waitid's P_PIDFD, which older headers hide behind an enumeration.
    wait_for_pidfd = 3,
    // PIDFD_SIGNAL_PROCESS_GROUP, which older headers lack.
    signal_process_group = 1 << 2,
    // Room for /proc/PID/fd/NUMBER.
    descriptor_path_bytes = 64,
};

static int peek(int kind, int identifier, struct pc_death *death) {
    siginfo_t information = {0};
    if (waitid((idtype_t)kind, (id_t)identifier, &information, WEXITED | WNOHANG | WNOWAIT) < 0) {
        return -1;
    }
    if (information.si_pid == 0) {
        return 0;
    }
    death->pid = information.si_pid;
    death->exited = information.si_code == CLD_EXITED;
    death->status = information.si_status;
    death->core_dumped = information.si_code == CLD_DUMPED;
    return 1;
}

int pc_peek_child(int pidfd, struct pc_death *death) {
    return peek(wait_for_pidfd, pidfd, death);
}

int pc_peek_any(struct pc_death *death) {
    return peek(P_ALL, 0, death);
}

static int64_t microseconds(struct timeval time) {
    return (int64_t)time.tv_sec * microseconds_per_second + time.tv_usec;
}

int pc_reap(pid_t pid, struct pc_usage *usage) {
    struct rusage used;
    int status;
    pid_t reaped = wait4(pid, &status, WNOHANG, &used);
    if (reaped != pid) {
        errno = reaped == 0 ? EAGAIN : errno;
        return -1;
    }
    usage->user_microseconds = microseconds(used.ru_utime);
    usage->system_microseconds = microseconds(used.ru_stime);
    usage->max_resident_kibibytes = used.ru_maxrss;
    return 0;
}

int pc_become_subreaper(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

void pc_abandon(pid_t pid) {
    kill(-pid, SIGKILL);
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
    }
}

void pc_keep_dead_children(void) {
    struct sigaction action;
    if (sigaction(SIGCHLD, NULL, &action) == 0 && action.sa_handler == SIG_IGN) {
        action = (struct sigaction){.sa_handler = SIG_DFL};
        sigaction(SIGCHLD, &action, NULL);
    }
}

static atomic_int child_signal_descriptor = -1;

static void note_child_signal(int signal) {
    (void)signal;
    int saved = errno;
    pc_eventfd_signal(atomic_load_explicit(&child_signal_descriptor, memory_order_relaxed));
    errno = saved;
}

int pc_child_signal_descriptor(void) {
    static pthread_mutex_t once = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&once);
    int descriptor = atomic_load(&child_signal_descriptor);
    if (descriptor < 0) {
        descriptor = pc_eventfd();
        atomic_store(&child_signal_descriptor, descriptor);
        struct sigaction action = {.sa_handler = note_child_signal, .sa_flags = SA_RESTART | SA_NOCLDSTOP};
        if (descriptor >= 0) {
            sigaction(SIGCHLD, &action, NULL);
        }
    }
    pthread_mutex_unlock(&once);
    return descriptor;
}

void pc_prepare_thread(const char *name, int allow_child_signal) {
    pthread_setname_np(pthread_self(), name);
    sigset_t signals;
    sigfillset(&signals);
    if (allow_child_signal) {
        sigdelset(&signals, SIGCHLD);
    }
    pthread_sigmask(SIG_SETMASK, &signals, NULL);
}

const char *pc_signal_name(int signal) {
    return sigabbrev_np(signal);
}

int pc_pipe(int *reading, int *writing) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) < 0) {
        return -1;
    }
    if (fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0) {
        int saved = errno;
        close(ends[0]);
        close(ends[1]);
        errno = saved;
        return -1;
    }
    *reading = ends[0];
    *writing = ends[1];
    return 0;
}

int pc_lasting_pipe(int *reading, int *writing, int capacity) {
    if (pc_pipe(reading, writing) < 0) {
        return -1;
    }
    char path[descriptor_path_bytes];
    snprintf(path, sizeof path, "/proc/self/fd/%d", *writing);
    int both = open(path, O_RDWR | O_CLOEXEC);
    int error = errno;
    close(*writing);
    if (both < 0) {
        close(*reading);
        errno = error;
        return -1;
    }
    while (capacity > 0 && fcntl(both, F_SETPIPE_SZ, capacity) < 0) {
        capacity /= 2;
    }
    *writing = both;
    return 0;
}

uint64_t pc_pipe_inode(int descriptor) {
    struct stat status;
    return fstat(descriptor, &status) == 0 && S_ISFIFO(status.st_mode) ? status.st_ino : 0;
}

int pc_reopen_pipe(pid_t pid, int number, uint64_t inode) {
    char path[descriptor_path_bytes];
    snprintf(path, sizeof path, "/proc/%d/fd/%d", pid, number);
    struct stat status;
    // Looked at before it is opened: to open a device has effects.
    if (stat(path, &status) < 0) {
        return -1;
    }
    if (!S_ISFIFO(status.st_mode) || status.st_ino != inode) {
        errno = EBADF;
        return -1;
    }
    int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor >= 0 && pc_pipe_inode(descriptor) != inode) {
        close(descriptor);
        errno = EBADF;
        return -1;
    }
    return descriptor;
}

int pc_eventfd(void) {
    return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

void pc_eventfd_signal(int descriptor) {
    uint64_t one = 1;
    // It fails only when the counter is full, and then the reader is awake anyway.
    ssize_t ignored = write(descriptor, &one, sizeof one);
    (void)ignored;
}

void pc_eventfd_clear(int descriptor) {
    uint64_t count;
    // It fails only when the counter is zero already.
    ssize_t ignored = read(descriptor, &count, sizeof count);
    (void)ignored;
}

int pc_epoll(void) {
    return epoll_create1(EPOLL_CLOEXEC);
}

int pc_epoll_add(int epoll, int descriptor, uint64_t token) {
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = token};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

void pc_epoll_remove(int epoll, int descriptor) {
    epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL);
}

int pc_epoll_wait(int epoll, uint64_t *tokens, int capacity, int milliseconds) {
    struct epoll_event events[events_per_wait];
    int wanted = capacity < events_per_wait ? capacity : events_per_wait;
    int count = epoll_wait(epoll, events, wanted, milliseconds);
    if (count < 0) {
        return errno == EINTR ? 0 : -1;
    }
    for (int index = 0; index < count; index++) {
        tokens[index] = events[index].data.u64;
    }
    return count;
}

void pc_poll_any(const int *descriptors, int count, int milliseconds) {
    struct pollfd entries[events_per_wait];
    int watched = count < events_per_wait ? count : events_per_wait;
    for (int index = 0; index < watched; index++) {
        entries[index] = (struct pollfd){.fd = descriptors[index], .events = POLLIN};
    }
    poll(entries, (nfds_t)watched, milliseconds);
}

int pc_pidfd_open(pid_t pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

int pc_pidfd_send_signal(int pidfd, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0);
}

int pc_pidfd_signal_group(int pidfd, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, signal_process_group);
}

int pc_lock_file(int descriptor) {
    return flock(descriptor, LOCK_EX | LOCK_NB);
}

void pc_unlock_file(int descriptor) {
    flock(descriptor, LOCK_UN);
}

int64_t pc_soft_limit(pid_t pid, int resource) {
    struct rlimit limit;
    if (prlimit(pid, resource, NULL, &limit) < 0) {
        return -1;
    }
    return limit.rlim_cur > INT64_MAX ? INT64_MAX : (int64_t)limit.rlim_cur;
}

int pc_clock_status(void) {
    struct timex clock = {.modes = 0};
    return adjtimex(&clock) < 0 ? -1 : (clock.status & STA_UNSYNC) != 0;
}

int64_t pc_count_entries(const char *directory) {
    DIR *stream = opendir(directory);
    if (stream == NULL) {
        return -1;
    }
    int64_t count = 0;
    for (struct dirent *entry = readdir(stream); entry != NULL; entry = readdir(stream)) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(stream);
    return count;
}

int pc_configure_name_service(const char *table, const char *sources) {
    return __nss_configure_lookup(table, sources);
}
