#include <stdint.h>
typedef struct { char a; int64_t b; } before_t;
#pragma pack(1)
typedef struct { char a; int64_t b; int16_t c; } one_t;
#pragma pack(push)
#pragma pack(2)
typedef struct { char a; int64_t b; char c; } two_t;
#pragma pack(push, 4)
typedef struct { char a; int64_t b; char c; two_t t; } four_t;
#pragma pack(pop)
typedef struct { char a; int32_t b; char c; } two_again_t;
#pragma pack(pop)
typedef struct { char a; int32_t b; before_t c; } one_again_t;
#pragma pack()
typedef struct { char a; int32_t b; one_t c[3]; } after_t;
