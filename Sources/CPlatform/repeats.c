// Columns that occur again in a statement.

#include "CPlatform.h"
#include "processor.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Every column leaves its place in the slot that it shares with some others, whatever stands there. Who afterwards finds
// another's place was followed by one that has the same slot. Nothing is ever cleared, and nothing asked column by column.
static inline void leave_places(const uint32_t *columns, long count, uint32_t *slots, const char *rows, long stride,
                                const float *rarities) {
  for (long index = 0; index < count; index++) {
    slots[columns[index] & (platform_slot_count - 1)] = (uint32_t)index;
    __builtin_prefetch(rows + columns[index] * stride, 0, 3);
  }
  for (long index = 0; rarities && index < count; index++) __builtin_prefetch(rarities + columns[index], 0, 3);
}

// The places of the bits that are set, behind those that are listed; stops where there would be more than the list holds.
static inline long list_places(uint64_t which, long first, uint32_t *places, long count) {
  for (; which && count <= platform_followed_limit; which &= which - 1)
    places[count++] = (uint32_t)(first + __builtin_ctzll(which));
  return count;
}

// Fills the gaps at some places from the end, from the last one on, so that what fills a gap is never one that has to go.
static inline long close_gaps(uint32_t *columns, long count, const uint32_t *places, long gaps) {
  while (gaps > 0) columns[places[--gaps]] = columns[--count];
  return count;
}

// The last of equal columns is the one that is kept; where another column came last, it is the first.
static long separate(uint32_t *columns, long count, const uint32_t *slots, const uint32_t *followed, long found,
                     struct platform_repeat *repeats, long *repeat_count) {
  uint32_t gaps[platform_followed_limit];
  long again = 0;
  for (long index = 0; index < found; index++) {
    const uint32_t column = columns[followed[index]];
    uint32_t earlier = columns[slots[column & (platform_slot_count - 1)]] == column;
    for (long before = 0; before < index; before++) earlier += columns[followed[before]] == column;
    if (earlier == 0) continue;
    repeats[again] = (struct platform_repeat){column, earlier};
    gaps[again++] = followed[index];
  }
  *repeat_count = again;
  return close_gaps(columns, count, gaps, again);
}

static inline long find_followed(const uint32_t *columns, long count, const uint32_t *slots, uint32_t *followed) {
  long found = 0;
  for (long first = 0; first < count; first += 64) {
    const long end = count - first < 64 ? count : first + 64;
    uint64_t which = 0;
    for (long index = first; index < end; index++)
      which |= (uint64_t)(slots[columns[index] & (platform_slot_count - 1)] != (uint32_t)index) << (index - first);
    found = list_places(which, first, followed, found);
  }
  return found;
}

#if defined(__x86_64__)
static __attribute__((target(TARGET_256))) long find_followed_256(const uint32_t *columns, long count,
                                                                  const uint32_t *slots, uint32_t *followed) {
  const __m256i mask = _mm256_set1_epi32(platform_slot_count - 1), lanes = _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0);
  __m256i places = lanes;
  long found = 0;
  for (long first = 0; first < count; first += 64) {
    uint64_t which = 0;
    for (long part = 0; part < 64 && first + part < count; part += 8) {
      const __m256i present = _mm256_cmpgt_epi32(_mm256_set1_epi32((int)(count - first - part)), lanes);
      const __m256i own = _mm256_and_si256(_mm256_maskload_epi32((const int *)columns + first + part, present), mask);
      const __m256i last = _mm256_mask_i32gather_epi32(places, (const int *)slots, own, present, 4);
      const int same = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(last, places)));
      which |= (uint64_t)(same ^ 0xFF) << part;
      places = _mm256_add_epi32(places, _mm256_set1_epi32(8));
    }
    found = list_places(which, first, followed, found);
  }
  return found;
}

