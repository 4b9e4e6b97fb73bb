/*
 * Round trips of UQ12 from C for some seconds, one thread a session: through the library, or with bare sockets that send the
 * same bytes and wait for as many as the gateway answers with.
 *
 *   load library|bare HOST PORT SECONDS PASSWORD USER [USER ...]
 */
#define _POSIX_C_SOURCE 200809L
#include "omniapi.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SESSIONS_MAX = 200, ANSWER_BYTES = 12 + 24 + 88, REQUEST_BYTES = 20 };

static const char *host, *password;
static unsigned port;
static bool is_bare;
static atomic_bool is_measuring, is_stopped;
static atomic_long trips;

static void count(void) {
  if (atomic_load(&is_measuring)) atomic_fetch_add(&trips, 1);
}

static void fail(const char *what, int code) {
  fprintf(stderr, "%s: %d\n", what, code);
  exit(1);
}

static void by_library(const char *user) {
  int32_t status;
  omni_login_t login;
  memset(&login, 0, sizeof login);
  strncpy(login.user, user, sizeof login.user - 1);
  strncpy(login.password, password, sizeof login.password - 1);
  strncpy(login.gateway, host, sizeof login.gateway - 1);
  strcpy(login.application, "load.c");
  login.port = port;
  omniapi_session_handle session = omniapi_create_session();
  const int32_t in = omniapi_login_ex(session, &status, &login);
  if (in < 0) fail("login", in);
  unsigned char message[8] = {4, 0, 0, 0, 'U', 'Q', 12, 0};
  while (!atomic_load(&is_stopped)) {
    unsigned char answer[1024];
    uint32_t length = sizeof answer;
    uint64_t transaction, order;
    const int32_t done = omniapi_query_ex(session, &status, 171, (omni_message *)(void *)message, 1, answer, &length,
                                          (uint32_t *)(void *)&transaction, (uint32_t *)(void *)&order);
    if (done < 0) fail("query", done);
    count();
  }
  omniapi_logout_ex(session, &status);
  omniapi_close_session(session);
}

static void by_socket(void) {
  const int line = socket(AF_INET, SOCK_STREAM, 0);
  const int yes = 1;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  inet_pton(AF_INET, host, &to.sin_addr);
  if (connect(line, (struct sockaddr *)&to, sizeof to) != 0) fail("connect", 0);
  setsockopt(line, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  unsigned char request[REQUEST_BYTES] = {16, 0, 0, 0, 1, 5, 0, 0, 1, 0, 0, 0, 171, 0, 0, 0, 'U', 'Q', 12, 0};
  while (!atomic_load(&is_stopped)) {
    unsigned char answer[ANSWER_BYTES];
    size_t got = 0;
    if (send(line, request, sizeof request, MSG_NOSIGNAL) != (ssize_t)sizeof request) fail("send", 0);
    while (got < sizeof answer) {
      const ssize_t more = recv(line, answer + got, sizeof answer - got, 0);
      if (more <= 0) fail("recv", 0);
      got += (size_t)more;
    }
    count();
  }
  close(line);
}

static void *work(void *user) {
  if (is_bare)
    by_socket();
  else
    by_library(user);
  return NULL;
}

static void wait_ms(long ms) {
  const struct timespec time = {ms / 1000, ms % 1000 * 1000000L};
  nanosleep(&time, NULL);
}

int main(int arguments, char **argument) {
  pthread_t threads[SESSIONS_MAX];
  if (arguments < 7 || arguments > 6 + SESSIONS_MAX) return 2;
  is_bare = strcmp(argument[1], "bare") == 0;
  host = argument[2];
  port = (unsigned)strtoul(argument[3], NULL, 10);
  const long seconds = strtol(argument[4], NULL, 10);
  password = argument[5];
  const int sessions = arguments - 6;
  for (int i = 0; i < sessions; i++) pthread_create(&threads[i], NULL, work, argument[6 + i]);
  wait_ms(500);
  atomic_store(&is_measuring, true);
  wait_ms(seconds * 1000);
  atomic_store(&is_measuring, false);
  atomic_store(&is_stopped, true);
  for (int i = 0; i < sessions; i++) pthread_join(threads[i], NULL);
  printf("%ld\n", atomic_load(&trips) / seconds);
  return 0;
}
