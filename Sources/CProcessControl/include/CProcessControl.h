/// System calls that Swift's Glibc module does not offer, and the one piece of process control that cannot be
/// written in Swift: what runs between vfork and execve.
#ifndef C_PROCESS_CONTROL_H
#define C_PROCESS_CONTROL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// The step at which a spawn failed. The values are mirrored by `SpawnStage` in Swift.
enum pc_spawn_stage {
    PC_STAGE_NONE = 0,
    PC_STAGE_FORK = 1,
    PC_STAGE_SESSION = 2,
    PC_STAGE_DESCRIPTORS = 3,
    PC_STAGE_STANDARD_INPUT = 4,
    PC_STAGE_IDENTITY = 5,
    PC_STAGE_RECORD = 6,
    PC_STAGE_WORKING_DIRECTORY = 7,
    PC_STAGE_SIGNALS = 8,
    PC_STAGE_EXECUTE = 9,
    PC_STAGE_CGROUP = 10,
    PC_STAGE_LIMITS = 11,
    PC_STAGE_NICE = 12,
    PC_STAGE_OOM_SCORE = 13,
    PC_STAGE_USER = 14,
};

/// One limit of setrlimit(2); soft and hard become the same.
struct pc_resource_limit {
    int resource;
    uint64_t value;
};

/// What a child may use and whose rights it has; every part is optional.
struct pc_restrictions {
    /// An open directory of a cgroup v2 that the child is created in, or -1.
    int cgroup;
    const struct pc_resource_limit *limits;
    size_t limit_count;
    int has_nice;
    int nice;
    /// The text for /proc/self/oom_score_adj, or null.
    const char *oom_score_adjustment;
    int has_user;
    uid_t user;
    gid_t group;
    const gid_t *supplementary_groups;
    size_t supplementary_group_count;
};

/// What to run. All strings end in NUL, both vectors in a null pointer.
struct pc_spawn_request {
    const char *executable;
    char *const *arguments;
    char *const *environment;
    /// May be null: the directory of the caller is kept.
    const char *working_directory;
    mode_t umask;
    int standard_output;
    int standard_error;
    /// An open file that receives the child's /proc/self/stat before execve, or -1.
    int record;
    /// The writing end of the notification pipe, or -1.
    int notification;
    /// The number under which the child finds it, 3 to 9.
    int notification_number;
    /// May be null: nothing is restricted, and the rights are the caller's.
    const struct pc_restrictions *restrictions;
};

/// How a spawn went.
struct pc_spawn_result {
    /// The process, or -1.
    pid_t pid;
    /// A close-on-exec descriptor of the process, or -1.
    int pidfd;
    /// `PC_STAGE_NONE` if the new program runs.
    int stage;
    /// The errno of the failed stage.
    int error;
    /// The child's /proc/self/stat before execve, and its length.
    size_t stat_length;
    char stat[1024];
};

/// Starts a program in a session of its own; returns after its execve succeeded or failed. A failed child is reaped
/// here. May be called from any thread; that thread is suspended until the child has called execve.
void pc_spawn(const struct pc_spawn_request *request, struct pc_spawn_result *result);

/// The resources that a reaped process has used.
struct pc_usage {
    int64_t user_microseconds;
    int64_t system_microseconds;
    int64_t max_resident_kibibytes;
};

/// A death that was looked at, not yet reaped.
struct pc_death {
    pid_t pid;
    /// 1 if the process exited, 0 if a signal ended it.
    int exited;
    /// The exit code or the signal.
    int status;
    int core_dumped;
};

/// Looks at a child's death without reaping it. Returns 1 if it is dead, 0 if it lives, -1 with errno.
int pc_peek_child(int pidfd, struct pc_death *death);

/// Looks for any dead child of this process without reaping it. Returns 1, 0 (none), or -1 with errno.
int pc_peek_any(struct pc_death *death);

/// Reaps a dead child. Returns 0, or -1 with errno. Never blocks.
int pc_reap(pid_t pid, struct pc_usage *usage);

/// Makes this process the reaper of orphaned descendants. Returns 0, or -1 with errno.
int pc_become_subreaper(void);

