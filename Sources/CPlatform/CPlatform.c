#define _GNU_SOURCE
#include "CPlatform.h"
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <sys/mman.h>

int platform_exchange_paths(const char *first, const char *second) {
  return renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE);
}

int platform_move_pages(void *from, void *to, size_t size) {
  return mremap(from, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, to) == MAP_FAILED ? -1 : 0;
}

void platform_release_memory(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
