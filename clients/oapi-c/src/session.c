#include "session.h"
#include "moments.h"
#include "wire.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* How long a call waits for its answer, where OAPI_CALL_TIMEOUT_MS says nothing. ASSUMED. */
enum { CALL_TIMEOUT_MS = 60000 };

/* A program that calls says so to the gateway after this time without anything else sent. ASSUMED; OAPI_HEARTBEAT_MS. */
enum { HEARTBEAT_MS = 1000 };

/* The request id of a heartbeat: no call has it. */
enum { HEARTBEAT_ID = 0 };

/* What the gateway sends, taken apart. False where it cannot be. */
static bool take_frame(struct session *session, uint8_t op, uint32_t request_id, const uint8_t *body, uint32_t length) {
  enum { EVENT = 0xc0, SUBSCRIBED_EVENT = 0xc1, LAST_WORDS = 0xff, OVERFLOW_EVENT = 0 };
  if (op == LAST_WORDS) return false;
  if (op == EVENT || op == SUBSCRIBED_EVENT) {
    const uint32_t head = op == EVENT ? 4 : 8;
    if (length < head) return false;
    const uint32_t type = get32(body);
    if (type == OMNI_EVTTYP_NETWORK) session->is_in_doubt = true;
    if (type == OVERFLOW_EVENT)
      session->events.has_lost = true;
    else
      events_add(&session->events, type, op == EVENT ? 0 : get32(body + 4), body + head, length - head);
    return true;
  }
  if (length < REPLY_HEAD) return false;
  if ((int32_t)get32(body) == OMNIAPI_NOT_LOGGED_IN) session->is_logged_out = true;
  if (request_id == HEARTBEAT_ID || session->has_reply || request_id != session->request_id) return true;
  struct reply reply = {
      .completion = (int32_t)get32(body),
      .status = (int32_t)get32(body + 4),
      .transaction_id = get64(body + 8),
      .order_id = get64(body + 16),
      .length = length - REPLY_HEAD,
  };
  reply.answer = malloc(reply.length + 1);
  if (reply.answer == NULL) return false;
  memcpy(reply.answer, body + REPLY_HEAD, reply.length);
  session->reply = reply;
  session->has_reply = true;
  return true;
}

/* The reader: what comes while nobody calls waits in the queue. */
static void *read_frames(void *argument) {
  struct session *session = argument;
  pthread_mutex_lock(&session->lock);
  const line_t line = session->line;
  pthread_mutex_unlock(&session->lock);
  uint8_t head[FRAME_HEAD];
  uint8_t *body = malloc(FRAME_MAX);
  while (body != NULL && line_read(line, head, sizeof head)) {
    const uint32_t length = get32(head);
    if (length < 8 || length > FRAME_MAX - 4 || head[4] != 1) break;
    if (!line_read(line, body, length - 8)) break;
    pthread_mutex_lock(&session->lock);
    const bool is_fine = take_frame(session, head[5], get32(head + 8), body, length - 8);
    pthread_cond_broadcast(&session->changed);
    pthread_mutex_unlock(&session->lock);
    if (!is_fine) break;
  }
  free(body);
  pthread_mutex_lock(&session->lock);
  session->is_dead = true;
  pthread_cond_broadcast(&session->changed);
  pthread_mutex_unlock(&session->lock);
  return NULL;
}

static long setting_ms(const char *name, long otherwise) {
  const char *set = getenv(name);
  const long ms = set == NULL ? 0 : strtol(set, NULL, 10);
  return ms > 0 ? ms : otherwise;
}

static long call_timeout_ms(void) { return setting_ms("OAPI_CALL_TIMEOUT_MS", CALL_TIMEOUT_MS); }

int32_t session_open(struct session *session, const char *host, uint32_t port) {
  line_t line;
  const int32_t result = line_open(&line, host, port, call_timeout_ms());
  if (result != OMNIAPI_NORMAL) return result;
  pthread_mutex_lock(&session->lock);
  session->line = line;
  session->is_dead = false;
  session->is_logged_out = false;
  session->is_in_doubt = false;
  session->has_reply = false;
  session->sent_at = moment_now();
  pthread_mutex_unlock(&session->lock);
  if (pthread_create(&session->reader, NULL, read_frames, session) != 0) {
    session_shut(session);
    return OMNIAPI_DYNMEM;
  }
  session->has_reader = true;
  return OMNIAPI_NORMAL;
}

