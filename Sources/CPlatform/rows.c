// Sums of the rows of tables.

#include "CPlatform.h"
#include "processor.h"

// A product and its sum are rounded one by one, as Swift rounds them.
#pragma STDC FP_CONTRACT OFF

// Adds up `width` elements of all rows at a time, so that their sums stay in registers, as far as there are so many. Returns how
// many are done.
static inline __attribute__((always_inline)) long add_blocks(const int8_t *elements, const float *factors, long dimension,
                                                             const int32_t *rows, long count, long first, const int width,
                                                             float *sums) {
  for (; first + width <= dimension; first += width) {
    float block[width];
    for (int k = 0; k < width; k++) block[k] = sums[first + k];
    for (long index = 0; index < count; index++) {
      if (rows[index] < 0) continue;
      const float factor = factors[rows[index]];
      const int8_t *row = elements + rows[index] * dimension + first;
      for (int k = 0; k < width; k++) block[k] += factor * (float)row[k];
    }
    for (int k = 0; k < width; k++) sums[first + k] = block[k];
  }
  return first;
}

static inline __attribute__((always_inline)) void add_rows(const int8_t *elements, const float *factors, long dimension,
                                                           const int32_t *rows, long count, const int widest,
                                                           float *sums) {
  const long wide = add_blocks(elements, factors, dimension, rows, count, 0, widest, sums);
  const long first = add_blocks(elements, factors, dimension, rows, count, wide, 32, sums);
  for (long index = 0; index < count && first < dimension; index++) {
    if (rows[index] < 0) continue;
    const float factor = factors[rows[index]];
    const int8_t *row = elements + rows[index] * dimension;
    for (long k = first; k < dimension; k++) sums[k] += factor * (float)row[k];
  }
}

// As wide as registers allow: half of sixteen, or all 192 dimensions of the project's own table in twelve of thirty-two.
#if defined(__x86_64__)
static __attribute__((target(TARGET_256))) void add_rows_256(const int8_t *elements, const float *factors, long dimension,
                                                             const int32_t *rows, long count, float *sums) {
  add_rows(elements, factors, dimension, rows, count, 64, sums);
}

static __attribute__((target(TARGET_512))) void add_rows_512(const int8_t *elements, const float *factors, long dimension,
                                                             const int32_t *rows, long count, float *sums) {
  add_rows(elements, factors, dimension, rows, count, 192, sums);
}
#endif

void platform_add_rows(const int8_t *elements, const float *factors, long dimension, const int32_t *rows, long count,
                       float *sums) {
#if defined(__x86_64__)
  if (processor_has_512) return add_rows_512(elements, factors, dimension, rows, count, sums);
  if (processor_has_256) return add_rows_256(elements, factors, dimension, rows, count, sums);
#endif
  add_rows(elements, factors, dimension, rows, count, 32, sums);
}

// So many elements of 16 bits add up to less than 32.
enum { most_rows = 1 << 16 };

// The width, and most often the distance of rows, is a constant wherever this is inlined, so that the sums of all lanes stay in
// one or two registers.
static inline __attribute__((always_inline)) int sum_part(const int16_t *elements, long row_count, long lane_count,
                                                          long width, const uint32_t *rows, long count,
                                                          const float *factors, const struct platform_repeat *repeats,
                                                          long repeat_count, const struct platform_step *steps,
                                                          long step_count, float *sums, float *squares) {
  float block[16] = {0};
  float total = (float)count;
  if (factors) {
    total = 0;
    for (long index = 0; index < count; index++) {
      const float factor = factors[rows[index]];
      const int16_t *row = elements + rows[index] * lane_count;
      for (int k = 0; k < width; k++) block[k] += factor * (float)row[k];
      total += factor * factor;
    }
  } else {
    for (long first = 0; first < count; first += most_rows) {
      const long end = count - first < most_rows ? count : first + most_rows;
      int32_t whole[16] = {0};
      for (long index = first; index < end; index++) {
        const int16_t *row = elements + rows[index] * lane_count;
        for (int k = 0; k < width; k++) whole[k] += row[k];
      }
      for (int k = 0; k < width; k++) block[k] += (float)whole[k];
    }
  }
  for (long index = 0; index < repeat_count; index++) {
    const uint32_t column = repeats[index].column, earlier = repeats[index].earlier;
    if (column >= row_count || earlier >= step_count) return 0;
    const float factor = factors ? factors[column] : 1;
    const float step = steps[earlier].frequency * factor;
    const int16_t *row = elements + column * lane_count;
    for (int k = 0; k < width; k++) block[k] += step * (float)row[k];
    total += steps[earlier].squares * factor * factor;
  }
  for (int k = 0; k < width; k++) sums[k] = block[k];
  *squares = total;
  return 1;
}

