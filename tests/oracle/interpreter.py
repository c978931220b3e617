"""Runs the programs of generator.js on CPython's own asyncio: trace(text) answers what tests/c/scenario.c is to print.

The clock is virtual: it counts ticks, and jumps to the next timer when nothing is ready. Where CPython leaves an order
to chance (sets, timers of equal deadline), it is the order of creation here. All the rest is asyncio, unchanged.
"""
import asyncio
import selectors
import sys
import logging

logging.disable(logging.CRITICAL)


# ------------------------------------------------------------------ order instead of chance

class OrderedSet(dict):
    def __init__(self, members=()):
        super().__init__(dict.fromkeys(members))

    def add(self, member):
        self[member] = None

    def discard(self, member):
        self.pop(member, None)

    def remove(self, member):
        del self[member]


class OrderedTimer(asyncio.events.TimerHandle):
    made = 0

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        OrderedTimer.made += 1
        self.number = OrderedTimer.made

    def __lt__(self, other):
        return (self._when, self.number) < (other._when, other.number)


def begin_as_completed(self, aws, timeout):
    loop = asyncio.get_running_loop()
    self._done, self._timeout_handle = asyncio.Queue(), None
    self._todo = OrderedSet(asyncio.ensure_future(a, loop=loop) for a in OrderedSet(aws))
    self._todo_left = len(self._todo)
    for future in self._todo:
        future.add_done_callback(self._handle_completion)
    if self._todo and timeout is not None:
        self._timeout_handle = loop.call_later(timeout, self._handle_timeout)


asyncio.tasks.set = asyncio.taskgroups.set = OrderedSet
asyncio.events.TimerHandle = OrderedTimer
asyncio.tasks._AsCompletedIterator.__init__ = begin_as_completed


# ------------------------------------------------------------------ the loop

class Deadlock(BaseException):
    pass


class VirtualTime(selectors.SelectSelector):
    now = 0

    def select(self, timeout=None):
        if timeout is None:
            raise Deadlock
        self.now += max(0, timeout)
        return []


class Loop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.made = []         # tasks, in order of creation
        super().__init__(VirtualTime())
        self.set_task_factory(self.make_task)

    def make_task(self, loop, coro, **options):
        task = asyncio.Task(coro, loop=loop, **options)
        self.made.append(task)
        return task

    def time(self):
        return self._selector.now

    def _make_self_pipe(self):             # there are no sockets, and no other thread
        pass

    def _close_self_pipe(self):
        pass

    def _write_to_self(self):
        pass


# ------------------------------------------------------------------ words of the trace

def name_of(error):
    members = getattr(error, 'exceptions', None)
    return type(error).__name__ + (f"[{','.join(map(name_of, members))}]" if members else '')


def word(value):
    if value is None:
        return 'none'
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, list):
        return f"[{' '.join(map(word, value))}]"
    return name_of(value) if isinstance(value, BaseException) else str(value)


def state_of(future):
    if not future.done():
        return 'pending'
    if future.cancelled():
        return 'cancelled'
    if future.exception():
        return f'raised {name_of(future.exception())}'
    return 'done' if future.result() is None else f'result {word(future.result())}'


# ------------------------------------------------------------------ reading

# The arguments of each operation: n a number or none, w a word, * a list that is preceded by its length.
SHAPES = {shape: names.split() for shape, names in {
    '': 'cancel_self cancel_main uncancel cancelling soon tg try',
    'w': 'raise',
    'n': 'log return cancel state ev_set ev_clear fut_exc fut_new get_nowait task_done release resched hcancel on_done sleep'
         ' await call shield ev_wait cond_wait get join barrier barrier_abort barrier_reset lock sem cond timeout',
    'nn': 'fut_set put_nowait q_shutdown notify later wait_for wait_for_call put',
    'nnn': 'spawn tg_spawn', 'n*': 'gather asc', 'wn*': 'wait'}.items()}
SHAPE_OF = {name: shape for shape, names in SHAPES.items() for name in names}


class Op:
    def __init__(self, words):
        self.id, self.name, self.catch, *rest = words
        self.ops, self.handler, self.final = [], [], []
        self.args = [self.read(kind, rest) for kind in SHAPE_OF[self.name]]

    @staticmethod
    def read(kind, words):
        if kind == '*':
            return [int(words.pop(0)) for _ in range(int(words.pop(0)))]
        first = words.pop(0)
        return first if kind == 'w' else None if first == 'none' else int(first)

    def catches(self, error):
        return self.catch == '2' or (self.catch == '1' and not isinstance(error, asyncio.CancelledError))


