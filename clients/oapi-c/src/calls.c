/* Login, logout, passwords, transactions and queries. */
#include "address.h"
#include "checked.h"
#include "session.h"
#include "wire.h"
#include <stdlib.h>
#include <string.h>

/* On every platform it is built for: oapi-facts.md 1.2. */
_Static_assert(sizeof(omni_login_t) == 232 && offsetof(omni_login_t, forced) == 228, "the login has 232 bytes");
_Static_assert(sizeof(omni_set_password_t) == 64 && sizeof(omni_old_login_t) == 268, "set password 64, old login 268");
_Static_assert(sizeof(omni_subscription_t) == 20 && sizeof(omni_available_t) == 16, "subscription 20, available 16");

omniapi_session_handle omniapi_create_session(void) {
  struct session *session = calloc(1, sizeof *session);
  if (session == NULL) return NULL;
  session->line = NO_LINE;
  session->is_dead = true;
  pthread_mutex_init(&session->calls, NULL);
  pthread_mutex_init(&session->lock, NULL);
  pthread_cond_init(&session->changed, NULL);
  return session;
}

void omniapi_close_session(omniapi_session_handle handle) {
  struct session *session = handle;
  if (session == NULL) return;
  session_shut(session);
  pthread_mutex_destroy(&session->calls);
  pthread_mutex_destroy(&session->lock);
  pthread_cond_destroy(&session->changed);
  free(session);
}

/* Options and names change nothing here: there is neither compression nor encryption. */
int32_t omniapi_set_option_ex(omniapi_session_handle session, uint32_t type, int32_t value) {
  return session != NULL && type >= 1 && type <= 4 && value >= 1 && value <= 3 ? OMNIAPI_NORMAL : OMNIAPI_INVARG;
}

int32_t omniapi_set_option_default(uint32_t type, int32_t value) {
  return type >= 1 && type <= 4 && value >= 1 && value <= 3 ? OMNIAPI_NORMAL : OMNIAPI_INVARG;
}

int32_t omniapi_set_info_ex(omniapi_session_handle session, uint32_t type, const void *value) {
  return session != NULL && type >= 1 && value != NULL ? OMNIAPI_NORMAL : OMNIAPI_INVARG;
}

int32_t omniapi_put_mgmt_ex(omniapi_session_handle session, const char *text) {
  return session != NULL && text != NULL ? OMNIAPI_NORMAL : OMNIAPI_INVARG;
}

static bool ends(const char *text, size_t room) { return memchr(text, '\0', room) != NULL; }

static bool is_text(const char *function, const char *argument, const char *text, size_t room) {
  if (ends(text, room)) return true;
  checked_unterminated(function, argument, room);
  return false;
}

static void set_status(int32_t *status, int32_t value) {
  if (status != NULL) *status = value;
}

/* The ids are declared with four bytes and have eight: so many are written, as the real calls do. */
static void set_id(uint32_t *id, uint64_t value) {
  if (id == NULL) return;
  uint8_t bytes[8];
  put32(bytes, (uint32_t)value);
  put32(bytes + 4, (uint32_t)(value >> 32));
  memcpy(id, bytes, sizeof bytes);
}

/* Where an answer goes: all of it, or the first bytes and -13. */
static int32_t give(const struct reply *reply, int32_t completion, void *buffer, uint32_t *length) {
  const uint32_t room = *length;
  *length = reply->length;
  if (reply->length == 0) return completion;
  memcpy(buffer, reply->answer, reply->length < room ? reply->length : room);
  return reply->length > room ? OMNIAPI_TRUNCATED : completion;
}

