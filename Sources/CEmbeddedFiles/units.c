#include "CEmbeddedFiles.h"

#include <stddef.h>

static const struct gatewarden_embedded_file files[] = {
#define FILE_PATH "../../deploy/systemd/gatewarden.service"
#include "EmbeddedFile.h"
    {NULL, NULL},
};

const struct gatewarden_embedded_file *gatewarden_units(void) {
    return files;
}
