#ifndef CALLOCATIONS_H
#define CALLOCATIONS_H

#include <stdint.h>

/// Notes how many blocks of memory the calling thread has asked for so far.
void bench_note_allocations(void);

/// How many blocks the calling thread asked for between the last note and the one `notes` before it (at most 3).
uint64_t bench_allocations_over_notes(int notes);

#endif
