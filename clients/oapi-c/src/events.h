/* Events that wait for the program: bounded, the newest are lost. */
#ifndef OAPI_EVENTS_H
#define OAPI_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The room for events is not public: ASSUMED, 4 MiB. */
enum { EVENT_BYTES_MAX = 4 * 1024 * 1024 };

struct event {
  struct event *next;
  uint32_t type;
  uint32_t handle; /* 0: subscribed to without a list */
  uint32_t length;
  uint8_t message[];
};

struct event_queue {
  struct event *first;
  struct event *last;
  size_t bytes;
  size_t count;
  bool has_lost; /* events were lost, and nobody has been told */
  bool has_list; /* something was subscribed to with a list */
};

/* Takes an event in; where there is no room it is lost, and that is noted. */
void events_add(struct event_queue *queue, uint32_t type, uint32_t handle, const uint8_t *message, uint32_t length);
void events_clear(struct event_queue *queue);
/* Whether one of this type waits; type 999: of any. */
bool events_wait(const struct event_queue *queue, uint32_t type);
/* One, as it is. -26 none; -13 the room is too small, and it stays. */
int32_t events_read_single(struct event_queue *queue, uint32_t type, uint8_t *buffer, uint32_t *length);
/* As many as fit, packed. */
int32_t events_read_many(struct event_queue *queue, uint32_t type, uint8_t *buffer, uint32_t *length);

#endif
