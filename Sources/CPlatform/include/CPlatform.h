#pragma once

/// Exchanges what two paths name in one step (Linux renameat2 with RENAME_EXCHANGE, which Swift's Glibc module leaves
/// out). Returns 0, or -1 with errno set.
int platform_exchange_paths(const char *first, const char *second);

/// Asks for the cache line at an address before it is needed. Any address will do: nothing is read, nothing can fail.
static inline void platform_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }
