"""A session with paramiko: HOST PORT USER KEY HOST_KEY FOLDER. Any surprise is an exception."""

import base64
import hashlib
import logging
import os
import sys

import paramiko

host, port, user, key_file, host_key, folder = sys.argv[1:]
client = paramiko.SSHClient()
name = f"[{host}]:{port}"
client.get_host_keys().add(
    name, "ssh-ed25519", paramiko.Ed25519Key(data=base64.b64decode(host_key))
)
client.connect(
    host, int(port), user, key_filename=key_file, look_for_keys=False, allow_agent=False, timeout=20
)


def run(command, data=b""):
    stdin, stdout, stderr = client.exec_command(command, timeout=30)
    stdin.write(data)
    stdin.flush()
    stdin.channel.shutdown_write()
    out, err = stdout.read(), stderr.read()
    return stdout.channel.recv_exit_status(), out, err


assert run("echo out; echo err >&2; exit 7") == (7, b"out\n", b"err\n")
data = os.urandom(2 << 20)
assert run("sha256sum", data)[1].split()[0].decode() == hashlib.sha256(data).hexdigest()

if "NO_TERMINALS" not in os.environ:
    channel = client.get_transport().open_session()
    channel.get_pty("vt100", 100, 40)
    channel.exec_command("stty size; read line; stty size")
    assert channel.recv(100).strip() == b"40 100"
    channel.resize_pty(120, 50)
    channel.send(b"go on\n")
    rest = b""
    while chunk := channel.recv(100):
        rest += chunk
    assert rest.split()[-2:] == [b"50", b"120"], rest
    assert channel.recv_exit_status() == 0

# Its exception knows the code only; what the server said is in its log.
heard = []
listener = logging.Handler()
listener.emit = lambda record: heard.append(record.getMessage())
logging.getLogger("paramiko.transport").addHandler(listener)


def is_refused(reason, open_channels):
    heard.clear()
    try:
        open_channels()
        raise AssertionError(f"not refused: {reason}")
    except paramiko.ChannelException as refusal:
        assert refusal.code == 1, refusal
    assert any(reason in line for line in heard), heard


def forward():
    client.get_transport().open_channel("direct-tcpip", ("127.0.0.1", 9), ("127.0.0.1", 9))


is_refused("sallyport: forwarding is not permitted; connect with ssh LOGIN@TARGET@BASTION", forward)

sftp = client.open_sftp()
with sftp.open(f"{folder}/file", "wb") as file:
    file.write(data)
with sftp.open(f"{folder}/file", "rb") as file:
    assert file.read() == data
assert sftp.stat(f"{folder}/file").st_size == len(data)
assert sftp.listdir(folder) == ["file"]
sftp.remove(f"{folder}/file")
try:
    sftp.stat(f"{folder}/file")
    raise AssertionError("the file is still there")
except FileNotFoundError:
    pass

sessions = []


def too_many_sessions():
    for _ in range(65):
        sessions.append(client.get_transport().open_session())


is_refused("sallyport: this connection is at the limit of 64 sessions", too_many_sessions)
client.close()
print("all as expected")
