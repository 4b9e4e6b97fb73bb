#include "address.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Takes `host:port` of `text`, up to `end`. */
static void take_address(const char *text, const char *end, char host[128], uint32_t *port) {
  const char *colon = NULL;
  for (const char *at = text; at < end; at++)
    if (*at == ':') colon = at;
  if (colon == NULL || colon == text || (size_t)(colon - text) >= 128) return;
  char copy[128];
  memcpy(copy, text, (size_t)(colon - text));
  copy[colon - text] = '\0';
  memcpy(host, copy, sizeof copy);
  *port = (uint32_t)strtoul(colon + 1, NULL, 10);
}

static const char *end_of(const char *text) {
  const char *comma = strchr(text, ',');
  return comma == NULL ? text + strlen(text) : comma;
}

void address_override(char host[128], uint32_t *port) {
  /* OAPI_OVERRIDE=10.151.5.81=127.0.0.1:15001,10.151.5.82=127.0.0.1:15002 */
  const char *rules = getenv("OAPI_OVERRIDE");
  for (const char *rule = rules; rule != NULL && *rule != '\0';) {
    const char *end = end_of(rule);
    const char *equals = memchr(rule, '=', (size_t)(end - rule));
    const size_t length = equals == NULL ? 0 : (size_t)(equals - rule);
    if (length > 0 && strlen(host) == length && memcmp(host, rule, length) == 0) {
      take_address(equals + 1, end, host, port);
      return;
    }
    rule = *end == ',' ? end + 1 : end;
  }
  /* DCASS_OAPI_ADDRESSES=host:port,host:port, as `dcass-sim run` sets it: the first gateway, and the second for .82. */
  const char *addresses = getenv("DCASS_OAPI_ADDRESSES");
  if (rules != NULL || addresses == NULL) return;
  const char *end = end_of(addresses);
  if (strcmp(host, "10.151.5.82") == 0 && *end == ',') {
    addresses = end + 1;
    end = end_of(addresses);
  }
  take_address(addresses, end, host, port);
}
