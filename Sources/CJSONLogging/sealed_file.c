#define _GNU_SOURCE
#include "CJSONLogging.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static int write_all(int file, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(file, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return errno;
        bytes += written;
        count -= (size_t)written;
    }
    return 0;
}

static int send_descriptor(int socket, int file) {
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr message = {.msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &file, sizeof(int));
    while (sendmsg(socket, &message, MSG_NOSIGNAL) < 0) {
        if (errno != EINTR) return errno;
    }
    return 0;
}

int jl_send_sealed_file(int socket, const void *bytes, size_t count) {
    int file = memfd_create("journal-data", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0) return errno;
    int failure = write_all(file, bytes, count);
    // The journal takes only a file that nobody can change while it reads.
    if (!failure && fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0) failure = errno;
    if (!failure) failure = send_descriptor(socket, file);
    close(file);
    return failure;
}
