/* Notes every address outside this machine that a process asks for, also from compiled code:
   loaded before the C library (LD_PRELOAD), and so in all processes that it starts. Lines go to
   the file that the environment names as WITNESS. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void note(const char *what, const char *where) {
    char line[512];
    const char *path = getenv("WITNESS");
    int size = snprintf(line, sizeof line, "%s %s in process %d\n", what, where, (int)getpid());
    int file = path ? open(path, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;
    if (file < 0 || size < 0) return;
    if (write(file, line, (size_t)size) < 0) abort();
    close(file);
}

static void look(const char *what, const struct sockaddr *address) {
    char text[INET6_ADDRSTRLEN] = "";
    if (!address) return;
    if (address->sa_family == AF_INET) {
        const struct in_addr *v4 = &((const struct sockaddr_in *)address)->sin_addr;
        if ((ntohl(v4->s_addr) >> 24) == 127) return;
        inet_ntop(AF_INET, v4, text, sizeof text);
    } else if (address->sa_family == AF_INET6) {
        const struct in6_addr *v6 = &((const struct sockaddr_in6 *)address)->sin6_addr;
        if (IN6_IS_ADDR_LOOPBACK(v6)) return;
        inet_ntop(AF_INET6, v6, text, sizeof text);
    } else {
        return;
    }
    note(what, text);
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

int connect(int socket, const struct sockaddr *address, socklen_t size) {
    REAL(int, "connect", int, const struct sockaddr *, socklen_t);
    look("connect", address);
    return real(socket, address, size);
}
ssize_t sendto(int socket, const void *data, size_t length, int flags,
               const struct sockaddr *address, socklen_t size) {
    REAL(ssize_t, "sendto", int, const void *, size_t, int, const struct sockaddr *, socklen_t);
    look("sendto", address);
    return real(socket, data, length, flags, address, size);
}
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints,
                struct addrinfo **found) {
    REAL(int, "getaddrinfo", const char *, const char *, const struct addrinfo *,
         struct addrinfo **);
    if (node && strcmp(node, "localhost") && strcmp(node, "127.0.0.1") && strcmp(node, "::1"))
        note("getaddrinfo", node);
    return real(node, service, hints, found);
}
