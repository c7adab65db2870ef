#pragma once

/// Exchanges what two paths name in one step (Linux renameat2 with RENAME_EXCHANGE, which Swift's Glibc module leaves
/// out). Returns 0, or -1 with errno set.
int platform_exchange_paths(const char *first, const char *second);
