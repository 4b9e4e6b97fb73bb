#define _POSIX_C_SOURCE 200809L
#include "line.h"
#include "../omniapi.h"
#include <errno.h>
#include <stdio.h>
#if defined(_WIN32)
#include <pthread.h>
#include <ws2tcpip.h>
enum { NO_SIGNAL = 0, BOTH_WAYS = SD_BOTH };
#else
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
enum { NO_SIGNAL = MSG_NOSIGNAL, BOTH_WAYS = SHUT_RDWR };
#endif

#if defined(_WIN32)
static bool are_sockets_there;

static void start_sockets(void) {
  WSADATA data;
  are_sockets_there = WSAStartup(MAKEWORD(2, 2), &data) == 0;
}

static bool has_sockets(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, start_sockets);
  return are_sockets_there;
}

static void bound_sending(line_t line, long ms) {
  const DWORD bound = (DWORD)ms;
  setsockopt(line, SOL_SOCKET, SO_SNDTIMEO, (const char *)&bound, sizeof bound);
}

static bool is_interrupted(void) { return false; }
#else
static bool has_sockets(void) { return true; }

/* On Linux it bounds connecting too. */
static void bound_sending(line_t line, long ms) {
  const struct timeval bound = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};
  setsockopt(line, SOL_SOCKET, SO_SNDTIMEO, &bound, sizeof bound);
}

static bool is_interrupted(void) { return errno == EINTR; }
#endif

int32_t line_open(line_t *line, const char *host, uint32_t port, long timeout_ms) {
  char service[16];
  snprintf(service, sizeof service, "%u", (unsigned)port);
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
  struct addrinfo *found = NULL;
  if (!has_sockets()) return OMNIAPI_SOCKETERR;
  if (port == 0 || port > 65535 || getaddrinfo(host, service, &hints, &found) != 0) return OMNIAPI_BADHOST;
  int32_t result = OMNIAPI_SOCKETERR;
  for (const struct addrinfo *each = found; each != NULL; each = each->ai_next) {
    const line_t opened = socket(each->ai_family, each->ai_socktype, each->ai_protocol);
    if (opened == NO_LINE) continue;
    bound_sending(opened, timeout_ms);
    /* The length of an address is an int at Windows. */
    if (connect(opened, each->ai_addr, (socklen_t)each->ai_addrlen) == 0) {
      const int yes = 1;
      setsockopt(opened, IPPROTO_TCP, TCP_NODELAY, (const char *)&yes, sizeof yes);
      *line = opened;
      result = OMNIAPI_NORMAL;
      break;
    }
    line_close(opened);
    result = OMNIAPI_CONNECTERR;
  }
  freeaddrinfo(found);
  return result;
}

/* No frame is longer than an int can say. */
bool line_read(line_t line, uint8_t *buffer, size_t length) {
  while (length > 0) {
    const long got = (long)recv(line, (char *)buffer, (int)length, 0);
    if (got < 0 && is_interrupted()) continue;
    if (got <= 0) return false;
    buffer += got;
    length -= (size_t)got;
  }
  return true;
}

bool line_write(line_t line, const uint8_t *bytes, size_t length) {
  while (length > 0) {
    const long put = (long)send(line, (const char *)bytes, (int)length, NO_SIGNAL);
    if (put < 0 && is_interrupted()) continue;
    if (put <= 0) return false;
    bytes += put;
    length -= (size_t)put;
  }
  return true;
}

void line_shut(line_t line) { shutdown(line, BOTH_WAYS); }

void line_close(line_t line) {
#if defined(_WIN32)
  closesocket(line);
#else
  close(line);
#endif
}
