/* The line is little-endian; on such a machine these keep a value as it is. */
#include "../omniapi.h"
#include <string.h>

static int is_little(void) {
  const uint16_t one = 1;
  uint8_t first;
  memcpy(&first, &one, 1);
  return first == 1;
}

static void turn(void *value, size_t bytes) {
  uint8_t *at = value;
  for (size_t i = 0; !is_little() && i < bytes / 2; i++) {
    const uint8_t kept = at[i];
    at[i] = at[bytes - 1 - i];
    at[bytes - 1 - i] = kept;
  }
}

uint16_t omniapi_swapint16(uint16_t value) {
  turn(&value, sizeof value);
  return value;
}

uint32_t omniapi_swapint32(uint32_t value) {
  turn(&value, sizeof value);
  return value;
}

uint64_t omniapi_swapint64(uint64_t value) {
  turn(&value, sizeof value);
  return value;
}

void omniapi_swapint64_t(void *out, const void *in) {
  uint64_t value;
  memcpy(&value, in, sizeof value); /* Neither needs to be aligned. */
  turn(&value, sizeof value);
  memcpy(out, &value, sizeof value);
}

void omniapi_swaporderid(void *out, const void *in) { omniapi_swapint64_t(out, in); }

void omniapi_cvt_int(void *value, int32_t bytes) {
  if (value != NULL && (bytes == 2 || bytes == 4 || bytes == 8)) turn(value, (size_t)bytes);
}

int32_t omniapi_convert_timestruct(omni_time_t *time) {
  if (time == NULL) return OMNIAPI_INVARG;
  for (int i = 0; i < 9; i++) turn((uint8_t *)time + sizeof time->text + (size_t)i * sizeof(int32_t), sizeof(int32_t));
  return OMNIAPI_NORMAL;
}
