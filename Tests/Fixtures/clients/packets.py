"""Packets that paramiko itself would not send."""

import logging
import sys
import threading
import types

import paramiko

SERVICE, ACCEPTED, SIGN_IN, REFUSED, SIGNED_IN = 5, 6, 50, 51, 52


def show_log():
    """On standard output: the text of a disconnect is in paramiko's log alone."""
    logging.basicConfig(stream=sys.stdout, format="%(message)s", level=logging.INFO)


def message(*parts):
    packet = paramiko.Message()
    for part in parts:
        if isinstance(part, bool):
            packet.add_boolean(part)
        elif isinstance(part, int):
            packet.add_int(part)
        else:
            packet.add_string(part)
    return packet


def typed(number, *parts):
    packet = paramiko.Message()
    packet.add_byte(bytes([number]))
    packet.packet.write(message(*parts).asbytes())
    return packet


def signed_in(host, port, user, key_file):
    transport = paramiko.Transport((host, int(port)))
    transport.connect(username=user, pkey=paramiko.Ed25519Key(filename=key_file))
    return transport


def before_sign_in(host, port, answered=lambda number: None):
    """A transport on which a sign-in may begin; tells of the answers by their numbers."""
    transport = paramiko.Transport((host, int(port)))
    transport.start_client(timeout=20)
    is_accepted = threading.Event()
    transport.auth_handler = types.SimpleNamespace(
        _handler_table={
            ACCEPTED: lambda message: is_accepted.set(),
            REFUSED: lambda message: answered(REFUSED),
            SIGNED_IN: lambda message: answered(SIGNED_IN),
        },
        abort=lambda: None,
        is_authenticated=lambda: False,
    )
    transport._send_message(typed(SERVICE, "ssh-userauth"))
    assert is_accepted.wait(20)
    return transport


def in_one_segment(transport, *packets):
    packetizer = transport.packetizer
    written = bytearray()
    packetizer.write_all = written.extend
    for packet in packets:
        transport._send_message(packet)
    del packetizer.write_all
    packetizer.write_all(bytes(written))
