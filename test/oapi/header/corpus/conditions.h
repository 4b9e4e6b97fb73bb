#pragma once
#include <stdint.h>
#define RELEASE 0x0203
#define WIDE
#if RELEASE >= 0x0200 && defined(WIDE) && !defined NARROW
typedef int64_t quantity_t;
#elif RELEASE > 0x0100
typedef int32_t quantity_t;
#else
#error "too old"
#endif
#ifndef ID_LEN
# if (RELEASE & 0xff) == 3 || 0
#  define ID_LEN (1 << 4)
# else
#  define ID_LEN 10
# endif
#endif
#ifdef NARROW
typedef struct { unknown_t x; } never_t;
#endif
#define FIELD(type, name) type name
#define PAIR(a, b) FIELD(int32_t, a); FIELD(int16_t, b)
#pragma pack(push, 1)
typedef struct {
  quantity_t quantity;
  char id[ID_LEN \
    + 2];
  PAIR(first, second);
#if defined(NARROW)
  char never;
#else
  uint8_t always;
#endif
} chosen_t;
#pragma pack(pop)
#undef ID_LEN
#define ID_LEN 3
typedef struct { char id[ID_LEN ? ID_LEN : 1]; char x[(5 % 3) * 2 - -1][~-3]; } again_t;
#ifdef __cplusplus
extern "C" {
#endif
int32_t invented_call(void *handle, struct later *what, int32_t (*call)(int));
extern int invented_variable;
#ifdef __cplusplus
}
#endif
