#pragma once
#include <cblas.h>

/// Ends the threads that OpenBLAS starts when it is loaded, where it was built with threads. They would spin for a while,
/// waiting for work; OpenBLAS starts them anew if it is ever given more than one.
int blas_thread_shutdown_(void) __attribute__((weak));

static inline void openblas_end_threads(void) {
  if (blas_thread_shutdown_) blas_thread_shutdown_();
}
