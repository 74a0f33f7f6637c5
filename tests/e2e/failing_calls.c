/* Lets one call to the system fail: loaded before the C library (LD_PRELOAD), steered by Python
   through ctypes. Only calls about files below one folder count, and only while it is armed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX], last[PATH_MAX + 32];
static long calls, fail_at;
static int fail_errno, armed;

void failing_arm(const char *below, long at, int error) {
    snprintf(folder, sizeof folder, "%s", below);
    last[0] = 0; calls = 0; fail_at = at; fail_errno = error; armed = 1;
}
long failing_disarm(void) { armed = 0; return calls; }
const char *failing_last(void) { return last; }

static int hit(const char *what, const char *path) {
    if (!armed || !path || strncmp(path, folder, strlen(folder))) return 0;
    if (++calls != fail_at) return 0;
    snprintf(last, sizeof last, "%s %s", what, path + strlen(folder));
    errno = fail_errno;
    return 1;
}
static int hit_open_file(const char *what, int descriptor) {
    char link[64], path[PATH_MAX];
    if (!armed) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t size = readlink(link, path, sizeof path - 1);
    if (size < 0) return 0;
    path[size] = 0;
    return hit(what, path);
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)
#define MODE va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest)

int open(const char *path, int flags, ...) {
    MODE; REAL(int, "open", const char *, int, ...);
    return hit("open", path) ? -1 : real(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    MODE; REAL(int, "open64", const char *, int, ...);
    return hit("open", path) ? -1 : real(path, flags, mode);
}
int openat(int at, const char *path, int flags, ...) {
    MODE; REAL(int, "openat", int, const char *, int, ...);
    return hit("open", path) ? -1 : real(at, path, flags, mode);
}
int openat64(int at, const char *path, int flags, ...) {
    MODE; REAL(int, "openat64", int, const char *, int, ...);
    return hit("open", path) ? -1 : real(at, path, flags, mode);
}
ssize_t write(int file, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    return hit_open_file("write", file) ? -1 : real(file, data, size);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    return hit_open_file("write", file) ? -1 : real(file, data, size, at);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return hit_open_file("write", file) ? -1 : real(file, data, size, at);
}
ssize_t sendfile(int target, int source, off_t *at, size_t size) {
    REAL(ssize_t, "sendfile", int, int, off_t *, size_t);
    return hit_open_file("write", target) ? -1 : real(target, source, at, size);
}
ssize_t sendfile64(int target, int source, off64_t *at, size_t size) {
    REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
    return hit_open_file("write", target) ? -1 : real(target, source, at, size);
}
int fsync(int file) {
    REAL(int, "fsync", int);
    return hit_open_file("fsync", file) ? -1 : real(file);
}
int fdatasync(int file) {
    REAL(int, "fdatasync", int);
    return hit_open_file("fsync", file) ? -1 : real(file);
}
int ftruncate(int file, off_t size) {
    REAL(int, "ftruncate", int, off_t);
    return hit_open_file("truncate", file) ? -1 : real(file, size);
}
int ftruncate64(int file, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    return hit_open_file("truncate", file) ? -1 : real(file, size);
}
int rename(const char *old, const char *new) {
    REAL(int, "rename", const char *, const char *);
    return hit("rename", old) ? -1 : real(old, new);
}
int renameat(int at, const char *old, int to, const char *new) {
    REAL(int, "renameat", int, const char *, int, const char *);
    return hit("rename", old) ? -1 : real(at, old, to, new);
}
int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    return hit("mkdir", path) ? -1 : real(path, mode);
}
int link(const char *old, const char *new) {
    REAL(int, "link", const char *, const char *);
    return hit("link", new) ? -1 : real(old, new);
}
int symlink(const char *old, const char *new) {
    REAL(int, "symlink", const char *, const char *);
    return hit("link", new) ? -1 : real(old, new);
}