def read_bodies(lines):
    bodies, lists, owners = [], {}, {}
    for words in lines:
        if words[0] == 'body':
            bodies.append([])
            lists = {1: bodies[-1]}
        elif words[0] != 'end':
            depth = int(words[0])
            if words[2] in ('handler', 'final'):
                lists[depth + 1] = getattr(owners[depth], words[2])
                continue
            op = owners[depth] = Op(words[1:])
            lists[depth].append(op)
            lists[depth + 1] = op.ops
    return bodies


# ------------------------------------------------------------------ running

class Skip(Exception):
    """The object of the operation is not there."""


class Return:
    def __init__(self, value):
        self.value = value


class Frame:
    """A body that runs on behalf of an instance."""
    def __init__(self, instance):
        self.instance, self.timeouts, self.groups = instance, [], []


ERRORS = {'ValueError': ValueError, 'LookupError': LookupError, 'RuntimeError': RuntimeError, 'CancelledError': asyncio.CancelledError}
MODES = {'all': asyncio.ALL_COMPLETED, 'first': asyncio.FIRST_COMPLETED, 'exc': asyncio.FIRST_EXCEPTION}
CAUGHT = (Exception, asyncio.CancelledError)


class Program:
    def __init__(self, text, loop):
        lines = [line.split() for line in text.splitlines()]
        counts = dict(zip(lines[0][2::2], lines[0][3::2]))
        numbers = {words[0]: [int(n) for n in words[1:]] for words in lines[1:9]}
        self.loop, self.lines, self.bodies = loop, [], read_bodies(lines[9:])
        self.slots, self.handles = [None] * int(counts['slots']), [None] * int(counts['handles'])
        self.tasks_left, self.calls_left, self.next = int(counts['max_tasks']) - 1, int(counts['max_calls']), 1
        self.locks = [asyncio.Lock() for _ in range(numbers['lock'][0])]
        _, *sems = numbers['sem']
        self.sems = [(asyncio.BoundedSemaphore if bounded else asyncio.Semaphore)(n) for n, bounded in zip(sems[::2], sems[1::2])]
        self.events = [asyncio.Event() for _ in range(numbers['event'][0])]
        self.conds = [asyncio.Condition(self.locks[n] if n >= 0 else None) for n in numbers['cond'][1:]]
        self.queues = [asyncio.Queue(n) for n in numbers['queue'][1:]]
        self.barriers = [asyncio.Barrier(n) for n in numbers['barrier'][1:]]
        self.futures = [loop.create_future() for _ in range(numbers['fut'][0])]
        self.instances, self.kept = {}, []

    def line(self, *words):
        self.lines.append(' '.join([str(self.loop.time()), *map(word, words)]))

    # -- bodies and their operations

    async def instance(self, number, body):
        self.instances.setdefault(asyncio.current_task(), number)
        return await self.body(number, body)

    async def body(self, number, body):
        self.line(number, 'start', body)
        try:
            end = await self.run(self.bodies[body], Frame(number))
        except CAUGHT as error:
            self.line(number, 'end', 'exc', error)
            raise
        self.line(number, 'end', 'ret', end and end.value)
        return end and end.value

    async def run(self, ops, frame):
        """The Return that ended it, or None."""
        for op in ops:
            try:
                end = await self.perform(op, frame)
            except Skip:
                self.line(frame.instance, op.id, 'skip')
                continue
            except CAUGHT as error:
                self.line(frame.instance, op.id, 'exc', error)
                if op.name != 'try' and op.catches(error):
                    continue
                raise
            if isinstance(end, Return):
                self.line(frame.instance, op.id, *(['ok', end.value] if op.name == 'return' else ['ret']))
                return end
            self.line(frame.instance, op.id, 'ok', *end)
        return None

    async def perform(self, op, frame):
        """A Return, or the words behind `ok`."""
        if op.name == 'return':
            return Return(op.args[0])
        block = getattr(self, f'block_{op.name}', None)
        if block:
            return await block(op, frame, *op.args) or []
        wait = getattr(self, f'wait_{op.name}', None)
        if wait:
            return await wait(op, frame, *op.args) or []
        return self.plain(op, frame)

    def plain(self, op, frame):
        return getattr(self, f'do_{op.name}')(op, frame, *op.args) or []

    def callback(self, op, frame):
        try:
            self.line(frame.instance, op.id, 'ok', *self.plain(op, frame))
        except Skip:
            self.line(frame.instance, op.id, 'skip')
        except CAUGHT as error:
            self.line(frame.instance, op.id, 'exc', error)

    # -- whom they mean

    def item(self, code):
        found = self.futures[-1 - code] if code < 0 else self.slots[code]
        if found is None:
            raise Skip
        return found

    def may_wait(self, frame, code):
        return code < 0 or (self.slots[code] is not None and self.instances.get(self.slots[code], 0) > frame.instance)

    def awaited(self, frame, code):
        if not self.may_wait(frame, code):
            raise Skip
        return self.item(code)

    def all_awaited(self, frame, codes):
        codes = [code for code in codes if self.may_wait(frame, code)]
        if not codes:
            raise Skip
        return codes, [self.item(code) for code in codes]

    # -- operations that do not suspend

    def do_log(self, op, frame, k): return [k]
    def do_cancel(self, op, frame, item): return [self.item(item).cancel()]
    def do_cancel_self(self, op, frame): return [asyncio.current_task().cancel()]
    def do_cancel_main(self, op, frame): return [self.main.cancel()]
    def do_uncancel(self, op, frame): return [asyncio.current_task().uncancel()]
    def do_cancelling(self, op, frame): return [asyncio.current_task().cancelling()]
    def do_state(self, op, frame, item): return [state_of(self.item(item))]
    def do_ev_set(self, op, frame, o): self.events[o].set()
    def do_ev_clear(self, op, frame, o): self.events[o].clear()
    def do_fut_set(self, op, frame, o, k): self.futures[o].set_result(k)
    def do_fut_exc(self, op, frame, o): self.futures[o].set_exception(ValueError())
    def do_put_nowait(self, op, frame, o, k): self.queues[o].put_nowait(k)
    def do_get_nowait(self, op, frame, o): return [self.queues[o].get_nowait()]
    def do_task_done(self, op, frame, o): self.queues[o].task_done()
    def do_q_shutdown(self, op, frame, o, now): self.queues[o].shutdown(immediate=bool(now))
    def do_release(self, op, frame, o): self.sems[o].release()
    def do_notify(self, op, frame, o, n): self.conds[o].notify(n)
    def do_soon(self, op, frame): self.loop.call_soon(self.callback, op.ops[0], frame)

    def do_raise(self, op, frame, error):
        raise ERRORS[error]()

    def do_fut_new(self, op, frame, o):
        self.kept.append(self.futures[o])
        self.futures[o] = self.loop.create_future()

    def do_resched(self, op, frame, t):
        if not frame.timeouts:
            raise Skip
        frame.timeouts[-1].reschedule(None if t is None else self.loop.time() + t)

    def do_spawn(self, op, frame, body, slot, eager):
        return self.spawn(self.loop, body, slot, eager)

    def do_tg_spawn(self, op, frame, body, slot, eager):
        if not frame.groups:
            raise Skip
        return self.spawn(frame.groups[-1], body, slot, eager)

    def spawn(self, owner, body, slot, eager):
        if self.tasks_left == 0:
            raise Skip
        number, self.next, self.tasks_left = self.next, self.next + 1, self.tasks_left - 1
        task = owner.create_task(self.instance(number, body), **({'eager_start': True} if eager else {}))
        self.instances[task] = number
        self.slots[slot] = task
        return [number]

    def do_later(self, op, frame, t, handle):
        self.handles[handle] = self.loop.call_later(t, self.callback, op.ops[0], frame)

    def do_hcancel(self, op, frame, handle):
        if self.handles[handle] is None:
            raise Skip
        self.handles[handle].cancel()

    def do_on_done(self, op, frame, item):
        self.item(item).add_done_callback(lambda _: self.callback(op.ops[0], frame))

    # -- those that do

    async def wait_sleep(self, op, frame, t): await asyncio.sleep(t)
    async def wait_await(self, op, frame, item): return [await self.awaited(frame, item)]
    async def wait_shield(self, op, frame, item): return [await asyncio.shield(self.awaited(frame, item))]
    async def wait_wait_for(self, op, frame, item, t): return [await asyncio.wait_for(self.awaited(frame, item), t)]
    async def wait_ev_wait(self, op, frame, o): await self.events[o].wait()
    async def wait_cond_wait(self, op, frame, o): await self.conds[o].wait()
    async def wait_put(self, op, frame, o, k): await self.queues[o].put(k)
    async def wait_get(self, op, frame, o): return [await self.queues[o].get()]
    async def wait_join(self, op, frame, o): await self.queues[o].join()
    async def wait_barrier(self, op, frame, o): return [await self.barriers[o].wait()]
    async def wait_barrier_abort(self, op, frame, o): await self.barriers[o].abort()
    async def wait_barrier_reset(self, op, frame, o): await self.barriers[o].reset()

    async def wait_gather(self, op, frame, returns, codes):
        return [await asyncio.gather(*self.all_awaited(frame, codes)[1], return_exceptions=bool(returns))]

    async def wait_wait(self, op, frame, mode, t, codes):
        codes, items = self.all_awaited(frame, codes)
        done, _ = await asyncio.wait(items, timeout=t, return_when=MODES[mode])
        codes_where = lambda is_done: [code for code, item in zip(codes, items) if (item in done) == is_done]
        return ['done', codes_where(True), 'pending', codes_where(False)]

    async def wait_asc(self, op, frame, t, codes):
        steps = 0
        for step in asyncio.as_completed(self.all_awaited(frame, codes)[1], timeout=t):
            try:
                self.line(frame.instance, op.id, 'step', steps, 'ok', await step)
            except CAUGHT as error:
                self.line(frame.instance, op.id, 'step', steps, 'exc', error)
                if isinstance(error, asyncio.CancelledError):
                    raise
            steps += 1
        return [steps]

    def take_call(self):
        if self.calls_left == 0:
            raise Skip
        self.calls_left -= 1

    async def wait_call(self, op, frame, body):
        self.take_call()
        return [await self.body(frame.instance, body)]

    async def wait_wait_for_call(self, op, frame, body, t):
        self.take_call()
        return [await asyncio.wait_for(self.body(frame.instance, body), t)]

    # -- blocks

    async def block_lock(self, op, frame, o): return await self.inside(self.locks[o], op, frame)
    async def block_sem(self, op, frame, o): return await self.inside(self.sems[o], op, frame)
    async def block_cond(self, op, frame, o): return await self.inside(self.conds[o], op, frame)
    async def block_timeout(self, op, frame, t): return await self.inside(asyncio.timeout(t), op, frame, frame.timeouts)
    async def block_tg(self, op, frame): return await self.inside(asyncio.TaskGroup(), op, frame, frame.groups)

    async def inside(self, manager, op, frame, stack=()):
        async with manager:
            stack = stack if isinstance(stack, list) else []
            stack.append(manager)
            try:
                self.line(frame.instance, op.id, 'in')
                return await self.run(op.ops, frame)
            finally:
                stack.pop()

    async def block_try(self, op, frame):
        end = failure = None
        try:
            end = await self.run(op.ops, frame)
        except CAUGHT as error:
            failure = error
            if op.catches(error):
                end, failure = await self.handled(op, frame, error)
        if op.final:
            self.line(frame.instance, op.id, 'final')
            end_of_final = await self.run(op.final, frame)
            if end_of_final:
                return end_of_final
        if failure:
            raise failure
        return end

    async def handled(self, op, frame, error):
        self.line(frame.instance, op.id, 'caught', error)
        try:
            return await self.run(op.handler, frame), None
        except CAUGHT as failure:
            return None, failure

    # -- the whole

    def run_main(self):
        self.main = self.loop.create_task(self.instance(0, 0))
        self.instances[self.main] = 0
        try:
            self.loop.run_until_complete(self.main)
        except CAUGHT:
            pass
        self.line('-', 'main', state_of(self.main))
        left = [task for task in self.loop.made if not task.done()]
        self.line('-', 'left', len(left))
        for task in left:
            task.cancel()
        if left:
            self.loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        for task in left:
            self.line('-', 'left', self.instances.get(task, '?'), state_of(task))
        self.line('-', 'end')


finished = []      # kept: what a program has left must not be destroyed while another runs


def trace(text):
    asyncio._set_running_loop(None)        # under Pyodide the host's loop runs
    loop = Loop()
    asyncio.set_event_loop(loop)
    program = Program(text, loop)
    finished.append(program)
    try:
        program.run_main()
    except Deadlock:
        program.line('-', 'deadlock')
    return '\n'.join(program.lines) + '\n'


def traces(texts):
    return [trace(text) for text in texts]


version = sys.version.split()[0]
