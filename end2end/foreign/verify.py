"""Verifies credentials with published keys and docs/credential-format.md only: none of our code.

    python verify.py published.json IMAGE_OR_TEXT   one live form, from a picture of its QR code
    python verify.py --vectors FOLDER               every vector, compared with its expected code

Needs cbor2 and cryptography, for pictures pillow and zxing-cpp, for SM2 gmssl (requirements.txt).
"""

import hashlib
import json
import pathlib
import sys
import zlib
from base64 import urlsafe_b64encode

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
CHROMIUM = (
    b',"other_keys_can_be_added_here":"do not compare clientDataJSON against a template.'
    b' See https://goo.gl/yabPex"}'
)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ES256, SM2 = -7, -65537
CREDENTIAL, STATUS, COUNTER = 1, 2, 4
LIVE_SET = {"credential": (CREDENTIAL, b""), "status": (STATUS, b"PT1-status"),
            "counter": (COUNTER, b"PT1-counter")}


class Refused(Exception):
    """Carries the code of a reason."""


def need(condition, code):
    if not condition:
        raise Refused(code)


# --- bytes ---------------------------------------------------------------------------------


def base45(digits):
    out = bytearray()
    for start in range(0, len(digits), 3):
        chunk = digits[start : start + 3]
        need(all(c in ALPHABET for c in chunk), "damaged")
        number = sum(ALPHABET.index(c) * 45**place for place, c in enumerate(chunk))
        width = len(chunk) - 1
        need(number < 256**width, "damaged")
        out += number.to_bytes(width, "big")
    return bytes(out)


def inflate(packed, limit):
    machine = zlib.decompressobj()
    try:
        plain = machine.decompress(packed, limit)
    except zlib.error:
        raise Refused("damaged") from None
    if not machine.eof:
        # Where the end is not reached, more output is waiting, or input is missing.
        try:
            more = machine.decompress(machine.unconsumed_tail, 1)
        except zlib.error:
            raise Refused("damaged") from None
        need(not more, "inflates-too-much")
        need(machine.eof, "truncated")
    return plain


def unpack(prefix, shown):
    need(shown.startswith(prefix), "not-a-credential")
    digits = shown[len(prefix) :]
    need(len(digits) <= 4096, "too-long")
    need(digits and len(digits) % 3 != 1, "truncated")
    data = base45(digits)
    return inflate(data, 4096) if data[0] == 0x78 else data


def scan(data):
    """Heads only: definite, shortest, at most 12 deep, nothing missing, nothing left."""
    at, waiting = 0, []
    while True:
        need(at < len(data), "truncated")
        major, info = data[at] >> 5, data[at] & 31
        at += 1
        need(info != 31, "not-canonical")
        need(info < 28, "damaged")
        if info > 23:
            width = 1 << (info - 24)
            need(at + width <= len(data), "truncated")
            argument = int.from_bytes(data[at : at + width], "big")
            at += width
            least = (24, 1 << 8, 1 << 16, 1 << 32)[info - 24]
            need(argument >= least and major != 7, "not-canonical")
        else:
            argument = info
        children = {4: argument, 5: 2 * argument, 6: 1}.get(major, 0)
        if major in (2, 3):
            need(at + argument <= len(data), "truncated")
            at += argument
        need(children <= len(data) - at, "truncated")
        if children:
            need(len(waiting) < 12, "nested-too-deep")
            waiting.append(children)
            continue
        while waiting:
            waiting[-1] -= 1
            if waiting[-1]:
                break
            waiting.pop()
        if not waiting:
            need(at == len(data), "damaged")
            return


def item(data):
    scan(data)
    try:
        value = cbor2.loads(data)
    except Exception:
        raise Refused("damaged") from None
    need(cbor2.dumps(value, canonical=True) == data, "not-canonical")
    return value


def dump(value):
    return cbor2.dumps(value, canonical=True)


def sha256(data):
    return hashlib.sha256(data).digest()


