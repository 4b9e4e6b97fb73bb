#ifndef BASE_TYPES_H
#define BASE_TYPES_H
/* Invented types in the style of a message API. */
#include <stdint.h>
typedef int8_t int8;
typedef uint8_t uint8;
typedef short int16;
typedef unsigned short uint16, *uint16_ptr;
typedef int int32;
typedef unsigned int uint32;
typedef long long int64;
typedef unsigned long long uint64;
typedef char text_12_t[12];
#include "pack_on.h"
typedef struct { char module_c; char server_c; uint16_t number_n; } message_type_t;
typedef struct series {
  uint8_t country_c;
  uint8_t market_c;
  uint8_t group_c;
  uint8_t modifier_c;
  uint16_t commodity_n;
  uint16_t expiration_n;
  int32_t strike_i;
} series_t, *series_p;
typedef struct account {
  char country_s [2];
  char customer_s [5];
  char account_s [16];
  char filler_1_s;
} account_t;
typedef struct quad { unsigned char bytes[8]; } quad_word;
#include "pack_off.h"
#endif
