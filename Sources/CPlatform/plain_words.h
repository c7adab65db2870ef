// Finds plain tokens in sixty-four bytes at a time. Included for each kind of processor, with NAMED telling their functions
// apart.

typedef uint8_t NAMED(bytes) __attribute__((vector_size(64)));
typedef bool NAMED(flags) __attribute__((ext_vector_type(64)));

// A comparison of sixty-four bytes, as a bit for each, the first one lowest.
#define BITS(comparison) __builtin_bit_cast(uint64_t, __builtin_convertvector(comparison, NAMED(flags)))

static void NAMED(write_plain_words)(const uint8_t *text, long length, const struct platform_kept *kept,
                                     struct platform_word *words, long room, struct platform_plain *found) {
  long at = 0, written = 0, run = 0;
  uint64_t after_space = found->after_space, met = 0;
  while (at < length && written <= room - platform_window_words) {
    NAMED(bytes) bytes;
    __builtin_memcpy(&bytes, text + at, sizeof bytes);
    // What is beyond the end is nothing, but for a space right behind it.
    const long left = length - at;
    const uint64_t inside = left < 64 ? ((uint64_t)1 << left) - 1 : ~(uint64_t)0;
    const uint64_t letters = BITS(((bytes | 0x20) - 'a') < 26) & inside;
    const uint64_t digits = BITS((bytes - '0') < 10) & inside;
    const uint64_t spaces = (BITS(bytes == ' ') & inside) | (inside + 1);
    const uint64_t words_parts = letters | digits;
    const uint64_t before_space = spaces >> 1, after_letter = letters << 1, after_digit = digits << 1;
    const uint64_t after_part = words_parts << 1, before_part = words_parts >> 1;

    // Hyphens that join, the opening parenthesis, and the ending 's.
    const uint64_t hyphens = BITS(bytes == '-') & after_part & before_part;
    const uint64_t openings = BITS(bytes == '(') & before_part;
    const uint64_t endings = BITS(bytes == '\'') & after_letter & BITS((bytes | 0x20) == 's') >> 1 & spaces >> 2;
    // Marks that end something. A single letter and a stop may be more, as may a number and a colon.
    const uint64_t stops = BITS(bytes == '.') & ((after_letter & letters << 2) | after_digit);
    const uint64_t commas = (BITS(bytes == ',') | BITS(bytes == ';') | BITS(bytes == ')')) & after_part;
    const uint64_t others = (BITS(bytes == ':') | BITS(bytes == '?') | BITS(bytes == '!')) & after_letter;
    const uint64_t closings = stops | commas | others;
    const uint64_t quotes = BITS(bytes == '"');
    const uint64_t opening_quotes = quotes & (spaces << 1 | after_space) & before_part;
    const uint64_t closing_quotes = quotes & (words_parts | closings) << 1 & before_space;
    const uint64_t marks = (closings & (spaces | closing_quotes) >> 1) | openings;

    // The first place where the general rules are needed: something else, a letter and a digit side by side, or the
    // beginning of a long word or number. Of a run that reaches beyond the window nothing is known yet.
    uint64_t strange = ~(words_parts | spaces | hyphens | endings | marks | opening_quotes | closing_quotes);
    strange |= (after_letter & digits) | (after_digit & letters);
    uint64_t sixteen = letters & letters >> 1;
    sixteen &= sixteen >> 2;
    sixteen &= sixteen >> 4;
    sixteen &= sixteen >> 8;
    uint64_t eight = digits & digits >> 1;
    eight &= eight >> 2;
    eight &= eight >> 4;
    strange |= sixteen | eight;
    const int end = strange ? __builtin_ctzll(strange) : 64;
    // Whatever touches that place waits from its beginning on, together with the parts that hyphens join.
    const uint64_t before = end < 64 ? ((uint64_t)1 << end) - 1 : ~(uint64_t)0;
    const uint64_t done = ~(words_parts | hyphens) & before;
    const int read = done ? 64 - __builtin_clzll(done) : 0;
    const uint64_t taken = read < 64 ? ((uint64_t)1 << read) - 1 : ~(uint64_t)0;

    // Where tokens begin, and where they end, one for the other.
    uint64_t starts = (letters & ~after_part & ~(endings << 1)) | (digits & ~after_part & kept->numbers) |
                      (endings & kept->endings) | (marks & kept->marks) |
                      ((opening_quotes | closing_quotes) & kept->quotes);
    starts &= taken;
    uint64_t ends = (after_letter & ~words_parts & ~(endings << 2 & ~kept->endings)) |
                    (after_digit & ~words_parts & kept->numbers) | (marks & kept->marks) << 1 |
                    ((opening_quotes | closing_quotes) & kept->quotes) << 1;
    const int count = __builtin_popcountll(starts);
    struct platform_word *out = words + written;
    // Four at a time, so that few branches are taken another way than the time before.
    for (int index = 0; index < count; index += 4) {
      for (int k = 0; k < 4; k++) {
        const int start = starts ? __builtin_ctzll(starts) : 64;
        __builtin_memcpy(out + index + k, text + at + start, 16);
        out[index + k].length = (uint64_t)((ends ? __builtin_ctzll(ends) : 64) - start);
        starts &= starts - 1;
        ends &= ends - 1;
      }
    }
    written += count;
    met |= taken & ~spaces;
    const uint64_t seen = quotes & taken;
    if (seen) found->quote_is_open = opening_quotes >> (63 - __builtin_clzll(seen)) & 1;
    at += read;
    after_space = 1;
    // Close to the end of the window it may be but the window's end that hides what follows.
    if (read == 0 || end < 61) {
      run = __builtin_ctzll(~(letters >> read) | (uint64_t)1 << 63);
      break;
    }
  }
  found->read = at < length ? at : length;
  found->written = written;
  found->run = at < length ? run : 0;
  found->met = met;
}

#undef BITS
