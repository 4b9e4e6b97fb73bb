/* Subscriptions, and reading what came. */
#include "moments.h"
#include "session.h"
#include "wire.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_HEAD = 4 };

/* The bytes of a list: its length counts itself, or does not; the two can be told apart. 0 where it is none. */
static uint32_t list_bytes(const void *list) {
  const uint32_t said = get32(list);
  const uint32_t item = sizeof(omni_subscription_t);
  if (said > MESSAGE_MAX) return 0;
  if (said > LIST_HEAD && (said - LIST_HEAD) % item == 0) return said;
  return said > 0 && said % item == 0 ? said + LIST_HEAD : 0;
}

int32_t omniapi_set_event_ex(omniapi_session_handle handle, uint32_t event_type, void *list) {
  struct session *session = handle;
  if (session == NULL) return OMNIAPI_INVARG;
  const uint32_t length = list == NULL ? 0 : list_bytes(list);
  if (list != NULL && length == 0) return OMNIAPI_INVARG;
  uint8_t *bytes = malloc(length + 1);
  if (bytes == NULL) return OMNIAPI_DYNMEM;
  if (length > 0) {
    memcpy(bytes, list, length);
    put32(bytes, length);
  }
  uint8_t head[4];
  put32(head, event_type);
  pthread_mutex_lock(&session->calls);
  struct reply reply;
  const int32_t result = session_call(session, OP_SET_EVENT, head, sizeof head, bytes, length, &reply);
  pthread_mutex_unlock(&session->calls);
  /* Handles and statuses come back in the list of the caller. */
  if (list != NULL && reply.length == length) {
    memcpy((uint8_t *)list + LIST_HEAD, reply.answer + LIST_HEAD, length - LIST_HEAD);
    pthread_mutex_lock(&session->lock);
    session->events.has_list = true;
    pthread_mutex_unlock(&session->lock);
  }
  free(reply.answer);
  free(bytes);
  return result;
}

int32_t omniapi_clear_event_ex(omniapi_session_handle handle, uint32_t event_type, uint32_t *handles) {
  struct session *session = handle;
  if (session == NULL) return OMNIAPI_INVARG;
  const uint32_t length = handles == NULL ? 0 : handles[0];
  if (length % sizeof(uint32_t) != 0 || length > MESSAGE_MAX) return OMNIAPI_INVARG;
  uint8_t *bytes = malloc(length + 1);
  if (bytes == NULL) return OMNIAPI_DYNMEM;
  for (uint32_t i = 0; i < length / sizeof(uint32_t); i++) put32(bytes + i * sizeof(uint32_t), handles[i]);
  uint8_t head[4];
  put32(head, event_type);
  pthread_mutex_lock(&session->calls);
  struct reply reply;
  const int32_t result = session_call(session, OP_CLEAR_EVENT, head, sizeof head, bytes, length, &reply);
  pthread_mutex_unlock(&session->calls);
  free(reply.answer);
  free(bytes);
  return result;
}

/* SHOW and SHOW_SUBSCR ask the gateway; other types read what waits. */
static int32_t show(struct session *session, uint8_t op, void *buffer, uint32_t *length) {
  pthread_mutex_lock(&session->calls);
  struct reply reply;
  int32_t result = session_call(session, op, NULL, 0, NULL, 0, &reply);
  pthread_mutex_unlock(&session->calls);
  const uint32_t room = *length;
  if (result >= 0) {
    *length = reply.length;
    if (reply.length > room)
      result = OMNIAPI_TRUNCATED;
    else if (reply.length > 0)
      memcpy(buffer, reply.answer, reply.length);
    /* The text of SHOW ends with NUL where there is room. */
    if (reply.length < room) ((uint8_t *)buffer)[reply.length] = 0;
  }
  free(reply.answer);
  return result;
}

/* With the lock held. */
static int32_t read_waiting(struct session *session, uint32_t event_type, void *buffer, uint32_t *length,
                            uint32_t options) {
  const int32_t result = options == OMNI_READEV_SINGLE
                             ? events_read_single(&session->events, event_type, buffer, length)
                             : events_read_many(&session->events, event_type, buffer, length);
  if (result != OMNIAPI_NOT_FOUND) return result;
  if (session->line == NO_LINE) return session->had_login ? OMNIAPI_NOT_LOGGED_IN : OMNIAPI_NOTCONNECTED;
  if (session->is_logged_out) return OMNIAPI_NOT_LOGGED_IN;
  return session->is_dead ? OMNIAPI_NOTCONNECTED : OMNIAPI_NOT_FOUND;
}

static bool is_readable(uint32_t event_type) {
  switch (event_type) {
    case OMNI_EVTTYP_BROADCASTS:
    case OMNI_EVTTYP_DEDICATED:
    case OMNI_EVTTYP_ATTENTION:
    case OMNI_EVTTYP_ALL:
    case OMNI_EVTTYP_NETWORK:
      return true;
    default:
      return false;
  }
}

int32_t omniapi_read_event_ext_ex(omniapi_session_handle handle, uint32_t event_type, void *buffer, uint32_t *length,
                                  uint32_t *mask, uint32_t options) {
  struct session *session = handle;
  if (mask != NULL) *mask = 0;
  if (session == NULL || buffer == NULL || length == NULL || options > OMNI_READEV_MANY) return OMNIAPI_INVARG;
  if (event_type == OMNI_EVTTYP_SHOW) return show(session, OP_SHOW_EVENTS, buffer, length);
  if (event_type == OMNI_EVTTYP_SHOW_SUBSCR) return show(session, OP_SHOW_SUBSCRIPTIONS, buffer, length);
  if (!is_readable(event_type)) return OMNIAPI_INVEVT;
  session_beat(session);
  pthread_mutex_lock(&session->lock);
  const int32_t result = read_waiting(session, event_type, buffer, length, options);
  pthread_mutex_unlock(&session->lock);
  return result;
}

int32_t omniapi_read_event_block(omniapi_session_handle handle, uint32_t event_type, void *buffer, uint32_t *length,
                                 int32_t timeout, uint32_t wait_type) {
  struct session *session = handle;
  (void)wait_type;
  if (session == NULL || buffer == NULL || length == NULL) return OMNIAPI_INVARG;
  if (!is_readable(event_type)) return OMNIAPI_INVEVT;
  /* ASSUMED: milliseconds; the unit is not public. */
  const struct timespec until = moment_in(timeout < 0 ? 0 : timeout);
  session_beat(session);
  pthread_mutex_lock(&session->lock);
  while (!session->is_dead && !session->is_logged_out && !events_wait(&session->events, event_type))
    if (pthread_cond_timedwait(&session->changed, &session->lock, &until) == ETIMEDOUT) break;
  const int32_t result = read_waiting(session, event_type, buffer, length, OMNI_READEV_MANY);
  pthread_mutex_unlock(&session->lock);
  return result;
}
