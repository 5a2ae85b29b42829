"""A sign-in with an RSA key of 1024 bits, signed at once as paramiko does: HOST PORT USER."""

import sys

import paramiko

host, port, user = sys.argv[1:]
transport = paramiko.Transport((host, int(port)))
transport.start_client(timeout=20)
try:
    transport.auth_publickey(user, paramiko.RSAKey.generate(1024))
    raise AssertionError("the key was taken")
except paramiko.AuthenticationException as refusal:
    # What a lie ends is closed without an answer; a refusal names what may be tried instead.
    assert type(refusal) is paramiko.AuthenticationException, refusal
    assert transport.is_active(), refusal
transport.close()
print("refused")
