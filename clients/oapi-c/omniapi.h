/*
 * OAPI calls for programs that run against dcass-sim.
 *
 * Written from public facts about the calls (names, order of arguments, sizes, codes), not from anybody's header. The
 * bytes on the line are the simulator's own (src/oapi/PROTOCOL.md): this library talks to the simulator only, and says
 * nothing about the exchange's system. What is ASSUMED is named in README.md.
 *
 * All numbers are little-endian on the line and in the structs of messages. A session may be used by several threads;
 * its calls run one after the other.
 */
#ifndef DCASS_SIM_OMNIAPI_H
#define DCASS_SIM_OMNIAPI_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32) && defined(OMNIAPI_BUILD)
#define OMNIAPI_EXPORT __declspec(dllexport)
#elif defined(_WIN32)
#define OMNIAPI_EXPORT
#else
#define OMNIAPI_EXPORT __attribute__((visibility("default")))
#endif

/* A session: made by omniapi_create_session, ended by omniapi_close_session. */
typedef void *omniapi_session_handle;

#pragma pack(push, 1)

/* Of login_ex: 232 bytes. Every text ends with NUL. */
typedef struct {
  char user[32];
  char password[32];
  char gateway[128]; /* host name or address */
  uint32_t port;     /* host order */
  char application[32];
  uint8_t forced; /* 1: take over a session that the user has already */
  uint8_t filler[3];
} omni_login_t;

/* Of set_newpwd_ex: 64 bytes. */
typedef struct {
  char current[32];
  char next[32];
} omni_set_password_t;

/* Two letters and a number: the head of every message. */
typedef struct {
  char central_module;
  char server_type;
  uint16_t number;
} omni_type_t;

/* A message on its way: its bytes, and how many. */
typedef struct {
  uint32_t length; /* host order; bytes of data */
  char data[1];
} omni_message;

/* What a subscription is about: 12 bytes. */
typedef struct {
  uint16_t source;
  uint16_t information_type; /* 1 general, 4 dedicated */
  omni_type_t broadcast;
  union {
    uint32_t number;
    struct {
      uint16_t kind;  /* dedicated: 1 */
      uint16_t scope; /* dedicated: 0 all of the participant, 1 the own user only */
    } dedicated;
  } attribute;
} infobj_t;

/* An item of the list of set_event_ex: 20 bytes. Handle and status come back in it. */
typedef struct {
  infobj_t object;
  uint32_t handle;
  int32_t status;
} omni_subscription_t;

/* An item of SHOW_SUBSCR: 16 bytes, after a uint32_t that counts them. */
typedef struct {
  infobj_t object;
  uint32_t forced;
} omni_available_t;

/* Before each event of a session that subscribed with a list, where several are read at once: 6 bytes. */
typedef struct {
  uint32_t handle;
  uint16_t length;
} subscribed_event_t;

/* Of the old login, by omniapi_tx with facility 1 or 8: 268 bytes. */
typedef struct {
  uint32_t type; /* 0 */
  char user[32];
  char password[32];
  char new_password[32];
  char gateway[129];
  char socket[21]; /* the port as text */
  char application[18];
} omni_old_login_t;

/* Of get_info 12 and 13: 64 bytes. */
typedef struct {
  char text[28];
  int32_t parts[9]; /* in the order of C's struct tm */
} omni_time_t;

#pragma pack(pop)

/* Completion codes that the library itself gives; omniapi_get_message_ex has the words of all. */
enum {
  OMNIAPI_NORMAL = 0,
  OMNIAPI_ALR_SET = 1,
  OMNIAPI_ALR_CLR = 2,
  OMNIAPI_OVERFLOW = 3,
  OMNIAPI_ALLEVTS = 4,
  OMNIAPI_FAILURE = -1,
  OMNIAPI_NOT_READY = -2,
  OMNIAPI_NOT_LOGGED_IN = -5,
  OMNIAPI_TRUNCATED = -13,
  OMNIAPI_TX_TIMEOUT = -21,
  OMNIAPI_DYNMEM = -24,
  OMNIAPI_INVARG = -25,
  OMNIAPI_NOT_FOUND = -26,
  OMNIAPI_NOGWYPATH = -29, /* no gateway is named */
  OMNIAPI_INVEVT = -30,
  OMNIAPI_NETERR_TIMEOUT = -54,
  OMNIAPI_PWD_CHANGE_REQ = 2027,
  OMNIAPI_PWD_IMPEND_EXP = 2028,
  OMNIAPI_INTFAILURE = -2001,
  OMNIAPI_OAPI = -2007,
  OMNIAPI_NOTCONNECTED = -2008,
  OMNIAPI_BADHOST = -2010,
  OMNIAPI_SOCKETERR = -2011,
  OMNIAPI_CONNECTERR = -2012,
  OMNIAPI_NOT_TERMINATED = -2030,
  OMNIAPI_NOT_SUPPORTED = -2032
};

/* Events, for set, clear and read. */
enum {
  OMNI_EVTTYP_BROADCASTS = 1,
  OMNI_EVTTYP_DEDICATED = 990,
  OMNI_EVTTYP_ATTENTION = 991,
  OMNI_EVTTYP_ALL = 999,
  OMNI_EVTTYP_SHOW = 1000,
  OMNI_EVTTYP_NETWORK = 1001,
  OMNI_EVTTYP_SHOW_SUBSCR = 1002
};

/* How events are read. */
enum { OMNI_READEV_SINGLE = 0, OMNI_READEV_MANY = 1 };

