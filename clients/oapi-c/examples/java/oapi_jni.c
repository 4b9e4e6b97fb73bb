/* What Oapi.java calls: texts, arrays and codes from Java to the library and back. */
#include "Oapi.h"
#include "omniapi.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 65536 };

static void *session_of(jlong handle) { return (void *)(intptr_t)handle; }

/* A text that does not fit stays without NUL, and the library says so. */
static void put(JNIEnv *java, char *field, size_t size, jstring text) {
  const char *bytes = (*java)->GetStringUTFChars(java, text, NULL);
  if (bytes == NULL) return;
  const size_t length = strlen(bytes) + 1;
  memcpy(field, bytes, length < size ? length : size);
  (*java)->ReleaseStringUTFChars(java, text, bytes);
}

static jbyteArray given(JNIEnv *java, jintArray codes, int32_t completion, int32_t status, const void *bytes, uint32_t length) {
  const jint both[] = {completion, status};
  (*java)->SetIntArrayRegion(java, codes, 0, 2, both);
  const jsize size = completion < 0 ? 0 : (jsize)length;
  jbyteArray answer = (*java)->NewByteArray(java, size);
  if (answer != NULL) (*java)->SetByteArrayRegion(java, answer, 0, size, bytes);
  return answer;
}

JNIEXPORT jlong JNICALL Java_Oapi_createSession(JNIEnv *java, jclass class) {
  (void)java, (void)class;
  return (jlong)(intptr_t)omniapi_create_session();
}

JNIEXPORT void JNICALL Java_Oapi_closeSession(JNIEnv *java, jclass class, jlong session) {
  (void)java, (void)class;
  omniapi_close_session(session_of(session));
}

JNIEXPORT jint JNICALL Java_Oapi_login(JNIEnv *java, jclass class, jlong session, jstring user, jstring password,
                                       jstring host, jint port, jstring application, jboolean is_forced) {
  (void)class;
  omni_login_t login;
  int32_t status;
  memset(&login, 0, sizeof login);
  put(java, login.user, sizeof login.user, user);
  put(java, login.password, sizeof login.password, password);
  put(java, login.gateway, sizeof login.gateway, host);
  put(java, login.application, sizeof login.application, application);
  login.port = (uint32_t)port;
  login.forced = is_forced ? 1 : 0;
  const int32_t completion = omniapi_login_ex(session_of(session), &status, &login);
  memset(&login, 0, sizeof login);
  return completion;
}

JNIEXPORT jint JNICALL Java_Oapi_logout(JNIEnv *java, jclass class, jlong session) {
  (void)java, (void)class;
  int32_t status;
  return omniapi_logout_ex(session_of(session), &status);
}

JNIEXPORT jbyteArray JNICALL Java_Oapi_query(JNIEnv *java, jclass class, jlong session, jint facility, jbyteArray message,
                                             jintArray codes) {
  (void)class;
  const jsize size = (*java)->GetArrayLength(java, message);
  unsigned char *room = malloc(sizeof(uint32_t) + (size_t)size + ROOM);
  if (room == NULL) return NULL;
  omni_message *asked = (omni_message *)(void *)room;
  asked->length = (uint32_t)size;
  (*java)->GetByteArrayRegion(java, message, 0, size, (jbyte *)room + sizeof(uint32_t));
  unsigned char *answer = room + sizeof(uint32_t) + size;
  uint32_t length = ROOM;
  int32_t status;
  /* Eight bytes each, though they are declared with four. */
  uint64_t transaction, order;
  const int32_t completion =
      omniapi_query_ex(session_of(session), &status, (uint32_t)facility, asked, 1, answer, &length,
                       (uint32_t *)(void *)&transaction, (uint32_t *)(void *)&order);
  jbyteArray result = given(java, codes, completion, status, answer, length);
  free(room);
  return result;
}

JNIEXPORT jbyteArray JNICALL Java_Oapi_getInfo(JNIEnv *java, jclass class, jlong session, jint type, jint room,
                                               jintArray codes) {
  (void)class;
  uint32_t length = (uint32_t)room;
  int32_t status;
  unsigned char *answer = malloc(length + 1);
  if (answer == NULL) return NULL;
  const int32_t completion = omniapi_get_info_ex(session_of(session), &status, (uint32_t)type, &length, answer);
  jbyteArray result = given(java, codes, completion, status, answer, length);
  free(answer);
  return result;
}

JNIEXPORT jstring JNICALL Java_Oapi_words(JNIEnv *java, jclass class, jint code) {
  (void)class;
  char text[200];
  uint32_t length = sizeof text - 1;
  if (omniapi_get_message_ex(NULL, code, text, &length, 1) < 0) length = 0;
  text[length] = '\0'; /* There is none at its end. */
  return (*java)->NewStringUTF(java, text);
}
