/*
 * The checked mode: with OAPI_CHECKED=1 in the environment, misuse that a real gateway punishes late is told at once, on
 * standard error: which function, which argument, what to do. It changes no answer.
 */
#ifndef OAPI_CHECKED_H
#define OAPI_CHECKED_H

#include "session.h"

/* The two ids of a call: eight bytes each. */
void checked_ids(const char *function, const uint32_t *transaction_id, const uint32_t *order_id);
/* A text of a fixed field without NUL. */
void checked_unterminated(const char *function, const char *argument, size_t room);
/* A message that the gateway refused for its size. */
void checked_size(const char *function, const omni_message *message, int32_t completion);
/* Another thread is in a call of this session. */
void checked_threads(const char *function);
/* Events that wait, and nobody reads. */
void checked_poll(const char *function, const struct event_queue *events);

#endif
