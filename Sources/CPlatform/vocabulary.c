// Searches in perfect hash tables.

#include "CPlatform.h"
#include <string.h>

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

// Where keys stand if they are known, each slot being asked for: the `count` first ones, or those at `places`.
static inline __attribute__((always_inline)) void find_slots(const struct platform_vocabulary *vocabulary,
                                                             const uint64_t *keys, const uint32_t *places, long count,
                                                             uint32_t *found) {
  const struct platform_vocabulary table = *vocabulary;
  for (long index = 0; index < count; index++) {
    const uint32_t slot = slot_of(&table, keys[places ? places[index] : index]);
    __builtin_prefetch(table.slots + slot, 0, 3);
    found[index] = slot;
  }
}

// The column of a key, or a number that is not below `no_column`: equal fingerprints leave nothing but the column and one.
enum { no_column = 0xFFFFFF };
static inline uint64_t column_at(const uint64_t *slots, uint32_t slot, uint64_t key) {
  return (slots[slot] ^ key << 24) - 1;
}

// Written every time and kept only where the feature is known, which cannot be foretold.
static inline __attribute__((always_inline)) long find_columns(const uint64_t *slots, const uint64_t *keys,
                                                               const uint32_t *places, const uint32_t *found, long count,
                                                               uint8_t *known, uint32_t *columns) {
  long kept = 0;
  for (long index = 0; index < count; index++) {
    const uint32_t place = places ? places[index] : (uint32_t)index;
    const uint64_t column = column_at(slots, found[index], keys[place]);
    const uint8_t is_known = column < no_column;
    known[place] = is_known;
    columns[kept] = (uint32_t)column;
    kept += is_known;
  }
  return kept;
}

// The n-grams both of whose parts are known, those of one unit less.
static long choose_known(uint8_t *known, long count, uint32_t *places) {
  long kept = 0;
  for (long index = 0; index < count; index++) {
    const uint8_t parts_are_known = known[index] & known[index + 1];
    known[index] = parts_are_known;
    places[kept] = (uint32_t)index;
    kept += parts_are_known;
  }
  return kept;
}

long platform_find_columns(const struct platform_vocabulary *vocabulary, const uint64_t *keys, long count,
                           long unit_count, long orders, uint8_t *known, uint32_t *places, uint32_t *found,
                           uint32_t *columns) {
  long kept = 0;
  for (long order = 0; order < orders; order++) {
    const long length = unit_count - order;
    if (order == 0) {
      find_slots(vocabulary, keys, NULL, length, found);
      kept += find_columns(vocabulary->slots, keys, NULL, found, length, known, columns + kept);
    } else {
      const long chosen = choose_known(known, length, places);
      find_slots(vocabulary, keys, places, chosen, found);
      kept += find_columns(vocabulary->slots, keys, places, found, chosen, known, columns + kept);
    }
    keys += length;
    count -= length;
  }
  find_slots(vocabulary, keys, NULL, count, found);
  return kept + find_columns(vocabulary->slots, keys, NULL, found, count, known, columns + kept);
}

void platform_find_each(const struct platform_vocabulary *vocabulary, const uint64_t *keys, long count, int32_t *columns) {
  find_slots(vocabulary, keys, NULL, count, (uint32_t *)columns);
  for (long index = 0; index < count; index++) {
    const uint64_t column = column_at(vocabulary->slots, (uint32_t)columns[index], keys[index]);
    columns[index] = column < no_column ? (int32_t)column : -1;
  }
}

void platform_lengthen(uint64_t *states, const uint64_t *hashes, long count, uint64_t left, uint64_t right,
                       uint64_t *ngrams) {
  for (long index = 0; index < count; index++) {
    const uint64_t state = states[index];
    const uint64_t hash = fold(state ^ left, (hashes[index] + right) ^ (state << 32 | state >> 32));
    states[index] = ngrams[index] = hash ^ hash >> 29;
  }
}
