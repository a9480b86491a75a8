"""Signs as standardwebhooks.com says, with Python's hmac. Standard library only."""
import base64
import hmac


def secret_of(key: bytes) -> str:
    """The key as a secret is written down."""
    return "whsec_" + base64.b64encode(key).decode()


def signed_headers(source: str, key: bytes, body: bytes, message_id: str, seconds: int) -> dict[str, str]:
    """The headers of a body that is sent at a time in Unix seconds."""
    digest = hmac.digest(key, f"{message_id}.{seconds}.".encode() + body, "sha256")
    return {
        "x-pgfunnel-source": source,
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }
