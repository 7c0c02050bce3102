"""An asynchronous service: an upload is reviewed off the event loop, many at once."""

import asyncio
from collections.abc import Sequence
from typing import Any

import drafter


def review(upload: bytes, name: str) -> dict[str, Any]:
    """What is said of one upload, as plain data."""
    file = drafter.File(upload, name)
    try:
        return {
            "check": drafter.as_data(drafter.check(file)),
            "finish": drafter.as_data(drafter.finish(file, check=True)),
        }
    except drafter.Rejected as no:
        return drafter.as_data(no, "check")


async def reviews(uploads: Sequence[tuple[bytes, str]]) -> list[dict[str, Any]]:
    """All of them."""
    return await asyncio.gather(*(asyncio.to_thread(review, *upload) for upload in uploads))
