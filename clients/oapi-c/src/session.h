/* A session: one connection, one reader thread, calls one after the other. */
#ifndef OAPI_SESSION_H
#define OAPI_SESSION_H

#include "../omniapi.h"
#include "events.h"
#include "line.h"
#include <pthread.h>
#include <stdbool.h>

/* src/oapi/PROTOCOL.md, version 1: the operations. */
enum {
  OP_LOGIN = 1,
  OP_LOGOUT = 2,
  OP_SET_NEW_PASSWORD = 3,
  OP_TRANSACTION = 4,
  OP_QUERY = 5,
  OP_GET_INFO = 6,
  OP_SET_EVENT = 7,
  OP_CLEAR_EVENT = 8,
  OP_SHOW_EVENTS = 9,
  OP_HEARTBEAT = 10,
  OP_SHOW_SUBSCRIPTIONS = 11
};

enum { FRAME_HEAD = 12, FRAME_MAX = 64036, MESSAGE_MAX = 64000, REPLY_HEAD = 24 };

/* The answer to a call. */
struct reply {
  int32_t completion;
  int32_t status;
  uint64_t transaction_id;
  uint64_t order_id;
  uint32_t length;
  uint8_t *answer; /* of `length` bytes; freed by whoever asked */
};

struct session {
  pthread_mutex_t calls; /* held for a whole call: one at a time */
  pthread_mutex_t lock;  /* what follows */
  pthread_cond_t changed;
  pthread_t reader;
  bool has_reader;
  line_t line;
  bool is_dead;
  bool had_login;
  bool is_logged_out; /* the gateway has said so: a forced logout */
  bool is_in_doubt;   /* it has told of a logout, or only warned of one */
  int64_t sent_at;    /* when something was last sent, by the monotonic clock, in ms */
  uint32_t request_id;
  bool has_reply;
  struct reply reply;
  struct event_queue events;
};

/* Sends a request and waits for its reply. A completion of the library's own where there is none: reply->answer is NULL then. */
int32_t session_call(struct session *session, uint8_t op, const void *first, size_t first_length, const void *second,
                     size_t second_length, struct reply *reply);

/*
 * Of a call that sends nothing by itself, as reading events: a gateway supervises its clients by their calls, whatever they
 * are (oapi-facts.md 1.4), so it hears of them, once a second at most; and after news of the network it is asked whether the
 * login still holds. Nothing waits for the answer.
 */
void session_beat(struct session *session);

/* Opens the line. 0, or why not: -2010, -2011, -2012. */
int32_t session_open(struct session *session, const char *host, uint32_t port);

/* Closes the line and ends the reader; events that wait are dropped. */
void session_shut(struct session *session);

#endif
