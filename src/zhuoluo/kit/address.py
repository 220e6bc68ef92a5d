"""Whose network address a request comes from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(remote: str, forwarded: str, hops: int) -> str:
    """Return the client's address: behind `hops` proxies of our own the entry that the outermost of them wrote.

    Entries further left are the client's own claim and never believed. IPv6 counts by its /64 (one household).
    """
    entries = [entry.strip() for entry in forwarded.split(",") if entry.strip()]
    chosen = entries[-hops] if 0 < hops <= len(entries) else remote
    try:
        address = ipaddress.ip_address(chosen)
    except ValueError:
        return remote
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def address_of(request: HttpRequest) -> str:
    """Return the client's address of a request, for counting tries and the like; it is never stored or logged as it is."""
    remote = str(request.META.get("REMOTE_ADDR", ""))
    return client_address(remote, str(request.META.get("HTTP_X_FORWARDED_FOR", "")), settings.PROXY_HOPS)


def network(address: str) -> str:
    """Return the network an address lies in: the /24 of IPv4, the /48 of IPv6, "" for none."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    width = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, width), strict=False).network_address)