OMNIAPI_EXPORT omniapi_session_handle omniapi_create_session(void);
OMNIAPI_EXPORT void omniapi_close_session(omniapi_session_handle session);
OMNIAPI_EXPORT int32_t omniapi_set_option_ex(omniapi_session_handle session, uint32_t type, int32_t value);
OMNIAPI_EXPORT int32_t omniapi_set_option_default(uint32_t type, int32_t value);
OMNIAPI_EXPORT int32_t omniapi_set_info_ex(omniapi_session_handle session, uint32_t type, const void *value);

/* 0 in; 2027 in, and the password must be changed first; 2028 in, and it expires soon; negative: refused. */
OMNIAPI_EXPORT int32_t omniapi_login_ex(omniapi_session_handle session, int32_t *status, const omni_login_t *login);
OMNIAPI_EXPORT int32_t omniapi_logout_ex(omniapi_session_handle session, int32_t *status);
OMNIAPI_EXPORT int32_t omniapi_set_newpwd_ex(omniapi_session_handle session, int32_t *status,
                                             const omni_set_password_t *passwords);

/* Eight bytes are written behind transaction_id and order_id, though they are declared with four: so is the real call. */
OMNIAPI_EXPORT int32_t omniapi_tx_ex(omniapi_session_handle session, int32_t *status, uint32_t facility,
                                     omni_message **messages, uint32_t *transaction_id, uint32_t *order_id);
OMNIAPI_EXPORT int32_t omniapi_tx_response_ex(omniapi_session_handle session, int32_t *status, uint32_t facility,
                                              omni_message *message, int32_t return_flag, void *buffer,
                                              uint32_t *length, uint32_t *transaction_id, uint32_t *order_id);
/* length: in the room of buffer, out the bytes of the answer; -13 and the first bytes where it is too small. */
OMNIAPI_EXPORT int32_t omniapi_query_ex(omniapi_session_handle session, int32_t *status, uint32_t facility,
                                        omni_message *message, int32_t return_flag, void *buffer, uint32_t *length,
                                        uint32_t *transaction_id, uint32_t *order_id);

/* list: int32_t bytes with itself, then omni_subscription_t items; NULL: everything of the event type. */
OMNIAPI_EXPORT int32_t omniapi_set_event_ex(omniapi_session_handle session, uint32_t event_type, void *list);
/* handles: [0] bytes with itself, then handles; NULL or 0: all. */
OMNIAPI_EXPORT int32_t omniapi_clear_event_ex(omniapi_session_handle session, uint32_t event_type, uint32_t *handles);
/* -26 nothing waits; 0 or 4 events; 3 events, and some were lost. mask may be NULL. */
OMNIAPI_EXPORT int32_t omniapi_read_event_ext_ex(omniapi_session_handle session, uint32_t event_type, void *buffer,
                                                 uint32_t *length, uint32_t *mask, uint32_t options);
/* Waits for the first event, timeout milliseconds at most. */
OMNIAPI_EXPORT int32_t omniapi_read_event_block(omniapi_session_handle session, uint32_t event_type, void *buffer,
                                                uint32_t *length, int32_t timeout, uint32_t wait_type);

OMNIAPI_EXPORT int32_t omniapi_get_info_ex(omniapi_session_handle session, int32_t *reason, uint32_t type,
                                           uint32_t *length, void *buffer);
/* The words of a code, without NUL at their end; works without a login. */
OMNIAPI_EXPORT int32_t omniapi_get_message_ex(omniapi_session_handle session, int32_t code, void *buffer,
                                              uint32_t *length, int32_t simple);
OMNIAPI_EXPORT int32_t omniapi_put_mgmt_ex(omniapi_session_handle session, const char *text);

/* The same on one session of the whole program, which the first of them makes. */
OMNIAPI_EXPORT int32_t omniapi_tx(int32_t *status, uint32_t facility, omni_message **messages, uint32_t *transaction_id,
                                  uint32_t *order_id);
OMNIAPI_EXPORT int32_t omniapi_query(int32_t *status, uint32_t facility, omni_message *message, int32_t return_flag,
                                     void *buffer, uint32_t *length, uint32_t *transaction_id, uint32_t *order_id);
OMNIAPI_EXPORT int32_t omniapi_set_event(uint32_t event_type, void *list);
OMNIAPI_EXPORT int32_t omniapi_clear_event(uint32_t event_type, uint32_t *handles);
OMNIAPI_EXPORT int32_t omniapi_read_event_ext(uint32_t event_type, void *buffer, uint32_t *length, uint32_t *mask,
                                              uint32_t options);
OMNIAPI_EXPORT int32_t omniapi_get_info(int32_t *reason, uint32_t type, uint32_t *length, void *buffer);
OMNIAPI_EXPORT int32_t omniapi_get_message(int32_t code, void *buffer, uint32_t *length, int32_t simple);
OMNIAPI_EXPORT int32_t omniapi_put_mgmt(const char *text);

/* Between the order of bytes on the line, little-endian, and the machine's. */
OMNIAPI_EXPORT uint16_t omniapi_swapint16(uint16_t value);
OMNIAPI_EXPORT uint32_t omniapi_swapint32(uint32_t value);
OMNIAPI_EXPORT uint64_t omniapi_swapint64(uint64_t value);
OMNIAPI_EXPORT void omniapi_swapint64_t(void *out, const void *in);
OMNIAPI_EXPORT void omniapi_swaporderid(void *out, const void *in);
OMNIAPI_EXPORT void omniapi_cvt_int(void *value, int32_t bytes);
OMNIAPI_EXPORT int32_t omniapi_convert_timestruct(omni_time_t *time);

#ifdef __cplusplus
}
#endif
#endif
