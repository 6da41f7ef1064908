#ifndef CBENCHMARK_H
#define CBENCHMARK_H

#include <sys/types.h>

/// Starts a program as the leader of its own session and process group.
///
/// The program gets SIGTERM when the calling thread ends, so a benchmark that is killed leaves no supervisor behind.
/// Standard input is /dev/null; standard output and error go to the descriptor `output`.
/// Returns the process id, or the negative errno of the failure, that of the execution included.
pid_t bench_spawn(const char *path, char *const arguments[], const char *directory, int output);

/// From now on SIGINT, SIGTERM and SIGHUP are noted, and interrupt system calls, instead of ending the process.
void bench_note_interrupts(void);

/// The number of the last noted signal, or 0.
int bench_noted_interrupt(void);

#endif
