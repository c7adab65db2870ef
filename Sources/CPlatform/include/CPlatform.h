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

/// A column that occurs again in a statement, and the number of its kind that are counted before it.
struct platform_repeat {
  uint32_t column, earlier;
};

/// Where the columns of a statement, or of a part of it, and those of them that occur again are in lists of many.
struct platform_part {
  uint32_t first_column, column_count, first_repeat, repeat_count;
};

/// How much one occurrence more of a feature adds to what it counts for, and to the square of that.
struct platform_step {
  float frequency, squares;
};

/// How many slots `platform_separate_repeats` wants: so many that few columns of a sentence share one, and few enough to stay in
/// the nearest cache. How many columns a part may have, and how many of them that share a slot it looks at.
enum { platform_slot_count = 1024, platform_column_limit = 512, platform_followed_limit = 32 };

/// Keeps each column of a part once, in the part's first places and in another order, and lists the others behind those that
/// are listed already. Asks for the row of each column on the way, and for its rarity where it is given where those are.
///
/// - parts: `count` of them; how many columns each has left, and its repeats, are written there.
/// - slots: `platform_slot_count` of them; what stands in them does not matter.
/// - rows, rarities: where rows of `stride` bytes lie, and rarities, or NULL, as for `platform_prefetch`.
/// - repeats: `*repeat_count` are written; behind them there is room for `platform_followed_limit` for each part.
/// - Returns: how many parts were done. The next one has too many columns, or too many that share a slot; it is unchanged.
long platform_separate_repeats(struct platform_part *parts, long count, uint32_t *columns, uint32_t *slots,
                               const void *rows, long stride, const float *rarities, struct platform_repeat *repeats,
                               long *repeat_count);

/// Adds up the rows of each part's columns in a table of 16-bit integers: for `lane_count` lanes `k` (4, 8 or a multiple of 16),
/// `sums[k]` is the sum of `factors[column] * elements[column * lane_count + k]` and, for its repeats,
/// `steps[earlier].frequency * factors[column] * elements[column * lane_count + k]`, in order and without fused multiplication;
/// `*squares` is that of the factors' squares, each times the steps' squares where it is a repeat's. Without factors (NULL)
/// they are 1, and columns are added as whole numbers. On processors that have them it uses vectors of 256 bits, with the
/// same bits for a result.
///
/// - parts: `count` of them, of which the first one's columns come first and the last one's last. What stands between the
///   columns of one part and the next must be a column too.
/// - sums, squares: `lane_count` and 1 for each part.
/// - Returns: 0, with the sums in disorder, where a column is not below `row_count`, an `earlier` not below `step_count`, or
///   the number of lanes another; else 1.
int platform_sum_parts(const int16_t *elements, long row_count, long lane_count, const struct platform_part *parts,
                       long count, const uint32_t *columns, const float *factors, const struct platform_repeat *repeats,
                       const struct platform_step *steps, long step_count, float *sums, float *squares);

/// Uses no vectors of more than so many bits from now on, whatever the processor has, for words, repeats and sums of rows
/// (`platform_gather` has its twin in Swift): for tests, since all widths must give the same.
void platform_limit_vectors(int bits);

/// Gives memory that was freed back to the system, also from between pieces that are still in use (glibc's malloc_trim,
/// which Swift's Glibc module leaves out). Does nothing where there is no such call.
void platform_release_memory(void);

/// Asks for the cache line at an address before it is needed. Any address will do: nothing is read, nothing can fail.
static inline void platform_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// The same for what is needed a good while later: it comes as near as the second cache, to which more can be on their way, and
/// drives nothing out of the first.
static inline void platform_prefetch_for_later(const void *address) { __builtin_prefetch(address, 0, 2); }

/// Whether `platform_gather` is faster than reading weights one by one: on Intel's processors with AVX-512. (Others gather
/// more slowly with vectors than without.) Where it is not, it may not be called: the processor may lack its vectors.
int platform_gathers_in_vectors(void);

/// The sum of `values[k] * weights[columns[k]]` for every `k` below `count`, added up in eight sums, the one of `k % 8` each,
/// without fused multiplication. Meanwhile asks for what lies `distance` elements from the columns and the values. Columns
/// are below 2^31.
float platform_gather(const uint32_t *columns, const float *values, long count, const float *weights, long distance);

/// What is asked for while a row's entries are gathered.
struct platform_ahead {
  /// How many entries behind the row's the entries of another row lie, which will be read later.
  long distance;
  /// Whether weights fit no near cache: then each entry's are asked for ahead of their turn.
  long is_far;
  /// The columns of the row that comes next, whose weights the last entries ask for.
  const uint32_t *following;
  long following_count;
};

/// For every `k` below `lanes`, a multiple of 4, `out[k]` is `start[k]` (or 0, where that is NULL) and the sum of
/// `values[entry] * weights[columns[entry] * stride + k]` over `count` entries, without fused multiplication: the entries of even
/// places in one sum, in order, those of odd ones in another, then both. For processors that have vectors of 256 bits; returns
/// 1, or 0 where there are no such vectors and nothing was done. Nothing is asked for where `ahead` is NULL.
int platform_gather_lanes(const uint32_t *columns, const float *values, long count, const float *weights, long lanes,
                          long stride, const float *start, const struct platform_ahead *ahead, float *out);

/// Adds `change[k]`, times each entry's value, to `weights[columns[entry] * stride + k]`, for every `k` below `lanes`, a multiple of
/// 4, without fused multiplication. Returns as `platform_gather_lanes` does.
int platform_scatter_lanes(const uint32_t *columns, const float *values, long count, const float *change, long lanes,
                           float *weights, long stride);

