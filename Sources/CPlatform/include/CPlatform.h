#pragma once

#include <stddef.h>
#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Exchanges what two paths name in one step (Linux renameat2 with RENAME_EXCHANGE, which Swift's Glibc module leaves
/// out). Returns 0, or -1 with errno set.
int platform_exchange_paths(const char *first, const char *second);

/// Moves `size` bytes of mapped pages from one address to another, in place of what is mapped there, in one step (Linux
/// mremap, whose variable arguments Swift cannot pass). Both addresses and the size are multiples of a page. Returns 0, or -1
/// with errno set.
int platform_move_pages(void *from, void *to, size_t size);

/// Adds rows of a table of 8-bit integers, each times its factor, to sums: for every `k` below `dimension`, and for the rows
/// in order, `sums[k] += factors[row] * elements[row * dimension + k]`, without fused multiplication. Negative rows are
/// passed over. On processors that have them it uses vectors of 256 bits, which Swift cannot choose at run time; the sums
/// have the same bits.
void platform_add_rows(const int8_t *elements, const float *factors, long dimension, const int32_t *rows, long count,
                       float *sums);

/// Adds up rows of a table of 16-bit integers, from the lane `first` on: for `width` lanes `k` (4, 8 or 16) and for the rows
/// in order, `sums[k] += factors[row] * elements[row * lane_count + first + k]`, without fused multiplication, and
/// `*squares` is the sum of the factors' squares. Without factors (NULL) elements count as they are and are added as whole
/// numbers of 32 bits, for which there may be at most 65,536 rows; `*squares` is then the number of rows. On processors
/// that have them it uses vectors of 256 bits, with the same bits for a result. Returns 0, without a sum, where a row is
/// not below `row_count`, else 1.
int platform_sum_rows(const int16_t *elements, long row_count, long lane_count, long first, long width,
                      const uint32_t *rows, long count, const float *factors, float *sums, float *squares);

/// Gives memory that was freed back to the system, also from between pieces that are still in use (glibc's malloc_trim,
/// which Swift's Glibc module leaves out). Does nothing where there is no such call.
void platform_release_memory(void);

/// Asks for the cache line at an address before it is needed. Any address will do: nothing is read, nothing can fail.
static inline void platform_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// Tells which of sixteen bytes are ASCII letters, a bit each, the first one lowest. The bytes come in two registers, the
/// first one least significant.
static inline uint32_t platform_letters(uint64_t low, uint64_t high) {
#if defined(__SSE2__)
  const __m128i bytes = _mm_set_epi64x((long long)high, (long long)low);
  const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  // Moved so that "a" is the smallest signed number: one comparison finds both ends.
  const __m128i moved = _mm_add_epi8(lower, _mm_set1_epi8((char)(0x80 - 'a')));
  return (uint32_t)_mm_movemask_epi8(_mm_cmplt_epi8(moved, _mm_set1_epi8((char)(0x80 + 26))));
#else
  uint32_t letters = 0;
  for (int k = 0; k < 16; k++) {
    const uint8_t byte = (uint8_t)((k < 8 ? low : high) >> (k % 8 * 8));
    letters |= (uint32_t)((uint8_t)((byte | 0x20) - 'a') < 26) << k;
  }
  return letters;
#endif
}

/// Which of sixty-four bytes are ASCII letters and which are spaces, a bit each, the first one lowest.
struct platform_letters {
  uint64_t letters, spaces;
};

/// Tells which of the sixty-four bytes from an address on are ASCII letters and which are spaces.
static inline struct platform_letters platform_find_letters(const uint8_t *bytes) {
  struct platform_letters found = {0, 0};
#if defined(__SSE2__)
  for (int part = 0; part < 4; part++) {
    const __m128i sixteen = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
    const __m128i lower = _mm_or_si128(sixteen, _mm_set1_epi8(0x20));
    // Moved so that "a" is the smallest signed number: one comparison finds both ends.
    const __m128i moved = _mm_add_epi8(lower, _mm_set1_epi8((char)(0x80 - 'a')));
    const __m128i letters = _mm_cmplt_epi8(moved, _mm_set1_epi8((char)(0x80 + 26)));
    const __m128i spaces = _mm_cmpeq_epi8(sixteen, _mm_set1_epi8(0x20));
    found.letters |= (uint64_t)(uint32_t)_mm_movemask_epi8(letters) << (16 * part);
    found.spaces |= (uint64_t)(uint32_t)_mm_movemask_epi8(spaces) << (16 * part);
  }
#else
  for (int k = 0; k < 64; k++) {
    found.letters |= (uint64_t)((uint8_t)((bytes[k] | 0x20) - 'a') < 26) << k;
    found.spaces |= (uint64_t)(bytes[k] == 0x20) << k;
  }
#endif
  return found;
}

/// A word of up to 15 ASCII letters: sixteen bytes from its beginning on, and its length. With the length 16, `low` is a hash.
struct platform_word {
  uint64_t low, high, length;
};

/// The numbers of the hash of text, and what a hash is combined with for its feature.
struct platform_hash_keys {
  uint64_t seed, chunk, finish, left, right, word;
};

/// Hashes words and pairs of words, eight at a time, for processors that have vectors of 256 bits or more: for every `k` below
/// `count`, `columns[2 * k + 1]` is the hash of the word shifted right by `shift`, and `columns[2 * k]` that of the pair which
/// it makes with the word before; what stands in `columns[0]` means nothing. Up to 8 words behind the last are read, and
/// up to 16 columns more are written. Returns 1, or 0 where there are no such vectors and nothing was done.
int platform_hash_words(const struct platform_word *words, long count, const struct platform_hash_keys *keys, int shift,
                        uint32_t *columns);
