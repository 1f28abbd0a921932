"""Opens the sealed number of a live form with the authority's key: none of our code.

    python unseal.py FOLDER     with live.txt and authority.json of the example `story`
"""

import json
import pathlib
import sys

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import verify

WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
PACKED = 2


def open_es256(secret, sealed):
    key = ec.derive_private_key(int.from_bytes(secret, "big"), ec.SECP256R1())
    ephemeral = sealed[:33]
    sender = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), ephemeral)
    own = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    derived = HKDF(SHA256(), 28, None, b"PT1-seal" + ephemeral + own).derive(
        key.exchange(ec.ECDH(), sender)
    )
    return AESGCM(derived[:16]).decrypt(derived[16:], sealed[33:], None)


def open_sm2(secret, sealed):
    import national

    return national.decrypt(secret, sealed)


def number(plain):
    """A packed number is 17 digits as eight bytes; the check character follows from them."""
    if not plain[0] & PACKED:
        return plain[1:].decode()
    digits = f"{int.from_bytes(plain[1:], 'big'):017}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS))
    return digits + "10X98765432"[total % 11]


def main():
    folder = pathlib.Path(sys.argv[1])
    authority = json.loads((folder / "authority.json").read_text("utf-8"))
    form = verify.item(verify.unpack("PT1:", (folder / "live.txt").read_text("utf-8")))
    _, _, payload, _ = verify.parts(form[1])
    sealed = verify.item(payload)[169][77]
    unseal = open_sm2 if authority["algorithm"] == verify.SM2 else open_es256
    found = number(unseal(bytes.fromhex(authority["secret"]), sealed))
    print(f"sealed number of {len(sealed)} bytes opened")
    if found != authority["number"]:
        sys.exit(f"it says {found}, expected {authority['number']}")


if __name__ == "__main__":
    main()
