// Products of entries with the weights of their columns.

#include "CPlatform.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// A product and its sum are rounded one by one, as Swift rounds them.
#pragma STDC FP_CONTRACT OFF

int platform_gathers_in_vectors(void) {
#if defined(__x86_64__)
  return __builtin_cpu_is("intel") && __builtin_cpu_supports("avx512vl");
#else
  return 0;
#endif
}

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512vl"))) float platform_gather(const uint32_t *columns, const float *values,
                                                                  long count, const float *weights, long distance) {
  __m256 sums = _mm256_setzero_ps();
  for (long entry = 0; entry < count; entry += 8) {
    platform_prefetch(columns + entry + distance);
    platform_prefetch(values + entry + distance);
    // Entries that are not there count nothing, and nothing is read of them.
    const __mmask8 there = count - entry < 8 ? (__mmask8)((1u << (count - entry)) - 1) : 0xff;
    const __m256i places = _mm256_maskz_loadu_epi32(there, columns + entry);
    const __m256 found = _mm256_mmask_i32gather_ps(_mm256_setzero_ps(), there, places, weights, 4);
    sums = _mm256_add_ps(sums, _mm256_mul_ps(_mm256_maskz_loadu_ps(there, values + entry), found));
  }
  const __m128 low = _mm256_castps256_ps128(sums), high = _mm256_extractf128_ps(sums, 1);
  const __m128 pairs = _mm_hadd_ps(low, high);
  const __m128 fours = _mm_hadd_ps(pairs, pairs);
  return _mm_cvtss_f32(fours) + _mm_cvtss_f32(_mm_movehdup_ps(fours));
}
#else
float platform_gather(const uint32_t *columns, const float *values, long count, const float *weights, long distance) {
  (void)distance;
  float sums[8] = {0};
  for (long entry = 0; entry < count; entry++) sums[entry % 8] += values[entry] * weights[columns[entry]];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}
#endif
