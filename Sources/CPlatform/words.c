// Tokens of plain words and their hashes.

#include "CPlatform.h"
#include "processor.h"

#define NAMED(name) name##_128
#include "plain_words.h"
#undef NAMED
#if defined(__x86_64__)
// Once for each kind of processor: functions that hand vectors to each other have to be made for the same one. They are all
// inlined, so that how such vectors would be handed on does not matter.
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpsabi"
#define NAMED(name) name##_256
#pragma clang attribute push(__attribute__((target(TARGET_256))), apply_to = function)
#include "hash_words.h"
#include "plain_words.h"
#pragma clang attribute pop
#undef NAMED
#define NAMED(name) name##_512
#pragma clang attribute push(__attribute__((target(TARGET_512))), apply_to = function)
#include "hash_words.h"
#include "plain_words.h"
#pragma clang attribute pop
#undef NAMED
#pragma clang diagnostic pop

#endif

void platform_write_plain_words(const uint8_t *text, long length, const struct platform_kept *kept,
                                struct platform_word *words, long room, struct platform_plain *found) {
#if defined(__x86_64__)
  if (processor_has_512) return write_plain_words_512(text, length, kept, words, room, found);
  if (processor_has_256) return write_plain_words_256(text, length, kept, words, room, found);
#endif
  write_plain_words_128(text, length, kept, words, room, found);
}

int platform_hash_words(const struct platform_word *words, long count, const struct platform_hash_keys *keys, int shift,
                        const struct platform_rows *asked, uint32_t *columns) {
#if defined(__x86_64__)
  if (processor_has_512) {
    hash_words_512(words, count, keys, shift, asked, columns);
    return 1;
  }
  if (processor_has_256) {
    hash_words_256(words, count, keys, shift, asked, columns);
    return 1;
  }
#endif
  return 0;
}
