/* The calls without a handle: one session of the whole program. */
#include "../omniapi.h"
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static omniapi_session_handle session;

static void make(void) { session = omniapi_create_session(); }

static omniapi_session_handle global(void) {
  pthread_once(&once, make);
  return session;
}

int32_t omniapi_tx(int32_t *status, uint32_t facility, omni_message **messages, uint32_t *transaction_id,
                   uint32_t *order_id) {
  return omniapi_tx_ex(global(), status, facility, messages, transaction_id, order_id);
}

int32_t omniapi_query(int32_t *status, uint32_t facility, omni_message *message, int32_t return_flag, void *buffer,
                      uint32_t *length, uint32_t *transaction_id, uint32_t *order_id) {
  return omniapi_query_ex(global(), status, facility, message, return_flag, buffer, length, transaction_id, order_id);
}

int32_t omniapi_set_event(uint32_t event_type, void *list) { return omniapi_set_event_ex(global(), event_type, list); }

int32_t omniapi_clear_event(uint32_t event_type, uint32_t *handles) {
  return omniapi_clear_event_ex(global(), event_type, handles);
}

int32_t omniapi_read_event_ext(uint32_t event_type, void *buffer, uint32_t *length, uint32_t *mask, uint32_t options) {
  return omniapi_read_event_ext_ex(global(), event_type, buffer, length, mask, options);
}

int32_t omniapi_get_info(int32_t *reason, uint32_t type, uint32_t *length, void *buffer) {
  return omniapi_get_info_ex(global(), reason, type, length, buffer);
}

int32_t omniapi_get_message(int32_t code, void *buffer, uint32_t *length, int32_t simple) {
  return omniapi_get_message_ex(global(), code, buffer, length, simple);
}

int32_t omniapi_put_mgmt(const char *text) { return omniapi_put_mgmt_ex(global(), text); }
