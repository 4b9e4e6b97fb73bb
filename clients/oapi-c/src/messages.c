/* The words of completion codes, the simulator's own: src/oapi/completion.ts has the same. */
#include "../omniapi.h"
#include <stddef.h>
#include <string.h>

static const struct {
  int32_t code;
  const char *words;
} MESSAGES[] = {
    {-2048, "the user has a session at another gateway"},
    {-2047, "the user has too many sessions"},
    {-2046, "the identification is wrong"},
    {-2045, "a concurrent session exists"},
    {-2044, "the partition cannot be reached"},
    {-2043, "the partition was not found"},
    {-2038, "refused until the password is changed"},
    {-2037, "the user is inactive"},
    {-2036, "not applicable here"},
    {-2035, "this connection has a login already"},
    {-2034, "the user is suspended"},
    {-2033, "the user is locked"},
    {-2032, "the call is not supported"},
    {-2031, "the size differs from the layout"},
    {-2030, "a text is not terminated by NUL"},
    {-2029, "the new password has a character that is not allowed"},
    {-2026, "login failed"},
    {-2025, "the back end is busy"},
    {-2024, "wrong user or password"},
    {-2023, "login is disabled: DCASS is closed"},
    {-2022, "a secure session is refused"},
    {-2021, "encryption is refused"},
    {-2020, "compression is refused"},
    {-2019, "the user is logged in already"},
    {-2018, "the reconnection was rejected"},
    {-2017, "the frame version is not supported"},
    {-2016, "no memory"},
    {-2015, "sending failed"},
    {-2014, "no session"},
    {-2013, "the socket could not be bound"},
    {-2012, "no connection"},
    {-2011, "no socket"},
    {-2010, "the host name is wrong"},
    {-2009, "no gateway service"},
    {-2008, "no login on this connection yet"},
    {-2007, "the frame is broken"},
    {-2005, "no network"},
    {-2004, "the value of an argument is wrong"},
    {-2003, "the number of arguments is wrong"},
    {-2001, "an internal failure"},
    {-57, "concurrent connections failed"},
    {-56, "concurrent connections failed"},
    {-55, "concurrent connections failed"},
    {-54, "timed out"},
    {-53, "the link failed"},
    {-50, "the byte order is not supported"},
    {-42, "the gateway is full"},
    {-41, "the new password is not acceptable"},
    {-40, "the password has expired"},
    {-39, "not authorised for this event type"},
    {-32, "this type is no transaction of this call"},
    {-30, "no such event type"},
    {-29, "the path of the gateway is missing"},
    {-28, "user or password is missing"},
    {-27, "the verification failed"},
    {-26, "not found"},
    {-25, "an argument is wrong"},
    {-24, "no memory"},
    {-23, "the transaction failed"},
    {-22, "the transaction was not declared"},
    {-21, "no answer of the back end in time: whether it was carried out is not known"},
    {-20, "the verification table of the gateway is wrong"},
    {-19, "the verification of the message failed inside the gateway"},
    {-18, "a field is wrong; the transaction status is its offset in the message"},
    {-17, "no such transaction for this user"},
    {-13, "the answer was truncated"},
    {-12, "the back end refused; the transaction status tells why"},
    {-11, "the gateway has no back end"},
    {-9, "not initialised"},
    {-5, "not logged in"},
    {-3, "the facility number is outside the range"},
    {-2, "the gateway is not ready yet; try again"},
    {-1, "failed"},
    {0, "done"},
    {1, "already set"},
    {2, "already clear"},
    {3, "events were lost"},
    {4, "all events are set"},
    {5, "another transaction of this session is running"},
    {2000, "logged in again"},
    {2027, "logged in, but the password must be changed first"},
    {2028, "logged in; the password expires soon"},
};

int32_t omniapi_get_message_ex(omniapi_session_handle session, int32_t code, void *buffer, uint32_t *length,
                               int32_t simple) {
  (void)session; /* It works without a login, and without a session. */
  (void)simple;
  if (buffer == NULL || length == NULL) return OMNIAPI_INVARG;
  for (size_t i = 0; i < sizeof MESSAGES / sizeof MESSAGES[0]; i++) {
    if (MESSAGES[i].code != code) continue;
    const uint32_t needed = (uint32_t)strlen(MESSAGES[i].words);
    const uint32_t room = *length;
    *length = needed < room ? needed : room;
    memcpy(buffer, MESSAGES[i].words, *length); /* No NUL at its end: so is the real call. */
    return needed > room ? OMNIAPI_TRUNCATED : OMNIAPI_NORMAL;
  }
  *length = 0;
  return OMNIAPI_NOT_FOUND;
}
