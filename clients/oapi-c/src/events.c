#include "events.h"
#include "../omniapi.h"
#include "wire.h"
#include <stdlib.h>
#include <string.h>

void events_add(struct event_queue *queue, uint32_t type, uint32_t handle, const uint8_t *message, uint32_t length) {
  if (queue->bytes + length > EVENT_BYTES_MAX) {
    queue->has_lost = true;
    return;
  }
  struct event *event = malloc(sizeof *event + length);
  if (event == NULL) {
    queue->has_lost = true;
    return;
  }
  event->next = NULL;
  event->type = type;
  event->handle = handle;
  event->length = length;
  memcpy(event->message, message, length);
  if (queue->last == NULL)
    queue->first = event;
  else
    queue->last->next = event;
  queue->last = event;
  queue->bytes += length;
  queue->count++;
}

void events_clear(struct event_queue *queue) {
  for (struct event *event = queue->first; event != NULL;) {
    struct event *next = event->next;
    free(event);
    event = next;
  }
  *queue = (struct event_queue){0};
}

static bool is_of(const struct event *event, uint32_t type) {
  return type == OMNI_EVTTYP_ALL || event->type == type;
}

bool events_wait(const struct event_queue *queue, uint32_t type) {
  if (queue->has_lost) return true;
  for (const struct event *event = queue->first; event != NULL; event = event->next)
    if (is_of(event, type)) return true;
  return false;
}

/* The first one of a type, and the one before it. */
static struct event *find(struct event_queue *queue, uint32_t type, struct event **before) {
  *before = NULL;
  for (struct event *event = queue->first; event != NULL; event = event->next) {
    if (is_of(event, type)) return event;
    *before = event;
  }
  return NULL;
}

static void take(struct event_queue *queue, struct event *event, struct event *before) {
  if (before == NULL)
    queue->first = event->next;
  else
    before->next = event->next;
  if (queue->last == event) queue->last = before;
  queue->bytes -= event->length;
  queue->count--;
  free(event);
}

/* 3 once after a loss, a positive code that means lost data; else 0. */
static int32_t told(struct event_queue *queue) {
  if (!queue->has_lost) return OMNIAPI_NORMAL;
  queue->has_lost = false;
  return OMNIAPI_OVERFLOW;
}

int32_t events_read_single(struct event_queue *queue, uint32_t type, uint8_t *buffer, uint32_t *length) {
  struct event *before;
  struct event *event = find(queue, type, &before);
  if (event == NULL) {
    *length = 0;
    return queue->has_lost ? told(queue) : OMNIAPI_NOT_FOUND;
  }
  if (event->length > *length) {
    *length = event->length;
    return OMNIAPI_TRUNCATED;
  }
  memcpy(buffer, event->message, event->length);
  *length = event->length;
  take(queue, event, before);
  return told(queue);
}

/* The handle that is shown: with the quirk always all ones, as two old clients have seen. */
static uint32_t shown(uint32_t handle) {
  return getenv("OAPI_EVENT_HANDLE_QUIRK") != NULL ? 0xffffffffu : handle;
}

/*
 * Without a list: u16 length and the event, again and again, then a length of 0 where there is room. With a list: u32
 * handle, u16 length, the event, padded to four bytes; then zeros where there is room.
 */
int32_t events_read_many(struct event_queue *queue, uint32_t type, uint8_t *buffer, uint32_t *length) {
  const uint32_t room = *length;
  const uint32_t head = queue->has_list ? sizeof(subscribed_event_t) : sizeof(uint16_t);
  uint32_t used = 0;
  struct event *before;
  struct event *event;
  while ((event = find(queue, type, &before)) != NULL) {
    uint32_t needed = head + event->length;
    if (queue->has_list) needed = (needed + 3u) & ~3u;
    if (needed > room - used) break;
    uint8_t *at = buffer + used;
    memset(at, 0, needed);
    if (queue->has_list) {
      put32(at, shown(event->handle));
      at += sizeof(uint32_t);
    }
    put16(at, (uint16_t)event->length);
    memcpy(at + sizeof(uint16_t), event->message, event->length);
    used += needed;
    take(queue, event, before);
  }
  if (used == 0 && event != NULL) {
    *length = head + event->length;
    return OMNIAPI_TRUNCATED;
  }
  if (used == 0 && !queue->has_lost) {
    *length = 0;
    return OMNIAPI_NOT_FOUND;
  }
  if (room - used >= head) memset(buffer + used, 0, head);
  *length = used;
  return told(queue);
}
