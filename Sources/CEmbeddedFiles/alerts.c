#include "CEmbeddedFiles.h"

#include <stddef.h>

static const struct gatewarden_embedded_file files[] = {
#define FILE_PATH "../../alerts/gatewarden.rules.yml"
#include "EmbeddedFile.h"
    {NULL, NULL},
};

const struct gatewarden_embedded_file *gatewarden_alerts(void) {
    return files;
}
