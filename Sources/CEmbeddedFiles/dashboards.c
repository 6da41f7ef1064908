#include "CEmbeddedFiles.h"

#include <stddef.h>

static const struct gatewarden_embedded_file files[] = {
    {NULL, NULL},
};

const struct gatewarden_embedded_file *gatewarden_dashboards(void) {
    return files;
}