static __attribute__((target(TARGET_512))) long find_followed_512(const uint32_t *columns, long count, const uint32_t *slots, uint32_t *followed) {
  const __m512i mask = _mm512_set1_epi32(platform_slot_count - 1);
  __m512i places = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  long found = 0;
  for (long first = 0; first < count; first += 64) {
    uint64_t which = 0;
    for (long part = 0; part < 64 && first + part < count; part += 16) {
      const long left = count - first - part;
      const __mmask16 present = (__mmask16)(left < 16 ? (1 << left) - 1 : 0xFFFF);
      const __m512i own = _mm512_and_si512(_mm512_maskz_loadu_epi32(present, columns + first + part), mask);
      const __m512i last = _mm512_mask_i32gather_epi32(places, present, own, slots, 4);
      which |= (uint64_t)_mm512_cmpneq_epi32_mask(last, places) << part;
      places = _mm512_add_epi32(places, _mm512_set1_epi32(16));
    }
    found = list_places(which, first, followed, found);
  }
  return found;
}

// The same as `separate` for up to sixteen, which are compared with each other at once.
static __attribute__((target(TARGET_512))) long separate_512(uint32_t *columns, long count, const uint32_t *slots, const uint32_t *followed,
                                    long found, struct platform_repeat *repeats, long *repeat_count) {
  const __mmask16 present = (__mmask16)(found < 16 ? (1 << found) - 1 : 0xFFFF);
  const __m512i none = _mm512_setzero_si512();
  const __m512i places = _mm512_maskz_loadu_epi32(present, followed);
  const __m512i own = _mm512_mask_i32gather_epi32(none, present, places, columns, 4);
  const __m512i last = _mm512_mask_i32gather_epi32(
      none, present, _mm512_and_si512(own, _mm512_set1_epi32(platform_slot_count - 1)), slots, 4);
  const __mmask16 is_last = _mm512_mask_cmpeq_epi32_mask(
      present, own, _mm512_mask_i32gather_epi32(none, present, last, columns, 4));
  const __m512i earlier = _mm512_mask_add_epi32(_mm512_popcnt_epi32(_mm512_conflict_epi32(own)), is_last,
                                                _mm512_popcnt_epi32(_mm512_conflict_epi32(own)), _mm512_set1_epi32(1));
  const __mmask16 again = _mm512_mask_test_epi32_mask(present, earlier, earlier);
  const __m512i of = _mm512_maskz_compress_epi32(again, own), after = _mm512_maskz_compress_epi32(again, earlier);
  const __m512i low = _mm512_set_epi32(23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  _mm512_storeu_si512(repeats, _mm512_permutex2var_epi32(of, low, after));
  _mm512_storeu_si512(repeats + 8, _mm512_permutex2var_epi32(of, _mm512_add_epi32(low, _mm512_set1_epi32(8)), after));
  uint32_t gaps[16];
  _mm512_storeu_si512(gaps, _mm512_maskz_compress_epi32(again, places));
  *repeat_count = __builtin_popcount(again);
  return close_gaps(columns, count, gaps, *repeat_count);
}
#endif

// Returns -1, with nothing changed, where too many share a slot.
static long separate_part(uint32_t *columns, long count, uint32_t *slots, const char *rows, long stride,
                          const float *rarities, struct platform_repeat *repeats, long *repeat_count) {
  uint32_t followed[platform_followed_limit + 1];
  long found = 0;
  leave_places(columns, count, slots, rows, stride, rarities);
#if defined(__x86_64__)
  if (processor_has_512) {
    found = find_followed_512(columns, count, slots, followed);
    if (found <= 16) return separate_512(columns, count, slots, followed, found, repeats, repeat_count);
  } else if (processor_has_256) {
    found = find_followed_256(columns, count, slots, followed);
  } else
#endif
    found = find_followed(columns, count, slots, followed);
  if (found > platform_followed_limit) return -1;
  return separate(columns, count, slots, followed, found, repeats, repeat_count);
}

long platform_separate_repeats(struct platform_part *parts, long count, uint32_t *columns, uint32_t *slots,
                               const void *rows, long stride, const float *rarities, struct platform_repeat *repeats,
                               long *repeat_count) {
  long index = 0, again = *repeat_count;
  for (; index < count; index++) {
    struct platform_part *part = parts + index;
    if (part->column_count > platform_column_limit) break;
    long more = 0;
    const long kept = separate_part(columns + part->first_column, part->column_count, slots, rows, stride, rarities,
                                    repeats + again, &more);
    if (kept < 0) break;
    part->column_count = (uint32_t)kept;
    part->first_repeat = (uint32_t)again;
    part->repeat_count = (uint32_t)more;
    again += more;
  }
  *repeat_count = again;
  return index;
}
