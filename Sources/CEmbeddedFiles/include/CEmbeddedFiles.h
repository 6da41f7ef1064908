#ifndef GATEWARDEN_EMBEDDED_FILES_H
#define GATEWARDEN_EMBEDDED_FILES_H

/// A file of the repository inside the binary.
struct gatewarden_embedded_file {
    /// Where it stands, seen from the sources of this target; `NULL` ends a list.
    const char *path;
    /// What is in it, as text that ends with a NUL.
    const char *text;
};

/// What stands in `dashboards/`.
const struct gatewarden_embedded_file *gatewarden_dashboards(void);

/// What stands in `alerts/`, the tests of the rules left out.
const struct gatewarden_embedded_file *gatewarden_alerts(void);

/// What stands in `runbooks/`.
const struct gatewarden_embedded_file *gatewarden_runbooks(void);

/// What stands in `deploy/systemd/`.
const struct gatewarden_embedded_file *gatewarden_units(void);

#endif
