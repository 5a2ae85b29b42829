"""Makes libssh give a connection up: KIND HOST PORT USER KEY. Prints when it is closed."""

import sys

from packets import before_sign_in, signed_in, typed

KEY_EXCHANGE, OPEN = 20, 90

kind, host, port, user, key_file = sys.argv[1:]
if kind == "early-channel":
    transport = before_sign_in(host, port)
    transport._send_message(typed(OPEN, "session", 0, 1 << 20, 32768))
else:
    transport = signed_in(host, port, user, key_file)
    garbage = typed(KEY_EXCHANGE)
    garbage.packet.write(b"A" * 16 + b"\xff" * 100)
    transport._send_message(garbage)
transport.join(20)
print("still open" if transport.is_active() else "closed")
transport.close()