# --- signatures ----------------------------------------------------------------------------


def check_es256(point, message, signature, wrong):
    need(isinstance(signature, bytes) and len(signature) == 64, wrong)
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        key.verify(utils.encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        raise Refused(wrong) from None
    need(s <= ORDER // 2, "signature-not-canonical")


def parts(data):
    tagged = item(data)
    need(isinstance(tagged, cbor2.CBORTag) and tagged.tag == 18, "damaged")
    need(isinstance(tagged.value, (list, tuple)) and len(tagged.value) == 4, "damaged")
    protected, unprotected, payload, signature = tagged.value
    header = item(protected)
    need(isinstance(header, dict) and set(header) == {1, 4} and len(unprotected) == 0, "damaged")
    return protected, header, payload, signature


def check_cose(data, external, point, algorithm):
    protected, header, payload, signature = parts(data)
    need(header[1] == algorithm, "wrong-algorithm")
    message = dump(["Signature1", protected, external, payload])
    if algorithm == SM2:
        check_sm2(point, message, signature)
    else:
        check_es256(point, message, signature, "bad-signature")
    return payload


def check_sm2(point, message, signature):
    import national

    need(isinstance(signature, bytes) and len(signature) == 64, "bad-signature")
    need(national.is_signed(point, message, signature), "bad-signature")


def kid(point, algorithm=ES256):
    if algorithm == SM2:
        import national

        return national.sm3(point)[:8]
    return sha256(point)[:8]


class Trust:
    def __init__(self, data, root, algorithm=ES256):
        _, header, _, _ = parts(data)
        need(header[4] == kid(root, algorithm), "unknown-key")
        payload = item(check_cose(data, b"PT1-trust", root, algorithm))
        self.serial, self.issued, self.expires, self.keys = payload

    def check(self, data, what, algorithms):
        use, external = LIVE_SET[what]
        _, header, payload, _ = parts(data)
        entry = next((key for key in self.keys if key[0] == header[4]), None)
        need(entry, "unknown-key")
        _, algorithm, point, uses, not_before, not_after = entry
        need(uses != 0, "key-withdrawn")
        need(uses & use, "key-not-for-this")
        need(algorithm in algorithms, "suite-off")
        check_cose(data, external, point, algorithm)

        def at(signed):
            need(not_before <= signed < not_after, "key-not-valid-then")

        return payload, at


class Status:
    def __init__(self, data, trust, algorithms):
        payload, check_time = trust.check(data, "status", algorithms)
        scan(payload)
        self.issued, days = cbor2.loads(payload)
        check_time(self.issued)
        self.days = {day: inflate(bits, 16384) for day, bits in days}

    def is_revoked(self, day, index):
        bits = self.days.get(day)
        return None if bits is None else bool(bits[index // 8] >> (index % 8) & 1)


# --- objects -------------------------------------------------------------------------------


def card(data, trust, algorithms, now):
    payload, check_time = trust.check(data, "counter", algorithms)
    fields = item(payload)
    need(len(fields) == 7, "damaged")
    check_time(fields[5])
    need(now >= fields[5], "not-yet-valid")
    need(now < fields[6], "expired")
    return fields


def counter_code(shown, trust, algorithms, now):
    code = item(unpack("PC1:", shown))
    need(code[0] in (1, 2), "unknown-form")
    fields = card(code[1], trust, algorithms, now)
    if code[0] == 1:
        _, signed, nonce, at, signature = code
        message = dump(["PT1-counter", signed, nonce, at])
        check_es256(fields[4], message, signature, "bad-presentation")
        need(abs(now - at) <= 300, "old-counter-code")


def receipt(shown, trust, algorithms):
    signed_card, signed = item(unpack("PR1:", shown))
    _, header, payload, _ = parts(signed)
    at = item(payload)[2]
    fields = card(signed_card, trust, algorithms, at)
    need(header[4] == kid(fields[4]), "unknown-key")
    check_cose(signed, b"PT1-receipt", fields[4], -7)


def unlock(credential, passkey, fields, site):
    session, at, flags, count, rest, signature = fields
    need(flags & 0xC0 == 0, "bad-unlock")
    need(flags & 5 == 5, "unlock-without-verification")
    end = {0: b"}", 1: CHROMIUM}.get(rest) if isinstance(rest, int) else rest
    need(end is not None, "damaged")
    challenge = sha256(dump(["PT1-unlock", sha256(credential), session, at]))
    encoded = urlsafe_b64encode(challenge).rstrip(b"=")
    client = b'{"type":"webauthn.get","challenge":"%s","origin":"%s","crossOrigin":false%s' % (
        encoded, site["origin"].encode(), end)
    data = sha256(site["relying_party"].encode()) + bytes([flags]) + count.to_bytes(4, "big")
    check_es256(passkey, data + sha256(client), signature, "bad-unlock")


def verify(shown, desk, now):
    """The code of the verdict, what is said of the guest, and the steps that were good."""
    policy, trust, status, seen = desk["policy"], desk["trust"], desk["status"], desk["seen"]
    good = []
    newest = max(trust.issued, status.issued if status else 0)
    is_behind = now + policy["issuer_ahead"] < newest
    now = max(now, newest)
    form = item(unpack("PT1:", shown))
    need(isinstance(form, list) and form and isinstance(form[0], int), "damaged")
    need(form[0] in (1, 2), "unknown-form")
    need(len(form) == (6 if form[0] == 1 else 2), "damaged")
    credential = form[1]
    payload, check_time = trust.check(credential, "credential", policy["algorithms"])
    claims = item(payload)
    good.append("issuer")
    issued, expires, person = claims[6], claims[4], claims[169]
    check_time(issued)
    need(now < trust.expires, "trust-list-expired")
    longest = policy["life"] if 8 in claims else policy["paper_life"]
    need(issued <= now + policy["issuer_ahead"], "not-yet-valid")
    need(now < expires, "expired")
    need(expires - issued <= longest, "life-too-long")
    need(person[78] == policy["purpose"], "wrong-purpose")
    disclosure = "full" if 75 in person else "sealed" if 77 in person else "masked"
    need(disclosure == policy["disclosure"], "wrong-disclosure")
    is_bound, presentation = False, None
    if form[0] == 2:
        need(8 not in claims, "no-holder-proof")
        need(policy["is_paper_taken"], "paper-refused")
        need(person[79] == desk["counter"]["premises"], "wrong-premises")
    else:
        need(8 in claims, "bad-unlock")
        _, _, opened, at, binding, signature = form
        message = dump(["PT1-live", credential, opened, at, binding])
        check_es256(opened[0], message, signature, "bad-presentation")
        good.append("presentation")
        key = claims[8][1]
        unlock(credential, bytes([3 if key[-3] else 2]) + key[-2], opened, policy)
        good.append("unlock")
        presentation = sha256(message)[:16]
        if binding:
            need(binding[:8].hex() == desk["counter"]["audience"], "wrong-counter")
            fresh = binding[8:].hex() in desk["counter"]["nonces"]
            need(len(binding) == 8 or fresh, "old-counter-code")
            is_bound = True
        else:
            need(not policy["is_counter_required"], "no-counter")
        age, ahead = policy["presentation_age"], policy["presentation_ahead"]
        if len(binding) == 12:
            age = ahead = policy["bound_difference"]
        need(at <= now + ahead and opened[1] <= at, "from-the-future")
        need(at + age >= now, "screenshot")
        need(at - opened[1] <= policy["unlock_age"], "unlock-too-old")
    need(status, "no-status-list")
    need(now - status.issued <= policy["list_red"], "list-too-old")
    revoked = status.is_revoked(*claims[65535])
    need(revoked is not True, "revoked")
    need(revoked is False or issued > status.issued, "status-not-covered")
    sighting = seen.get(presentation.hex() if presentation else "")
    sighting = sighting or seen.get(sha256(payload)[:16].hex())
    need(sighting != "presentation", "replayed")
    need(sighting != "elsewhere", "used-elsewhere")
    if sighting == "here":
        code = "already-here"
    elif form[0] == 2:
        code = "paper"
    elif now - status.issued > policy["list_amber"]:
        code = "list-old"
    elif is_behind:
        code = "clock-behind"
    else:
        code = "valid" if is_bound else "not-bound-to-counter"
    number = person.get(75) or person[76].replace("*", "*" * 10)
    return code, {"name": person[4], "number": number}, good


# --- running -------------------------------------------------------------------------------

DEFAULTS = {
    "purpose": 1, "algorithms": [-7], "disclosure": "sealed", "presentation_age": 40,
    "presentation_ahead": 20, "bound_difference": 600, "unlock_age": 300, "life": 259200,
    "paper_life": 86400, "issuer_ahead": 60, "list_amber": 21600, "list_red": 86400,
    "is_counter_required": True, "is_paper_taken": True,
}


def judge(vector):
    shown, now, algorithms = vector["shown"], vector["now"], vector["policy"]["algorithms"]
    root = bytes.fromhex(vector["root"])
    try:
        trust = Trust(bytes.fromhex(vector["trust"]), root)
        status = vector["status"] and Status(bytes.fromhex(vector["status"]), trust, algorithms)
        if vector["object"] == "credential":
            desk = {"policy": vector["policy"], "trust": trust, "status": status,
                    "counter": vector["counter"], "seen": vector["seen"]}
            return verify(shown, desk, now)[0]
        if vector["object"] == "counter":
            counter_code(shown, trust, algorithms, now)
        elif vector["object"] == "receipt":
            receipt(shown, trust, algorithms)
        elif vector["object"] == "status":
            Status(bytes.fromhex(shown), trust, algorithms)
        else:
            Trust(bytes.fromhex(shown), root)
    except Refused as refused:
        return str(refused)
    return "valid"


def all_vectors(folder):
    files = sorted(pathlib.Path(folder).glob("*.json"))
    wrong = 0
    for file in files:
        vector = json.loads(file.read_text("utf-8"))
        code = judge(vector)
        if code != vector["code"]:
            wrong += 1
            print(f"{file.name}: {code}, expected {vector['code']}")
    print(f"{len(files)} vectors, {wrong} judged otherwise")
    return wrong == 0 and len(files) > 0


def text_of(path):
    if path.suffix == ".txt":
        return path.read_text("utf-8").strip("\r\n")
    import zxingcpp
    from PIL import Image

    codes = zxingcpp.read_barcodes(Image.open(path))
    need(codes, "unreadable: no code in the picture")
    return codes[0].text


def one(published, picture):
    world = json.loads(pathlib.Path(published).read_text("utf-8"))
    algorithms = world["algorithms"]
    trust = Trust(bytes.fromhex(world["trust"]), bytes.fromhex(world["root"]), algorithms[0])
    desk = {
        "policy": DEFAULTS
        | {key: world[key] for key in ("relying_party", "origin", "algorithms")},
        "trust": trust,
        "status": Status(bytes.fromhex(world["status"]), trust, algorithms),
        "counter": {"premises": world.get("premises", ""), "audience": world["audience"],
                    "nonces": world["nonces"]},
        "seen": {},
    }
    code, guest, good = verify(text_of(pathlib.Path(picture)), desk, world["now"])
    print(json.dumps({"code": code, "signatures": good, **guest}, ensure_ascii=False))
    return code == "valid" and len(good) == 3


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        good = all_vectors(sys.argv[2]) if sys.argv[1] == "--vectors" else one(*sys.argv[1:])
    except Refused as refused:
        print(json.dumps({"code": str(refused)}))
        good = False
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
