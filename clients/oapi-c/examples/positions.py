"""Positions of the own participant, by the C library through ctypes: Python's standard library and nothing else.

    DCASS_OAPI_LIBRARY=clients/oapi-c/build/liboapi.so python3 positions.py HOST PORT USER PASSWORD

Offsets are those of `dcass-sim dictionary show genium CQ3 CA3 answer_position_item`.
"""

import ctypes
import os
import struct
import sys

ROOM = 65536
NORMAL, EXPIRES_SOON = 0, 2028


class Login(ctypes.Structure):
    _pack_ = 1
    _fields_ = [
        ("user", ctypes.c_char * 32),
        ("password", ctypes.c_char * 32),
        ("gateway", ctypes.c_char * 128),
        ("port", ctypes.c_uint32),
        ("application", ctypes.c_char * 32),
        ("forced", ctypes.c_uint8),
        ("filler", ctypes.c_char * 3),
    ]


class Oapi:
    """A session. Every call gives both codes; what is refused is raised with its words."""

    def __init__(self, library):
        self.calls = ctypes.CDLL(library)
        self.calls.omniapi_create_session.restype = ctypes.c_void_p
        self.session = ctypes.c_void_p(self.calls.omniapi_create_session())
        self.base = 0

    def words(self, code):
        text, length = ctypes.create_string_buffer(200), ctypes.c_uint32(200)
        found = self.calls.omniapi_get_message_ex(self.session, code, text, ctypes.byref(length), 1)
        # There is no NUL at its end.
        return text.raw[: length.value].decode() if found >= 0 else "no words for it"

    def check(self, what, completion, status=0):
        if completion < 0 or status < 0:
            raise RuntimeError(f"{what}: {completion} ({self.words(completion)}), status {status}")

    def login(self, host, port, user, password):
        asked = Login(user.encode(), password.encode(), host.encode(), port, b"positions.py", 0)
        status = ctypes.c_int32()
        completion = self.calls.omniapi_login_ex(self.session, ctypes.byref(status), ctypes.byref(asked))
        if completion not in (NORMAL, EXPIRES_SOON):
            raise RuntimeError(f"login: {completion} ({self.words(completion)})")
        base, length = ctypes.c_uint32(), ctypes.c_uint32(4)
        self.check(
            "get info",
            self.calls.omniapi_get_info_ex(
                self.session, ctypes.byref(status), 2, ctypes.byref(length), ctypes.byref(base)
            ),
        )
        self.base = base.value

    def query(self, facility, message):
        sent = ctypes.create_string_buffer(struct.pack("<I", len(message)) + message)
        answer, length = ctypes.create_string_buffer(ROOM), ctypes.c_uint32(ROOM)
        status = ctypes.c_int32()
        # Eight bytes each: the library writes so many.
        transaction, order = ctypes.c_uint64(), ctypes.c_uint64()
        completion = self.calls.omniapi_query_ex(
            self.session,
            ctypes.byref(status),
            self.base + facility,
            sent,
            1,
            answer,
            ctypes.byref(length),
            ctypes.byref(transaction),
            ctypes.byref(order),
        )
        self.check(message[:2].decode(), completion, status.value)
        return answer.raw[: length.value]

    def close(self):
        self.calls.omniapi_logout_ex(self.session, ctypes.byref(ctypes.c_int32()))
        self.calls.omniapi_close_session(self.session)


def positions(oapi):
    """Account, series key, held and written, segment by segment until the one that is numbered 0."""
    segment = 1
    while True:
        # TYPE, series, search series, account: zeros are any.
        asked = b"CQ" + struct.pack("<H", 3) + bytes(12 + 12 + 24) + struct.pack("<H", segment) + bytes(10)
        answer = oapi.query(3, asked)
        number, items = struct.unpack_from("<HH", answer, 28)
        for at in range(32, 32 + 88 * items, 88):
            held, written = struct.unpack_from("<qq", answer, at + 28)
            # The account: country, customer, then the account's own id.
            account = answer[at + 52 + 7 : at + 52 + 23].decode("latin-1").rstrip(" \0")
            yield account, struct.unpack_from("<BBBBHHi", answer, at), held, written
        if number == 0:
            return
        segment += 1


def main():
    host, port, user, password = sys.argv[1:]
    oapi = Oapi(os.environ.get("DCASS_OAPI_LIBRARY", "liboapi.so"))
    oapi.login(host, int(port), user, password)
    for account, series, held, written in positions(oapi):
        print(account, ".".join(str(part) for part in series), held, written)
    oapi.close()


if __name__ == "__main__":
    main()
