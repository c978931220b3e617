"""The measures of c/tasks.c by asyncio: the same words, the same lines."""

import asyncio
import sys
from time import perf_counter


async def switching(tasks, turns):
    async def spin():
        for _ in range(turns):
            await asyncio.sleep(0)

    all_tasks = [asyncio.create_task(spin()) for _ in range(tasks)]
    await asyncio.sleep(0)
    start = perf_counter()
    for task in all_tasks:
        await task
    return (perf_counter() - start) / tasks / turns * 1e9


async def spawning(count):
    async def nothing():
        pass

    start = perf_counter()
    for _ in range(count):
        await asyncio.create_task(nothing())
    return (perf_counter() - start) / count * 1e9


async def sleeping(count):
    """Milliseconds beyond 1 s."""
    start = perf_counter()
    all_tasks = [asyncio.create_task(asyncio.sleep(1)) for _ in range(count)]
    for task in all_tasks:
        await task
    return (perf_counter() - start - 1) * 1e3


MEASURES = {"switch": (switching, 2), "spawn": (spawning, 1), "sleepers": (sleeping, 1)}

name, *words = sys.argv[1:]
numbers = [int(word) for word in words]
measure, arguments = MEASURES[name]
rounds = numbers[arguments] if name != "sleepers" else 1
for _ in range(rounds):
    print(f"{asyncio.run(measure(*numbers[:arguments])):.3f}")
