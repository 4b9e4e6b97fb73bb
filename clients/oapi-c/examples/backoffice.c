/*
 * A small back office of one clearing participant: logs in (and changes an expired password), downloads its trades and
 * positions, subscribes to broadcasts, does what its trades ask for, and carries on at the second gateway when the first
 * one dies, without missing anything.
 *
 *   backoffice HOST PORT HOST PORT USER PASSWORD [NEW-PASSWORD]
 *
 * The layouts come from a dictionary: `dcass-sim dictionary show genium --c > messages.h`, or from the header that you
 * are licensed for. It plays CABC's side of the rehearsal that ships with the simulator.
 */
#define _POSIX_C_SOURCE 200809L
#include "messages.h"
#include "omniapi.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROOM = 65536, MARKET = 1, FUTURES = 4, WAIT_MS = 1000, WAITS_MAX = 120, READY_TRIES_MAX = 50, PARTS = 2 };

static omniapi_session_handle session;
static uint32_t base_facility;
static unsigned char answer[ROOM];
static int32_t last_trade, last_give_up; /* The numbers up to which everything is known. */
static bool is_done, has_asked_for_exercise;

static void say(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  putchar('\n');
  fflush(stdout);
}

/* Texts are padded with blanks, and do not end with NUL. */
static void put_text(char *field, size_t size, const char *text) {
  memset(field, ' ', size);
  memcpy(field, text, strlen(text) < size ? strlen(text) : size);
}

static bool is_text(const char *field, size_t size, const char *text) {
  const size_t length = strlen(text);
  if (length > size || memcmp(field, text, length) != 0) return false;
  for (size_t i = length; i < size; i++)
    if (field[i] != ' ' && field[i] != '\0') return false;
  return true;
}

static void put_type(struct message_type *type, const char *letters, uint16_t number) {
  type->central_module = letters[0];
  type->server_type = letters[1];
  type->number = number;
}

static void put_account(struct account *account, const char *participant, const char *id) {
  put_text(account->country_id, sizeof account->country_id, "HK");
  put_text(account->ex_customer, sizeof account->ex_customer, participant);
  put_text(account->account_id, sizeof account->account_id, id);
}

/* A message with its length in front, as the calls want it. */
static omni_message *wrapped(const void *bytes, size_t length) {
  static unsigned char room[sizeof(uint32_t) + ROOM];
  const uint32_t length32 = (uint32_t)length;
  memcpy(room, &length32, sizeof length32);
  memcpy(room + sizeof length32, bytes, length);
  return (omni_message *)room;
}

/* Both codes are looked at: one alone hides failures. */
static bool is_fine(const char *what, int32_t completion, int32_t status) {
  if (completion >= 0 && status >= 0) return true;
  char words[200];
  uint32_t length = sizeof words;
  omniapi_get_message_ex(session, completion, words, &length, 1);
  say("%s: %d (%.*s), status %d", what, (int)completion, (int)length, words, (int)status);
  return false;
}

static bool transact(const char *what, const void *message, size_t length) {
  uint64_t transaction, order; /* Eight bytes each, whatever the call declares. */
  int32_t status = 0;
  omni_message *messages[] = {wrapped(message, length), NULL};
  const int32_t completion = omniapi_tx_ex(session, &status, base_facility + 3, messages, (uint32_t *)(void *)&transaction,
                                           (uint32_t *)(void *)&order);
  if (is_fine(what, completion, status)) say("%s", what);
  return completion >= 0;
}

/* The bytes of the answer; 0 where there is none. */
static uint32_t query(const char *what, uint32_t facility, const void *message, size_t length) {
  uint64_t transaction, order;
  int32_t status = 0;
  uint32_t room = ROOM;
  const int32_t completion =
      omniapi_query_ex(session, &status, base_facility + facility, wrapped(message, length), 1, answer, &room,
                       (uint32_t *)(void *)&transaction, (uint32_t *)(void *)&order);
  return is_fine(what, completion, status) ? room : 0;
}

