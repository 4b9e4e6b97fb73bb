/* Two threads on one session, and none that listens at the other end: what a race would break is seen by the checks. */
#include "omniapi.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { TURNS = 200 };
static omniapi_session_handle session;

static void *poll_events(void *unused) {
  char buffer[256];
  for (int i = 0; i < TURNS; i++) {
    uint32_t length = sizeof buffer;
    omniapi_read_event_ext_ex(session, OMNI_EVTTYP_ALL, buffer, &length, NULL, OMNI_READEV_MANY);
  }
  return unused;
}

static void *ask(void *unused) {
  omni_login_t login;
  memset(&login, 0, sizeof login);
  strcpy(login.gateway, "127.0.0.1");
  login.port = 1;
  for (int i = 0; i < TURNS; i++) {
    char buffer[16];
    uint32_t length = sizeof buffer;
    int32_t status;
    omniapi_login_ex(session, &status, &login);
    omniapi_get_info_ex(session, &status, 2, &length, buffer);
    omniapi_logout_ex(session, &status);
  }
  return unused;
}

int main(void) {
  pthread_t threads[3];
  session = omniapi_create_session();
  pthread_create(&threads[0], NULL, poll_events, NULL);
  pthread_create(&threads[1], NULL, ask, NULL);
  pthread_create(&threads[2], NULL, ask, NULL);
  for (int i = 0; i < 3; i++) pthread_join(threads[i], NULL);
  omniapi_close_session(session);
  printf("done\n");
  return 0;
}