/// Ends a child's group and waits for the child: for a child that cannot be watched.
void pc_abandon(pid_t pid);

/// Undoes an inherited "ignore SIGCHLD", under which the kernel would reap children by itself.
void pc_keep_dead_children(void);

/// Installs a SIGCHLD handler that writes to an eventfd, once for the life of the process. The descriptor is never
/// closed, so that a handler which is running can never write to a reused one. Returns it, or -1 with errno.
int pc_child_signal_descriptor(void);

/// Names the calling thread (at most 15 bytes) and blocks every signal in it; lets SIGCHLD through if asked to.
void pc_prepare_thread(const char *name, int allow_child_signal);

/// The name of a signal without "SIG", or null.
const char *pc_signal_name(int signal);

/// A pipe, close-on-exec; its reading end does not block. Returns 0, or -1 with errno.
int pc_pipe(int *reading, int *writing);

/// A pipe as of `pc_pipe`, whose writing end reads as well: as long as somebody holds it, a write meets no broken pipe.
/// It holds `capacity` bytes, or the largest half, quarter and so on that the system allows. Returns 0, or -1 with errno.
int pc_lasting_pipe(int *reading, int *writing, int capacity);

/// A new reading end of the pipe that a process has open under a number, non-blocking and close-on-exec. Returns it, or
/// -1 with errno; EBADF if it is not a pipe with that inode number.
int pc_reopen_pipe(pid_t pid, int number, uint64_t inode);

/// The inode number of an open pipe, or 0: no inode has that number.
uint64_t pc_pipe_inode(int descriptor);

/// A non-blocking, close-on-exec eventfd. Returns it, or -1 with errno.
int pc_eventfd(void);

/// Adds one to an eventfd.
void pc_eventfd_signal(int descriptor);

/// Sets an eventfd to zero.
void pc_eventfd_clear(int descriptor);

/// A close-on-exec epoll descriptor, or -1 with errno.
int pc_epoll(void);

/// Watches a descriptor for reading under a token. Returns 0, or -1 with errno.
int pc_epoll_add(int epoll, int descriptor, uint64_t token);

/// Stops watching a descriptor.
void pc_epoll_remove(int epoll, int descriptor);

/// Waits until one of the descriptors is readable, a signal comes, or the time is up.
void pc_poll_any(const int *descriptors, int count, int milliseconds);

/// Waits for events; `milliseconds` < 0 waits without limit. Returns how many tokens were stored (0: time is up or a
/// signal came), or -1 with errno.
int pc_epoll_wait(int epoll, uint64_t *tokens, int capacity, int milliseconds);

/// A close-on-exec descriptor of a process, or -1 with errno.
int pc_pidfd_open(pid_t pid);

/// Sends a signal to exactly the process behind the descriptor. Returns 0, or -1 with errno.
int pc_pidfd_send_signal(int pidfd, int signal);

/// Sends a signal, or looks with signal 0, to the group that the process behind the descriptor leads or has led, however
/// its number is used today. Returns 0, or -1 with errno: EINVAL before Linux 6.9.
int pc_pidfd_signal_group(int pidfd, int signal);

/// Locks an open file exclusively without waiting. Returns 0, or -1 with errno.
int pc_lock_file(int descriptor);

/// Gives up the lock of an open file, whoever else has the same file open.
void pc_unlock_file(int descriptor);

/// The soft limit of a resource of setrlimit(2) that a process has, or -1 with errno; INT64_MAX stands for no limit.
int64_t pc_soft_limit(pid_t pid, int resource);

/// 0 if the kernel holds its clock for synchronized, 1 if not (STA_UNSYNC of adjtimex), or -1 with errno.
int pc_clock_status(void);

/// The number of entries of a directory without . and .., or -1 with errno.
int64_t pc_count_entries(const char *directory);

/// Gives back the memory of this process that it can do without: freed blocks of the heap, and pages of the program itself,
/// which come back from its file when they are needed. May be called from any thread; takes about a millisecond.
void pc_release_memory(void);

/// Fixes the sources of one name service table (nss.h); Swift's module of the C library leaves this function out.
///
/// @return 0, or -1 with errno set.
int pc_configure_name_service(const char *table, const char *sources);

#endif
