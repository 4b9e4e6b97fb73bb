/* A line to a gateway: a socket of POSIX or of Windows. */
#ifndef OAPI_LINE_H
#define OAPI_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#include <winsock2.h>
typedef SOCKET line_t;
#define NO_LINE INVALID_SOCKET
#else
typedef int line_t;
#define NO_LINE (-1)
#endif

/* 0, or why not: -2010 no such host, -2011 no socket, -2012 nobody listens there. Sending waits for timeout_ms at most. */
int32_t line_open(line_t *line, const char *host, uint32_t port, long timeout_ms);
/* False where the line ends first. */
bool line_read(line_t line, uint8_t *buffer, size_t length);
bool line_write(line_t line, const uint8_t *bytes, size_t length);
/* Ends it in both directions: whoever reads is woken. */
void line_shut(line_t line);
void line_close(line_t line);

#endif
