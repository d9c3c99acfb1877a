"""Connects through an event loop.

Must hold: there are no sockets."""

import asyncio

import target

GOAL = "heard"
HELD_FROM = "isolated"


async def connect():
    _, writer = await asyncio.open_connection("127.0.0.1", target.tcp)
    writer.write(b"the hidden tests")
    await writer.drain()


def attack():
    asyncio.run(connect())
