/*
 * A program of the API for tests: it does what the lines of its input say, one call a line, and prints what each call
 * returned. `login 127.0.0.1 15001 BO_CABC801 password 0` and so on; answers and events are printed as hexadecimal.
 */
#include "omniapi.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 65536 };
static unsigned char buffer[ROOM];
static omniapi_session_handle session;
static int32_t status;

static void print_bytes(uint32_t length) {
  for (uint32_t i = 0; i < length; i++) printf("%02x", buffer[i]);
}

/* What a call gave: completion, status, and the first bytes of the answer. */
static void told(int32_t completion, uint32_t length, uint32_t room) {
  printf("%d %d %u ", completion, status, length);
  print_bytes(length < room ? length : room);
  printf("\n");
}

static uint32_t read_hex(const char *text, unsigned char *to) {
  uint32_t length = 0;
  unsigned byte;
  for (; sscanf(text + 2 * length, "%2x", &byte) == 1 && text[2 * length] != '\0'; length++) to[length] = (unsigned char)byte;
  return length;
}

/* A text of a fixed field; `~` fills it without NUL, `-` leaves it empty. */
static void fill(char *field, size_t size, const char *text) {
  if (strcmp(text, "~") == 0)
    memset(field, 'x', size);
  else if (strcmp(text, "-") != 0)
    strncpy(field, text, size - 1);
}

static void login(const char *host, unsigned port, const char *user, const char *password, unsigned forced) {
  omni_login_t asked;
  memset(&asked, 0, sizeof asked);
  fill(asked.user, sizeof asked.user, user);
  fill(asked.password, sizeof asked.password, password);
  fill(asked.gateway, sizeof asked.gateway, host);
  strcpy(asked.application, "probe");
  asked.port = port;
  asked.forced = (uint8_t)forced;
  told(omniapi_login_ex(session, &status, &asked), 0, 0);
}

static void old_login(const char *host, const char *port, const char *user, const char *password) {
  union {
    omni_message message;
    unsigned char room[sizeof(uint32_t) + sizeof(omni_old_login_t)];
  } asked;
  omni_old_login_t old;
  memset(&old, 0, sizeof old);
  strncpy(old.user, user, sizeof old.user - 1);
  strncpy(old.password, password, sizeof old.password - 1);
  strncpy(old.gateway, host, sizeof old.gateway - 1);
  strncpy(old.socket, port, sizeof old.socket - 1);
  asked.message.length = sizeof old;
  memcpy(asked.room + sizeof(uint32_t), &old, sizeof old);
  omni_message *only = &asked.message;
  told(omniapi_tx_ex(session, &status, 1, &only, NULL, NULL), 0, 0);
}

/* The ids are eight bytes; what stands behind them must stay as it is. */
static void send_message(bool is_query, unsigned facility, const char *hex, unsigned room) {
  unsigned char *bytes = malloc(sizeof(uint32_t) + strlen(hex));
  omni_message *message = (omni_message *)bytes;
  message->length = read_hex(hex, bytes + sizeof(uint32_t));
  struct {
    uint64_t transaction, order;
    uint32_t behind;
  } ids = {1, 1, 0xabcdef01};
  uint32_t length = room;
  uint32_t *transaction = (uint32_t *)(void *)&ids.transaction, *order = (uint32_t *)(void *)&ids.order;
  const int32_t completion =
      is_query ? omniapi_query_ex(session, &status, facility, message, 1, buffer, &length, transaction, order)
               : omniapi_tx_ex(session, &status, facility, &message, transaction, order);
  free(bytes);
  printf("%llu %llu %x ", (unsigned long long)ids.transaction, (unsigned long long)ids.order, ids.behind);
  told(completion, is_query ? length : 0, room);
}

