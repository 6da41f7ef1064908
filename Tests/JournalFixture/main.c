/// Sends one entry with systemd's own library to a socket of the test's choice: JournalFixture SOCKET FILE
///
/// The file has the fields as sd_journal_sendv(3) takes them, each after its length in 8 bytes of the machine's order.
/// The library has the journal's address built in, so this program takes the place of `sendmsg` and puts in another one.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

#define FIELD_LIMIT 64

static struct sockaddr_un target = {.sun_family = AF_UNIX};

ssize_t sendmsg(int descriptor, const struct msghdr *message, int flags) {
    ssize_t (*real)(int, const struct msghdr *, int) =
        (ssize_t(*)(int, const struct msghdr *, int))dlsym(RTLD_NEXT, "sendmsg");
    struct msghdr redirected = *message;
    redirected.msg_name = &target;
    redirected.msg_namelen = sizeof target;
    return real(descriptor, &redirected, flags);
}

int main(int argc, char **argv) {
    if (argc != 3 || strlen(argv[1]) >= sizeof target.sun_path) return 64;
    strcpy(target.sun_path, argv[1]);
    void *library = dlopen("libsystemd.so.0", RTLD_NOW);
    if (!library) return 77;
    int (*send)(const struct iovec *, int) = (int (*)(const struct iovec *, int))dlsym(library, "sd_journal_sendv");
    FILE *file = fopen(argv[2], "rb");
    if (!send || !file) return 66;
    struct iovec fields[FIELD_LIMIT];
    int count = 0;
    uint64_t length;
    while (count < FIELD_LIMIT && fread(&length, sizeof length, 1, file) == 1) {
        void *bytes = malloc(length);
        if (!bytes || fread(bytes, 1, length, file) != length) return 65;
        fields[count++] = (struct iovec){.iov_base = bytes, .iov_len = length};
    }
    int result = send(fields, count);
    if (result < 0) fprintf(stderr, "sd_journal_sendv: %s\n", strerror(-result));
    return result < 0 ? 1 : 0;
}