/* R4: out of the transitory account, in two parts. */
static void move_out(const struct cl_trade_base_api *trade) {
  struct cl_reregistration_bo move;
  const char *accounts[PARTS] = {"OMNI1", "HOUSE"};
  const int64_t quantities[PARTS] = {trade->trade_quantity - 3, 3};
  memset(&move, 0, sizeof move);
  put_type(&move.type, "CD", 5);
  move.series = trade->series;
  move.items = PARTS;
  for (int i = 0; i < PARTS; i++) {
    move.item[i].trade_number = trade->trade_number;
    move.item[i].deal_quantity = quantities[i];
    put_account(&move.item[i].account, "CABC", accounts[i]);
    put_text(move.item[i].customer_info, sizeof move.item[i].customer_info, "");
  }
  /* Only the items in use are sent. */
  transact("CD5 moved a trade out of the transitory account", &move,
           offsetof(struct cl_reregistration_bo, item) + PARTS * sizeof move.item[0]);
}

/* R5: into the right account. */
static void rectify(const struct cl_trade_base_api *trade) {
  struct rectify_trade change;
  memset(&change, 0, sizeof change);
  put_type(&change.type, "CD", 28);
  change.series = trade->series;
  change.trade_number = trade->trade_number;
  change.items = 1;
  change.item[0].trade_quantity = trade->trade_quantity;
  put_account(&change.item[0].account, "CABC", "C0012345");
  put_text(change.item[0].customer_info, sizeof change.item[0].customer_info, "CORRECTED");
  transact("CD28 rectified a trade", &change, offsetof(struct rectify_trade, item) + sizeof change.item[0]);
}

/* R6 and R8: a part of a trade for another participant. */
static void give_up(const struct cl_trade_base_api *trade, int64_t quantity) {
  struct give_up_request request;
  memset(&request, 0, sizeof request);
  put_type(&request.type, "CD", 35);
  request.series = trade->series;
  put_account(&request.account, "CXYZ", "");
  request.trade_number = trade->trade_number;
  request.trade_quantity = quantity;
  put_text(request.give_up_text, sizeof request.give_up_text, "FROM C");
  transact("CD35 asked for a give-up", &request, sizeof request);
}

/* R9: the one of two contracts was a mistake. */
static void cancel(const struct cl_give_up_api *told) {
  struct reject_give_up_request cancelled;
  memset(&cancelled, 0, sizeof cancelled);
  put_type(&cancelled.type, "CC", 40);
  cancelled.series = told->series;
  cancelled.give_up_number = told->give_up_number;
  put_text(cancelled.give_up_text, sizeof cancelled.give_up_text, "MISTAKE");
  transact("CC40 cancelled a give-up", &cancelled, sizeof cancelled);
}

/* R10 to R12: asked for, taken back, denied. */
static void exercise(const struct answer_position_item *position) {
  struct exercise_req request;
  memset(&request, 0, sizeof request);
  put_type(&request.type, "CC", 13);
  request.series = position->series;
  request.account = position->account;
  request.quantity = 20;
  if (!transact("CC13 asked for an exercise", &request, sizeof request)) return;

  struct query_exercise_req asked;
  memset(&asked, 0, sizeof asked);
  put_type(&asked.type, "CQ", 21);
  asked.segment_number = 1;
  const struct series of = position->series;
  const struct account in = position->account;
  if (query("CQ21", 3, &asked, sizeof asked) == 0) return;
  const struct answer_exercise_req *listed = (const void *)answer;
  say("CQ21 lists %u exercise requests", (unsigned)listed->items);
  if (listed->items == 0) return;

  struct annul_exercise_req back;
  memset(&back, 0, sizeof back);
  put_type(&back.type, "CC", 15);
  back.series = of;
  back.exercise_number = listed->item[0].exercise_number;
  transact("CC15 took it back", &back, sizeof back);

  struct set_deny_exercise deny;
  memset(&deny, 0, sizeof deny);
  put_type(&deny.type, "CC", 14);
  deny.series = of;
  deny.account = in;
  deny.deny_exercise = 15;
  transact("CC14 denied automatic exercise", &deny, sizeof deny);
}

