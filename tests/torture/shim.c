/* Stands between the engine and the disk: tells every write, sync and change of size to a record, and fails the one asked.
 *
 * Loaded by LD_PRELOAD. Files are watched when their path holds the word of CEF_WATCH. The record, at CEF_RECORD, is a
 * row of entries: kind (w, s, t), 8 bytes of device-independent file number, offset, length, then the bytes written.
 * `cef_arm(nth, kind)` makes the nth watched call from now on fail: 1 EIO at a write, 2 ENOSPC at a write, 3 EIO at a sync;
 * `cef_name(fd)` gives the path of a file number.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int record = -1;
static long armed, kind, counted;
static ssize_t (*true_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*true_write)(int, const void *, size_t);
static int (*true_fsync)(int);
static int (*true_fdatasync)(int);
static int (*true_ftruncate)(int, off_t);

__attribute__((constructor)) static void begin(void) {
    true_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    true_write = dlsym(RTLD_NEXT, "write");
    true_fsync = dlsym(RTLD_NEXT, "fsync");
    true_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    true_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
    const char *place = getenv("CEF_RECORD");
    if (place) record = open(place, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

void cef_arm(long nth, long what) { armed = nth; kind = what; counted = 0; }
long cef_counted(void) { return counted; }

static int path_of(int fd, char *path) {
    const char *word = getenv("CEF_WATCH");
    char link[64];
    if (!word) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, word) && !strstr(path, "-shm");
}

static void tell(char what, const char *path, int64_t offset, uint64_t length, const void *bytes) {
    if (record < 0) return;
    uint32_t named = strlen(path);
    char head[1 + 4 + 8 + 8];
    head[0] = what;
    memcpy(head + 1, &named, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &length, 8);
    true_write(record, head, sizeof head);
    true_write(record, path, named);
    if (bytes) true_write(record, bytes, length);
}

static int fails(long what) {
    if (!armed || (what == 3) != (kind == 3)) return 0;
    if (++counted < armed) return 0;
    if (counted > armed && kind != 2) return 0; /* a full disk stays full, a fault comes once */
    errno = kind == 2 ? ENOSPC : EIO;
    return 1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) {
    char path[PATH_MAX];
    if (path_of(fd, path)) {
        if (fails(1)) return -1;
        ssize_t done = true_pwrite(fd, bytes, length, offset);
        if (done > 0) tell('w', path, offset, done, bytes);
        return done;
    }
    return true_pwrite(fd, bytes, length, offset);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length) {
    char path[PATH_MAX];
    if (fd != record && fd > 2 && path_of(fd, path)) {
        if (fails(1)) return -1;
        int64_t offset = lseek(fd, 0, SEEK_CUR);
        ssize_t done = true_write(fd, bytes, length);
        if (done > 0) tell('w', path, offset, done, bytes);
        return done;
    }
    return true_write(fd, bytes, length);
}

static int synced(int fd, int (*really)(int)) {
    char path[PATH_MAX];
    if (!path_of(fd, path)) return really(fd);
    if (fails(3)) return -1;
    int done = really(fd);
    if (!done) tell('s', path, 0, 0, NULL);
    return done;
}
int fsync(int fd) { return synced(fd, true_fsync); }
int fdatasync(int fd) { return synced(fd, true_fdatasync); }

int ftruncate64(int fd, off_t size) {
    char path[PATH_MAX];
    int done = true_ftruncate(fd, size);
    if (!done && path_of(fd, path)) tell('t', path, size, 0, NULL);
    return done;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
