/* Time-outs. */
#ifndef OAPI_MOMENTS_H
#define OAPI_MOMENTS_H

#include <stdint.h>
#include <time.h>

/* So many milliseconds from now, for pthread_cond_timedwait. */
struct timespec moment_in(long ms);
/* Milliseconds of a clock that nobody sets. */
int64_t moment_now(void);

#endif
