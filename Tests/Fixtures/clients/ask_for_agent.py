"""Asks for agent forwarding, and runs a command after it: HOST PORT USER KEY wait|go-on."""

import sys

import paramiko

host, port, user, key_file, patience = sys.argv[1:]
client = paramiko.SSHClient()
client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
client.connect(
    host, int(port), user, key_filename=key_file, look_for_keys=False, allow_agent=False, timeout=20
)
transport = client.get_transport()
channel = transport.open_session()
request = paramiko.Message()
request.add_byte(bytes([98]))  # SSH_MSG_CHANNEL_REQUEST
request.add_int(channel.remote_chanid)
request.add_string("auth-agent-req@openssh.com")
request.add_boolean(patience == "wait")
channel._event_pending()
transport._send_user_message(request)
if patience == "wait":
    try:
        channel._wait_for_event()
        print("granted")
    except paramiko.SSHException:
        # paramiko closes a channel whose request is refused.
        print("refused")
else:
    print("unanswered")
_, output, _ = client.exec_command("echo $SSH_ORIGINAL_COMMAND", timeout=20)
print(output.read().decode(), end="")
client.close()