int32_t omniapi_login_ex(omniapi_session_handle handle, int32_t *status, const omni_login_t *login) {
  struct session *session = handle;
  set_status(status, 0);
  if (session == NULL || login == NULL) return OMNIAPI_INVARG;
  if (!is_text("login_ex", "user", login->user, sizeof login->user) ||
      !is_text("login_ex", "password", login->password, sizeof login->password) ||
      !is_text("login_ex", "gateway", login->gateway, sizeof login->gateway) ||
      !is_text("login_ex", "application", login->application, sizeof login->application))
    return OMNIAPI_NOT_TERMINATED;
  char host[128];
  memcpy(host, login->gateway, sizeof host);
  uint32_t port = login->port;
  address_override(host, &port);
  if (host[0] == '\0') return OMNIAPI_NOGWYPATH;

  pthread_mutex_lock(&session->calls);
  session_shut(session);
  int32_t result = session_open(session, host, port);
  if (result == OMNIAPI_NORMAL) {
    uint8_t body[100] = {0};
    memcpy(body, login->user, sizeof login->user);
    memcpy(body + 32, login->password, sizeof login->password);
    memcpy(body + 64, login->application, sizeof login->application);
    body[96] = login->forced;
    struct reply reply;
    result = session_call(session, OP_LOGIN, body, sizeof body, NULL, 0, &reply);
    memset(body, 0, sizeof body);
    set_status(status, reply.status);
    free(reply.answer);
    if (result >= 0)
      session->had_login = true;
    else
      session_shut(session);
  }
  pthread_mutex_unlock(&session->calls);
  return result;
}

int32_t omniapi_logout_ex(omniapi_session_handle handle, int32_t *status) {
  struct session *session = handle;
  set_status(status, 0);
  if (session == NULL) return OMNIAPI_INVARG;
  pthread_mutex_lock(&session->calls);
  struct reply reply;
  const int32_t result = session_call(session, OP_LOGOUT, NULL, 0, NULL, 0, &reply);
  set_status(status, reply.status);
  free(reply.answer);
  session_shut(session);
  pthread_mutex_unlock(&session->calls);
  return result;
}

int32_t omniapi_set_newpwd_ex(omniapi_session_handle handle, int32_t *status, const omni_set_password_t *passwords) {
  struct session *session = handle;
  set_status(status, 0);
  if (session == NULL || passwords == NULL) return OMNIAPI_INVARG;
  if (!is_text("set_newpwd_ex", "current", passwords->current, sizeof passwords->current) ||
      !is_text("set_newpwd_ex", "next", passwords->next, sizeof passwords->next))
    return OMNIAPI_NOT_TERMINATED;
  pthread_mutex_lock(&session->calls);
  struct reply reply;
  const int32_t result = session_call(session, OP_SET_NEW_PASSWORD, passwords, sizeof *passwords, NULL, 0, &reply);
  pthread_mutex_unlock(&session->calls);
  set_status(status, reply.status);
  free(reply.answer);
  return result;
}

/* The session services that are called as transactions: oapi-facts.md 1.2 and section 2. */
static int32_t old_service(omniapi_session_handle session, int32_t *status, uint32_t facility,
                           const omni_message *message) {
  enum { LOGIN = 1, LOGOUT = 2, SET_PASSWORD = 7, FORCED_LOGIN = 8, SET_NEW_PASSWORD = 9 };
  if (facility == LOGOUT) return omniapi_logout_ex(session, status);
  if (facility == SET_NEW_PASSWORD || facility == SET_PASSWORD) {
    if (message->length != sizeof(omni_set_password_t)) return OMNIAPI_INVARG;
    omni_set_password_t passwords;
    memcpy(&passwords, message->data, sizeof passwords);
    return omniapi_set_newpwd_ex(session, status, &passwords);
  }
  if (facility != LOGIN && facility != FORCED_LOGIN) return OMNIAPI_NOT_SUPPORTED;
  if (message->length != sizeof(omni_old_login_t)) return OMNIAPI_INVARG;
  omni_old_login_t old;
  memcpy(&old, message->data, sizeof old);
  if (!ends(old.gateway, sizeof old.gateway) || strlen(old.gateway) >= 128 || !ends(old.socket, sizeof old.socket) ||
      !ends(old.application, sizeof old.application))
    return OMNIAPI_NOT_TERMINATED;
  omni_login_t login = {.port = (uint32_t)strtoul(old.socket, NULL, 10), .forced = facility == FORCED_LOGIN};
  memcpy(login.user, old.user, sizeof login.user);
  memcpy(login.password, old.password, sizeof login.password);
  memcpy(login.gateway, old.gateway, sizeof login.gateway);
  memcpy(login.application, old.application, sizeof old.application);
  return omniapi_login_ex(session, status, &login);
}

