#include <sqlite3.h>

// sqlite3_db_config is variadic, which Swift cannot call. Without the checkpoint at closing, a connection that has only
// read leaves the file and its write-ahead log byte for byte as they were.
static inline int csqlite_keep_log_when_closing(sqlite3 *connection, int keeps) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keeps, (int *)0);
}

// A macro with a cast, which Swift does not import: SQLite copies the bound bytes before the call returns.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, bytes, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}
