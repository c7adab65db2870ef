#pragma once

/// How often the calling thread has asked for heap memory since it began.
long allocation_count(void);
