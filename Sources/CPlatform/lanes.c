// Products of a row's entries with weights of several lanes, and sums of them: what most of training's time goes to. Swift makes
// the same loops with vectors of 128 bits; these are for wider ones.

#include "CPlatform.h"
#include "processor.h"

// A product and its sum are rounded one by one, as Swift rounds them.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)

typedef float four __attribute__((vector_size(16), aligned(4)));
typedef float eight __attribute__((vector_size(32), aligned(4)));

// How many cache lines of far weights may be on their way at once: more than a processor asks for by itself, and about as many as
// it can wait for.
enum { lines_ahead = 64 };

// The sums of `width` lanes, 40 at most, as vectors of eight and perhaps one of four: twice as many fit the registers.
struct sums {
  eight eights[5];
  four last;
};

static inline __attribute__((always_inline, target(TARGET_256))) void add_entry(struct sums *sums, const float *weights,
                                                                               float value, const int width) {
  for (int k = 0; k < width / 8; k++) sums->eights[k] += *(const eight *)(weights + 8 * k) * value;
  if (width % 8) sums->last += *(const four *)(weights + width - 4) * value;
}

static inline __attribute__((always_inline)) void ask_for_lanes(const float *weights, const long lanes) {
  for (long lane = 0; lane < lanes; lane += 16) platform_prefetch(weights + lane);
}

// In two sums, so that additions need not wait for each other; the width, and most often the stride, is a constant wherever this
// is inlined. Of each row of weights, the first `asked` lanes are asked for ahead.
static inline __attribute__((always_inline, target(TARGET_256))) void gather_block(
    const uint32_t *columns, const float *values, long count, const float *weights, const long stride, const int width,
    const float *start, const struct platform_ahead *ahead, const long asked, float *out) {
  struct sums even = {0}, odd = {0};
  if (start) {
    for (int k = 0; k < width / 8; k++) even.eights[k] = *(const eight *)(start + 8 * k);
    if (width % 8) even.last = *(const four *)(start + width - 4);
  }
  const long distance = ahead ? ahead->distance : 0;
  const long entries_ahead = lines_ahead * 16 / (asked > 16 ? (asked + 15) / 16 * 16 : 16);
  long entry = 0;
  for (const long end = asked ? count - entries_ahead : count; entry + 4 <= end; entry += 4) {
    if (ahead) {
      platform_prefetch(columns + entry + distance);
      platform_prefetch(values + entry + distance);
    }
    for (int k = 0; k < 4; k++) {
      if (asked) ask_for_lanes(weights + columns[entry + entries_ahead + k] * stride, asked);
      add_entry(k % 2 ? &odd : &even, weights + columns[entry + k] * stride, values[entry + k], width);
    }
  }
  // The last entries ask for the first weights of the row that comes next.
  for (long next = 0; asked && entry + 4 <= count; entry += 4, next += 4) {
    platform_prefetch(columns + entry + distance);
    platform_prefetch(values + entry + distance);
    for (int k = 0; k < 4; k++) {
      if (next + k < ahead->following_count) ask_for_lanes(weights + ahead->following[next + k] * stride, asked);
      add_entry(k % 2 ? &odd : &even, weights + columns[entry + k] * stride, values[entry + k], width);
    }
  }
  if (entry + 2 <= count) {
    add_entry(&even, weights + columns[entry] * stride, values[entry], width);
    add_entry(&odd, weights + columns[entry + 1] * stride, values[entry + 1], width);
    entry += 2;
  }
  if (entry < count) add_entry(&even, weights + columns[entry] * stride, values[entry], width);
  for (int k = 0; k < width / 8; k++) *(eight *)(out + 8 * k) = even.eights[k] + odd.eights[k];
  if (width % 8) *(four *)(out + width - 4) = even.last + odd.last;
}

static inline __attribute__((always_inline, target(TARGET_256))) void scatter_block(
    const uint32_t *columns, const float *values, long count, const float *change, const int width, float *weights,
    const long stride) {
  struct sums all;
  for (int k = 0; k < width / 8; k++) all.eights[k] = *(const eight *)(change + 8 * k);
  if (width % 8) all.last = *(const four *)(change + width - 4);
  for (long entry = 0; entry < count; entry++) {
    float *place = weights + columns[entry] * stride;
    const float value = values[entry];
    for (int k = 0; k < width / 8; k++) *(eight *)(place + 8 * k) += all.eights[k] * value;
    if (width % 8) *(four *)(place + width - 4) += all.last * value;
  }
}

__attribute__((target(TARGET_256))) static void gather_lanes(const uint32_t *columns, const float *values, long count,
                                                             const float *weights, long lanes, long stride,
                                                             const float *start, const struct platform_ahead *ahead,
                                                             float *out) {
  const int is_far = ahead && ahead->is_far;
#define BLOCK(width)                                                                                \
  is_far ? gather_block(columns, values, count, weights, width, width, start, ahead, width, out)     \
         : gather_block(columns, values, count, weights, width, width, start, ahead, 0, out)
  if (stride == lanes) {
    switch (lanes) {
    case 4: return BLOCK(4);
    case 8: return BLOCK(8);
    case 12: return BLOCK(12);
    case 16: return BLOCK(16);
    case 20: return BLOCK(20);
    case 24: return BLOCK(24);
    case 40: return BLOCK(40);
    }
  }
#undef BLOCK
  // What one loop asks for, the next ones need not.
  for (long lane = 0; lane < lanes;) {
    const long left = lanes - lane;
#define BLOCK(width)                                                                                                 \
  gather_block(columns, values, count, weights + lane, stride, width, start ? start + lane : NULL,                    \
               lane ? NULL : ahead, is_far && !lane ? lanes : 0, out + lane)
    if (left >= 16) {
      BLOCK(16);
      lane += 16;
    } else if (left >= 8) {
      BLOCK(8);
      lane += 8;
    } else {
      BLOCK(4);
      lane += 4;
    }
#undef BLOCK
  }
}

