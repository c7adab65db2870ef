#pragma once

#include <stdbool.h>

#if defined(__x86_64__)
/// Whether the processor has vectors of 256 bits, or of 512, and what else the functions for them are made for.
extern bool processor_has_256, processor_has_512;

#define TARGET_256 "avx2,bmi,bmi2,lzcnt,popcnt"
#define TARGET_512 "avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vpopcntdq,bmi,bmi2,lzcnt,popcnt"
#endif
