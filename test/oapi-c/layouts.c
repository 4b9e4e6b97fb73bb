/* Sizes and offsets, as a compiler has them. */
#include "omniapi.h"
#include <stddef.h>
#include <stdio.h>

int main(void) {
  printf("login %zu %zu %zu %zu %zu %zu\n", sizeof(omni_login_t), offsetof(omni_login_t, password),
         offsetof(omni_login_t, gateway), offsetof(omni_login_t, port), offsetof(omni_login_t, application),
         offsetof(omni_login_t, forced));
  printf("set-password %zu\n", sizeof(omni_set_password_t));
  printf("old-login %zu\n", sizeof(omni_old_login_t));
  printf("infobj %zu\n", sizeof(infobj_t));
  printf("subscription %zu %zu %zu\n", sizeof(omni_subscription_t), offsetof(omni_subscription_t, handle),
         offsetof(omni_subscription_t, status));
  printf("available %zu\n", sizeof(omni_available_t));
  printf("subscribed-event %zu\n", sizeof(subscribed_event_t));
  printf("time %zu\n", sizeof(omni_time_t));
  printf("message %zu\n", offsetof(omni_message, data));
  return 0;
}
