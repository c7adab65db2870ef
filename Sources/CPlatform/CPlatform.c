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

// A product and its sum are rounded one by one, as Swift rounds them.
#pragma STDC FP_CONTRACT OFF

// Some elements of all rows at a time, so that their sums stay in registers.
enum { block_size = 32 };

static inline __attribute__((always_inline)) void add_rows(const int8_t *elements, const float *factors, long dimension,
                                                           const int32_t *rows, long count, float *sums) {
  long first = 0;
  for (; first + block_size <= dimension; first += block_size) {
    float block[block_size];
    for (int k = 0; k < block_size; k++) block[k] = sums[first + k];
    for (long index = 0; index < count; index++) {
      if (rows[index] < 0) continue;
      const float factor = factors[rows[index]];
      const int8_t *row = elements + rows[index] * dimension + first;
      for (int k = 0; k < block_size; k++) block[k] += factor * (float)row[k];
    }
    for (int k = 0; k < block_size; k++) sums[first + k] = block[k];
  }
  for (long index = 0; index < count && first < dimension; index++) {
    if (rows[index] < 0) continue;
    const float factor = factors[rows[index]];
    const int8_t *row = elements + rows[index] * dimension;
    for (long k = first; k < dimension; k++) sums[k] += factor * (float)row[k];
  }
}

#if defined(__x86_64__)
static __attribute__((target("avx2"))) void add_rows_256(const int8_t *elements, const float *factors, long dimension,
                                                         const int32_t *rows, long count, float *sums) {
  add_rows(elements, factors, dimension, rows, count, sums);
}
#endif

void platform_add_rows(const int8_t *elements, const float *factors, long dimension, const int32_t *rows, long count,
                       float *sums) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    add_rows_256(elements, factors, dimension, rows, count, sums);
    return;
  }
#endif
  add_rows(elements, factors, dimension, rows, count, sums);
}

// The width is a constant wherever this is inlined, so that the sums of all lanes stay in one or two registers.
static inline __attribute__((always_inline)) int sum_rows(const int16_t *elements, long row_count, long lane_count,
                                                          long width, const uint32_t *rows, long count,
                                                          const float *factors, float *sums, float *squares) {
  if (factors) {
    float block[16] = {0};
    float total = 0;
    for (long index = 0; index < count; index++) {
      if (rows[index] >= row_count) return 0;
      const float factor = factors[rows[index]];
      const int16_t *row = elements + rows[index] * lane_count;
      for (int k = 0; k < width; k++) block[k] += factor * (float)row[k];
      total += factor * factor;
    }
    for (int k = 0; k < width; k++) sums[k] = block[k];
    *squares = total;
  } else {
    int32_t block[16] = {0};
    for (long index = 0; index < count; index++) {
      if (rows[index] >= row_count) return 0;
      const int16_t *row = elements + rows[index] * lane_count;
      for (int k = 0; k < width; k++) block[k] += row[k];
    }
    for (int k = 0; k < width; k++) sums[k] = (float)block[k];
    *squares = (float)count;
  }
  return 1;
}

static inline __attribute__((always_inline)) int sum_rows_of_any_width(const int16_t *elements, long row_count,
                                                                       long lane_count, long width,
                                                                       const uint32_t *rows, long count,
                                                                       const float *factors, float *sums,
                                                                       float *squares) {
  switch (width) {
  case 4: return sum_rows(elements, row_count, lane_count, 4, rows, count, factors, sums, squares);
  case 8: return sum_rows(elements, row_count, lane_count, 8, rows, count, factors, sums, squares);
  case 16: return sum_rows(elements, row_count, lane_count, 16, rows, count, factors, sums, squares);
  default: return 0;
  }
}

#if defined(__x86_64__)
static __attribute__((target("avx2"))) int sum_rows_256(const int16_t *elements, long row_count, long lane_count,
                                                        long width, const uint32_t *rows, long count,
                                                        const float *factors, float *sums, float *squares) {
  return sum_rows_of_any_width(elements, row_count, lane_count, width, rows, count, factors, sums, squares);
}
#endif

int platform_sum_rows(const int16_t *elements, long row_count, long lane_count, long first, long width,
                      const uint32_t *rows, long count, const float *factors, float *sums, float *squares) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2"))
    return sum_rows_256(elements + first, row_count, lane_count, width, rows, count, factors, sums, squares);
#endif
  return sum_rows_of_any_width(elements + first, row_count, lane_count, width, rows, count, factors, sums, squares);
}

#if defined(__x86_64__)
// Once for each kind of processor: functions that hand vectors to each other have to be made for the same one. They are all
// inlined, so that how such vectors would be handed on does not matter.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"
#define NAMED(name) name##_256
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#include "hash_words.h"
#pragma clang attribute pop
#undef NAMED
#define NAMED(name) name##_512
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl"))), apply_to = function)
#include "hash_words.h"
#pragma clang attribute pop
#undef NAMED
#pragma clang diagnostic pop
#endif

int platform_hash_words(const struct platform_word *words, long count, const struct platform_hash_keys *keys, int shift,
                        uint32_t *columns) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
    hash_words_512(words, count, keys, shift, columns);
    return 1;
  }
  if (__builtin_cpu_supports("avx2")) {
    hash_words_256(words, count, keys, shift, columns);
    return 1;
  }
#endif
  return 0;
}

void platform_release_memory(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}