__attribute__((target(TARGET_256))) static void scatter_lanes(const uint32_t *columns, const float *values, long count,
                                                              const float *change, long lanes, float *weights, long stride) {
#define BLOCK(stride, width) scatter_block(columns, values, count, change + lane, width, weights + lane, stride)
  long lane = 0;
  if (stride == lanes) {
    switch (lanes) {
    case 4: return BLOCK(4, 4);
    case 8: return BLOCK(8, 8);
    case 12: return BLOCK(12, 12);
    case 16: return BLOCK(16, 16);
    case 20: return BLOCK(20, 20);
    case 24: return BLOCK(24, 24);
    case 40: return BLOCK(40, 40);
    }
  }
  for (; lane + 16 <= lanes; lane += 16) BLOCK(stride, 16);
  for (; lane + 8 <= lanes; lane += 8) BLOCK(stride, 8);
  for (; lane < lanes; lane += 4) BLOCK(stride, 4);
#undef BLOCK
}

// Rows of a dense block: their weights lie lane by lane, so that a vector holds eight columns of one lane and no value has to be
// repeated. `lanes` is a constant wherever these are inlined.

static inline __attribute__((always_inline, target(TARGET_256))) void dense_products(
    const float *row, long count, const float *weights, const int lanes, long distance, float *out) {
  // Two vectors, sixteen sums, a lane, so that additions need not wait for each other.
  eight low[4] = {0}, high[4] = {0};
  long column = 0;
  for (; column + 16 <= count; column += 16) {
    if (distance) platform_prefetch(row + column + distance);
    const eight first = *(const eight *)(row + column), second = *(const eight *)(row + column + 8);
    for (int lane = 0; lane < lanes; lane++) {
      low[lane] += first * *(const eight *)(weights + lane * count + column);
      high[lane] += second * *(const eight *)(weights + lane * count + column + 8);
    }
  }
  for (int lane = 0; lane < lanes; lane++) {
    float sums[16];
    *(eight *)sums = low[lane];
    *(eight *)(sums + 8) = high[lane];
    for (long last = column; last < count; last++) sums[last - column] += row[last] * weights[lane * count + last];
    const eight halves = *(const eight *)sums + *(const eight *)(sums + 8);
    const float quarters[4] = {halves[0] + halves[4], halves[1] + halves[5], halves[2] + halves[6], halves[3] + halves[7]};
    out[lane] += (quarters[0] + quarters[1]) + (quarters[2] + quarters[3]);
  }
}

static inline __attribute__((always_inline, target(TARGET_256))) void dense_changes(
    const float *row, long count, const float *changes, const int lanes, float *weights) {
  long column = 0;
  for (; column + 8 <= count; column += 8) {
    const eight values = *(const eight *)(row + column);
    for (int lane = 0; lane < lanes; lane++) {
      *(eight *)(weights + lane * count + column) += values * changes[lane];
    }
  }
  for (; column < count; column++) {
    for (int lane = 0; lane < lanes; lane++) weights[lane * count + column] += row[column] * changes[lane];
  }
}

__attribute__((target(TARGET_256))) static void gather_dense(const float *row, long count, const float *weights, long lanes,
                                                             long distance, float *out) {
  long lane = 0;
  for (; lane + 4 <= lanes; lane += 4) {
    dense_products(row, count, weights + lane * count, 4, lane ? 0 : distance, out + lane);
  }
  for (; lane < lanes; lane++) dense_products(row, count, weights + lane * count, 1, lane ? 0 : distance, out + lane);
}

__attribute__((target(TARGET_256))) static void scatter_dense(const float *row, long count, const float *changes, long lanes,
                                                              float *weights) {
  long lane = 0;
  for (; lane + 4 <= lanes; lane += 4) dense_changes(row, count, changes + lane, 4, weights + lane * count);
  for (; lane < lanes; lane++) dense_changes(row, count, changes + lane, 1, weights + lane * count);
}
#endif

int platform_gather_lanes(const uint32_t *columns, const float *values, long count, const float *weights, long lanes,
                          long stride, const float *start, const struct platform_ahead *ahead, float *out) {
#if defined(__x86_64__)
  if (processor_has_256) {
    gather_lanes(columns, values, count, weights, lanes, stride, start, ahead, out);
    return 1;
  }
#endif
  return 0;
}

int platform_scatter_lanes(const uint32_t *columns, const float *values, long count, const float *change, long lanes,
                           float *weights, long stride) {
#if defined(__x86_64__)
  if (processor_has_256) {
    scatter_lanes(columns, values, count, change, lanes, weights, stride);
    return 1;
  }
#endif
  return 0;
}

int platform_gather_dense(const float *row, long count, const float *weights, long lanes, long distance, float *out) {
#if defined(__x86_64__)
  if (processor_has_256) {
    gather_dense(row, count, weights, lanes, distance, out);
    return 1;
  }
#endif
  return 0;
}

int platform_scatter_dense(const float *row, long count, const float *changes, long lanes, float *weights) {
#if defined(__x86_64__)
  if (processor_has_256) {
    scatter_dense(row, count, changes, lanes, weights);
    return 1;
  }
#endif
  return 0;
}