// Sixteen lanes at a time, where there are more.
static inline __attribute__((always_inline)) int sum_parts(const int16_t *elements, long row_count, long lane_count,
                                                           long width, const struct platform_part *parts, long count,
                                                           const uint32_t *columns, const float *factors,
                                                           const struct platform_repeat *repeats,
                                                           const struct platform_step *steps, long step_count,
                                                           float *sums, float *squares) {
  if (count == 0) return 1;
  // Looked at before, all at once, or the loops would ask row by row.
  const long end = parts[count - 1].first_column + (long)parts[count - 1].column_count;
  uint32_t largest = 0;
  for (long index = parts[0].first_column; index < end; index++)
    largest = columns[index] > largest ? columns[index] : largest;
  if (largest >= row_count) return 0;
  for (long index = 0; index < count; index++) {
    const struct platform_part part = parts[index];
    if (part.first_column < parts[0].first_column || part.first_column + (long)part.column_count > end) return 0;
    for (long first = 0; first < lane_count; first += width) {
      if (!sum_part(elements + first, row_count, lane_count, width, columns + part.first_column, part.column_count, factors,
                    repeats + part.first_repeat, part.repeat_count, steps, step_count, sums + index * lane_count + first,
                    squares + index))
        return 0;
    }
  }
  return 1;
}

static inline __attribute__((always_inline)) int sum_parts_of_any_width(
    const int16_t *elements, long row_count, long lane_count, const struct platform_part *parts, long count,
    const uint32_t *columns, const float *factors, const struct platform_repeat *repeats, const struct platform_step *steps,
    long step_count, float *sums, float *squares) {
#define SUM(lane_count, width) \
  sum_parts(elements, row_count, lane_count, width, parts, count, columns, factors, repeats, steps, step_count, sums, squares)
  switch (lane_count) {
  case 4: return SUM(4, 4);
  case 8: return SUM(8, 8);
  case 16: return SUM(16, 16);
  default: return lane_count % 16 == 0 ? SUM(lane_count, 16) : 0;
  }
#undef SUM
}

#if defined(__x86_64__)
static __attribute__((target(TARGET_256))) int sum_parts_256(const int16_t *elements, long row_count, long lane_count,
                                                             const struct platform_part *parts, long count,
                                                             const uint32_t *columns, const float *factors,
                                                             const struct platform_repeat *repeats,
                                                             const struct platform_step *steps, long step_count,
                                                             float *sums, float *squares) {
  return sum_parts_of_any_width(elements, row_count, lane_count, parts, count, columns, factors, repeats, steps, step_count,
                                sums, squares);
}
#endif

int platform_sum_parts(const int16_t *elements, long row_count, long lane_count, const struct platform_part *parts,
                       long count, const uint32_t *columns, const float *factors, const struct platform_repeat *repeats,
                       const struct platform_step *steps, long step_count, float *sums, float *squares) {
#if defined(__x86_64__)
  if (processor_has_256)
    return sum_parts_256(elements, row_count, lane_count, parts, count, columns, factors, repeats, steps, step_count, sums,
                         squares);
#endif
  return sum_parts_of_any_width(elements, row_count, lane_count, parts, count, columns, factors, repeats, steps, step_count,
                                sums, squares);
}