/* What a trade asks for, from a broadcast or an answer: once, by its number. */
static void on_trade(const struct cl_trade_base_api *trade) {
  if (trade->series.market == MARKET && trade->series.instrument_group == FUTURES) {
    if (trade->sequence_number <= last_trade) return;
    last_trade = trade->sequence_number;
  }
  say("trade %d: %lld at %d", (int)trade->trade_number, (long long)trade->trade_quantity, (int)trade->deal_price);
  if (is_text(trade->account.account_id, sizeof trade->account.account_id, "TRANS") && trade->bought_or_sold == 1 &&
      trade->orig_trade_number == 0)
    move_out(trade);
  if (is_text(trade->customer_info, sizeof trade->customer_info, "WRONG ACCOUNT") && trade->orig_trade_number == 0)
    rectify(trade);
  if (is_text(trade->customer_info, sizeof trade->customer_info, "FOR CXYZ") && trade->orig_trade_number == 0)
    for (int64_t quantity = 4; quantity >= 2; quantity--) give_up(trade, quantity);
}

/* Named structs by their sizes: what is not known is skipped. */
static void on_sub_items(const unsigned char *at, const unsigned char *end) {
  while (at + sizeof(struct sub_item_hdr) <= end) {
    struct sub_item_hdr head;
    memcpy(&head, at, sizeof head);
    if (head.size < sizeof head || at + head.size > end) return;
    if (head.named_struct == 3) {
      struct cl_trade_base_api trade;
      memcpy(&trade, at + sizeof head, sizeof trade);
      on_trade(&trade);
    }
    at += head.size;
  }
}

/* From the last known number on, until nothing more is found. */
static void fill_gap(void) {
  struct query_missing_trade missing;
  memset(&missing, 0, sizeof missing);
  put_type(&missing.type, "CQ", 10);
  missing.series.market = MARKET;
  missing.series.instrument_group = FUTURES;
  for (;;) {
    static unsigned char page[ROOM];
    missing.sequence_first = last_trade + 1;
    const uint32_t length = query("CQ10", 3, &missing, sizeof missing);
    struct answer_missing_trade_hdr head;
    if (length < sizeof head) return;
    memcpy(&head, answer, sizeof head);
    if (head.items == 0) break;
    /* A trade may call for a transaction, which would write over the answer. */
    memcpy(page, answer, length);
    for (const unsigned char *at = page + sizeof head; at < page + length;) {
      struct item_hdr item;
      memcpy(&item, at, sizeof item);
      if (item.size < sizeof item || at + item.size > page + length) return;
      on_sub_items(at + sizeof item, at + item.size);
      at += item.size;
    }
  }
  struct query_missing_give_up gone;
  memset(&gone, 0, sizeof gone);
  put_type(&gone.type, "CQ", 76);
  gone.series = missing.series;
  gone.sequence_first = last_give_up + 1;
  if (query("CQ76", 3, &gone, sizeof gone) > 0) say("CQ76 has nothing that was not known, or told it now");
}

static void on_give_up(const struct cl_give_up_api *told) {
  if (told->sequence_number > last_give_up) last_give_up = told->sequence_number;
  say("give-up %d is in state %d", (int)told->give_up_number, (int)told->state);
  if (told->state == 1 && told->trade_quantity == 2) cancel(told);
  if (told->state == 2) {
    struct query_give_up_request asked;
    memset(&asked, 0, sizeof asked);
    put_type(&asked.type, "CQ", 61);
    asked.segment_number = 1;
    if (query("CQ61", 3, &asked, sizeof asked) > 0) say("CQ61 lists the give-ups");
  }
}

static void on_event(const unsigned char *event, uint16_t length) {
  struct message_type type;
  memcpy(&type, event, sizeof type);
  if (type.central_module == 'B' && type.server_type == 'D' && type.number == 6)
    on_sub_items(event + sizeof(struct broadcast_hdr), event + length);
  else if (type.central_module == 'B' && type.server_type == 'D' && type.number == 29) {
    struct directed_give_up told;
    memcpy(&told, event, sizeof told);
    on_give_up(&told.cl_give_up_api);
  } else if (type.central_module == 'B' && type.server_type == 'N')
    say("the gateway says: BN%u", (unsigned)type.number);
}

/* Positions in segments, until the one that is numbered 0. */
static void download_positions(void) {
  struct query_position asked;
  memset(&asked, 0, sizeof asked);
  put_type(&asked.type, "CQ", 3);
  for (asked.segment_number = 1;; asked.segment_number++) {
    if (query("CQ3", 3, &asked, sizeof asked) == 0) return;
    static struct answer_position page;
    const struct answer_position *got = (const void *)answer;
    memcpy(&page, got, offsetof(struct answer_position, item) + got->items * sizeof got->item[0]);
    say("CQ3 segment %u: %u positions", (unsigned)asked.segment_number, (unsigned)page.items);
    for (unsigned i = 0; i < page.items && !has_asked_for_exercise; i++) {
      /* Of this book, the one that is held and written is the stock option. */
      if (page.item[i].nbr_held == 0 || page.item[i].nbr_written == 0) continue;
      has_asked_for_exercise = true;
      exercise(&page.item[i]);
    }
    if (page.segment_number == 0) return;
  }
}

