#include "CEmbeddedFiles.h"

#include <stddef.h>

static const struct gatewarden_embedded_file files[] = {
#define FILE_PATH "../../dashboards/gatewarden-children.json"
#include "EmbeddedFile.h"
#define FILE_PATH "../../dashboards/gatewarden-fleet.json"
#include "EmbeddedFile.h"
#define FILE_PATH "../../dashboards/gatewarden-supervisor.json"
#include "EmbeddedFile.h"
    {NULL, NULL},
};

const struct gatewarden_embedded_file *gatewarden_dashboards(void) {
    return files;
}
