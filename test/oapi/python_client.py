#!/usr/bin/env python3
"""An OAPI client from src/oapi/PROTOCOL.md alone, standard library only.

python_client.py HOST PORT USER   (the password comes in on stdin)
Logs in, asks for the business date (UQ12), all positions (CQ3) and all trades in futures (CQ10), logs out, prints JSON.
Exit code 1, with the codes on stderr, when a call is refused.
"""

import json
import socket
import struct
import sys

LOGIN, LOGOUT, QUERY, GET_INFO = 1, 2, 5, 6
REPLY, EVENT, ERROR = 0x80, 0xC0, 0xFF
LOGGED_IN = (0, 2027, 2028)
SERIES = struct.Struct("<BBBBHHi")
ACCOUNT = struct.Struct("<2s5s16sx")
UA12 = struct.Struct("<2sH16s8s8s6s40s2xi")
CA3 = struct.Struct("<2sH12s12sHH")
ITEM = struct.Struct("<12s8s6sBxqqq24sIq")


TRADE_BASE = struct.Struct("<12s12s8sQiiiq24s15sBBBBB")
TRADE_SECURITY_PART_REMAINING = struct.Struct("<108xqq")
FUTURES = (1, 4)


class Refused(Exception):
    pass


def text(field):
    return field.rstrip(b" \0").decode("latin-1")


def terminated(value):
    field = value.encode("latin-1")
    if len(field) > 31:
        raise ValueError("at most 31 characters fit")
    return field.ljust(32, b"\0")


def message_type(code):
    return struct.pack("<2sH", code[:2].encode(), int(code[2:]))


class Client:
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=10)
        self.requests = 0
        self.events = []

    def receive(self, count):
        data = b""
        while len(data) < count:
            chunk = self.socket.recv(count - len(data))
            if not chunk:
                raise Refused("the gateway closed the connection")
            data += chunk
        return data

    def frame(self):
        (length,) = struct.unpack("<I", self.receive(4))
        data = self.receive(length)
        _version, op, _reserved, request_id = struct.unpack_from("<BBHI", data)
        return op, request_id, data[8:]

    def call(self, op, body=b""):
        self.requests += 1
        header = struct.pack("<IBBHI", 8 + len(body), 1, op, 0, self.requests)
        self.socket.sendall(header + body)
        while True:
            answered, request_id, data = self.frame()
            if answered == EVENT:
                self.events.append(data)
            elif answered == ERROR:
                raise Refused("error %d: %s" % (struct.unpack_from("<i", data)[0], data[4:].decode("latin-1")))
            elif answered == op | REPLY and request_id == self.requests:
                completion, status, _transaction, _order = struct.unpack_from("<iiQQ", data)
                return completion, status, data[24:]

    def login(self, user, password, forced=False):
        body = terminated(user) + terminated(password) + terminated("python_client")
        completion, status, _ = self.call(LOGIN, body + struct.pack("<B3x", forced))
        if completion not in LOGGED_IN:
            raise Refused("login: %d / %d" % (completion, status))
        return completion

    def query(self, facility, message):
        completion, status, answer = self.call(QUERY, struct.pack("<I", facility) + message)
        if completion != 0:
            raise Refused("query: %d / %d" % (completion, status))
        return answer

    def base_facility(self):
        completion, status, answer = self.call(GET_INFO, struct.pack("<I", 2))
        if completion != 0:
            raise Refused("get info: %d / %d" % (completion, status))
        return struct.unpack("<i", answer)[0]


def business_date(client, facility):
    _, _, version, day, utc_date, utc_time, zone, offset = UA12.unpack(client.query(facility, message_type("UQ12")))
    keys = ("omexVersion", "businessDate", "utcDate", "utcTime", "timeZone")
    values = (text(field) for field in (version, day, utc_date, utc_time, zone))
    return {**dict(zip(keys, values)), "utcOffset": offset}


def positions(client, facility):
    rows, segments = [], 0
    while True:
        segments += 1
        # Everything else is 0: any series, any account, the current day.
        request = message_type("CQ3") + struct.pack("<12x12x24xH8x2x", segments)
        answer = client.query(facility, request)
        _, _, _low, _high, segment, items = CA3.unpack_from(answer)
        for index in range(items):
            series, _, _, _, held, written, _, account, _, _ = ITEM.unpack_from(answer, CA3.size + index * ITEM.size)
            _, customer, account_id = ACCOUNT.unpack(account)
            row = {"series": list(SERIES.unpack(series)), "participant": text(customer), "account": text(account_id)}
            rows.append({**row, "held": held, "written": written})
        if segment == 0:
            return segments, rows


def trades(client, facility):
    rows = []
    while True:
        first = rows[-1]["sequence"] + 1 if rows else 1
        request = message_type("CQ10") + struct.pack("<xBBx8xii8x", *FUTURES, first, 0)
        answer = client.query(facility, request)
        (count,) = struct.unpack_from("<6xH", answer)
        if count == 0:
            return rows
        at = 8
        for _ in range(count):
            sub_items, size = struct.unpack_from("<HH", answer, at)
            row, inside = {}, at + 4
            for _ in range(sub_items):
                number, sub_size = struct.unpack_from("<HH", answer, inside)
                if number == 3:
                    row.update(trade_base(answer, inside + 4))
                elif number == 20:
                    row["remaining"] = TRADE_SECURITY_PART_REMAINING.unpack_from(answer, inside + 4)[0]
                inside += sub_size
            rows.append(row)
            at += size


def trade_base(answer, at):
    fields = TRADE_BASE.unpack_from(answer, at)
    _, series, _, _, sequence, number, price, quantity, account, info, side, _, _, kind, _ = fields
    return {
        "series": list(SERIES.unpack(series)),
        "sequence": sequence,
        "trade": number,
        "price": price,
        "quantity": quantity,
        "account": text(ACCOUNT.unpack(account)[2]),
        "info": text(info),
        "side": side,
        "type": kind,
    }


def main():
    host, port, user = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    client = Client(host, port)
    try:
        login = client.login(user, sys.stdin.readline().rstrip("\n"))
        base = client.base_facility()
        date = business_date(client, base + 1)
        segments, rows = positions(client, base + 3)
        futures = trades(client, base + 3)
        logout, _, _ = client.call(LOGOUT)
    except Refused as refusal:
        sys.exit(str(refusal))
    found = {"segments": segments, "positions": rows, "trades": futures}
    print(json.dumps({"login": login, "businessDate": date, **found, "logout": logout}))


if __name__ == "__main__":
    main()
