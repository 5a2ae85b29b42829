"""Signs as nobody should: KIND HOST PORT USER KEY. Prints what is answered, and a last word."""

import hashlib
import queue
import sys

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa
from packets import REFUSED, SIGN_IN, before_sign_in, message, show_log, typed

kind, host, port, user, key_file = sys.argv[1:]
show_log()
answers = queue.Queue()
transport = before_sign_in(host, port, answers.put)


def multiple(number):
    return number.to_bytes((number.bit_length() + 8) // 8, "big")


def raw(key):
    return key.public_key().public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw
    )


def request(algorithm, blob, name=user):
    return name, "ssh-connection", "publickey", True, algorithm, blob


def signed(algorithm, blob, sign, signature_algorithm=None, rest=b""):
    """A request with what `sign` makes of its bytes."""
    asked = request(algorithm, blob)
    data = message(transport.session_id).asbytes() + typed(SIGN_IN, *asked).asbytes()
    signature = message(signature_algorithm or algorithm, sign(data)).asbytes()
    return typed(SIGN_IN, *asked, signature + rest)


def send(packet):
    transport._send_message(packet)


def answer():
    print("refused" if answers.get(timeout=20) == REFUSED else "signed in")


def wrong():
    """By another key than the one that is named; libssh does not even answer."""
    key = ed25519.Ed25519PrivateKey.generate()
    with open(key_file, "rb") as file:
        owner = serialization.load_ssh_private_key(file.read(), None)
    blob = message("ssh-ed25519", raw(owner)).asbytes()
    for _ in range(200):
        if not transport.is_active():
            break
        try:
            send(signed("ssh-ed25519", blob, key.sign))
        except (OSError, EOFError):
            break
    transport.join(20)
    print("still open" if transport.is_active() else "ended")


def tokens():
    """GSSAPI, which libssh refuses by itself and tells nobody of."""
    packet = typed(SIGN_IN, user, "ssh-connection", "gssapi-with-mic", 1, b"\x06\x01\x01")
    for _ in range(2000):
        if not transport.is_active():
            break
        try:
            send(packet)
        except (OSError, EOFError):
            break
    transport.join(20)
    print("still open" if transport.is_active() else "ended")


def ed25519_as_rsa():
    key = ed25519.Ed25519PrivateKey.generate()
    blob = message("ssh-ed25519", raw(key)).asbytes()
    send(signed("rsa-sha2-256", blob, key.sign, "ssh-ed25519"))
    answer()


def rsa_512_by_256():
    key = rsa.generate_private_key(65537, 2048)
    numbers = key.public_key().public_numbers()
    blob = message("ssh-rsa", multiple(numbers.e), multiple(numbers.n)).asbytes()

    def sign(data):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    send(signed("rsa-sha2-512", blob, sign, "rsa-sha2-256"))
    answer()


def security_key_as_ed25519():
    key = ed25519.Ed25519PrivateKey.generate()
    name = "sk-ssh-ed25519@openssh.com"
    blob = message(name, raw(key), "ssh:").asbytes()
    rest = b"\1" + (7).to_bytes(4, "big")

    def sign(data):
        return key.sign(hashlib.sha256(b"ssh:").digest() + rest + hashlib.sha256(data).digest())

    send(signed("ssh-ed25519", blob, sign, name, rest))
    answer()


def long_exponent():
    """A good signature by a key whose exponent is longer than anybody's."""
    numbers = rsa.generate_private_key(65537, 2048).private_numbers()
    modulus, order = numbers.p * numbers.q, (numbers.p - 1) * (numbers.q - 1)
    exponent = (1 << 40) + 15
    while True:
        try:
            secret = pow(exponent, -1, order)
            break
        except ValueError:
            exponent += 2
    prefix = bytes.fromhex("3031300d060960864801650304020105000420")
    blob = message("ssh-rsa", multiple(exponent), multiple(modulus)).asbytes()

    def sign(data):
        hashed = prefix + hashlib.sha256(data).digest()
        padded = b"\0\1" + b"\xff" * (256 - 3 - len(hashed)) + b"\0" + hashed
        return pow(int.from_bytes(padded, "big"), secret, modulus).to_bytes(256, "big")

    # There is no answer: libssh gives none to what does not verify.
    for _ in range(20):
        if not transport.is_active():
            break
        try:
            send(signed("rsa-sha2-256", blob, sign))
        except (OSError, EOFError):
            break
    transport.join(20)
    print("still open" if transport.is_active() else "ended")


{
    "wrong": wrong,
    "tokens": tokens,
    "ed25519-as-rsa": ed25519_as_rsa,
    "rsa-512-by-256": rsa_512_by_256,
    "security-key-as-ed25519": security_key_as_ed25519,
    "long-exponent": long_exponent,
}[kind]()
transport.close()