/// For every `k` below `lanes`, adds to `out[k]` the sum of `row[column] * weights[k * count + column]` over `count` columns, without
/// fused multiplication: every sixteenth column in one sum, then these in pairs, each with that half of all sums farther on, and
/// the last four neighbour by neighbour. Meanwhile asks for what lies `distance` numbers behind the row. Returns as
/// `platform_gather_lanes` does.
int platform_gather_dense(const float *row, long count, const float *weights, long lanes, long distance, float *out);

/// Adds `changes[k]`, times `row[column]`, to `weights[k * count + column]`, for every `k` below `lanes` and each of `count`
/// columns, without fused multiplication. Returns as `platform_gather_lanes` does.
int platform_scatter_dense(const float *row, long count, const float *changes, long lanes, float *weights);

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

/// A plain token: sixteen bytes from its beginning on, and its length, up to 15: letters, a number of up to 7 digits, one mark,
/// or 's. With the length 16, `low` is a hash.
struct platform_word {
  uint64_t low, high, length;
};

/// Which plain tokens are kept beside words: all bits set where a kind is, none where it is not.
struct platform_kept {
  uint64_t numbers, endings, marks, quotes;
};

/// How far plain tokens were read.
struct platform_plain {
  /// Before: 1 where space, or nothing, or a hyphen that joins stands before the text.
  uint64_t after_space;
  /// Before and after: whether the last double quotation mark opens something.
  uint64_t quote_is_open;
  /// How many bytes were read, up to the beginning of something that may not be plain.
  long read;
  /// How many words were written.
  long written;
  /// How many letters stand there; what comes behind them may not be plain. More than 15 mean a long word.
  long run;
  /// Not 0 where a token was read, kept or not.
  uint64_t met;
};

/// The most words that a window may hold, and those that may be written behind them.
enum { platform_window_words = 68 };

/// Reads plain tokens: words of up to 15 ASCII letters, numbers of up to 7 digits, parts that hyphens join, the ending 's, and
/// common marks, all as they stand in ordinary text; what else there is it leaves.
///
/// - text: `length` bytes, behind which a control character and another 79 bytes can be read.
/// - words: `room` of them can be written. It ends where less than `platform_window_words` are left.
void platform_write_plain_words(const uint8_t *text, long length, const struct platform_kept *kept,
                                struct platform_word *words, long room, struct platform_plain *found);

/// The numbers of the hash of text, and what a hash is combined with for its feature.
struct platform_hash_keys {
  uint64_t seed, chunk, finish, left, right, word, number;
};

/// Where the rows of a table lie, `stride` bytes apart, and a number for each row, or NULL.
struct platform_rows {
  const void *rows;
  long stride;
  const float *rarities;
};

/// Hashes words and pairs of words, eight at a time, for processors that have vectors of 256 bits or more: for every `k` below
/// `count`, `columns[2 * k + 1]` is the hash of the word shifted right by `shift`, and `columns[2 * k]` that of the pair which
/// it makes with the word before; what stands in `columns[0]` means nothing. The rows of the columns, and their numbers, are
/// asked for on the way for later, if it is told where they are (else NULL): products take so long that memory keeps up. Up to 8
/// words behind the last are read, and up to 16 columns more are written. Returns 1, or 0 where there are no such vectors and
/// nothing was done.
int platform_hash_words(const struct platform_word *words, long count, const struct platform_hash_keys *keys, int shift,
                        const struct platform_rows *asked, uint32_t *columns);

/// A perfect hash table from features to columns: `slot_count` slots that each hold `key << 24 | column + 1` or 0, and for
/// each bucket, which the bits of a key above `bucket_shift` choose, the number that moves its keys. A key stands, if it is
/// known, in the slot `fold(key ^ displacement * spread, chunk)`, of 2^64, times `slot_count`, where `fold` is the exclusive or of
/// both halves of a product.
struct platform_vocabulary {
  const uint64_t *slots;
  const uint16_t *displacements;
  uint64_t slot_count, spread, chunk;
  int bucket_shift;
};

/// Some features of a statement: `count` keys from `first` on, which begin with the n-grams of `unit_count` units: all of one
/// unit, all of two, and so on for `orders` orders, which are at most `unit_count`.
struct platform_block {
  uint32_t first, count, unit_count, orders;
};

/// Finds the columns of some blocks of keys, in order, without those that are not known. An n-gram one of whose parts is not
/// known, those of one unit less, is not looked for. N-grams of one length are looked for in all blocks at once, so that as
/// many visits to memory as there can be are on their way at the same time.
///
/// - blocks: `count` of them, one behind the other from the first key on.
/// - found, places, slots: as many can be written as there are keys in all blocks.
/// - columns: likewise. counts: how many of them belong to each block.
/// - Returns: how many columns there are.
long platform_find_columns(const struct platform_vocabulary *vocabulary, const uint64_t *keys,
                           const struct platform_block *blocks, long count, uint32_t *found, uint32_t *places,
                           uint32_t *slots, uint32_t *columns, uint32_t *counts);

/// Finds the column of each of some keys: -1 where it is not known.
void platform_find_each(const struct platform_vocabulary *vocabulary, const uint64_t *keys, long count, int32_t *columns);

/// Makes n-grams one element longer: for every `k` below `count`, `states[k]` and `ngrams[k]` become the combination of
/// `states[k]` and `hashes[k]` in that order, with the keys for either side.
void platform_lengthen(uint64_t *states, const uint64_t *hashes, long count, uint64_t left, uint64_t right,
                       uint64_t *ngrams);
