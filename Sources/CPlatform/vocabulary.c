// Searches in perfect hash tables.

#include "CPlatform.h"

// Both halves of the 128-bit product, folded by exclusive or.
static inline uint64_t fold(uint64_t a, uint64_t b) {
  const unsigned __int128 product = (unsigned __int128)a * b;
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

static inline uint32_t slot_of(const struct platform_vocabulary *vocabulary, uint64_t key) {
  const uint64_t displacement = vocabulary->displacements[key >> vocabulary->bucket_shift];
  const uint64_t moved = fold(key ^ displacement * vocabulary->spread, vocabulary->chunk);
  return (uint32_t)(((unsigned __int128)moved * vocabulary->slot_count) >> 64);
}

// Marks a key that is not known. Below it there are columns only: those of a vocabulary have 24 bits.
static const uint32_t unknown = 0xFFFFFFFF;

// What stands in a slot: the column of a key, or `unknown`. Equal fingerprints leave nothing but the column and one.
static inline uint32_t column_at(const uint64_t *slots, uint32_t slot, uint64_t key) {
  const uint64_t column = (slots[slot] ^ key << 24) - 1;
  return column < 0xFFFFFF ? (uint32_t)column : unknown;
}

// Where some keys stand if they are known; asks for the slots.
static inline void ask(const struct platform_vocabulary *vocabulary, const uint64_t *keys, long count, uint32_t *found) {
  const struct platform_vocabulary table = *vocabulary;
  for (long index = 0; index < count; index++) {
    found[index] = slot_of(&table, keys[index]);
    __builtin_prefetch(table.slots + found[index], 0, 3);
  }
}

// The columns of some keys of which `found` says where they stand.
static inline void look(const struct platform_vocabulary *vocabulary, const uint64_t *keys, long count, uint32_t *found) {
  const uint64_t *slots = vocabulary->slots;
  for (long index = 0; index < count; index++) found[index] = column_at(slots, found[index], keys[index]);
}

// Both for some of the keys only.
static void find_at(const struct platform_vocabulary *vocabulary, const uint64_t *keys, const uint32_t *places, long count,
                    uint32_t *slots, uint32_t *found) {
  const struct platform_vocabulary table = *vocabulary;
  for (long index = 0; index < count; index++) {
    slots[index] = slot_of(&table, keys[places[index]]);
    __builtin_prefetch(table.slots + slots[index], 0, 3);
  }
  for (long index = 0; index < count; index++)
    found[places[index]] = column_at(table.slots, slots[index], keys[places[index]]);
}

// How many n-grams of up to so many units stand at the beginning of a block.
static inline long regular_count(const struct platform_block *block, long orders) {
  return orders * block->unit_count - orders * (orders - 1) / 2;
}

// Appends the places of a block's n-grams of `order + 1` units both of whose parts are known. Written every time and kept only
// where it is wanted, which cannot be foretold; so below.
static long choose(const struct platform_block *block, long order, uint32_t *found, uint32_t *places, long count) {
  const long parts = block->first + regular_count(block, order - 1), first = block->first + regular_count(block, order);
  for (long index = 0; index < block->unit_count - order; index++) {
    const int parts_are_known = (found[parts + index] != unknown) & (found[parts + index + 1] != unknown);
    found[first + index] = unknown;
    places[count] = (uint32_t)(first + index);
    count += parts_are_known;
  }
  return count;
}

long platform_find_columns(const struct platform_vocabulary *vocabulary, const uint64_t *keys,
                           const struct platform_block *blocks, long count, uint32_t *found, uint32_t *places,
                           uint32_t *slots, uint32_t *columns, uint32_t *counts) {
  long orders = 0, kept = 0;
  for (int step = 0; step < 2; step++)
    for (long index = 0; index < count; index++) {
      const struct platform_block *block = blocks + index;
      const long regular = regular_count(block, block->orders), single = block->orders > 0 ? block->unit_count : 0;
      const long rest = block->first + regular;
      (step ? look : ask)(vocabulary, keys + block->first, single, found + block->first);
      (step ? look : ask)(vocabulary, keys + rest, block->count - regular, found + rest);
      if (block->orders > orders) orders = block->orders;
    }
  for (long order = 1; order < orders; order++) {
    long chosen = 0;
    for (long index = 0; index < count; index++)
      if (blocks[index].orders > order) chosen = choose(blocks + index, order, found, places, chosen);
    find_at(vocabulary, keys, places, chosen, slots, found);
  }
  for (long index = 0; index < count; index++) {
    const long before = kept;
    const uint32_t *own = found + blocks[index].first;
    for (uint32_t key = 0; key < blocks[index].count; key++) {
      columns[kept] = own[key];
      kept += own[key] != unknown;
    }
    counts[index] = (uint32_t)(kept - before);
  }
  return kept;
}

void platform_find_each(const struct platform_vocabulary *vocabulary, const uint64_t *keys, long count, int32_t *columns) {
  ask(vocabulary, keys, count, (uint32_t *)columns);
  look(vocabulary, keys, count, (uint32_t *)columns);
}

void platform_lengthen(uint64_t *states, const uint64_t *hashes, long count, uint64_t left, uint64_t right,
                       uint64_t *ngrams) {
  for (long index = 0; index < count; index++) {
    const uint64_t state = states[index];
    const uint64_t hash = fold(state ^ left, (hashes[index] + right) ^ (state << 32 | state >> 32));
    states[index] = ngrams[index] = hash ^ hash >> 29;
  }
}
