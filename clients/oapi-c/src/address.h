/* Where a login really goes: a program that cannot be changed is told by its environment. */
#ifndef OAPI_ADDRESS_H
#define OAPI_ADDRESS_H

#include <stdint.h>

/* Changes host (of 128 characters) and port to what the environment says. README.md, "Addresses". */
void address_override(char host[128], uint32_t *port);

#endif
