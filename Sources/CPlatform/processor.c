#include "processor.h"
#include "CPlatform.h"

#if defined(__x86_64__)
bool processor_has_256, processor_has_512;

// Found out once, before anything runs.
static __attribute__((constructor)) void find_processor(void) {
  processor_has_256 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
                      __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("popcnt");
  processor_has_512 = processor_has_256 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512vpopcntdq");
}
#endif

void platform_limit_vectors(int bits) {
#if defined(__x86_64__)
  find_processor();
  processor_has_256 = processor_has_256 && bits >= 256;
  processor_has_512 = processor_has_512 && bits >= 512;
#endif
}
