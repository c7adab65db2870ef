// Hashes eight words at a time. Included for each kind of processor, with NAMED telling their functions apart.

typedef uint64_t NAMED(eight) __attribute__((vector_size(64)));
#define eight NAMED(eight)
#define fold NAMED(fold)
#define combine NAMED(combine)
#define ALL(number) ((eight){number, number, number, number, number, number, number, number})

// Both halves of the 128-bit product, folded by exclusive or. No vector multiplies 64 bits by 64: four products of halves.
static inline __attribute__((always_inline)) eight fold(eight a, eight b) {
  const eight half = ALL(0xFFFFFFFF);
  const eight a_low = a & half, a_high = a >> 32, b_low = b & half, b_high = b >> 32;
  const eight low = a_low * b_low, left = a_high * b_low, right = a_low * b_high;
  const eight middle = (low >> 32) + (left & half) + (right & half);
  const eight high = a_high * b_high + (left >> 32) + (right >> 32) + (middle >> 32);
  return high ^ (middle << 32 | (low & half));
}

static inline __attribute__((always_inline)) eight combine(eight a, eight b, const struct platform_hash_keys *keys) {
  const eight h = fold(a ^ ALL(keys->left), (b + ALL(keys->right)) ^ (a << 32 | a >> 32));
  return h ^ h >> 29;
}

static void NAMED(hash_words)(const struct platform_word *words, long count,
                                                             const struct platform_hash_keys *keys, int shift,
                                                             const struct platform_rows *asked, uint32_t *columns) {
  const eight lower = ALL(0x2020202020202020);
  eight last = ALL(0);
  for (long index = 0; index < count; index += 8) {
    eight parts[3];
    __builtin_memcpy(parts, words + index, sizeof parts);
    const eight low = __builtin_shufflevector(__builtin_shufflevector(parts[0], parts[1], 0, 3, 6, 9, 12, 15, -1, -1),
                                              parts[2], 0, 1, 2, 3, 4, 5, 10, 13);
    const eight high = __builtin_shufflevector(__builtin_shufflevector(parts[0], parts[1], 1, 4, 7, 10, 13, -1, -1, -1),
                                               parts[2], 0, 1, 2, 3, 4, 8, 11, 14);
    const eight length = __builtin_shufflevector(
        __builtin_shufflevector(parts[0], parts[1], 2, 5, 8, 11, 14, -1, -1, -1), parts[2], 0, 1, 2, 3, 4, 9, 12, 15);
    const eight is_long = (eight)(length > ALL(7));
    const eight state = (fold(ALL(keys->seed) ^ (low | lower), ALL(keys->chunk)) & is_long) | (ALL(keys->seed) & ~is_long);
    const eight rest = (high & is_long) | (low & ~is_long);
    const eight kept = (ALL(1) << ((length & ALL(7)) << 3)) - ALL(1);
    eight hash = fold(state ^ ((rest | lower) & kept), ALL(keys->finish) ^ length);
    hash ^= hash >> 32;
    hash *= ALL(keys->chunk);
    hash ^= hash >> 29;
    const eight is_number = (eight)(((low & ALL(0xFF)) - ALL('0')) < ALL(10));
    hash = (ALL(keys->number) & is_number) | (hash & ~is_number);
    const eight is_hash = (eight)(length > ALL(15));
    hash = (low & is_hash) | (hash & ~is_hash);
    const eight word = combine(ALL(keys->word), hash, keys);
    const eight pair = combine(__builtin_shufflevector(last, word, 7, 8, 9, 10, 11, 12, 13, 14), hash, keys);
    last = word;
    const eight found = (word >> shift) << 32 | ((pair >> shift) & ALL(0xFFFFFFFF));
    __builtin_memcpy(columns + 2 * index, &found, sizeof found);
    if (!asked) continue;
    for (int k = 0; k < 16; k++) platform_prefetch_for_later((const char *)asked->rows + columns[2 * index + k] * asked->stride);
    for (int k = 0; asked->rarities && k < 16; k++) platform_prefetch_for_later(asked->rarities + columns[2 * index + k]);
  }
}

#undef eight
#undef fold
#undef combine
#undef ALL