static int32_t send_message(struct session *session, const char *function, uint8_t op, int32_t *status, uint32_t facility,
                            const omni_message *message, uint32_t *transaction_id, uint32_t *order_id,
                            struct reply *reply) {
  uint8_t head[4];
  put32(head, facility);
  checked_ids(function, transaction_id, order_id);
  if (pthread_mutex_trylock(&session->calls) != 0) {
    checked_threads(function);
    pthread_mutex_lock(&session->calls);
  }
  const int32_t result = session_call(session, op, head, sizeof head, message->data, message->length, reply);
  pthread_mutex_unlock(&session->calls);
  checked_size(function, message, result);
  pthread_mutex_lock(&session->lock);
  checked_poll(function, &session->events);
  pthread_mutex_unlock(&session->lock);
  set_status(status, reply->status);
  set_id(transaction_id, reply->transaction_id);
  set_id(order_id, reply->order_id);
  return result;
}

int32_t omniapi_tx_ex(omniapi_session_handle handle, int32_t *status, uint32_t facility, omni_message **messages,
                      uint32_t *transaction_id, uint32_t *order_id) {
  enum { LAST_SERVICE = 15 };
  set_status(status, 0);
  /* Some programs pass the address of a single pointer, without NULL behind it: nothing after the first is read. */
  const omni_message *message = messages == NULL ? NULL : messages[0];
  if (handle == NULL || message == NULL || message->length > MESSAGE_MAX) return OMNIAPI_INVARG;
  if (facility <= LAST_SERVICE) return old_service(handle, status, facility, message);
  struct reply reply;
  const int32_t result =
      send_message(handle, "tx_ex", OP_TRANSACTION, status, facility, message, transaction_id, order_id, &reply);
  free(reply.answer);
  return result;
}

static int32_t ask(omniapi_session_handle handle, const char *function, uint8_t op, int32_t *status, uint32_t facility,
                   const omni_message *message, void *buffer, uint32_t *length, uint32_t *transaction_id,
                   uint32_t *order_id) {
  set_status(status, 0);
  if (handle == NULL || message == NULL || message->length > MESSAGE_MAX || length == NULL ||
      (buffer == NULL && *length > 0))
    return OMNIAPI_INVARG;
  struct reply reply;
  int32_t result = send_message(handle, function, op, status, facility, message, transaction_id, order_id, &reply);
  result = give(&reply, result, buffer, length);
  free(reply.answer);
  return result;
}

int32_t omniapi_query_ex(omniapi_session_handle session, int32_t *status, uint32_t facility, omni_message *message,
                         int32_t return_flag, void *buffer, uint32_t *length, uint32_t *transaction_id,
                         uint32_t *order_id) {
  (void)return_flag;
  return ask(session, "query_ex", OP_QUERY, status, facility, message, buffer, length, transaction_id, order_id);
}

int32_t omniapi_tx_response_ex(omniapi_session_handle session, int32_t *status, uint32_t facility,
                               omni_message *message, int32_t return_flag, void *buffer, uint32_t *length,
                               uint32_t *transaction_id, uint32_t *order_id) {
  (void)return_flag;
  return ask(session, "tx_response_ex", OP_TRANSACTION, status, facility, message, buffer, length, transaction_id, order_id);
}

int32_t omniapi_get_info_ex(omniapi_session_handle handle, int32_t *reason, uint32_t type, uint32_t *length,
                            void *buffer) {
  struct session *session = handle;
  set_status(reason, 0);
  if (session == NULL || length == NULL || (buffer == NULL && *length > 0)) return OMNIAPI_INVARG;
  uint8_t body[4];
  put32(body, type);
  pthread_mutex_lock(&session->calls);
  struct reply reply;
  int32_t result = session_call(session, OP_GET_INFO, body, sizeof body, NULL, 0, &reply);
  pthread_mutex_unlock(&session->calls);
  set_status(reason, reply.status);
  result = give(&reply, result, buffer, length);
  free(reply.answer);
  return result;
}
