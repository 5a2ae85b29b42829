"""Starts a session process as a child of a process that is killed, and says how it ended.

The other end of its socket stays open here, so that only the death of its parent can end it.
Usage: outlive-parent.py PROGRAM SECONDS; prints `signal N`, or `exit N`, and `too early` where that was
before so many seconds.
"""

import ctypes
import os
import signal
import socket
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
SOCKET_NUMBER = 3

program = sys.argv[1]
# Whoever outlives its parent becomes a child of this process, which can wait for it.
assert ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
told, tell = os.pipe()

parent = os.fork()
if parent == 0:
    child = os.fork()
    if child == 0:
        os.dup2(theirs.fileno(), SOCKET_NUMBER)
        # A process of root's needs an account, which 65534 is: `nobody`.
        account = {"SALLYPORT_PROCESS_ACCOUNT": "65534:65534"} if os.geteuid() == 0 else {}
        os.execve(program, [program], account)
    os.write(tell, b"%d" % child)
    signal.pause()

child = int(os.read(told, 20))
theirs.close()
# Its first word, `ready`: it has done all that it does at its start.
assert ours.recv(4096)[:1] == b"\x01"
began = time.monotonic()
os.kill(parent, signal.SIGKILL)
os.waitpid(parent, 0)
# One that lives on is ended by the alarm of this process, which says nothing then.
signal.alarm(20)
_, status = os.waitpid(child, 0)
if time.monotonic() - began < int(sys.argv[2]):
    print("too early")
if os.WIFSIGNALED(status):
    print("signal", os.WTERMSIG(status))
else:
    print("exit", os.WEXITSTATUS(status))
