#include "checked.h"
#include "wire.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So many events may wait before a program is told that it does not poll. Ours. */
enum { EVENTS_WAITING_MAX = 100 };

static bool is_checked(void) {
  const char *set = getenv("OAPI_CHECKED");
  return set != NULL && *set != '\0' && strcmp(set, "0") != 0;
}

static void tell(const char *function, const char *argument, const char *what, const char *instead) {
  fprintf(stderr, "oapi: %s, %s: %s; %s\n", function, argument, what, instead);
}

void checked_ids(const char *function, const uint32_t *transaction_id, const uint32_t *order_id) {
  if (!is_checked() || transaction_id == NULL || order_id == NULL) return;
  /* Not a pointer difference: the two need not be of one object. */
  const uintptr_t one = (uintptr_t)transaction_id, other = (uintptr_t)order_id;
  const uintptr_t apart = one < other ? other - one : one - other;
  if (apart < sizeof(uint64_t))
    tell(function, "transaction and order id", "they stand four bytes apart, and eight are written to each",
         "declare two uint64_t and cast their addresses");
}

void checked_unterminated(const char *function, const char *argument, size_t room) {
  char what[64];
  if (!is_checked()) return;
  snprintf(what, sizeof what, "none of its %u characters is NUL", (unsigned)room);
  tell(function, argument, what, "end it with NUL, and leave room for that");
}

void checked_size(const char *function, const omni_message *message, int32_t completion) {
  enum { WRONG_SIZE = -2031, TYPE_BYTES = 4 };
  char what[96];
  if (!is_checked() || completion != WRONG_SIZE || message->length < TYPE_BYTES) return;
  const uint8_t *type = (const uint8_t *)message->data;
  snprintf(what, sizeof what, "%u bytes are no %c%c%u of the gateway's dictionary", (unsigned)message->length, type[0],
           type[1], (unsigned)get16(type + 2));
  tell(function, "message", what, "compare sizeof of its struct with `dcass-sim dictionary show`, and the packing");
}

void checked_threads(const char *function) {
  if (is_checked())
    tell(function, "session", "another thread is in a call of this session",
         "guard the session with a mutex of your own: the real library does not");
}

void checked_poll(const char *function, const struct event_queue *events) {
  if (!is_checked() || events->count != EVENTS_WAITING_MAX) return;
  tell(function, "session", "100 events wait, and nobody reads them",
       "call omniapi_read_event_ext_ex in a loop, or more would be lost one day");
}