/* As a careless program declares them. */
static void close_ids(unsigned facility, const char *hex) {
  unsigned char bytes[256];
  omni_message *message = (omni_message *)bytes;
  message->length = read_hex(hex, bytes + sizeof(uint32_t));
  uint32_t ids[3] = {0, 0, 0}; /* A third, so that this program keeps its memory. */
  uint32_t length = ROOM;
  told(omniapi_query_ex(session, &status, facility, message, 1, buffer, &length, &ids[0], &ids[1]), 0, 0);
}

static void set_list(unsigned event_type, const char *hex) {
  unsigned char list[4096];
  const uint32_t length = read_hex(hex, list);
  const int32_t completion = omniapi_set_event_ex(session, event_type, list);
  memcpy(buffer, list, length);
  told(completion, length, length);
}

static void read_events(unsigned event_type, unsigned options, unsigned room) {
  uint32_t length = room, mask;
  const int32_t completion = omniapi_read_event_ext_ex(session, event_type, buffer, &length, &mask, options);
  told(completion, length, room);
}

static void wait_events(unsigned event_type, int timeout) {
  uint32_t length = ROOM;
  const int32_t completion = omniapi_read_event_block(session, event_type, buffer, &length, timeout, 1);
  told(completion, length, ROOM);
}

static void info(unsigned type, unsigned room) {
  uint32_t length = room;
  const int32_t completion = omniapi_get_info_ex(session, &status, type, &length, buffer);
  told(completion, length, room);
}

static void words(int code, unsigned room) {
  uint32_t length = room;
  const int32_t completion = omniapi_get_message_ex(NULL, code, buffer, &length, 1);
  told(completion, length, room);
}

static void new_password(const char *current, const char *next) {
  omni_set_password_t asked;
  memset(&asked, 0, sizeof asked);
  fill(asked.current, sizeof asked.current, current);
  fill(asked.next, sizeof asked.next, next);
  told(omniapi_set_newpwd_ex(session, &status, &asked), 0, 0);
}

int main(void) {
  static char line[200000], a[128], b[150000], c[64], d[64];
  unsigned n, m, forced;
  int number;
  session = omniapi_create_session();
  while (fgets(line, sizeof line, stdin) != NULL) {
    status = 0;
    if (sscanf(line, "login %127s %u %63s %63s %u", a, &n, c, d, &forced) == 5)
      login(a, n, c, d, forced);
    else if (sscanf(line, "old-login %127s %63s %63s %149999s", a, c, d, b) == 4)
      old_login(a, c, d, b);
    else if (sscanf(line, "query %u %149999s %u", &n, b, &m) == 3)
      send_message(true, n, b, m);
    else if (sscanf(line, "tx %u %149999s", &n, b) == 2)
      send_message(false, n, b, 0);
    else if (sscanf(line, "close-ids %u %255s", &n, b) == 2)
      close_ids(n, b);
    else if (sscanf(line, "set-list %u %149999s", &n, b) == 2)
      set_list(n, b);
    else if (sscanf(line, "set %u", &n) == 1)
      told(omniapi_set_event_ex(session, n, NULL), 0, 0);
    else if (sscanf(line, "clear %u", &n) == 1)
      told(omniapi_clear_event_ex(session, n, NULL), 0, 0);
    else if (sscanf(line, "read %u %u %u", &n, &forced, &m) == 3)
      read_events(n, forced, m);
    else if (sscanf(line, "wait %u %d", &n, &number) == 2)
      wait_events(n, number);
    else if (sscanf(line, "info %u %u", &n, &m) == 2)
      info(n, m);
    else if (sscanf(line, "words %d %u", &number, &m) == 2)
      words(number, m);
    else if (sscanf(line, "password %63s %63s", c, d) == 2)
      new_password(c, d);
    else if (strncmp(line, "logout", 6) == 0)
      told(omniapi_logout_ex(session, &status), 0, 0);
    else
      printf("? %s", line);
    fflush(stdout);
  }
  omniapi_close_session(session);
  return 0;
}
