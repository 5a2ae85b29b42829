"""Asks on a channel that both ends closed: HOST PORT USER KEY. Prints how often it is answered."""

import queue
import sys

import paramiko
from packets import in_one_segment, signed_in, typed

CLOSE, REQUEST, FAILURE = 97, 98, 100

transport = signed_in(*sys.argv[1:])
answers = []
closed = queue.Queue()
# paramiko itself would close the channel as soon as it is told to.
transport._channel_handler_table = {
    **paramiko.Transport._channel_handler_table,
    FAILURE: lambda channel, message: answers.append(channel.chanid),
    CLOSE: lambda channel, message: closed.put(channel.chanid),
}


def ended():
    channel = transport.open_session(timeout=20)
    channel.exec_command("true")
    closed.get(timeout=20)
    return channel.remote_chanid


for _ in range(20):
    number = ended()
    asked = [typed(REQUEST, number, "x" * (8 + 16 * each), True) for each in range(6)]
    in_one_segment(transport, *asked, typed(CLOSE, number))
# What is answered is answered before this one.
ended()
print(len(answers), "answers")
transport.close()
