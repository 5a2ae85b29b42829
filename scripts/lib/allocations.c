/* Preloaded by scripts/bench: counts what a program allocates, and says so on standard error at its end. */

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_ullong blocks, bytes;

/* glibc's own names, so that nothing has to be looked up before the first allocation. */
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void count(size_t size) {
    atomic_fetch_add_explicit(&blocks, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&bytes, size, memory_order_relaxed);
}

void *malloc(size_t size) {
    count(size);
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    count(number * size);
    return __libc_calloc(number, size);
}

void *realloc(void *block, size_t size) {
    count(size);
    return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    count(size);
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    count(size);
    *block = __libc_memalign(alignment, size);
    return *block == NULL ? 12 : 0;
}

__attribute__((destructor)) static void report(void) {
    fprintf(stderr, "allocations %llu %llu\n", atomic_load(&blocks), atomic_load(&bytes));
}
