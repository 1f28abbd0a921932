"""SM2 and SM3 (GB/T 32918, GB/T 32905) by gmssl, with the compressed points of our format."""

from gmssl import func, sm2
from gmssl import sm3 as hashing

PRIME = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93


def sm3(data):
    return bytes.fromhex(hashing.sm3_hash(func.bytes_to_list(data)))


def coordinates(point):
    """Both coordinates of a compressed point, 64 bytes."""
    x = int.from_bytes(point[1:], "big")
    square = (pow(x, 3, PRIME) - 3 * x + B) % PRIME
    y = pow(square, (PRIME + 1) // 4, PRIME)
    if point[0] not in (2, 3) or y * y % PRIME != square:
        raise ValueError("no point on the curve")
    if y % 2 != point[0] % 2:
        y = PRIME - y
    return point[1:] + y.to_bytes(32, "big")


def is_signed(point, message, signature):
    machine = sm2.CryptSM2(private_key="", public_key=coordinates(point).hex())
    return bool(machine.verify_with_sm3(signature.hex(), message))


def decrypt(secret, encrypted):
    """C1 (compressed), C3, C2."""
    machine = sm2.CryptSM2(private_key=secret.hex(), public_key="", mode=1)
    return machine.decrypt(coordinates(encrypted[:33]) + encrypted[33:])
