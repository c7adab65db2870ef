#pragma once

#include <stdint.h>

/// Exchanges what two paths name in one step (Linux renameat2 with RENAME_EXCHANGE, which Swift's Glibc module leaves
/// out). Returns 0, or -1 with errno set.
int platform_exchange_paths(const char *first, const char *second);

/// Adds rows of a table of 8-bit integers, each times its factor, to sums: for every `k` below `dimension`, and for the rows
/// in order, `sums[k] += factors[row] * elements[row * dimension + k]`, without fused multiplication. Negative rows are
/// passed over. On processors that have them it uses vectors of 256 bits, which Swift cannot choose at run time; the sums
/// have the same bits.
void platform_add_rows(const int8_t *elements, const float *factors, long dimension, const int32_t *rows, long count,
                       float *sums);

/// Gives memory that was freed back to the system, also from between pieces that are still in use (glibc's malloc_trim,
/// which Swift's Glibc module leaves out). Does nothing where there is no such call.
void platform_release_memory(void);

/// Asks for the cache line at an address before it is needed. Any address will do: nothing is read, nothing can fail.
static inline void platform_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }
