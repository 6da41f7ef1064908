#define _GNU_SOURCE
#include "CProcessControl.h"

#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

/// Lets go of one program's code and constants. Parts that can be written to have no copy in the file, and stay.
static int release_program(struct dl_phdr_info *program, size_t size, void *unused) {
    (void)size;
    (void)unused;
    const uintptr_t page = (uintptr_t)getpagesize();
    for (int index = 0; index < program->dlpi_phnum; index++) {
        const ElfW(Phdr) *segment = &program->dlpi_phdr[index];
        if (segment->p_type != PT_LOAD || (segment->p_flags & PF_W) != 0) {
            continue;
        }
        const uintptr_t address = program->dlpi_addr + segment->p_vaddr;
        const uintptr_t start = address & ~(page - 1);
        // A failure leaves things as they were, so there is nothing to report.
        (void)madvise((void *)start, address + segment->p_memsz - start, MADV_DONTNEED);
    }
    // The first one is the program itself; libraries, where there are any, are shared with others.
    return 1;
}

void pc_release_memory(void) {
    malloc_trim(0);
    dl_iterate_phdr(release_program, NULL);
}
