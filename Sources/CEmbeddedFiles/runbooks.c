#include "CEmbeddedFiles.h"

#include <stddef.h>

static const struct gatewarden_embedded_file files[] = {
#define FILE_PATH "../../runbooks/Watchdog.md"
#include "EmbeddedFile.h"
    {NULL, NULL},
};

const struct gatewarden_embedded_file *gatewarden_runbooks(void) {
    return files;
}
