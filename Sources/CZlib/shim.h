#include <string.h>
#include <zlib.h>

// deflateInit2 is a macro with the size of the struct in it, which Swift does not import.
static inline int czlib_begin_gzip(z_stream *stream, int level) {
    // 15 bits of window and a gzip header: zlib.h, deflateInit2.
    memset(stream, 0, sizeof(*stream));
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
