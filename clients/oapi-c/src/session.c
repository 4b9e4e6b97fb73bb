#define _POSIX_C_SOURCE 200809L
#include "session.h"
#include "wire.h"
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* How long a call waits for its answer, where OAPI_CALL_TIMEOUT_MS says nothing. ASSUMED. */
enum { CALL_TIMEOUT_MS = 60000 };

static bool read_whole(int socket, uint8_t *buffer, size_t length) {
  while (length > 0) {
    const ssize_t got = recv(socket, buffer, length, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    buffer += got;
    length -= (size_t)got;
  }
  return true;
}

static bool write_whole(int socket, const uint8_t *bytes, size_t length) {
  while (length > 0) {
    const ssize_t put = send(socket, bytes, length, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes += put;
    length -= (size_t)put;
  }
  return true;
}

/* What the gateway sends, taken apart. False where it cannot be. */
static bool take_frame(struct session *session, uint8_t op, uint32_t request_id, const uint8_t *body, uint32_t length) {
  enum { EVENT = 0xc0, SUBSCRIBED_EVENT = 0xc1, LAST_WORDS = 0xff, OVERFLOW_EVENT = 0 };
  if (op == LAST_WORDS) return false;
  if (op == EVENT || op == SUBSCRIBED_EVENT) {
    const uint32_t head = op == EVENT ? 4 : 8;
    if (length < head) return false;
    const uint32_t type = get32(body);
    if (type == OVERFLOW_EVENT)
      session->events.has_lost = true;
    else
      events_add(&session->events, type, op == EVENT ? 0 : get32(body + 4), body + head, length - head);
    return true;
  }
  if (length < REPLY_HEAD || session->has_reply || request_id != session->request_id) return length >= REPLY_HEAD;
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
  const int line = session->socket;
  pthread_mutex_unlock(&session->lock);
  uint8_t head[FRAME_HEAD];
  uint8_t *body = malloc(FRAME_MAX);
  while (body != NULL && read_whole(line, head, sizeof head)) {
    const uint32_t length = get32(head);
    if (length < 8 || length > FRAME_MAX - 4 || head[4] != 1) break;
    if (!read_whole(line, body, length - 8)) break;
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

int32_t session_open(struct session *session, const char *host, uint32_t port) {
  char service[16];
  snprintf(service, sizeof service, "%u", (unsigned)port);
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
  struct addrinfo *found = NULL;
  if (port == 0 || port > 65535 || getaddrinfo(host, service, &hints, &found) != 0) return OMNIAPI_BADHOST;
  int32_t result = OMNIAPI_SOCKETERR;
  for (struct addrinfo *each = found; each != NULL; each = each->ai_next) {
    const int opened = socket(each->ai_family, each->ai_socktype, each->ai_protocol);
    if (opened < 0) continue;
    if (connect(opened, each->ai_addr, each->ai_addrlen) == 0) {
      const int yes = 1;
      setsockopt(opened, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      pthread_mutex_lock(&session->lock);
      session->socket = opened;
      session->is_dead = false;
      session->has_reply = false;
      pthread_mutex_unlock(&session->lock);
      result = OMNIAPI_NORMAL;
      break;
    }
    close(opened);
    result = OMNIAPI_CONNECTERR;
  }
  freeaddrinfo(found);
  if (result != OMNIAPI_NORMAL) return result;
  if (pthread_create(&session->reader, NULL, read_frames, session) != 0) {
    session_shut(session);
    return OMNIAPI_DYNMEM;
  }
  session->has_reader = true;
  return OMNIAPI_NORMAL;
}

void session_shut(struct session *session) {
  if (session->socket >= 0) shutdown(session->socket, SHUT_RDWR);
  if (session->has_reader) pthread_join(session->reader, NULL);
  session->has_reader = false;
  pthread_mutex_lock(&session->lock);
  if (session->socket >= 0) close(session->socket);
  session->socket = -1;
  session->is_dead = true;
  if (session->has_reply) free(session->reply.answer);
  session->has_reply = false;
  events_clear(&session->events);
  pthread_cond_broadcast(&session->changed);
  pthread_mutex_unlock(&session->lock);
}

static long call_timeout_ms(void) {
  const char *set = getenv("OAPI_CALL_TIMEOUT_MS");
  const long ms = set == NULL ? 0 : strtol(set, NULL, 10);
  return ms > 0 ? ms : CALL_TIMEOUT_MS;
}

static struct timespec in_ms(long ms) {
  struct timespec at;
  clock_gettime(CLOCK_REALTIME, &at);
  at.tv_sec += ms / 1000;
  at.tv_nsec += ms % 1000 * 1000000L;
  if (at.tv_nsec >= 1000000000L) {
    at.tv_sec++;
    at.tv_nsec -= 1000000000L;
  }
  return at;
}

int32_t session_call(struct session *session, uint8_t op, const void *first, size_t first_length, const void *second,
                     size_t second_length, struct reply *reply) {
  *reply = (struct reply){0};
  const size_t length = FRAME_HEAD + first_length + second_length;
  if (length > FRAME_MAX) return OMNIAPI_INVARG;
  if (session->socket < 0) return session->had_login ? OMNIAPI_NOT_LOGGED_IN : OMNIAPI_NOTCONNECTED;
  uint8_t *frame = malloc(length);
  if (frame == NULL) return OMNIAPI_DYNMEM;

  pthread_mutex_lock(&session->lock);
  int32_t result = OMNIAPI_NORMAL;
  if (session->is_dead) {
    /* A line that dies before the login is on it has failed this call, and none before it. */
    result = op == OP_LOGIN ? OMNIAPI_INTFAILURE : OMNIAPI_NOTCONNECTED;
  } else {
    put32(frame, (uint32_t)(length - 4));
    frame[4] = 1;
    frame[5] = op;
    put16(frame + 6, 0);
    put32(frame + 8, ++session->request_id);
    if (first_length > 0) memcpy(frame + FRAME_HEAD, first, first_length);
    if (second_length > 0) memcpy(frame + FRAME_HEAD + first_length, second, second_length);
    pthread_mutex_unlock(&session->lock);
    const bool is_sent = write_whole(session->socket, frame, length);
    pthread_mutex_lock(&session->lock);
    const struct timespec until = in_ms(call_timeout_ms());
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
        shutdown(session->socket, SHUT_RDWR);
      }
    }
  }
  pthread_mutex_unlock(&session->lock);
  free(frame);
  return result;
}