/* Just after a login a gateway may not be ready yet. */
static bool find_base_facility(void) {
  const struct timespec between = {.tv_nsec = 200 * 1000 * 1000};
  int32_t status, completion;
  for (int tries = 0; tries < READY_TRIES_MAX; tries++) {
    uint32_t length = sizeof base_facility;
    completion = omniapi_get_info_ex(session, &status, 2, &length, &base_facility);
    if (completion != OMNIAPI_NOT_READY) break;
    nanosleep(&between, NULL);
  }
  return is_fine("get info", completion, status);
}

static bool log_in(const char *host, const char *port, char **who, bool is_forced) {
  int32_t status;
  omni_login_t login;
  memset(&login, 0, sizeof login);
  strncpy(login.user, who[0], sizeof login.user - 1);
  strncpy(login.password, who[1], sizeof login.password - 1);
  strncpy(login.gateway, host, sizeof login.gateway - 1);
  strncpy(login.application, "backoffice.c", sizeof login.application - 1);
  login.port = (uint32_t)strtoul(port, NULL, 10);
  login.forced = is_forced;
  int32_t completion = omniapi_login_ex(session, &status, &login);
  if (completion == OMNIAPI_PWD_CHANGE_REQ && who[2] != NULL) {
    omni_set_password_t change;
    memset(&change, 0, sizeof change);
    strncpy(change.current, who[1], sizeof change.current - 1);
    strncpy(change.next, who[2], sizeof change.next - 1);
    completion = omniapi_set_newpwd_ex(session, &status, &change);
    who[1] = who[2];
  }
  if (!is_fine("login", completion, status)) return false;

  if (!find_base_facility()) return false;
  if (!is_fine("set event", omniapi_set_event_ex(session, OMNI_EVTTYP_BROADCASTS, NULL), 0)) return false;
  struct application_status ready;
  memset(&ready, 0, sizeof ready);
  put_type(&ready.type, "UI", 1);
  ready.application_status = 1;
  say("logged in at %s:%s", host, port);
  return transact("UI1 is ready", &ready, sizeof ready);
}

/* Until the line dies; then false. */
static bool work(void) {
  static unsigned char events[ROOM];
  for (int quiet = 0; quiet < WAITS_MAX;) {
    uint32_t length = sizeof events;
    const int32_t completion =
        omniapi_read_event_block(session, OMNI_EVTTYP_ALL, events, &length, WAIT_MS, 1);
    if (completion == OMNIAPI_NOT_FOUND) {
      quiet++;
      continue;
    }
    if (completion < 0) return false;
    quiet = 0;
    for (uint32_t at = 0; at + sizeof(uint16_t) <= length;) {
      uint16_t size;
      memcpy(&size, events + at, sizeof size);
      if (size == 0) break;
      on_event(events + at + sizeof size, size);
      at += (uint32_t)sizeof size + size;
    }
    /* Some were lost: they are asked for by their numbers. */
    if (completion == OMNIAPI_OVERFLOW) fill_gap();
  }
  is_done = true;
  return true;
}

int main(int count, char **arguments) {
  if (count < 7) {
    fprintf(stderr, "backoffice HOST PORT HOST PORT USER PASSWORD [NEW-PASSWORD]\n");
    return 2;
  }
  char *who[] = {arguments[5], arguments[6], count > 7 ? arguments[7] : NULL};
  session = omniapi_create_session();
  if (!log_in(arguments[1], arguments[2], who, false)) return 1;
  fill_gap();
  download_positions();
  if (!work()) {
    say("the line is dead: on to the second gateway");
    if (!log_in(arguments[3], arguments[4], who, true)) return 1;
    fill_gap();
    int32_t status;
    is_done = omniapi_logout_ex(session, &status) == OMNIAPI_NORMAL;
    say("logged out");
  }
  omniapi_close_session(session);
  return is_done ? 0 : 1;
}
