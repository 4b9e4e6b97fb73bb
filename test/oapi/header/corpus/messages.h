#include "base_types.h"
#include "pack_on.h"
#define ITEMS_MAX 100
#define HALF(n) ((n) / 2)
#define NAME_LEN (HALF(ITEMS_MAX) - 18) /* 32 */

/* ask for trades
 * TRANSACTION TYPE = CQ10 / CQ11
 */
typedef struct ask_trades {
  message_type_t type;
  series_t series;
  int32_t first_i, last_i;
  char date_s [8];
} ask_trades_t;

/* TRANSACTION TYPE = CA10, CA11 */
// TRANSACTION TYPE = CA128
typedef struct { message_type_t type; uint16_t items_n; uint16_t size_n; uint16_t segment_n; char filler_2_s[2]; } segment_hdr_t;

/* BROADCAST TYPE = BD6,
 *                  BO5
 */
typedef struct { message_type_t type; uint16_t items_n; uint16_t size_n; } event_hdr_t;

/* NAMED STRUCT = 3 */
typedef struct trade_part {
  account_t account;
  int64_t quantity_i;
  quad_word order_q;
  char text_s[NAME_LEN];
  text_12_t short_text, two_texts[2];
} trade_part_t;

/* NAMED STRUCT = 20, 21 */
typedef struct { uint8_t a_c; uint8_t filler_1; uint16_t b_n; } small_part_t;

/* TRANSACTION TYPE = CD28
   BROADCAST TYPE = BD28 */
typedef struct split {
  message_type_t type;
  series_t series;
  uint8_t items_c;
  char filler_3_s [3];
  struct {
    account_t account;
    int64_t quantity_i;
    char info_s [15];
    uint8_t open_c;
    struct { int32_t price_i; uint8_t kind_c; char fill_3[3]; } leg [2][3];
  } item [ITEMS_MAX];
} split_t;
#include "pack_off.h"
#define CL_OMN_MADE_UP (-704999)
#define CL_OMN_HEX 0xAC000
#define CL_MAX_ITEMS 100
#define OMNIAPI_INVENTED -77
#define OMNIAPI_MAXLEN 64000
#define OMNIAPI_LATE 2099L
#define GEN_CDC_INVENTED (CL_OMN_MADE_UP + 1)
