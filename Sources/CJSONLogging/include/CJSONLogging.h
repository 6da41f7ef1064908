/// System calls of the journal's protocol that Swift's Glibc module does not offer.
#ifndef C_JSON_LOGGING_H
#define C_JSON_LOGGING_H

#include <stddef.h>

/// Sends bytes as the descriptor of a sealed memory file, in a datagram without content (unix(7), memfd_create(2)).
///
/// Does not block if the socket does not. Returns 0, or the error of errno(3); nothing was sent then.
int jl_send_sealed_file(int socket, const void *bytes, size_t count);

#endif
