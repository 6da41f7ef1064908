#include "CAllocations.h"

#include <stddef.h>

// glibc offers its allocator under these names, so that a program may put its own in front of it.
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static _Thread_local uint64_t count;
static _Thread_local uint64_t notes[4];
static _Thread_local unsigned last;

void bench_note_allocations(void) {
    notes[++last % 4] = count;
}

uint64_t bench_allocations_over_notes(int back) {
    return notes[last % 4] - notes[(last - (unsigned)back) % 4];
}

void *malloc(size_t size) {
    count++;
    return __libc_malloc(size);
}

void *calloc(size_t members, size_t size) {
    count++;
    return __libc_calloc(members, size);
}

void *realloc(void *block, size_t size) {
    count++;
    return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count++;
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    count++;
    *block = __libc_memalign(alignment, size);
    return *block == NULL ? 12 : 0;  // ENOMEM
}
