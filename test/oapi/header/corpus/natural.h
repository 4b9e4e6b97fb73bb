/* No packing: the compiler leaves gaps. */
#include <stdint.h>
typedef struct { char a; int32_t b; char c; int64_t d; uint16_t e; } gaps_t;
typedef struct { gaps_t inner[2]; char last; } nested_gaps_t;
struct only_tag { uint16_t one; char two[3]; struct only_tag_inner { int32_t x; char y; } deep[2]; };
typedef struct later later_t;
struct later { char a; struct only_tag b; };
typedef struct __attribute__((packed)) { char a; int64_t b; } tight_t;
typedef struct { char a; int32_t b; } __attribute__((__packed__)) tight_2_t;
typedef struct { tight_t t; int16_t n; } holds_tight_t;
typedef struct { char a; struct { int32_t p; char q; }; int16_t r; } anonymous_t;
typedef struct { unsigned long long int big; signed char s; unsigned char u; short int si; long long ll[2]; } words_t;
enum side { BUY = 1, SELL, BOTH = SELL + 4 };
typedef enum { MINUS = -1, PLUS = 1 } signed_enum_t;
typedef struct { enum side s; signed_enum_t t; char text[BOTH]; char more[sizeof(gaps_t) + sizeof(int16_t)]; } enums_t;
