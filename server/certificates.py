"""A certificate made on the spot, so that a phone on the same Wi-Fi can try the app over HTTPS."""

from __future__ import annotations

import datetime
import ipaddress
import os
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAYS = 397


def _names(hosts: list[str]) -> list[x509.GeneralName]:
    names: list[x509.GeneralName] = []
    for host in dict.fromkeys(hosts):
        try:
            names.append(x509.IPAddress(ipaddress.ip_address(host)))
        except ValueError:
            names.append(x509.DNSName(host))
    return names


def make_certificate(folder: Path, public_url: str) -> tuple[Path, Path]:
    """Write (or reuse) a self-signed P-256 certificate for the public address and localhost.

    Returns the paths of the certificate and of its key (mode 600). The phone asks once whether to trust it.
    """
    host = urlsplit(public_url).hostname or "localhost"
    certificate_path, key_path = folder / f"{host}.crt.pem", folder / f"{host}.key.pem"
    now = datetime.datetime.now(datetime.UTC)
    if certificate_path.exists() and key_path.exists():
        current = x509.load_pem_x509_certificate(certificate_path.read_bytes())
        if current.not_valid_after_utc > now + datetime.timedelta(days=1):
            return certificate_path, key_path
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=DAYS))
        .add_extension(x509.SubjectAlternativeName(_names([host, "localhost", "127.0.0.1"])), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    key_path.unlink(missing_ok=True)
    with os.fdopen(os.open(key_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
    certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return certificate_path, key_path