void session_shut(struct session *session) {
  if (session->line != NO_LINE) line_shut(session->line);
  if (session->has_reader) pthread_join(session->reader, NULL);
  session->has_reader = false;
  pthread_mutex_lock(&session->lock);
  if (session->line != NO_LINE) line_close(session->line);
  session->line = NO_LINE;
  session->is_dead = true;
  if (session->has_reply) free(session->reply.answer);
  session->has_reply = false;
  events_clear(&session->events);
  pthread_cond_broadcast(&session->changed);
  pthread_mutex_unlock(&session->lock);
}

static void put_head(uint8_t *frame, uint8_t op, uint32_t length, uint32_t request_id) {
  put32(frame, length - 4);
  frame[4] = 1;
  frame[5] = op;
  put16(frame + 6, 0);
  put32(frame + 8, request_id);
}

void session_beat(struct session *session) {
  if (pthread_mutex_trylock(&session->calls) != 0) return; /* Another thread is in a call, and that is as good. */
  pthread_mutex_lock(&session->lock);
  const int64_t now = moment_now();
  const bool is_in = session->line != NO_LINE && session->had_login && !session->is_dead && !session->is_logged_out;
  const bool is_due = session->is_in_doubt || now - session->sent_at >= setting_ms("OAPI_HEARTBEAT_MS", HEARTBEAT_MS);
  uint8_t frame[FRAME_HEAD];
  put_head(frame, OP_HEARTBEAT, sizeof frame, HEARTBEAT_ID);
  if (is_in && is_due) {
    session->is_in_doubt = false;
    session->sent_at = now;
  }
  pthread_mutex_unlock(&session->lock);
  /* Where it fails the reader sees it too. */
  if (is_in && is_due) (void)line_write(session->line, frame, sizeof frame);
  pthread_mutex_unlock(&session->calls);
}

int32_t session_call(struct session *session, uint8_t op, const void *first, size_t first_length, const void *second,
                     size_t second_length, struct reply *reply) {
  *reply = (struct reply){0};
  const size_t length = FRAME_HEAD + first_length + second_length;
  if (length > FRAME_MAX) return OMNIAPI_INVARG;
  if (session->line == NO_LINE) return session->had_login ? OMNIAPI_NOT_LOGGED_IN : OMNIAPI_NOTCONNECTED;
  uint8_t *frame = malloc(length);
  if (frame == NULL) return OMNIAPI_DYNMEM;

  pthread_mutex_lock(&session->lock);
  int32_t result = OMNIAPI_NORMAL;
  if (session->is_dead) {
    /* A line that dies before the login is on it has failed this call, and none before it. */
    result = op == OP_LOGIN ? OMNIAPI_INTFAILURE : session->is_logged_out ? OMNIAPI_NOT_LOGGED_IN : OMNIAPI_NOTCONNECTED;
  } else {
    if (++session->request_id == HEARTBEAT_ID) session->request_id++;
    session->sent_at = moment_now();
    put_head(frame, op, (uint32_t)length, session->request_id);
    if (first_length > 0) memcpy(frame + FRAME_HEAD, first, first_length);
    if (second_length > 0) memcpy(frame + FRAME_HEAD + first_length, second, second_length);
    pthread_mutex_unlock(&session->lock);
    const bool is_sent = line_write(session->line, frame, length);
    pthread_mutex_lock(&session->lock);
    const struct timespec until = moment_in(call_timeout_ms());
    while (is_sent && !session->has_reply && !session->is_dead) {
      if (pthread_cond_timedwait(&session->changed, &session->lock, &until) == ETIMEDOUT) break;
    }
    if (session->has_reply) {
      *reply = session->reply;
      session->has_reply = false;
      result = reply->completion;
    } else {
      /* The line died while the call was on it, or nobody answers: what became of it is not known. */
      result = session->is_dead || !is_sent ? OMNIAPI_INTFAILURE
               : op == OP_TRANSACTION       ? OMNIAPI_TX_TIMEOUT
                                            : OMNIAPI_NETERR_TIMEOUT;
      session->request_id++; /* An answer that comes now is nobody's. */
      if (!is_sent) {
        /* The reader may not have seen it yet; every later call shall know. */
        session->is_dead = true;
        line_shut(session->line);
      }
    }
  }
  pthread_mutex_unlock(&session->lock);
  free(frame);
  return result;
}
