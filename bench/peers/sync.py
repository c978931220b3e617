"""The measures of c/sync.c by asyncio: the same words, the same first figures."""

import asyncio
import sys
from time import perf_counter


def ns_since(start, count):
    return (perf_counter() - start) / count * 1e9


async def queueing(maxsize, count):
    queue = asyncio.Queue(maxsize)

    async def producing():
        for i in range(count):
            await queue.put(i)

    producer = asyncio.create_task(producing())
    start = perf_counter()
    for _ in range(count):
        await queue.get()
    await producer
    return ns_since(start, count)


async def locking(count):
    lock = asyncio.Lock()
    start = perf_counter()
    for _ in range(count):
        await lock.acquire()
        lock.release()
    return ns_since(start, count)


async def handing_over(tasks, turns):
    lock = asyncio.Lock()

    async def taking_turns():
        for _ in range(turns):
            await lock.acquire()
            lock.release()

    await lock.acquire()
    all_tasks = [asyncio.create_task(taking_turns()) for _ in range(tasks)]
    await asyncio.sleep(0)
    start = perf_counter()
    lock.release()
    for task in all_tasks:
        await task
    return ns_since(start, tasks * turns)


async def waking(tasks, turns):
    go, all_ran, ran = asyncio.Event(), asyncio.Event(), 0

    async def waiter():
        nonlocal ran
        for _ in range(turns):
            await go.wait()
            ran += 1
            if ran == tasks:
                all_ran.set()

    all_tasks = [asyncio.create_task(waiter()) for _ in range(tasks)]
    await asyncio.sleep(0)
    start = perf_counter()
    for _ in range(turns):
        ran = 0
        all_ran.clear()
        go.set()
        go.clear()
        await all_ran.wait()
    figure = ns_since(start, tasks * turns)
    await asyncio.wait(all_tasks)
    return figure


async def gathering(tasks):
    async def nothing():
        pass

    start = perf_counter()
    await asyncio.gather(*[asyncio.create_task(nothing()) for _ in range(tasks)])
    return ns_since(start, tasks)


async def timing_out(count):
    start = perf_counter()
    for _ in range(count):
        async with asyncio.timeout(60):
            pass
    return ns_since(start, count)


MEASURES = {
    "queue": queueing,
    "lock": locking,
    "handover": handing_over,
    "event": waking,
    "gather": gathering,
    "timeout": timing_out,
}

name, *words = sys.argv[1:]
*numbers, rounds = [int(word) for word in words]
for _ in range(rounds):
    print(f"{asyncio.run(MEASURES[name](*numbers)):.3f}")
