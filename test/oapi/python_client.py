#!/usr/bin/env python3
"""An OAPI client from src/oapi/PROTOCOL.md alone, standard library only.

python_client.py HOST PORT USER   (the password comes in on stdin)
Prints JSON: the business date (UQ12), all positions (CQ3), all trades in futures (CQ10). Exit code 1 on a refusal.
"""

import json, socket, struct, sys

LOGIN, LOGOUT, QUERY, GET_INFO = 1, 2, 5, 6
REPLY, ERROR = 0x80, 0xFF
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
    """A call was refused, or the connection is gone."""


def text(field):
    return field.rstrip(b" \0").decode("latin-1")


def terminated(value):
    if len(value) > 31:
        raise ValueError("at most 31 characters fit")
    return value.encode("latin-1").ljust(32, b"\0")


def head(code):
    return struct.pack("<2sH", code[:2].encode(), int(code[2:]))


class Client:
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=10)
        self.stream = self.socket.makefile("rb")
        self.requests = 0

    def receive(self, count):
        data = self.stream.read(count)
        if len(data) < count:
            raise Refused("the gateway closed the connection")
        return data

    def frame(self):
        data = self.receive(struct.unpack("<I", self.receive(4))[0])
        _version, op, _reserved, request_id = struct.unpack_from("<BBHI", data)
        return op, request_id, data[8:]

    def call(self, op, body=b""):
        self.requests += 1
        self.socket.sendall(struct.pack("<IBBHI", 8 + len(body), 1, op, 0, self.requests) + body)
        while True:
            answered, request_id, data = self.frame()
            if answered == ERROR:
                raise Refused("error %d: %s" % (struct.unpack_from("<i", data)[0], data[4:].decode("latin-1")))
            if answered == op | REPLY and request_id == self.requests:
                return struct.unpack_from("<ii", data) + (data[24:],)  # Events in between are left unread.

    def login(self, user, password, forced=False):
        texts = terminated(user) + terminated(password) + terminated("python_client")
        completion, status, _ = self.call(LOGIN, texts + struct.pack("<B3x", forced))
        if completion not in LOGGED_IN:
            raise Refused("login: %d / %d" % (completion, status))
        return completion

    def ask(self, what, op, body):
        completion, status, answer = self.call(op, body)
        if completion != 0:
            raise Refused("%s: %d / %d" % (what, completion, status))
        return answer

    def query(self, facility, message):
        return self.ask(message[:2].decode(), QUERY, struct.pack("<I", facility) + message)


def business_date(client, facility):
    _, _, version, day, utc_date, utc_time, zone, offset = UA12.unpack(client.query(facility, head("UQ12")))
    texts = {"omexVersion": version, "businessDate": day, "utcDate": utc_date, "utcTime": utc_time, "timeZone": zone}
    return {**{key: text(field) for key, field in texts.items()}, "utcOffset": offset}


def positions(client, facility):
    rows, segments = [], 0
    while True:
        segments += 1
        # Everything else is 0: any series, any account, the current day.
        answer = client.query(facility, head("CQ3") + struct.pack("<12x12x24xH8x2x", segments))
        _, _, _low, _high, segment, items = CA3.unpack_from(answer)
        for index in range(items):
            series, _, _, _, held, written, _, account, _, _ = ITEM.unpack_from(answer, CA3.size + index * ITEM.size)
            _, customer, account_id = ACCOUNT.unpack(account)
            who = {"participant": text(customer), "account": text(account_id)}
            rows.append({"series": list(SERIES.unpack(series)), **who, "held": held, "written": written})
        if segment == 0:
            return segments, rows


def trades(client, facility):
    rows = []
    while True:
        first = rows[-1]["sequence"] + 1 if rows else 1
        answer = client.query(facility, head("CQ10") + struct.pack("<xBBx8xii8x", *FUTURES, first, 0))
        count, at = struct.unpack_from("<6xH", answer)[0], 8
        if count == 0:
            return rows
        for _ in range(count):
            row, inside = {}, at + 4
            for _ in range(struct.unpack_from("<H", answer, at)[0]):
                number, size = struct.unpack_from("<HH", answer, inside)
                if number == 3:
                    row.update(trade_base(answer, inside + 4))
                elif number == 20:
                    row["remaining"] = TRADE_SECURITY_PART_REMAINING.unpack_from(answer, inside + 4)[0]
                inside += size
            rows.append(row)
            at = inside


def trade_base(answer, at):
    _, series, _, _, sequence, number, price, quantity, account, info, side, _, _, kind, _ = TRADE_BASE.unpack_from(answer, at)
    row = {"series": list(SERIES.unpack(series)), "sequence": sequence, "trade": number, "price": price, "quantity": quantity}
    return {**row, "account": text(ACCOUNT.unpack(account)[2]), "info": text(info), "side": side, "type": kind}


def main():
    try:
        client = Client(sys.argv[1], int(sys.argv[2]))
        login = client.login(sys.argv[3], sys.stdin.readline().rstrip("\n"))
        (base,) = struct.unpack("<i", client.ask("get info", GET_INFO, struct.pack("<I", 2)))
        date = business_date(client, base + 1)
        segments, rows = positions(client, base + 3)
        found = {"login": login, "businessDate": date, "segments": segments, "positions": rows}
        found.update(trades=trades(client, base + 3), logout=client.call(LOGOUT)[0])
    except Refused as refusal:
        sys.exit(str(refusal))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
