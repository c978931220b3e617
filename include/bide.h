/* bide.h -- asyncio for C programs that run as WebAssembly.
 *
 * This is the core's only public header, and it is the specification; a module's
 * header is bide/NAME.h. Names, behaviour and the order of callbacks are those of
 * Python's asyncio (3.14). Where C forces a difference, the comment names it under
 * *Differs*.
 *
 * Words used throughout
 *   borrows             the function uses it until the call returns
 *   keeps               the library uses it until the named event
 *   takes               the caller's reference is gone, even on error
 *   returns a reference the caller releases it once
 *   a code              0, or one of the negative BIDE_E… numbers
 *
 * Rules that hold for every function
 *   - A NULL loop means the running loop, else that of bide_get_event_loop(). If
 *     there is neither, the call fails with BIDE_ERUNTIME.
 *   - A NULL future means one that failed with bide_last_error(), or with
 *     BIDE_EVALUE if nothing failed. It is done, and not cancelled. A function
 *     that returns an int answers that code, one that returns a pointer NULL. So
 *     calls nest: bide_join(bide_create_task(f, a), &v). Releasing NULL is fine.
 *   - A NULL context or generator is answered like a NULL future.
 *   - Every out parameter may be NULL and is always written: NONE, 0 or NULL
 *     after a failure.
 *   - A function takes the values that it is handed, on error too, unless its
 *     comment says that it borrows them. A value received belongs to the
 *     receiver, for whom bide_value_clear() is always right.
 *   - Unless its comment says so, a function never suspends.
 *   - NAME_call takes a function where NAME takes a future. NAME_join takes
 *     the references that NAME borrows, and releases them on every outcome.
 *   - longjmp works as in any C program, also if the task was suspended between
 *     it and setjmp. It skips what lies between: the exits of blocks and guards,
 *     BIDE_AUTO, every release. So don't jump out of a timeout or a task group,
 *     nor while something else has the address of a local that is left. In
 *     WebAssembly a jump to another task's function ends the program with 134.
 *   - In WebAssembly, libc's functions that wait suspend the calling task alone:
 *     sleep, usleep, nanosleep, clock_nanosleep, thrd_sleep; poll, select and
 *     pselect; read and readv of stdin, and with them what reads by stdio, such as
 *     fgets, getchar, fread, getline and scanf. They, clock_gettime, time and
 *     gettimeofday follow a loop's virtual clock. If the task is cancelled, the
 *     wait fails once with EINTR. What comes first then answers BIDE_ECANCELED: a
 *     bide_ function that waits; the end of a timeout's block, a group's, or of a
 *     function that the library called, unless that has a code already. In a callback they don't wait, and fail with EDEADLK;
 *     read blocks there. Outside of any run they do what libc's do. poll can
 *     wait for input alone: every open descriptor counts as one that can be
 *     written. scanf of a floating-point number blocks if its input ends in the
 *     middle of the number.
 *   - In WebAssembly, libc's locks keep tasks apart, and waiting for one suspends:
 *     pthread_mutex_…, pthread_cond_…, pthread_rwlock_…, pthread_spin_…,
 *     pthread_barrier_…, pthread_once, sem_…, and mtx_…, cnd_… and call_once of
 *     threads.h. sched_yield gives the other tasks a turn. An owner is a task.
 *     pthread_self tells tasks apart, and pthread_setspecific gives each a value
 *     of its own, whose destructor is called at the task's end and can't wait.
 *     A _Thread_local variable is one for all. A FILE has no lock: tasks that read
 *     the same one by stdio need a mutex, since each of them may wait in it.
 *     The wait for a lock is not ended when the task is cancelled; the request
 *     is kept for what answers BIDE_ECANCELED next. That for a condition or a semaphore fails once
 *     with EINTR, with the mutex locked. Outside of any run and in a callback a
 *     free lock is taken, and what would wait fails with EDEADLK. Nobody can
 *     make a thread: pthread_create and thrd_create fail. Natively these locks
 *     are those of threads: a task that waits for another stops both.
 *   - In WebAssembly no signal comes from outside: signal sets what raise calls,
 *     in the task that raises. Ctrl-C does what bide_main says, whatever handler
 *     SIGINT has. clock counts the time on the wall. tmpfile and its like fail
 *     where a WASI engine gives no files. system fails.
 */
#ifndef BIDE_H
#define BIDE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------- marks */

/** The library's version, as text. */
#define BIDE_VERSION "0.1.0"
/** Marks what the library defines. */
#define BIDE_API
/** Marks a function whose result must not be dropped: the compiler warns. bide_ignore drops it on purpose. */
#define BIDE_CHECK __attribute__((warn_unused_result))
#define BIDE__PRINTF(f, first) __attribute__((__format__(__printf__, f, first)))

/* ------------------------------------------------------------------ errors */

/** Every code: its name after BIDE_, its number, asyncio's class, and what it means, in short. */
#define BIDE_ERRORS(X) \
    X(ECANCELED,  1, "CancelledError",     "cancelled") \
    X(ETIMEDOUT,  2, "TimeoutError",       "timed out") \
    X(ESTATE,     3, "InvalidStateError",  "invalid state") \
    X(ERUNTIME,   4, "RuntimeError",       "not possible here") \
    X(EVALUE,     5, "ValueError",         "bad value") \
    X(ETYPE,      6, "TypeError",          "wrong type") \
    X(ELOOKUP,    7, "LookupError",        "not found") \
    X(EKEY,       8, "KeyError",           "no such key") \
    X(ENOMEM,     9, "MemoryError",        "out of memory") \
    X(EFULL,     10, "QueueFull",          "queue is full") \
    X(EEMPTY,    11, "QueueEmpty",         "queue is empty") \
    X(ESHUTDOWN, 12, "QueueShutDown",      "queue is shut down") \
    X(EBROKEN,   13, "BrokenBarrierError", "barrier is broken") \
    X(EGROUP,    14, "ExceptionGroup",     "several errors") \
    X(ESTOP,     15, "StopIteration",      "exhausted") \
    X(EDEADLOCK, 16, "DeadlockError",      "every task waits") \
    X(EOS,       17, "OSError",            "operating system error") \
    X(EJS,       18, "Error",              "JavaScript error") \
    X(EEXIT,     19, "GeneratorExit",      "the generator is closed")

#define BIDE__CODE(n) (-0x62640000 - (n))
#define BIDE__ENUM(name, number, class_name, text) BIDE_##name = BIDE__CODE(number),
/** The codes. They are never renumbered, and no other C interface returns them. */
enum { BIDE_ERRORS(BIDE__ENUM) BIDE__LAST_CODE = BIDE__CODE(19) };
#undef BIDE__ENUM

/** Name of asyncio's (or Python's) exception class for `code`.
 *
 *  code      any number
 *  Returns   a static string: "CancelledError", "ValueError", …; "Exception"
 *            for a number that is no code; "" for 0.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      type(e).__name__. */
BIDE_API const char *bide_error_name(int code);

/** Fail with `code` and a message: `return bide_raise(BIDE_EVALUE, "bad port %d", p);`.
 *
 *  code      one of BIDE_E…; anything else becomes BIDE_EVALUE
 *  format    borrows; as printf; NULL: no message
 *  Returns   `code`. Without memory for the message the code stands alone.
 *  Suspends  never.
 *  Cancel    nothing to cancel. A task whose function returns BIDE_ECANCELED ends as
 *            cancelled.
 *  Like      raise. */
BIDE_API int bide_raise(int code, const char *format, ...) BIDE_CHECK BIDE__PRINTF(2, 3);

/** Code of the last failure that this coroutine or callback met. Success does not clear it.
 *
 *  Returns   a code, 0 if nothing failed yet.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      sys.exception(). Differs: it stays when the error has been handled. */
BIDE_API int bide_last_error(void);

/** Message of bide_last_error().
 *
 *  Returns   borrowed until the next failure; "" if there is none, never NULL.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      str(sys.exception()). */
BIDE_API const char *bide_last_message(void);

/** Message of `rc`, a code that a call has just answered.
 *
 *  rc        any number
 *  Returns   the last message that this coroutine or callback met with `rc`, borrowed
 *            until the next failure; "" if there is none, never NULL.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      str(e). */
BIDE_API const char *bide_message_of(int rc);

/* The failure is dealt with: a group that is left by return need not ask for it. */
BIDE_API void bide__ignored(int rc);

/** Drop a code on purpose.
 *
 *  rc        any code
 *  Suspends  never.
 *  Cancel    nothing to cancel. Whoever drops BIDE_ECANCELED swallows a cancellation.
 *  Like      except: pass. */
static inline void bide_ignore(int rc) {
    if (rc != 0) bide__ignored(rc);
}

/** Whether `rc` is any code but BIDE_ECANCELED, and BIDE_EEXIT, by which a generator is closed.
 *
 *  rc        any code
 *  Returns   true or false; false for 0.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      except Exception. */
static inline bool bide_is_exception(int rc) { return rc != 0 && rc != BIDE_ECANCELED && rc != BIDE_EEXIT; }

/* ------------------------------------------------------------------ values */

/** What a bide_value holds. */
typedef enum { BIDE_NONE, BIDE_I64, BIDE_F64, BIDE_PTR, BIDE_BYTES, BIDE_ERROR, BIDE_LIST, BIDE_TEXT, BIDE_BOOL, BIDE_JS } bide_kind;

/** A result: a number, a truth, a pointer, text, bytes, an error, a list of results, or a value of JavaScript.
 *
 *  The contents of TEXT, BYTES, ERROR, LIST and JS are counted, shared and read-only,
 *  so receiving a value never allocates. Only the library makes them. A JS value is
 *  asked and called by the functions of bide/js.h. */
typedef struct bide_value bide_value;
struct bide_value {
    bide_kind kind;
    union {
        int code;             /* ERROR */
        size_t size;          /* BYTES, TEXT; a NUL follows that is not counted */
        size_t count;         /* LIST */
    };
    union {
        int64_t i64;          /* I64; BOOL: 0 or 1 */
        double f64;
        void *ptr;
        const char *bytes;    /* BYTES; TEXT: UTF-8 */
        const char *message;  /* ERROR; never NULL */
        const bide_value *items;  /* LIST; they belong to the list */
    };
};

/** A value that holds an integer.
 *
 *  number    what it holds
 *  Returns   I64; nothing to clear.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      42. */
static inline bide_value bide_i64(int64_t number) {
    bide_value v;
    v.kind = BIDE_I64, v.size = 0, v.i64 = number;
    return v;
}

/** A value that holds a double.
 *
 *  number    what it holds
 *  Returns   F64; nothing to clear.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      0.5. */
static inline bide_value bide_f64(double number) {
    bide_value v;
    v.kind = BIDE_F64, v.size = 0, v.f64 = number;
    return v;
}

/** A value that holds a pointer.
 *
 *  pointer   the caller looks after what it points to
 *  Returns   PTR; nothing to clear.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      obj. */
static inline bide_value bide_ptr(void *pointer) {
    bide_value v;
    v.kind = BIDE_PTR, v.size = 0, v.i64 = 0, v.ptr = pointer;
    return v;
}

/** A value that holds a truth.
 *
 *  truth     what it holds
 *  Returns   BOOL; nothing to clear.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      True. */
static inline bide_value bide_bool(bool truth) {
    bide_value v;
    v.kind = BIDE_BOOL, v.size = 0, v.i64 = truth;
    return v;
}

/** A value that holds text.
 *
 *  format    borrows; as printf
 *  Returns   TEXT. Without memory an ERROR of BIDE_ENOMEM, for a bad format one of
 *            BIDE_EVALUE: a function that takes such a value answers its code and
 *            does no more.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      f"…". */
BIDE_API bide_value bide_text(const char *format, ...) BIDE__PRINTF(1, 2);

/** A value that holds values.
 *
 *  items     takes each; borrows the array, which may be NULL if `n` is 0
 *  n         how many
 *  Returns   LIST. Without memory an ERROR of BIDE_ENOMEM, and the items are cleared.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      list(). */
BIDE_API bide_value bide_list(const bide_value *items, size_t n);

/** A value that is an error, which is not raised.
 *
 *  code      the error; a foreign number becomes BIDE_EVALUE
 *  format    borrows; as printf; NULL: no message
 *  Returns   an ERROR; without memory for the message one of BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      ValueError(f"…"). */
BIDE_API bide_value bide_error(int code, const char *format, ...) BIDE__PRINTF(2, 3);

/** A value that holds a copy of `size` bytes.
 *
 *  p         borrows; may be NULL if `size` is 0
 *  size      in bytes
 *  Returns   BYTES; without memory an ERROR of BIDE_ENOMEM. A function that takes
 *            such a value answers its code and does no more.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      bytes(). */
BIDE_API bide_value bide_bytes(const void *p, size_t size);

/** Another reference to the contents of `v`; cannot fail.
 *
 *  v         borrows
 *  Returns   an equal value, to be cleared on its own.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      assignment of a Python object. */
BIDE_API bide_value bide_value_copy(bide_value v);

/** Give up what `v` refers to, and make it NONE.
 *
 *  v         takes the contents; NULL is fine
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      del. */
BIDE_API void bide_value_clear(bide_value *v);

/** `BIDE_AUTO_VALUE bide_value v = { 0 };` is cleared at the end of its scope. */
#define BIDE_AUTO_VALUE __attribute__((cleanup(bide_value_clear)))

/** The error that the calling coroutine met last, as a value.
 *
 *  Returns   an ERROR, NONE if nothing failed yet.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      sys.exception(). */
BIDE_API bide_value bide_last_error_value(void);

/* ------------------------------------------------------------------- types */

/** An event loop. Opaque, counted. Like asyncio's event loop. */
typedef struct bide_loop bide_loop;
/** A scheduled callback. Opaque; borrowed until the caller suspends or returns
 *  to the loop. bide_handle_retain keeps it longer. Like asyncio.Handle and
 *  asyncio.TimerHandle. */
typedef struct bide_handle bide_handle;
/** A result that is still to come. Opaque, counted. Like asyncio.Future. */
typedef struct bide_future bide_future;
/** A function that runs concurrently. A task is a future. Like asyncio.Task. */
typedef bide_future bide_task;
/** Values of context variables. Opaque, counted. Like contextvars.Context. */
typedef struct bide_context bide_context;
/** A function that yields values on the way. Opaque, counted. Like generators
 *  and asynchronous generators. */
typedef struct bide_generator bide_generator;

/** A coroutine function. It returns 0 or a code; bide_return_… sets its result.
 *  Any other number fails the task with BIDE_EVALUE. */
typedef int bide_fn(void *arg);
/** A callback of the loop. A code that it returns goes to the loop's exception handler.
 *  A call in it that would suspend fails with BIDE_ERUNTIME. */
typedef int bide_callback(void *arg);
/** A callback for the end of a future, otherwise as bide_callback. */
typedef int bide_done_callback(bide_future *f, void *arg);

/** When bide_wait returns. Like asyncio.ALL_COMPLETED and its siblings. */
typedef enum { BIDE_ALL_COMPLETED, BIDE_FIRST_COMPLETED, BIDE_FIRST_EXCEPTION } bide_return_when;

/** What can be chosen for a task. A field that is 0 means the default. New fields come at the end. */
typedef struct {
    const char *name;    /* copied; default "Task-N" */
    size_t stack_size;   /* bytes of C stack and suspended frames together; default BIDE_STACK_SIZE */
    size_t arg_size;     /* > 0: the task owns a copy of so many bytes at arg */
    int eager_start;     /* true: run at once, until the first suspension; BIDE_LAZY: not, whatever the
                            loop's task factory does; default: as the factory does, else not */
    bide_context *context;   /* the task keeps it and runs in it; default: a copy of the creator's */
} bide_task_options;
/** For bide_task_options.eager_start: Python's eager_start=False. */
#define BIDE_LAZY (-1)

/** Default size of a task's stack in bytes. printf("%.17g") six calls deep fits well. */
#define BIDE_STACK_SIZE 16384
/** The least size of a task's stack in bytes. A smaller one is rounded up to it. */
#define BIDE_STACK_MIN 128

/* ------------------------------------------------- private parts of objects */

/* The part of an object that stands in a list, such as the loop's ready queue. */
typedef struct bide__node bide__node;
typedef struct {
    void (*run)(bide__node *);          /* called when its turn has come; it is in no list then */
    void (*drop)(bide__node *);         /* called if it will never run: its loop closes, or its future is freed */
} bide__node_type;
struct bide__node {
    bide__node *next, *prev;            /* next is NULL: in no list */
    const bide__node_type *type;
};
typedef struct {
    bide__node node;                    /* queued when it is due */
    uint32_t place;                     /* index in the heap + 1; 0: not in it */
} bide__timer;
/* The tasks that wait for something, oldest first. */
typedef struct { struct bide__waiter *first, *last; } bide__waiters;

/* ---------------------------------------------------------- leaving, scopes */

/* The macros below need names that hide those of a scope outside, statement
 * expressions, and declarations behind statements. A program may have all warnings
 * on, so the macros silence these three for their own text. */
#ifdef __cplusplus
#define BIDE__QUIET_DECLARATIONS
#else
#define BIDE__QUIET_DECLARATIONS _Pragma("GCC diagnostic ignored \"-Wdeclaration-after-statement\"")
#endif
#define BIDE__QUIET \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wshadow\"") \
    _Pragma("GCC diagnostic ignored \"-Wpedantic\"") BIDE__QUIET_DECLARATIONS
#define BIDE__LOUD _Pragma("GCC diagnostic pop")
#define BIDE__JOIN_NOW(a, b) a##b
#define BIDE__JOIN(a, b) BIDE__JOIN_NOW(a, b)
#define BIDE__TEXT_OF_NOW(x) #x
#define BIDE__TEXT_OF(x) BIDE__TEXT_OF_NOW(x)
#ifdef BIDE_DEBUG
#define BIDE__PLACE __FILE__ ":" BIDE__TEXT_OF(__LINE__)
#else
#define BIDE__PLACE NULL
#endif
#ifdef __cplusplus
#define BIDE__DECLARATION static_assert(true, "so that a semicolon may follow")
#else
#define BIDE__DECLARATION _Static_assert(1, "so that a semicolon may follow")
#endif

/** Begins a guard's scope, or a BIDE_WITH block. It returns 0, or a code if there is nothing to exit. */
typedef int bide_enter(void *object);
/** Ends a guard's scope. */
typedef void bide_guard_exit(void *object);
/** Ends a BIDE_WITH block. It is told the code that the block ended with, and returns the code that leaves. */
typedef int bide_exit(void *object, int code);

/* A guard. In a block, the block knows its guards: BIDE_TRY must end them before the block. */
typedef struct bide__guard {
    bide_guard_exit *exit;        /* NULL: not entered, or it has run */
    void *object;
    struct bide__block *block;    /* NULL: around the guard there is no block of this function */
    struct bide__guard *outer;    /* among the block's guards; NULL: none */
} bide__guard;

/* What a block's exit is told when return or goto leaves the block. */
typedef enum {
    BIDE__TELLS_NOTHING,          /* no code */
    BIDE__TELLS_TIMEOUT,          /* the code that was met last: see block.c */
    BIDE__TELLS_GROUP             /* the same; and if the exit fails, so does the coroutine function */
} bide__block_tells;

/* A BIDE_WITH statement that is under way. Each declares a variable
 * bide__block_here for its body, which hides the one outside. The variable tells
 * BIDE_TRY through which exits it leaves. */
typedef struct bide__block {
    struct bide__block *outer;    /* NULL: none in this function */
    bide_exit *exit;
    void *object;
    bide__guard *guards;          /* innermost first */
    const char *place;            /* "app.c:12"; NULL: not compiled with BIDE_DEBUG */
    bide__block_tells tells;
    bool is_entered, is_over;
    bool is_inside;               /* the body runs, or was left by anything but its end or continue */
} bide__block;
#define bide__no_block ((struct bide__block *)0)
__attribute__((unused)) static struct bide__block *const bide__block_here = bide__no_block;
/* Run the exits from `block` outwards, and answer the code that leaves the function. */
BIDE_API int bide__block_leave(bide__block *block, int code);
/* Run the exit of a block whose body has ended, or was left by break. */
BIDE_API int bide__block_end(bide__block *block);
/* Run the exit of a block that return or goto has left. */
BIDE_API void bide__block_left(bide__block *block);
/* Run the guard's exit, if it has not run. */
BIDE_API void bide__guard_left(bide__guard *guard);
#define bide__leave(code) (bide__block_here ? bide__block_leave(bide__block_here, (code)) : (code))

/** Leave the function with the code of `call`, unless that is 0. Guards end on the
 *  way out, as after return. Inside of blocks the code passes through their exits,
 *  which may change it. The function returns what comes out of the outermost. Like
 *  `await call` where an exception passes through. Differs: if an exit swallows the
 *  error, the function returns 0; Python goes on behind the block. */
#define BIDE_TRY(call) \
    do { \
        BIDE__QUIET const int bide__code = (call); BIDE__LOUD \
        if (bide__code != 0) return bide__leave(bide__code); \
    } while (0)

/** Leave the function with `rc`, 0 or a code, from inside of blocks: their exits are
 *  told `rc`, and may change it. Right in every function. Outside of blocks, and for
 *  guards, it is `return rc`. Like return and raise. */
#define BIDE_RETURN(rc) \
    do { \
        BIDE__QUIET const int bide__code = (rc); BIDE__LOUD \
        return bide__leave(bide__code); \
    } while (0)

/** A guard: `BIDE_GUARD(open_door, shut_door, &door);` opens the door here, and shuts it at the end of the scope.
 *
 *  The scope is the pair of braces in which the guard stands. shut_door runs once,
 *  however the scope is left: by its end, break, continue, return, goto, BIDE_TRY.
 *  All of these mean what C means by them. Several guards end in the reverse order.
 *  open_door is called where the guard stands. If it answers a code, the function is
 *  left with that code, as by BIDE_TRY, and shut_door is not called.
 *
 *  A guard is a declaration: it can't be the body of an if. goto and case must not
 *  jump over it into its scope. longjmp does not run exits.
 *
 *  Both functions may suspend. A guard's exit can't change what the function
 *  returns. A cancellation that strikes while the exit waits is delivered again
 *  behind it, as BIDE_ECANCELED, by what comes first: a call that waits; the end of
 *  the block of a timeout or group, which sees that code; the end of the function
 *  that the library called, a task's or bide_call's, whatever that returns.
 *
 *  enter is a bide_enter, exit a bide_guard_exit. Both are called with the object,
 *  which is evaluated once.
 *
 *  For locks, semaphores and conditions there are BIDE_GUARD_LOCK(&lock),
 *  BIDE_GUARD_SEMAPHORE(&semaphore) and BIDE_GUARD_CONDITION(&condition). Like async
 *  with, up to the end of the scope. */
#define BIDE_GUARD(enter, exit, the_object) BIDE__GUARD((enter)(bide__entering->object), exit, the_object)
/* Quiet comes first: clang calls __COUNTER__ an extension where it stands. */
#define BIDE__GUARD(enter_call, exit_fn, the_object) BIDE__QUIET BIDE__GUARD_NUMBERED(__COUNTER__, enter_call, exit_fn, the_object)
#define BIDE__GUARD_NUMBERED(n, enter_call, exit_fn, the_object) \
    BIDE__GUARD_AS(BIDE__JOIN(bide__guard_, n), BIDE__JOIN(bide__entered_, n), enter_call, exit_fn, the_object)
#define BIDE__GUARD_AS(name, name_entered, enter_call, exit_fn, the_object) \
    bide__guard name __attribute__((cleanup(bide__guard_left))) = { NULL, (the_object), bide__block_here, NULL }; \
    const bool name_entered __attribute__((unused)) = __extension__({ \
        bide__guard *const bide__entering = &name; \
        const int bide__code = (enter_call); \
        if (bide__code != 0) return bide__leave(bide__code); \
        bide__entering->exit = (exit_fn); \
        if (bide__block_here) name.outer = bide__block_here->guards, bide__block_here->guards = &name; \
        true; \
    }); \
    BIDE__LOUD BIDE__DECLARATION
#define BIDE__TYPED(type, pointer) (1 ? (pointer) : (type *)0)

/** Hold the lock at `lock` to the end of the scope: `BIDE_GUARD_LOCK(&lock);`. Like async with lock. */
#define BIDE_GUARD_LOCK(lock) \
    BIDE__GUARD(bide_lock_acquire((bide_lock *)bide__entering->object), bide__lock_exit, BIDE__TYPED(bide_lock, lock))
/** Hold one of `semaphore` to the end of the scope. Like async with semaphore. */
#define BIDE_GUARD_SEMAPHORE(semaphore) \
    BIDE__GUARD(bide_semaphore_acquire((bide_semaphore *)bide__entering->object), bide__semaphore_exit, BIDE__TYPED(bide_semaphore, semaphore))
/** Hold the lock of `condition` to the end of the scope. Like async with condition. */
#define BIDE_GUARD_CONDITION(condition) \
    BIDE__GUARD(bide_condition_acquire((bide_condition *)bide__entering->object), bide__condition_exit, BIDE__TYPED(bide_condition, condition))
/* If the release fails, since somebody else has released it, the coroutine function fails with its code. */
BIDE_API bide_guard_exit bide__lock_exit, bide__condition_exit, bide__semaphore_exit;

/** `break` and `continue` in a block leave the block, not the loop around it, for it is a loop in form: `BIDE_WITH(open_door, shut_door, &door) { … }`.
 *
 *  A block is for an exit that must know the code with which it was left, or that
 *  may fail, as those of timeouts and task groups. BIDE_GUARD is for all others.
 *  Debug mode reports a `break` out of a block.
 *
 *  enter is called first. If it answers a code, the function is left with that
 *  code, as by BIDE_TRY. exit is called once, however the block ends. It is told
 *  the code with which BIDE_TRY or BIDE_RETURN leaves the block, and 0 at the
 *  block's end and after break, continue, return and goto. If exit answers a code,
 *  the function is left with that code, as by BIDE_TRY. Both may suspend. Like async
 *  with.
 *
 *  The value of a return in the block is settled before exit runs. So exit does
 *  not see it: leave a block by BIDE_TRY or BIDE_RETURN(rc). And exit can't change
 *  it: an error of exit becomes the result of the coroutine function, as if that
 *  had failed.
 *
 *  BIDE_WITH_TIMEOUT(&timeout, seconds), BIDE_WITH_TIMEOUT_AT(&timeout, when) and
 *  BIDE_WITH_TASK_GROUP(&group) are blocks. return is right in them in a function
 *  that the library calls: that of a task, of a generator, of bide_call, of the
 *  functions whose name ends with _call. Its caller gets BIDE_ETIMEDOUT or
 *  BIDE_EGROUP, and a failure cancels the group's tasks. For the exit takes the
 *  failure that was met last in the block for what is returned. It is not asked if
 *  bide_ignore dropped the failure, or if it is BIDE_EFULL, BIDE_EEMPTY,
 *  BIDE_ESHUTDOWN or BIDE_ESTOP: a group that is left then waits for its tasks. In a
 *  plain function that those call, its caller gets the raw code, BIDE_ECANCELED for
 *  instance. Debug mode reports that, with file and line. BIDE_RETURN(rc) is right
 *  in every function. */
#define BIDE_WITH(enter, exit, the_object) BIDE__WITH((enter)(bide__with.object), exit, the_object, BIDE__TELLS_NOTHING)

/* The first for declares the block, and runs enter and exit. The second one runs the body, and break ends only that one. */
#define BIDE__WITH(enter_call, exit_fn, the_object, what_it_tells) \
    BIDE__QUIET \
    for (bide__block bide__with __attribute__((cleanup(bide__block_left))) = \
             { bide__block_here, (exit_fn), (the_object), NULL, BIDE__PLACE, what_it_tells, false, false, false }, \
             *const bide__block_here __attribute__((unused)) = &bide__with; \
         __extension__({ \
             if (!bide__with.is_entered) { \
                 const int bide__code = (enter_call); \
                 if (bide__code != 0) return bide__block_leave(bide__with.outer, bide__code); \
                 bide__with.is_entered = true; \
             } else { \
                 const int bide__code = bide__block_end(&bide__with); \
                 if (bide__code != 0) return bide__block_leave(bide__with.outer, bide__code); \
             } \
             !bide__with.is_over; \
         });) BIDE__LOUD \
        for (bide__with.is_inside = true; bide__with.is_inside; bide__with.is_inside = false)

/** A block that may take `seconds`, as between bide_timeout_enter and bide_timeout_exit. Like async with asyncio.timeout. */
#define BIDE_WITH_TIMEOUT(timeout, seconds) \
    BIDE__WITH(bide_timeout_enter((bide_timeout *)bide__with.object, (seconds)), bide__timeout_exit, \
               BIDE__TYPED(bide_timeout, timeout), BIDE__TELLS_TIMEOUT)
/** A block that may take until `when`. Like async with asyncio.timeout_at. */
#define BIDE_WITH_TIMEOUT_AT(timeout, when) \
    BIDE__WITH(bide_timeout_at_enter((bide_timeout *)bide__with.object, (when)), bide__timeout_exit, \
               BIDE__TYPED(bide_timeout, timeout), BIDE__TELLS_TIMEOUT)
/** A block that ends when all tasks of `group` have. Like async with asyncio.TaskGroup. */
#define BIDE_WITH_TASK_GROUP(group) \
    BIDE__WITH(bide_task_group_enter((bide_task_group *)bide__with.object), bide__task_group_exit, \
               BIDE__TYPED(bide_task_group, group), BIDE__TELLS_GROUP)
BIDE_API bide_exit bide__timeout_exit, bide__task_group_exit;

/** `BIDE_AUTO bide_task *t = …;` is released at the end of its scope. */
#define BIDE_AUTO __attribute__((cleanup(bide__auto_release)))

/** Arguments for bide_create_task_copy: BIDE_ARGS(struct add, 1, 2). C only. */
#define BIDE_ARGS(type, ...) &(type){ __VA_ARGS__ }, sizeof(type)

/** Array and count: bide_gather(BIDE_FUTURES(a, b), true). C only. */
#define BIDE_FUTURES(...) \
    (bide_future *const[]){ __VA_ARGS__ }, sizeof((bide_future *const[]){ __VA_ARGS__ }) / sizeof(bide_future *)

/* ----------------------------------------------------------------- running */

/** The whole of `main`: run `fn`, report its error on stderr, and answer the exit code.
 *
 *  fn, arg   keeps until it ends
 *  Returns   0; 1 if `fn` failed (its error's name and message are on stderr);
 *            130 after Ctrl-C.
 *  Suspends  `main` (not a task) until everything has ended.
 *  Cancel    Ctrl-C cancels the main task; a second one ends the process. Under WASI
 *            the first one does, because preview 1 has no signals.
 *  Like      asyncio.run as the last line of a Python script. */
BIDE_API int bide_main(bide_fn *fn, void *arg);

/** Run `fn` as the main task of a new loop. Then cancel the tasks that are left, wait for them, and close the loop.
 *
 *  fn, arg   keeps until it ends
 *  result    what `fn` returned
 *  Returns   0 or the code that `fn` ended with; BIDE_ERUNTIME while a loop runs, or
 *            if the loop was stopped before `fn` ended; BIDE_EDEADLOCK if a deadlock
 *            handler returned; BIDE_ENOMEM, or the code of a policy that made no loop.
 *  Suspends  `main` (not a task) until everything has ended.
 *  Cancel    as bide_main.
 *  Like      asyncio.run. */
BIDE_API int bide_run(bide_fn *fn, void *arg, bide_value *result) BIDE_CHECK;

/** What can be chosen for a runner. A field that is 0 means the default. New fields come at the end. */
typedef struct {
    bide_loop *(*loop_factory)(void *arg);   /* makes the loop: answers a reference, or NULL after bide_raise;
                                                default: bide_new_event_loop makes it, bide_set_event_loop sets it.
                                                A call in it that would suspend fails with BIDE_ERUNTIME */
    void *arg;                               /* handed to loop_factory */
    bool debug;                              /* the loop is in debug mode; BIDE_ERUNTIME if the program has none
                                                (bide_loop_set_debug) */
} bide_runner_options;

/** Several runs in one loop and one context. Lives in the caller's memory,
 *  zeroed, `= BIDE_RUNNER_INIT`, or made by bide_runner_init; ended by
 *  bide_runner_close. Fields are private. Like asyncio.Runner. */
typedef struct {
    bide_runner_options options;
    bide_loop *loop;
    bide_context *context;
    int state;
    bool was_set;
} bide_runner;
/** A runner with default options, whose loop is made when it is first needed. */
#define BIDE_RUNNER_INIT { { NULL, NULL, false }, NULL, NULL, 0, false }

/** Make a runner and its loop. The runner's context is a copy of the one that runs.
 *
 *  runner    borrows; to be closed
 *  options   borrows; NULL: all defaults
 *  Returns   0, BIDE_ENOMEM, the code of options->loop_factory, BIDE_ERUNTIME
 *            (options->debug in a program without debug mode). A loop that could not
 *            be made is tried again when it is needed.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Runner and its __enter__. */
BIDE_API int bide_runner_init(bide_runner *runner, const bide_runner_options *options) BIDE_CHECK;

/** Run `fn` as a main task in the runner's loop and context. Tasks that are left
 *  stand still until the next run; only bide_runner_close cancels them.
 *
 *  runner    borrows
 *  fn, arg   keeps until it ends
 *  result    what `fn` returned
 *  Returns   0 or the code that `fn` ended with; BIDE_ERUNTIME while a loop runs,
 *            after bide_runner_close, or if the loop was stopped before `fn` ended;
 *            BIDE_EDEADLOCK if a deadlock handler returned; a code of bide_runner_init.
 *  Suspends  `main` (not a task) until `fn` has ended.
 *  Cancel    Ctrl-C cancels the main task.
 *  Like      Runner.run. */
BIDE_API int bide_runner_run(bide_runner *runner, bide_fn *fn, void *arg, bide_value *result) BIDE_CHECK;

/** bide_runner_run in a context of the caller's.
 *
 *  context   keeps until `fn` has ended; NULL: the runner's
 *  Returns   as bide_runner_run.
 *  Suspends  as bide_runner_run.
 *  Cancel    as bide_runner_run.
 *  Like      Runner.run(…, context=…). */
BIDE_API int bide_runner_run_with(bide_runner *runner, bide_context *context, bide_fn *fn, void *arg, bide_value *result) BIDE_CHECK;

/** The runner's loop, made if it is not there yet.
 *
 *  runner    borrows
 *  Returns   borrowed until bide_runner_close; NULL: BIDE_ERUNTIME after that, or a
 *            code of bide_runner_init.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Runner.get_loop. */
BIDE_API bide_loop *bide_runner_get_loop(bide_runner *runner);

/** Cancel the tasks that are left, wait for them, and close asynchronous generators
 *  and the loop. A runner may be closed twice, or when it has no loop yet.
 *
 *  runner    borrows
 *  Returns   0, BIDE_ERUNTIME while a loop runs, BIDE_EDEADLOCK. Errors of the
 *            tasks go to the exception handler.
 *  Suspends  `main` (not a task) until everything has ended.
 *  Cancel    cancels each task once.
 *  Like      Runner.close. */
BIDE_API int bide_runner_close(bide_runner *runner);

/* ------------------------------------------------------------------- tasks */

/** Start `fn` as a task of the running loop. Its first step comes when the caller suspends.
 *
 *  fn        runs in the new task
 *  arg       keeps: must live until `fn` returns
 *  Returns   a reference, or NULL: BIDE_ERUNTIME without a running loop,
 *            BIDE_ENOMEM. The loop itself keeps the task until it ends.
 *  Suspends  never.
 *  Cancel    see bide_task_cancel.
 *  Like      asyncio.create_task. */
BIDE_API bide_task *bide_create_task(bide_fn *fn, void *arg) BIDE_CHECK;

/** bide_create_task with a copy of the arguments, which the task owns.
 *
 *  fn        runs in the new task; its arg is the copy, aligned for any type
 *  args      borrows; `size` bytes
 *  Returns   as bide_create_task; NULL with BIDE_EVALUE for more than 1 GiB.
 *  Suspends  never.
 *  Cancel    see bide_task_cancel.
 *  Like      asyncio.create_task(fn(*args)). */
BIDE_API bide_task *bide_create_task_copy(bide_fn *fn, const void *args, size_t size) BIDE_CHECK;

/** bide_create_task with options.
 *
 *  options   borrows; NULL: all defaults
 *  fn, arg   as bide_create_task; with arg_size > 0 as bide_create_task_copy
 *  Returns   as bide_task_new; NULL with BIDE_ERUNTIME without a running loop.
 *  Suspends  never.
 *  Cancel    see bide_task_cancel.
 *  Like      asyncio.create_task(…, name=…). */
BIDE_API bide_task *bide_create_task_with(const bide_task_options *options, bide_fn *fn, void *arg) BIDE_CHECK;

/** Makes the tasks of a loop, in place of bide_task_new.
 *
 *  It must answer a reference to a task, usually what bide_task_new answers, or
 *  NULL after bide_raise. `options` is never NULL. A call in it that would suspend
 *  fails with BIDE_ERUNTIME. Like the argument of loop.set_task_factory. */
typedef bide_task *bide_task_factory(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg, void *factory_arg);

/** Make a task, without asking the loop's task factory.
 *
 *  loop      the loop
 *  options, fn, arg  as bide_create_task_with
 *  Returns   a reference, NULL: BIDE_ERUNTIME (no loop, it is closed, or eager_start
 *            in a context that is entered already), BIDE_EVALUE (a stack_size or
 *            arg_size of more than 1 GiB), BIDE_ENOMEM.
 *  Suspends  never; with eager_start the new task runs before the call returns, if
 *            the loop runs.
 *  Cancel    see bide_task_cancel.
 *  Like      asyncio.Task(…). */
BIDE_API bide_task *bide_task_new(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg) BIDE_CHECK;

/** Set who makes the tasks of `loop`.
 *
 *  loop      borrows
 *  factory, arg  keeps until replaced; NULL: bide_task_new
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.set_task_factory. */
BIDE_API void bide_loop_set_task_factory(bide_loop *loop, bide_task_factory *factory, void *arg);

/** Who makes the tasks of `loop`.
 *
 *  loop      borrows
 *  Returns   what was set; NULL: bide_task_new.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.get_task_factory. */
BIDE_API bide_task_factory *bide_loop_get_task_factory(bide_loop *loop);

/** A task factory that starts each task at once, unless its options say BIDE_LAZY.
 *
 *  loop, options, fn, arg  as bide_task_new
 *  factory_arg  not used
 *  Returns   as bide_task_new.
 *  Suspends  never; the new task runs before the call returns, if the loop runs.
 *  Cancel    see bide_task_cancel.
 *  Like      asyncio.eager_task_factory. */
BIDE_API bide_task *bide_eager_task_factory(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg, void *factory_arg) BIDE_CHECK;

/** Have `fn` called when the calling task's function has returned, before anyone is told of that.
 *
 *  What was deferred last is called first. `fn` is no part of the task any more:
 *  bide_current_task is NULL in it, and it can neither wait nor defer. At its start
 *  bide_last_error is what the task ends with: 0, or the code. bide_last_message and
 *  bide_last_error_value have the rest of the error.
 *
 *  fn, arg   keeps until called. A code that `fn` returns goes to the exception
 *            handler. A call in it that would suspend answers BIDE_ERUNTIME
 *  Returns   0, BIDE_ERUNTIME (not in a task), BIDE_ENOMEM: `fn` will not be called.
 *  Suspends  never.
 *  Cancel    `fn` is called however the task ends, also when its loop closes first.
 *  Differs   no twin in asyncio; contextlib.ExitStack.callback comes near. */
BIDE_API int bide_defer(bide_callback *fn, void *arg) BIDE_CHECK;

/** Ask `t` to end: the call in which it waits answers BIDE_ECANCELED.
 *
 *  t         borrows
 *  Returns   false if it is done already, else true. The task may clean up first, or
 *            swallow the request.
 *  Suspends  never.
 *  Cancel    counts requests (bide_task_cancelling). Several requests before the task
 *            runs deliver one error.
 *  Like      Task.cancel. */
BIDE_API bool bide_task_cancel(bide_task *t);

/** Take one cancel request back.
 *
 *  t         borrows; no task: 0
 *  Returns   the number of requests left. At 0 a request that is not delivered yet is
 *            dropped. An awaited future that was cancelled stays cancelled.
 *  Suspends  never.
 *  Cancel    undoes one bide_task_cancel.
 *  Like      Task.uncancel. */
BIDE_API int bide_task_uncancel(bide_task *t);

/** Number of cancel requests not taken back.
 *
 *  t         borrows; no task: 0
 *  Returns   the number.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Task.cancelling. */
BIDE_API int bide_task_cancelling(const bide_task *t);

/** Name of the task.
 *
 *  t         borrows
 *  Returns   borrowed until the task is renamed or freed; NULL for a future that is
 *            no task, or without memory.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Task.get_name. */
BIDE_API const char *bide_task_get_name(const bide_task *t);

/** Rename the task.
 *
 *  t         borrows
 *  name      borrows; copied; NULL: BIDE_EVALUE
 *  Returns   0, BIDE_ETYPE for a future that is no task, BIDE_EVALUE, BIDE_ENOMEM
 *            (the old name stays).
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Task.set_name. */
BIDE_API int bide_task_set_name(bide_task *t, const char *name);

/** The most bytes of its stack that the task was seen to use, C stack and suspended frames together.
 *
 *  t         borrows
 *  Returns   bytes; 0 for no task. Measured at the task's switches: what lies between
 *            them is missed, and a task that never suspended has 0. In debug mode
 *            nothing is missed, because stacks are painted.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Differs   no twin in asyncio. */
BIDE_API size_t bide_task_stack_used(const bide_task *t);

/** Bytes of C stack that the running function and what it calls may still take, in a
 *  task, a generator, a callback or `main`. For interpreters and parsers, which can
 *  turn a deep recursion into an error of their own.
 *
 *  Returns   bytes. A suspension takes some of them for the locals of the functions
 *            that are under way.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Differs   no twin in asyncio. */
BIDE_API size_t bide_stack_left(void);

/** The task that runs now.
 *
 *  Returns   borrowed; NULL outside of a task (callbacks, `main`).
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.current_task. */
BIDE_API bide_task *bide_current_task(void);

/** The tasks of `loop` that are not done, in order of creation. One that started eagerly
 *  counts from its first suspension.
 *
 *  loop      borrows
 *  out       receives up to `room` references, each to be released
 *            (bide_release_all); may be NULL if room is 0
 *  Returns   how many there are, which may be more than `room`.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.all_tasks. */
BIDE_API size_t bide_all_tasks(bide_loop *loop, bide_task **out, size_t room);

/** One more reference to `f`.
 *
 *  f         borrows
 *  Returns   a reference to `f`.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      assignment. */
BIDE_API bide_future *bide_retain(bide_future *f);

/** Give a reference up. With the last one an error that nobody retrieved is reported.
 *
 *  f         takes; NULL is fine
 *  Suspends  never.
 *  Cancel    cancels nothing: a task runs on.
 *  Like      del. */
BIDE_API void bide_release(bide_future *f);

/** bide_release for each of `n` references.
 *
 *  fs        takes each; the array itself is borrowed
 *  Suspends  never.
 *  Cancel    cancels nothing.
 *  Like      del. */
BIDE_API void bide_release_all(bide_future *const *fs, size_t n);

/* BIDE_AUTO's clean-up. */
static inline void bide__auto_release(bide_future **f) { bide_release(*f); }

/* --------------------------------------------------- results of a coroutine */

/** Set the coroutine's result to an integer: `return bide_return_i64(42);`.
 *
 *  number    the result
 *  Returns   0, or the code of a BIDE_WITH exit that failed after a return; that error
 *            stays the result.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      return 42. */
BIDE_API int bide_return_i64(int64_t number) BIDE_CHECK;
/** Set the coroutine's result to a double.
 *
 *  number    the result
 *  Returns   as bide_return_i64.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      return 0.5. */
BIDE_API int bide_return_f64(double number) BIDE_CHECK;
/** Set the coroutine's result to a truth.
 *
 *  truth     the result
 *  Returns   as bide_return_i64.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      return True. */
BIDE_API int bide_return_bool(bool truth) BIDE_CHECK;
/** Set the coroutine's result to a pointer.
 *
 *  pointer   the program looks after what it points to
 *  Returns   as bide_return_i64.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      return obj. */
BIDE_API int bide_return_ptr(void *pointer) BIDE_CHECK;
/** Set the coroutine's result to a copy of `size` bytes.
 *
 *  p         borrows
 *  Returns   as bide_return_i64, or BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      return b"…". */
BIDE_API int bide_return_bytes(const void *p, size_t size) BIDE_CHECK;
/** Set the coroutine's result to a list.
 *
 *  items, n  as bide_list
 *  Returns   as bide_return_i64, or BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      return [...]. */
BIDE_API int bide_return_list(const bide_value *items, size_t n) BIDE_CHECK;
/** Set the coroutine's result to text, a TEXT.
 *
 *  format    borrows; as printf
 *  Returns   as bide_return_i64, or BIDE_ENOMEM, BIDE_EVALUE if the format is bad.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      return f"…". */
BIDE_API int bide_return_text(const char *format, ...) BIDE_CHECK BIDE__PRINTF(1, 2);
/** Set the coroutine's result to `value`.
 *
 *  value     takes
 *  Returns   as bide_return_i64, or the code of a value that is an ERROR.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      return value. */
BIDE_API int bide_return_value(bide_value value) BIDE_CHECK;

/* ----------------------------------------------------------------- waiting */

/** Suspend the calling task for `seconds`.
 *
 *  seconds   <= 0: one turn of the loop, no timer; INFINITY: until cancelled
 *  Returns   0: the time has passed. Else:
 *            BIDE_ECANCELED  cancelled while sleeping
 *            BIDE_EVALUE     `seconds` is NaN
 *            BIDE_ERUNTIME   not called from a task
 *            BIDE_ENOMEM     no memory for the timer
 *  Suspends  always, unless it fails at once.
 *  Cancel    the timer is dropped.
 *  Like      asyncio.sleep. */
BIDE_API int bide_sleep(double seconds) BIDE_CHECK;

/** Wait for `f` to end.
 *
 *  f         borrows; keeps a reference while it waits
 *  result    what `f` returned
 *  Returns   0 or the code `f` ended with; BIDE_ECANCELED if the caller or `f`
 *            was cancelled; BIDE_ERUNTIME (not in a task, or `f`, not done, is the
 *            caller itself or belongs to another loop).
 *  Suspends  if `f` is not done.
 *  Cancel    cancels `f` too, for everyone who waits for it; bide_shield protects it.
 *  Like      await f. */
BIDE_API int bide_await(bide_future *f, bide_value *result) BIDE_CHECK;

/** bide_await that takes the reference.
 *
 *  f         takes
 *  result    what `f` returned
 *  Returns   as bide_await.
 *  Suspends  if `f` is not done.
 *  Cancel    as bide_await.
 *  Like      await f. */
BIDE_API int bide_join(bide_future *f, bide_value *result) BIDE_CHECK;

/** Run a coroutine function in the calling task, with a result slot of its own.
 *
 *  fn, arg   borrows
 *  result    what it returned
 *  Returns   its code; BIDE_EVALUE if it returned a number that is no code.
 *  Suspends  if `fn` does. May be called outside of a task if `fn` does not.
 *  Cancel    is `fn`'s own matter.
 *  Like      await fn(arg). */
BIDE_API int bide_call(bide_fn *fn, void *arg, bide_value *result) BIDE_CHECK;

/** Wait for `f`; if `timeout` passes first, cancel it and wait until it ends.
 *
 *  f         borrows; the caller's reference survives every outcome
 *  timeout   seconds from now; <= 0: a pending `f` is cancelled at once and
 *            waited for; INFINITY never fires; NaN: BIDE_EVALUE
 *  result    what `f` returned
 *  Returns   what `f` ended with (0 or any code), BIDE_ETIMEDOUT if the timeout
 *            cancelled it, BIDE_ECANCELED, BIDE_ERUNTIME (not in a task, or `f`
 *            can't be awaited), BIDE_ENOMEM.
 *  Suspends  unless `f` is done.
 *  Cancel    timeout > 0: cancels `f` and waits for it; <= 0: leaves `f` to its
 *            clean-up.
 *  Like      asyncio.wait_for. */
BIDE_API int bide_wait_for(bide_future *f, double timeout, bide_value *result) BIDE_CHECK;

/** bide_wait_for that takes the reference: bide_wait_for_join(bide_shield(t), 1, &v).
 *
 *  f         takes
 *  timeout   as bide_wait_for
 *  result    what `f` returned
 *  Returns   as bide_wait_for.
 *  Suspends  unless `f` is done.
 *  Cancel    as bide_wait_for.
 *  Like      asyncio.wait_for. */
BIDE_API int bide_wait_for_join(bide_future *f, double timeout, bide_value *result) BIDE_CHECK;

/** bide_wait_for of a coroutine function, which runs in the calling task itself.
 *
 *  fn, arg   borrows
 *  timeout   seconds; <= 0: a task for `fn` is made and cancelled before it runs,
 *            unless the loop's task factory starts it at once
 *  result    what it returned
 *  Returns   as bide_wait_for.
 *  Suspends  if `fn` does; with timeout <= 0 until that task ends.
 *  Cancel    reaches what `fn` waits for.
 *  Like      asyncio.wait_for(fn(arg), timeout). */
BIDE_API int bide_wait_for_call(bide_fn *fn, void *arg, double timeout, bide_value *result) BIDE_CHECK;

/** A future for the results of all of `fs`, as a LIST in their order.
 *
 *  fs        borrows the array. Keeps a reference to each future until the gather is
 *            freed, or an error ends it before that future. The same future may
 *            stand in several places
 *  n         how many there are in `fs`
 *  return_exceptions  true: errors stand in the list; false: the first error
 *            ends the gather, the other futures go on
 *  Returns   a reference, which is done already if all futures are or an error has
 *            ended it; NULL: BIDE_EVALUE if they belong to different loops,
 *            BIDE_ERUNTIME without a loop, BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    cancels each of `fs` that is not done. The gather ends when all have
 *            ended, or with the first one that was cancelled if return_exceptions is
 *            false.
 *  Like      asyncio.gather. */
BIDE_API bide_future *bide_gather(bide_future *const *fs, size_t n, bool return_exceptions) BIDE_CHECK;

/** bide_gather, awaited; takes the references.
 *
 *  fs        takes each of the `n` references
 *  result    the LIST
 *  Returns   as bide_await of the gather.
 *  Suspends  unless the gather is done already.
 *  Cancel    as bide_gather.
 *  Like      await asyncio.gather(…). */
BIDE_API int bide_gather_join(bide_future *const *fs, size_t n, bool return_exceptions, bide_value *result) BIDE_CHECK;

/** Wait until some of `fs` are done.
 *
 *  fs        borrows; afterwards bide_future_done tells which are done
 *  n         how many there are in `fs`
 *  timeout   seconds, whose end is no error; INFINITY: none; NaN: BIDE_EVALUE
 *  when      all, the first to end, or the first to fail
 *  n_done    how many distinct futures are done on return
 *  Returns   0, BIDE_EVALUE (n is 0, bad `when`), BIDE_ECANCELED, BIDE_ERUNTIME
 *            (not in a task), BIDE_ENOMEM.
 *  Suspends  always, even if all are done.
 *  Cancel    leaves `fs` alone.
 *  Like      asyncio.wait. */
BIDE_API int bide_wait(bide_future *const *fs, size_t n, double timeout, bide_return_when when, size_t *n_done) BIDE_CHECK;

/** Futures in the order in which they end. Lives in the caller's memory, made by
 *  bide_as_completed_init, ended by bide_as_completed_clear; must stay put
 *  between them. Fields are private. Like the iterator of asyncio.as_completed. */
typedef struct {
    bide_loop *loop;
    struct bide__completion *entries, *first, *last;   /* first to last: ended, not taken yet */
    size_t count, pending, left, timed_out;
    bide__timer timer;
    bide__waiters waiting;
} bide_as_completed;

/** Begin to watch `fs`.
 *
 *  it        keeps until cleared
 *  fs        borrows the array and keeps a reference to each until cleared; a
 *            future that stands there twice counts once, NULL not at all
 *  n         how many there are in `fs`
 *  timeout   seconds for all of them together; INFINITY: none; NaN: BIDE_EVALUE
 *  Returns   0, BIDE_EVALUE, BIDE_ERUNTIME (no loop runs), BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.as_completed. */
BIDE_API int bide_as_completed_init(bide_as_completed *it, bide_future *const *fs, size_t n, double timeout) BIDE_CHECK;

/** How many futures bide_as_completed_next has still to answer.
 *
 *  it        borrows
 *  Returns   the number.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Differs   asyncio's iterator ends by itself. */
BIDE_API size_t bide_as_completed_left(const bide_as_completed *it);

/** Wait for the next to end.
 *
 *  it        borrows
 *  f         the future that ended, borrowed until `it` is cleared; ask it for its result
 *  Returns   0, BIDE_ESTOP (none is left), BIDE_ETIMEDOUT (once for each that had
 *            not ended in time), BIDE_ECANCELED, BIDE_ERUNTIME (not in a task).
 *  Suspends  unless one has ended, or the time is over.
 *  Cancel    leaves the futures alone. The call counts as one that got a future.
 *  Like      async for over asyncio.as_completed. */
BIDE_API int bide_as_completed_next(bide_as_completed *it, bide_future **f) BIDE_CHECK;

/** Stop watching. The futures that have not ended go on.
 *
 *  it        borrows; no task may wait in it. Clearing twice is harmless
 *  Suspends  never.
 *  Cancel    cancels nothing.
 *  Like      del. */
BIDE_API void bide_as_completed_clear(bide_as_completed *it);

/** A future that ends as `f` does, but whose cancellation leaves `f` alone.
 *
 *  f         borrows. A task keeps itself until it ends; whoever is to complete
 *            another future keeps a reference to it
 *  Returns   a reference (to `f` itself if it is done), NULL: BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    the shield is cancelled at once; `f` goes on. An error of `f` after
 *            that goes to the exception handler.
 *  Like      asyncio.shield. */
BIDE_API bide_future *bide_shield(bide_future *f) BIDE_CHECK;

/** bide_shield that takes the reference.
 *
 *  f         takes
 *  Returns   as bide_shield.
 *  Suspends  never.
 *  Cancel    as bide_shield.
 *  Like      asyncio.shield. */
BIDE_API bide_future *bide_shield_join(bide_future *f) BIDE_CHECK;

/** bide_shield of a new task.
 *
 *  fn, arg   as bide_create_task
 *  Returns   as bide_shield.
 *  Suspends  never.
 *  Cancel    as bide_shield.
 *  Like      asyncio.shield(fn(arg)). */
BIDE_API bide_future *bide_shield_call(bide_fn *fn, void *arg) BIDE_CHECK;

/** Another reference to `f`.
 *
 *  f         borrows
 *  Returns   a reference.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.ensure_future of a future. */
BIDE_API bide_future *bide_ensure_future(bide_future *f) BIDE_CHECK;

/** A task for `fn`, as bide_loop_create_task makes it in the NULL loop.
 *
 *  fn, arg   as bide_create_task
 *  Returns   as bide_loop_create_task.
 *  Suspends  never.
 *  Cancel    see bide_task_cancel.
 *  Like      asyncio.ensure_future of a coroutine. */
BIDE_API bide_task *bide_ensure_future_call(bide_fn *fn, void *arg) BIDE_CHECK;

/* ----------------------------------------------------------------- futures */

/** A future that somebody will complete.
 *
 *  loop      the loop it belongs to
 *  Returns   a reference, NULL: BIDE_ERUNTIME (no loop), BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    see bide_future_cancel.
 *  Like      loop.create_future. */
BIDE_API bide_future *bide_future_new(bide_loop *loop) BIDE_CHECK;

/** The loop of a future.
 *
 *  f         borrows
 *  Returns   borrowed.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Future.get_loop. */
BIDE_API bide_loop *bide_future_get_loop(const bide_future *f);

/** Whether the future has a result or an error, or was cancelled.
 *
 *  f         borrows
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Future.done. */
BIDE_API bool bide_future_done(const bide_future *f);

/** Whether the future was cancelled.
 *
 *  f         borrows
 *  Returns   true or false; never true for a gather, as in asyncio.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Future.cancelled. */
BIDE_API bool bide_future_cancelled(const bide_future *f);

/** Cancel a future; for a task this is bide_task_cancel.
 *
 *  f         borrows
 *  Returns   false if it is done already, or is a gather whose futures all are; else
 *            true.
 *  Suspends  never.
 *  Cancel    whoever waits for it gets BIDE_ECANCELED.
 *  Like      Future.cancel. */
BIDE_API bool bide_future_cancel(bide_future *f);

/** Complete a future with a value.
 *
 *  f         borrows
 *  value     takes
 *  Returns   0, BIDE_ESTATE if it is done, BIDE_ERUNTIME for a task, the code of
 *            a value that is an ERROR (the future stays as it is).
 *  Suspends  never: those who wait run in the next turn.
 *  Cancel    nothing to cancel.
 *  Like      Future.set_result. */
BIDE_API int bide_future_set_result(bide_future *f, bide_value value) BIDE_CHECK;

/** Complete a future with an error.
 *
 *  f         borrows
 *  code      one of BIDE_E…, else BIDE_EVALUE; BIDE_ESTOP becomes BIDE_ERUNTIME, as in asyncio
 *  format    borrows; as printf; NULL: no message
 *  Returns   0, BIDE_ESTATE if it is done, BIDE_ERUNTIME for a task, BIDE_EVALUE for 0 as code.
 *  Suspends  never.
 *  Cancel    BIDE_ECANCELED is kept as an error: the future does not count as cancelled.
 *  Like      Future.set_exception. */
BIDE_API int bide_future_set_exception(bide_future *f, int code, const char *format, ...) BIDE_CHECK BIDE__PRINTF(3, 4);

/** The outcome of a future that is done.
 *
 *  f         borrows
 *  result    what it returned
 *  Returns   0, its code, BIDE_ECANCELED if it was cancelled, BIDE_ESTATE while pending.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Future.result. */
BIDE_API int bide_future_result(bide_future *f, bide_value *result) BIDE_CHECK;

/** The error of a future that is done.
 *
 *  f         borrows
 *  error     receives an ERROR, or NONE if there is none
 *  Returns   0, BIDE_ECANCELED if it was cancelled, BIDE_ESTATE while pending.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Future.exception. */
BIDE_API int bide_future_exception(bide_future *f, bide_value *error) BIDE_CHECK;

/** Have the loop call `cb` when `f` is done, in the next turn if it is done already.
 *
 *  f         borrows
 *  cb, arg   keeps until called or removed
 *  Returns   0, BIDE_ENOMEM, BIDE_ERUNTIME if `f` is done and its loop is closed.
 *  Suspends  never.
 *  Cancel    cancellation ends the future too, so `cb` is called.
 *  Like      Future.add_done_callback. */
BIDE_API int bide_future_add_done_callback(bide_future *f, bide_done_callback *cb, void *arg) BIDE_CHECK;

/** Remove every registration of `cb` with `arg`.
 *
 *  f         borrows
 *  Returns   how many were removed; 0 once the future is done.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Future.remove_done_callback. */
BIDE_API size_t bide_future_remove_done_callback(bide_future *f, bide_done_callback *cb, void *arg);

/* ------------------------------------------------------------------- event */

/** A flag that tasks can wait for. Lives in the caller's memory, zeroed or
 *  `= BIDE_EVENT_INIT`; must stay put while waited for. Fields are private.
 *  Like asyncio.Event. */
typedef struct {
    bool is_set;
    bide__waiters waiting;
} bide_event;
/** An event that is not set. */
#define BIDE_EVENT_INIT { false, { NULL, NULL } }

/** Set the flag and wake everyone who waits, in order of arrival.
 *
 *  event     borrows
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Event.set. */
BIDE_API void bide_event_set(bide_event *event);

/** Clear the flag. Those who were woken are not affected.
 *
 *  event     borrows
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Event.clear. */
BIDE_API void bide_event_clear(bide_event *event);

/** Whether the flag is set.
 *
 *  event     borrows
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Event.is_set. */
BIDE_API bool bide_event_is_set(const bide_event *event);

/** Wait until the flag is set.
 *
 *  event     borrows
 *  Returns   0, BIDE_ECANCELED, BIDE_ERUNTIME (not in a task).
 *  Suspends  unless it is set.
 *  Cancel    leaves the queue.
 *  Like      asyncio.Event.wait. */
BIDE_API int bide_event_wait(bide_event *event) BIDE_CHECK;

/* ----------------------------------------------------------------- timeout */

/** A deadline for what a task does between enter and exit. Lives in the
 *  caller's memory, zeroed; used once; must stay put until the exit. Fields are
 *  private. Like asyncio.Timeout. */
typedef struct {
    bide__timer timer;
    bide_task *task;
    double when;                        /* INFINITY: no deadline */
    int cancelling;                     /* of the task at entry */
    int state;
} bide_timeout;
/** A timeout that was not entered. */
#define BIDE_TIMEOUT_INIT { { { NULL, NULL, NULL }, 0 }, NULL, 0, 0, 0 }

/** Begin: after `seconds` the calling task is cancelled once.
 *
 *  timeout   keeps until the exit
 *  seconds   <= 0: strikes at the next suspension; INFINITY: no deadline; NaN: BIDE_EVALUE
 *  Returns   0, BIDE_ERUNTIME (not in a task, entered before), BIDE_EVALUE, BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      async with asyncio.timeout(seconds). */
BIDE_API int bide_timeout_enter(bide_timeout *timeout, double seconds) BIDE_CHECK;

/** bide_timeout_enter with a time of bide_loop_time in place of a delay.
 *
 *  timeout   keeps until the exit
 *  when      seconds of the loop's clock
 *  Returns   as bide_timeout_enter.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      async with asyncio.timeout_at(when). */
BIDE_API int bide_timeout_at_enter(bide_timeout *timeout, double when) BIDE_CHECK;

/** End the timeout, and turn the cancellation that it caused into BIDE_ETIMEDOUT.
 *
 *  timeout   borrows
 *  code      what was done since the enter ended with: 0 or a code
 *  Returns   BIDE_ETIMEDOUT in place of BIDE_ECANCELED if the deadline struck and
 *            nobody else cancelled the task meanwhile; BIDE_ERUNTIME if it was not
 *            entered, or is over; else `code`.
 *  Suspends  never.
 *  Cancel    takes the deadline's own request back.
 *  Like      Timeout.__aexit__. */
BIDE_API int bide_timeout_exit(bide_timeout *timeout, int code) BIDE_CHECK;

/** Move the deadline.
 *
 *  timeout   borrows
 *  when      seconds of the loop's clock; INFINITY: none
 *  Returns   0, BIDE_ERUNTIME (not entered, expired, or over), BIDE_EVALUE (NaN), BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Timeout.reschedule. */
BIDE_API int bide_timeout_reschedule(bide_timeout *timeout, double when) BIDE_CHECK;

/** Whether the deadline has struck.
 *
 *  timeout   borrows
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Timeout.expired. */
BIDE_API bool bide_timeout_expired(const bide_timeout *timeout);

/** The deadline.
 *
 *  timeout   borrows
 *  Returns   seconds of the loop's clock; INFINITY: none; 0 before it is entered.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Timeout.when. */
BIDE_API double bide_timeout_when(const bide_timeout *timeout);

/* ------------------------------------------------------------ error groups */

/** The members of an error group.
 *
 *  error     borrows; an ERROR
 *  Returns   a LIST of ERRORs, in the order of their failures, which may be groups
 *            themselves; NONE if it is no group.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      ExceptionGroup.exceptions. */
BIDE_API bide_value bide_error_members(bide_value error);

/** Fail with several errors at once.
 *
 *  message   borrows; NULL: none
 *  errors    borrows `n` ERRORs, which may be groups themselves
 *  Returns   BIDE_EGROUP, without its members if there is no memory for them;
 *            BIDE_EVALUE if `n` is 0 or one of them is no ERROR.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      raise ExceptionGroup(message, errors). */
BIDE_API int bide_raise_group(const char *message, const bide_value *errors, size_t n) BIDE_CHECK;

/** Whether an error has `code`, or is a group with such a member at any depth.
 *
 *  error     borrows; an ERROR
 *  code      one of BIDE_E…
 *  Returns   true or false; false for a value that is no ERROR.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      ExceptionGroup.subgroup. Differs: it tells only whether there is one.
 *            Codes are compared as they are: a KeyError is no LookupError here. */
BIDE_API bool bide_error_matches(bide_value error, int code);

/** Divide an error into the part that has `code` and the rest. Groups keep their shape.
 *
 *  error     borrows; an ERROR
 *  code      one of BIDE_E…
 *  match     the part that has `code`; NONE: nothing
 *  rest      the other part, for `return bide_return_value(rest)`; NONE: nothing
 *  Returns   0, BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      ExceptionGroup.split. Differs: it compares as bide_error_matches does. */
BIDE_API int bide_error_split(bide_value error, int code, bide_value *match, bide_value *rest) BIDE_CHECK;

/* -------------------------------------------------------------- task group */

/** Tasks that end together: if one fails, the others and the body are
 *  cancelled. Lives in the caller's memory, zeroed; used once; must stay put
 *  until the exit. Fields are private. Like asyncio.TaskGroup. */
typedef struct {
    bide_task *parent;
    bide__node head;                    /* of the unfinished children, in order of creation */
    bide_value *errors;                 /* in the order of failures */
    size_t error_count, error_room;
    bide_task *waiting;                 /* at the exit; NULL: nobody */
    bool entered, exiting, aborting, parent_cancel_requested, is_over;
} bide_task_group;
/** A task group that was not entered. */
#define BIDE_TASK_GROUP_INIT { NULL, { NULL, NULL, NULL }, NULL, 0, 0, NULL, false, false, false, false, false }

/** Begin: the calling task becomes the group's parent.
 *
 *  group     keeps until the exit
 *  Returns   0, BIDE_ERUNTIME (not in a task, entered before).
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      async with asyncio.TaskGroup(). */
BIDE_API int bide_task_group_enter(bide_task_group *group) BIDE_CHECK;

/** bide_create_task in the group, which keeps a reference until the task ends.
 *
 *  group     borrows
 *  fn, arg   as bide_create_task
 *  Returns   borrowed until the task ends: retain it to keep it longer; NULL:
 *            BIDE_ERUNTIME (not entered, over, or shutting down), or as bide_task_new.
 *  Suspends  never.
 *  Cancel    see bide_task_cancel; a cancelled child is no error of the group.
 *  Like      TaskGroup.create_task. */
BIDE_API bide_task *bide_task_group_create_task(bide_task_group *group, bide_fn *fn, void *arg);

/** bide_task_group_create_task with options.
 *
 *  options, fn, arg  as bide_create_task_with
 *  Returns   as bide_task_group_create_task.
 *  Suspends  never.
 *  Cancel    see bide_task_cancel.
 *  Like      TaskGroup.create_task. */
BIDE_API bide_task *bide_task_group_create_task_with(bide_task_group *group, const bide_task_options *options, bide_fn *fn, void *arg);

/** bide_task_group_create_task with a copy of the arguments, which the task owns.
 *
 *  group     borrows
 *  fn, args, size  as bide_create_task_copy
 *  Returns   as bide_task_group_create_task.
 *  Suspends  never.
 *  Cancel    see bide_task_cancel.
 *  Like      TaskGroup.create_task. */
BIDE_API bide_task *bide_task_group_create_task_copy(bide_task_group *group, bide_fn *fn, const void *args, size_t size);

/** End the group: wait for all children, and answer one code for them and the body.
 *
 *  group     borrows
 *  code      what the body ended with: 0, or a code, which cancels the children
 *  Returns   0; BIDE_EGROUP if a child or the body failed (its members: bide_error_members);
 *            BIDE_ECANCELED if the parent was cancelled; BIDE_ERUNTIME (not entered,
 *            over, another task exits it just now, or not in a task).
 *  Suspends  while a child is left.
 *  Cancel    cancels the children, once, and waits on.
 *  Like      TaskGroup.__aexit__. */
BIDE_API int bide_task_group_exit(bide_task_group *group, int code) BIDE_CHECK;

/* -------------------------------------------------------------------- lock */

/** Mutual exclusion between tasks of one loop; first come, first served.
 *  Lives in the caller's memory, zeroed or `= BIDE_LOCK_INIT`; nothing to
 *  destroy. Must stay put while held or waited for. Fields are private.
 *  Like asyncio.Lock. */
typedef struct {
    bool is_locked;
    bide__waiters waiting;
} bide_lock;
/** A lock that nobody holds. */
#define BIDE_LOCK_INIT { false, { NULL, NULL } }

/** Acquire `lock`, behind everyone already waiting.
 *
 *  lock      borrows
 *  Returns   0: the caller holds the lock. Else it does not:
 *            BIDE_ECANCELED  cancelled while waiting
 *            BIDE_ERUNTIME   not called from a task
 *  Suspends  if the lock is held, or others wait for it.
 *  Cancel    leaves the queue. If the lock was released for the caller meanwhile, the
 *            next waiter is woken, so no turn is lost.
 *  Like      asyncio.Lock.acquire. */
BIDE_API int bide_lock_acquire(bide_lock *lock) BIDE_CHECK;

/** Release `lock` and wake the first who waits.
 *
 *  lock      borrows
 *  Returns   0, BIDE_ERUNTIME if it is not locked.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Lock.release. */
BIDE_API int bide_lock_release(bide_lock *lock);

/** Whether the lock is held.
 *
 *  lock      borrows
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Lock.locked. */
BIDE_API bool bide_lock_locked(const bide_lock *lock);

/* --------------------------------------------------------------- condition */

/** Wait for something that a lock protects. Lives in the caller's memory,
 *  zeroed or `= BIDE_CONDITION_INIT` with a lock of its own, or
 *  `= BIDE_CONDITION_WITH(&lock)`. Fields are private. Like asyncio.Condition. */
typedef struct {
    bide_lock *given;             /* NULL: own */
    bide_lock own;
    bide__waiters waiting;
} bide_condition;
/** A condition with a lock of its own. */
#define BIDE_CONDITION_INIT { NULL, BIDE_LOCK_INIT, { NULL, NULL } }
/** A condition that uses `lock`, a pointer: `bide_condition c = BIDE_CONDITION_WITH(&lock);`. */
#define BIDE_CONDITION_WITH(lock) { (lock), BIDE_LOCK_INIT, { NULL, NULL } }
/** Tells whether what is waited for has come. It may suspend. */
typedef bool bide_predicate(void *arg);

/** Acquire the condition's lock.
 *
 *  condition borrows
 *  Returns   as bide_lock_acquire.
 *  Suspends  as bide_lock_acquire.
 *  Cancel    as bide_lock_acquire.
 *  Like      asyncio.Condition.acquire. */
BIDE_API int bide_condition_acquire(bide_condition *condition) BIDE_CHECK;

/** Release the condition's lock.
 *
 *  condition borrows
 *  Returns   as bide_lock_release.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Condition.release. */
BIDE_API int bide_condition_release(bide_condition *condition);

/** Whether the condition's lock is held.
 *
 *  condition borrows
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Condition.locked. */
BIDE_API bool bide_condition_locked(const bide_condition *condition);

/** Release the lock, wait until notified, acquire the lock again.
 *
 *  condition borrows
 *  Returns   0, or BIDE_ECANCELED, both with the lock held; BIDE_ERUNTIME if the
 *            lock was not held or the caller is no task. Wake-ups without a
 *            reason are possible: test again.
 *  Suspends  always.
 *  Cancel    the call returns only with the lock, and wakes the next waiter in place of
 *            the caller.
 *  Like      asyncio.Condition.wait. */
BIDE_API int bide_condition_wait(bide_condition *condition) BIDE_CHECK;

/** bide_condition_wait until `predicate` is true.
 *
 *  condition borrows
 *  predicate called with `arg` and the lock held
 *  Returns   as bide_condition_wait.
 *  Suspends  unless it is true at once.
 *  Cancel    as bide_condition_wait.
 *  Like      asyncio.Condition.wait_for. */
BIDE_API int bide_condition_wait_for(bide_condition *condition, bide_predicate *predicate, void *arg) BIDE_CHECK;

/** Wake up to `n` of those who wait, oldest first.
 *
 *  condition borrows
 *  Returns   0, BIDE_ERUNTIME if the lock is not held.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Condition.notify. */
BIDE_API int bide_condition_notify(bide_condition *condition, size_t n);

/** Wake all who wait.
 *
 *  condition borrows
 *  Returns   as bide_condition_notify.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Condition.notify_all. */
BIDE_API int bide_condition_notify_all(bide_condition *condition);

/* --------------------------------------------------------------- semaphore */

/** A counter that tasks wait for. Lives in the caller's memory, made by
 *  bide_semaphore_init or bide_bounded_semaphore_init; a zeroed one answers
 *  BIDE_EVALUE. Fields are private. Like asyncio.Semaphore and BoundedSemaphore. */
typedef struct {
    bool ready;
    size_t value, bound;          /* bound: SIZE_MAX if there is none */
    bide__waiters waiting;
} bide_semaphore;

/** Make a semaphore that `value` tasks can acquire.
 *
 *  semaphore borrows
 *  value     how many can be taken at first
 *  Returns   0, BIDE_EVALUE if `value` is negative.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Semaphore. */
BIDE_API int bide_semaphore_init(bide_semaphore *semaphore, int value);

/** bide_semaphore_init of one that refuses to be released more often than acquired.
 *
 *  semaphore borrows
 *  Returns   as bide_semaphore_init.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.BoundedSemaphore. */
BIDE_API int bide_bounded_semaphore_init(bide_semaphore *semaphore, int value);

/** Take one, behind everyone already waiting.
 *
 *  semaphore borrows
 *  Returns   0, BIDE_ECANCELED, BIDE_ERUNTIME (not in a task), BIDE_EVALUE (not made).
 *  Suspends  if there is none, or others wait.
 *  Cancel    leaves the queue. What was handed to the caller meanwhile goes to the
 *            next waiter.
 *  Like      asyncio.Semaphore.acquire. */
BIDE_API int bide_semaphore_acquire(bide_semaphore *semaphore) BIDE_CHECK;

/** Give one back and wake the first who waits.
 *
 *  semaphore borrows
 *  Returns   0, BIDE_EVALUE if a bounded one is full, or it was not made.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Semaphore.release. */
BIDE_API int bide_semaphore_release(bide_semaphore *semaphore);

/** Whether an acquire would have to wait.
 *
 *  semaphore borrows
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Semaphore.locked. */
BIDE_API bool bide_semaphore_locked(const bide_semaphore *semaphore);

/* ----------------------------------------------------------------- barrier */

/** A meeting point for a number of tasks, again and again. Lives in the
 *  caller's memory, made by bide_barrier_init; a zeroed one answers
 *  BIDE_EVALUE. Fields are private. Like asyncio.Barrier. */
typedef struct {
    bide_condition condition;
    size_t parties, count;
    int state;
} bide_barrier;

/** Make a barrier for `parties` tasks.
 *
 *  barrier   borrows
 *  Returns   0, BIDE_EVALUE if `parties` is less than 1.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Barrier. */
BIDE_API int bide_barrier_init(bide_barrier *barrier, int parties);

/** Wait until all parties have come.
 *
 *  barrier   borrows
 *  index     the order of arrival, from 0
 *  Returns   0, BIDE_EBROKEN (aborted, or reset while waiting), BIDE_ECANCELED,
 *            BIDE_ERUNTIME (not in a task), BIDE_EVALUE (not made).
 *  Suspends  if the caller must wait for others, or somebody holds the barrier's lock.
 *  Cancel    the caller leaves; that does not break the barrier.
 *  Like      asyncio.Barrier.wait. */
BIDE_API int bide_barrier_wait(bide_barrier *barrier, int *index) BIDE_CHECK;

/** Begin anew, also with a broken barrier. Those who wait get BIDE_EBROKEN.
 *
 *  barrier   borrows
 *  Returns   0, BIDE_ECANCELED, BIDE_ERUNTIME, BIDE_EVALUE.
 *  Suspends  if somebody holds the barrier's lock.
 *  Cancel    nothing is done.
 *  Like      asyncio.Barrier.reset. */
BIDE_API int bide_barrier_reset(bide_barrier *barrier) BIDE_CHECK;

/** Break the barrier. Until a reset all who wait or come get BIDE_EBROKEN.
 *
 *  barrier   borrows
 *  Returns   as bide_barrier_reset.
 *  Suspends  if somebody holds the barrier's lock.
 *  Cancel    nothing is done.
 *  Like      asyncio.Barrier.abort. */
BIDE_API int bide_barrier_abort(bide_barrier *barrier) BIDE_CHECK;

/** How many tasks must come.
 *
 *  barrier   borrows
 *  Returns   the number given to bide_barrier_init; 0 if it was not made.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Barrier.parties. */
BIDE_API size_t bide_barrier_parties(const bide_barrier *barrier);

/** How many wait now.
 *
 *  barrier   borrows
 *  Returns   the number; 0 unless the barrier is filling.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Barrier.n_waiting. */
BIDE_API size_t bide_barrier_n_waiting(const bide_barrier *barrier);

/** Whether the barrier is broken.
 *
 *  barrier   borrows
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Barrier.broken. */
BIDE_API bool bide_barrier_broken(const bide_barrier *barrier);

/* ------------------------------------------------------------------- queue */

/** Orders the items of a priority queue: it returns a negative number if `a` is to be got
 *  before `b`. A call in it that would suspend fails with BIDE_ERUNTIME. */
typedef int bide_compare(const bide_value *a, const bide_value *b, void *arg);

/** Items on their way between tasks. Lives in the caller's memory, made by one
 *  of the three init functions, ended by bide_queue_clear; a zeroed one answers
 *  BIDE_EVALUE. Fields are private. Like asyncio.Queue, LifoQueue, PriorityQueue. */
typedef struct {
    bide_value *items;            /* FIFO: a ring; LIFO: a stack; priority: a binary heap */
    size_t room, head, count, maxsize, unfinished;
    uint8_t kind;                 /* 0: not made */
    bool is_shutdown;
    bide_compare *compare;
    void *compare_arg;
    bide__waiters getters, putters;
    bide_event finished;
} bide_queue;

/** Make a queue, first in, first out.
 *
 *  queue     borrows
 *  maxsize   how many items it holds at most; 0: any number
 *  Returns   0, BIDE_EVALUE if `maxsize` is negative.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Queue. Differs: asyncio takes a negative maxsize as 0. */
BIDE_API int bide_queue_init(bide_queue *queue, int maxsize);

/** Make a queue, last in, first out.
 *
 *  queue, maxsize  as bide_queue_init
 *  Returns   as bide_queue_init.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.LifoQueue. */
BIDE_API int bide_lifo_queue_init(bide_queue *queue, int maxsize);

/** Make a queue from which the smallest item is got first; ties in no order.
 *
 *  queue, maxsize  as bide_queue_init
 *  compare   keeps until cleared, and hands it `arg`; NULL: numbers by size, text and bytes as memcmp
 *  Returns   as bide_queue_init.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.PriorityQueue. */
BIDE_API int bide_priority_queue_init(bide_queue *queue, int maxsize, bide_compare *compare, void *arg);

/** Give up the queue's items and memory. It is as zeroed afterwards.
 *
 *  queue     borrows; no task may wait for it
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      del. */
BIDE_API void bide_queue_clear(bide_queue *queue);

/** Put an item into the queue, when there is room.
 *
 *  queue     borrows
 *  item      takes
 *  Returns   0, BIDE_ESHUTDOWN, BIDE_ECANCELED, BIDE_ERUNTIME (full, and not in a
 *            task), BIDE_ENOMEM, BIDE_EVALUE (not made), the code of an ERROR item.
 *  Suspends  while the queue is full.
 *  Cancel    the item is not put.
 *  Like      asyncio.Queue.put. */
BIDE_API int bide_queue_put(bide_queue *queue, bide_value item) BIDE_CHECK;

/** bide_queue_put that does not wait.
 *
 *  queue     borrows
 *  item      takes
 *  Returns   as bide_queue_put, or BIDE_EFULL.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Queue.put_nowait. */
BIDE_API int bide_queue_put_nowait(bide_queue *queue, bide_value item) BIDE_CHECK;

/** Get an item, when there is one.
 *
 *  queue     borrows
 *  item      the item
 *  Returns   0, BIDE_ESHUTDOWN (shut down and empty), BIDE_ECANCELED,
 *            BIDE_ERUNTIME (empty, and not in a task), BIDE_EVALUE (not made).
 *  Suspends  while the queue is empty.
 *  Cancel    no item is lost.
 *  Like      asyncio.Queue.get. */
BIDE_API int bide_queue_get(bide_queue *queue, bide_value *item) BIDE_CHECK;

/** bide_queue_get that does not wait.
 *
 *  queue     borrows
 *  item      the item
 *  Returns   as bide_queue_get, or BIDE_EEMPTY.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Queue.get_nowait. */
BIDE_API int bide_queue_get_nowait(bide_queue *queue, bide_value *item) BIDE_CHECK;

/** Say that an item that was got has been dealt with.
 *
 *  queue     borrows
 *  Returns   0, BIDE_EVALUE if that was said too often, or the queue was not made.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Queue.task_done. */
BIDE_API int bide_queue_task_done(bide_queue *queue);

/** Wait until bide_queue_task_done was called for every item.
 *
 *  queue     borrows
 *  Returns   0, BIDE_ECANCELED, BIDE_ERUNTIME (not in a task), BIDE_EVALUE (not made).
 *  Suspends  unless it was called for every item already.
 *  Cancel    the caller waits no longer.
 *  Like      asyncio.Queue.join. */
BIDE_API int bide_queue_join(bide_queue *queue) BIDE_CHECK;

/** Shut the queue down: a put fails with BIDE_ESHUTDOWN, and so does a get once the queue is empty.
 *
 *  queue     borrows; shutting down twice is harmless
 *  immediate true: drop the items that are there, too
 *  Returns   0, BIDE_EVALUE (not made).
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Queue.shutdown. */
BIDE_API int bide_queue_shutdown(bide_queue *queue, bool immediate);

/** Number of items in the queue.
 *
 *  queue     borrows
 *  Returns   the number.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Queue.qsize. */
BIDE_API size_t bide_queue_qsize(const bide_queue *queue);
/** Whether the queue is empty.
 *
 *  queue     borrows
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Queue.empty. */
BIDE_API bool bide_queue_empty(const bide_queue *queue);
/** Whether the queue is full.
 *
 *  queue     borrows
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.Queue.full. */
BIDE_API bool bide_queue_full(const bide_queue *queue);

/* ----------------------------------------------------------------- context */

/** A variable whose value belongs to the context that runs. A task sees what its
 *  creator had set when it made the task, and its own changes stay inside. Lives in
 *  static memory: `static bide_context_var user = BIDE_CONTEXT_VAR("user");`.
 *  Like contextvars.ContextVar. */
typedef struct {
    const char *name;
    bool has_default;
    bide_value default_value;     /* no counted contents but those of static memory */
} bide_context_var;
/** A variable without a default: BIDE_CONTEXT_VAR("user"). */
#define BIDE_CONTEXT_VAR(name) { (name), false, { BIDE_NONE, { 0 }, { 0 } } }
/** A variable with an integer as default: BIDE_CONTEXT_VAR_I64("depth", 0). */
#define BIDE_CONTEXT_VAR_I64(name, number) { (name), true, { BIDE_I64, { 0 }, { (number) } } }

/** What a variable was before a bide_context_var_set. Lives in the caller's
 *  memory, ended by bide_context_var_reset or bide_context_token_clear. Fields
 *  are private. Like contextvars.Token. */
typedef struct {
    const bide_context_var *var;  /* NULL: none, or used */
    uint32_t context;
    bool had_value, is_used;
    bide_value old;
} bide_context_token;

/** Value of a variable in the context that runs.
 *
 *  var       borrows
 *  value     the value, to be cleared
 *  Returns   0, BIDE_ELOOKUP if it has neither value nor default.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      ContextVar.get. */
BIDE_API int bide_context_var_get(const bide_context_var *var, bide_value *value) BIDE_CHECK;

/** Give a variable a value in the context that runs.
 *
 *  var       keeps while a context has a value of it
 *  value     takes
 *  token     receives what the variable was before; NULL: not wanted
 *  Returns   0, BIDE_ENOMEM, the code of a value that is an ERROR.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      ContextVar.set. */
BIDE_API int bide_context_var_set(const bide_context_var *var, bide_value value, bide_context_token *token) BIDE_CHECK;

/** Put a variable back to what it was before the set that made `token`.
 *
 *  var       borrows
 *  token     borrows; after success it is used up, and holds nothing
 *  Returns   0, BIDE_ERUNTIME if the token was used before, BIDE_EVALUE if it is
 *            of another variable or was made in another context, BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      ContextVar.reset. */
BIDE_API int bide_context_var_reset(const bide_context_var *var, bide_context_token *token) BIDE_CHECK;

/** Give up a token that is not needed. It is as zeroed afterwards.
 *
 *  token     takes what it holds
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      del. */
BIDE_API void bide_context_token_clear(bide_context_token *token);

/** A copy of the context that runs.
 *
 *  Returns   a reference, NULL: BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      contextvars.copy_context. */
BIDE_API bide_context *bide_copy_context(void) BIDE_CHECK;

/** Run a coroutine function in a context. It may change the context's values.
 *
 *  context   keeps until `fn` returns
 *  fn, arg   borrows
 *  result    what it returned
 *  Returns   its code; BIDE_ERUNTIME if the context is entered already.
 *  Suspends  if `fn` does.
 *  Cancel    is `fn`'s own matter.
 *  Like      Context.run. */
BIDE_API int bide_context_run(bide_context *context, bide_fn *fn, void *arg, bide_value *result) BIDE_CHECK;

/** Value of a variable in any context, also in one that does not run.
 *
 *  context, var  borrows
 *  value     the value, to be cleared
 *  Returns   0, BIDE_EKEY if the context has no value of it.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Context[var]. */
BIDE_API int bide_context_get(const bide_context *context, const bide_context_var *var, bide_value *value) BIDE_CHECK;

/** One more reference to `context`.
 *
 *  context   borrows
 *  Returns   a reference to it.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      assignment. */
BIDE_API bide_context *bide_context_retain(bide_context *context);

/** Give a reference up.
 *
 *  context   takes; NULL is fine
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      del. */
BIDE_API void bide_context_release(bide_context *context);

/* -------------------------------------------------------------- generators */

/** Make a generator. Its function runs when a value is asked for, on a stack of its
 *  own of BIDE_STACK_SIZE bytes, and may not wait.
 *
 *  fn        yields by bide_yield, at any depth of calls; 0 or a code ends it
 *  arg       keeps: must live until the generator has ended
 *  Returns   a reference (bide_generator_release), NULL: BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      calling a generator function. */
BIDE_API bide_generator *bide_generator_new(bide_fn *fn, void *arg) BIDE_CHECK;

/** Make an asynchronous generator. Its function runs in the task that asks for a value, and may wait.
 *
 *  fn, arg   as bide_generator_new
 *  Returns   as bide_generator_new.
 *  Suspends  never.
 *  Cancel    cancelling the task strikes what `fn` waits for.
 *  Like      calling an asynchronous generator function. */
BIDE_API bide_generator *bide_async_generator_new(bide_fn *fn, void *arg) BIDE_CHECK;

/** Make a plain or an asynchronous generator, with options.
 *
 *  options   borrows; stack_size and arg_size count, the other fields do not
 *  is_async  whether it is asynchronous
 *  fn, arg   as bide_generator_new; with arg_size > 0 the generator owns a copy
 *  Returns   as bide_generator_new; BIDE_EVALUE for sizes above 1 GiB.
 *  Suspends  never.
 *  Cancel    as bide_async_generator_new.
 *  Like      calling a generator function. */
BIDE_API bide_generator *bide_generator_new_with(const bide_task_options *options, bool is_async, bide_fn *fn, void *arg) BIDE_CHECK;

/** In a generator's function: hand a value to whoever asks, and wait to be asked again.
 *
 *  value     takes
 *  sent      what bide_generator_send gave, else NONE
 *  Returns   0; the code that bide_generator_throw gave; BIDE_EEXIT if the generator
 *            is being closed: its function must return; BIDE_ERUNTIME outside of a
 *            generator, or inside of a bide_context_run; the code of a value that
 *            is an ERROR.
 *  Suspends  the generator, until it is asked again.
 *  Cancel    nothing to cancel: the task that asked goes on.
 *  Like      yield. */
BIDE_API int bide_yield(bide_value value, bide_value *sent) BIDE_CHECK;

/** The generator's next value.
 *
 *  g         borrows
 *  value     the value, to be cleared
 *  Returns   0; BIDE_ESTOP if there is none any more; the code that its function
 *            ended with (BIDE_ESTOP becomes BIDE_ERUNTIME). If a plain generator runs
 *            already, BIDE_EVALUE. If an asynchronous one runs already, or is not
 *            asked in a task, BIDE_ERUNTIME.
 *  Suspends  if the function of an asynchronous one does; a plain one never.
 *  Cancel    strikes what the function waits for.
 *  Like      next and anext. Differs: one error, StopIteration, for both. */
BIDE_API int bide_generator_next(bide_generator *g, bide_value *value) BIDE_CHECK;

/** bide_generator_next that hands a value to the bide_yield in which the generator waits.
 *
 *  g         borrows
 *  sent      takes; must be NONE for a generator that has not begun
 *  value     the next value
 *  Returns   as bide_generator_next; BIDE_ETYPE if it has not begun and `sent` is not
 *            NONE; the code of a `sent` that is an ERROR.
 *  Suspends  as bide_generator_next.
 *  Cancel    as bide_generator_next.
 *  Like      send and asend. */
BIDE_API int bide_generator_send(bide_generator *g, bide_value sent, bide_value *value) BIDE_CHECK;

/** bide_generator_next that hands an error to the bide_yield in which the generator waits.
 *
 *  g         borrows
 *  code      one of BIDE_E…, else BIDE_EVALUE
 *  message   borrows; NULL: none
 *  value     the next value, if the function goes on
 *  Returns   as bide_generator_next. A generator that has not begun ends with `code`.
 *            Of one that has ended: `code`, or BIDE_ESTOP if it is asynchronous.
 *  Suspends  as bide_generator_next.
 *  Cancel    as bide_generator_next.
 *  Like      throw and athrow. */
BIDE_API int bide_generator_throw(bide_generator *g, int code, const char *message, bide_value *value) BIDE_CHECK;

/** End the generator: the bide_yield in which it waits answers BIDE_EEXIT.
 *
 *  g         borrows; closing twice is harmless
 *  Returns   0; the code that its function ended with, unless that is BIDE_EEXIT;
 *            BIDE_ERUNTIME if it yielded once more. If it runs, or is not closed in
 *            a task, as bide_generator_next.
 *  Suspends  as bide_generator_next, while the function cleans up.
 *  Cancel    as bide_generator_next.
 *  Like      close and aclose. */
BIDE_API int bide_generator_close(bide_generator *g) BIDE_CHECK;

/** One more reference to `g`.
 *
 *  g         borrows
 *  Returns   a reference to it.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      assignment. */
BIDE_API bide_generator *bide_generator_retain(bide_generator *g);

/** Give a reference up. With the last one a generator that has not ended is
 *  closed, a plain one at once, an asynchronous one by a task of its loop.
 *
 *  g         takes; NULL is fine
 *  Suspends  never.
 *  Cancel    nothing to cancel. An error of the function goes to the exception handler.
 *  Like      del. */
BIDE_API void bide_generator_release(bide_generator *g);

/** `BIDE_AUTO_GENERATOR bide_generator *g = …;` is released at the end of its scope. */
#define BIDE_AUTO_GENERATOR __attribute__((cleanup(bide__auto_generator_release)))
static inline void bide__auto_generator_release(bide_generator **g) { bide_generator_release(*g); }

/** Loop over a generator's values: `BIDE_FOR_EACH(tick, ticks) { … }`.
 *
 *  item is a bide_value that is cleared at the end of each round. If the
 *  generator fails, the function is left with its code, as by BIDE_TRY. After a
 *  break the generator can go on. Like for and async for. */
#define BIDE_FOR_EACH(item, generator) \
    BIDE__QUIET \
    for (bide_generator *bide__each = (generator), **bide__first = &bide__each; bide__first; bide__first = NULL) \
        for (BIDE_AUTO_VALUE bide_value item = { BIDE_NONE, { 0 }, { 0 } }; \
             __extension__({ \
                 bide_value_clear(&item); \
                 const int bide__code = bide_generator_next(bide__each, &item); \
                 if (bide__code != 0 && bide__code != BIDE_ESTOP) return bide__leave(bide__code); \
                 bide__code == 0; \
             });) BIDE__LOUD

/** Close the asynchronous generators that were begun in `loop` and have not ended.
 *
 *  loop      borrows; it must not run
 *  Returns   0, BIDE_ERUNTIME (it runs, or is closed), BIDE_EDEADLOCK, BIDE_ENOMEM.
 *            Errors of the generators go to the exception handler.
 *  Suspends  `main` (not a task).
 *  Cancel    nothing to cancel. bide_run does this at its end.
 *  Like      loop.shutdown_asyncgens. Differs: it is no coroutine, since only the end of a run needs it. */
BIDE_API int bide_loop_shutdown_asyncgens(bide_loop *loop) BIDE_CHECK;

/* ------------------------------------------------------------------- loops */

/** A new loop, not running.
 *
 *  Returns   a reference (bide_loop_release), NULL: BIDE_ENOMEM, or the code of a policy.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.new_event_loop. */
BIDE_API bide_loop *bide_new_event_loop(void) BIDE_CHECK;

/** The running loop, else the one set by bide_set_event_loop.
 *
 *  Returns   borrowed; NULL (BIDE_ERUNTIME) if there is neither.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.get_event_loop. */
BIDE_API bide_loop *bide_get_event_loop(void);

/** The loop that runs now.
 *
 *  Returns   borrowed; NULL (BIDE_ERUNTIME) if none does.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.get_running_loop. */
BIDE_API bide_loop *bide_get_running_loop(void);

/** Set the loop that bide_get_event_loop answers while none runs.
 *
 *  loop      keeps a reference until another is set; NULL: none
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.set_event_loop. */
BIDE_API void bide_set_event_loop(bide_loop *loop);

/** Makes loops and remembers which one is set. Lives in the caller's memory. The
 *  default policy's function stands in for one that is NULL. The functions are
 *  called by bide_new_event_loop, by bide_set_event_loop, by bide_get_event_loop
 *  while no loop runs, and so by bide_run and bide_runner. A call in them that would
 *  suspend fails with BIDE_ERUNTIME. Like asyncio.AbstractEventLoopPolicy, which
 *  asyncio has deprecated: a loop_factory does for most purposes. */
typedef struct bide_event_loop_policy bide_event_loop_policy;
struct bide_event_loop_policy {
    const char *name;        /* the default's: "default" */
    bide_loop *(*new_event_loop)(bide_event_loop_policy *policy);   /* a reference, or NULL after bide_raise */
    bide_loop *(*get_event_loop)(bide_event_loop_policy *policy);   /* borrowed, or NULL after bide_raise */
    void (*set_event_loop)(bide_event_loop_policy *policy, bide_loop *loop);   /* keeps a reference; NULL: none */
    void *arg;               /* the program's own */
};

/** The policy that is set.
 *
 *  Returns   borrowed; at first the default one, whose functions may be called but not changed.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.get_event_loop_policy. */
BIDE_API bide_event_loop_policy *bide_get_event_loop_policy(void);

/** Set the policy.
 *
 *  policy    keeps until another is set, and writes the default's function where
 *            one is NULL; NULL: the default one
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.set_event_loop_policy. */
BIDE_API void bide_set_event_loop_policy(bide_event_loop_policy *policy);

/** Close the loop, and give up what bide_new_event_loop returned.
 *
 *  loop      takes; NULL is fine
 *  Suspends  never.
 *  Cancel    see bide_loop_close.
 *  Like      loop.close() and del. */
BIDE_API void bide_loop_release(bide_loop *loop);

/** bide_create_task in a loop that need not run yet.
 *
 *  loop      the loop
 *  fn, arg   as bide_create_task
 *  Returns   a reference, NULL: BIDE_ERUNTIME (no loop, or it is closed), BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    see bide_task_cancel.
 *  Like      loop.create_task. */
BIDE_API bide_task *bide_loop_create_task(bide_loop *loop, bide_fn *fn, void *arg) BIDE_CHECK;

/** Run the loop until `f` is done.
 *
 *  loop      borrows
 *  f         borrows
 *  result    what `f` returned
 *  Returns   0 or the code `f` ended with; BIDE_ERUNTIME (a loop runs already, this
 *            one is closed, or was stopped before `f` was done); BIDE_EVALUE (`f`
 *            belongs to another loop); BIDE_EDEADLOCK.
 *  Suspends  `main` (not a task).
 *  Cancel    is the matter of `f`.
 *  Like      loop.run_until_complete. */
BIDE_API int bide_loop_run_until_complete(bide_loop *loop, bide_future *f, bide_value *result) BIDE_CHECK;

/** bide_loop_run_until_complete that takes the reference.
 *
 *  f         takes
 *  Returns   as bide_loop_run_until_complete.
 *  Suspends  `main` (not a task).
 *  Cancel    is the matter of `f`.
 *  Like      loop.run_until_complete. */
BIDE_API int bide_loop_run_until_complete_join(bide_loop *loop, bide_future *f, bide_value *result) BIDE_CHECK;

/** bide_loop_run_until_complete of a new task for `fn`.
 *
 *  fn, arg   keeps until it ends
 *  Returns   as bide_loop_run_until_complete, or as bide_loop_create_task.
 *  Suspends  `main` (not a task).
 *  Cancel    is the matter of `fn`.
 *  Like      loop.run_until_complete(fn(arg)). */
BIDE_API int bide_loop_run_until_complete_call(bide_loop *loop, bide_fn *fn, void *arg, bide_value *result) BIDE_CHECK;

/** Run the loop until bide_loop_stop.
 *
 *  loop      borrows
 *  Returns   0, BIDE_ERUNTIME (a loop runs already, or it is closed), BIDE_EDEADLOCK.
 *  Suspends  `main` (not a task).
 *  Cancel    nothing to cancel.
 *  Like      loop.run_forever. */
BIDE_API int bide_loop_run_forever(bide_loop *loop) BIDE_CHECK;

/** Have the loop stop at the end of this turn. If it does not run, its next run takes one turn.
 *
 *  loop      borrows
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.stop. */
BIDE_API void bide_loop_stop(bide_loop *loop);

/** Close the loop: drop callbacks and timers, report and free unfinished tasks.
 *
 *  loop      borrows
 *  Returns   0 (also when closed before), BIDE_ERUNTIME while it runs.
 *  Suspends  never.
 *  Cancel    cancels nothing; what the frames of unfinished tasks own is lost.
 *  Like      loop.close. */
BIDE_API int bide_loop_close(bide_loop *loop);

/** Whether the loop runs.
 *
 *  loop      borrows
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.is_running. */
BIDE_API bool bide_loop_is_running(const bide_loop *loop);

/** Whether the loop is closed.
 *
 *  loop      borrows; NULL: false
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.is_closed. */
BIDE_API bool bide_loop_is_closed(const bide_loop *loop);

/** The loop's monotonic clock.
 *
 *  loop      borrows
 *  Returns   seconds; NaN without a loop. On the virtual clock 0.0 at first.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.time. */
BIDE_API double bide_loop_time(bide_loop *loop);

/** Have `cb` called in the next turn, first come first served.
 *
 *  loop      borrows
 *  cb, arg   keeps until called or cancelled
 *  Returns   borrowed handle; NULL: BIDE_ERUNTIME (no loop, closed), BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    bide_handle_cancel.
 *  Like      loop.call_soon. */
BIDE_API bide_handle *bide_loop_call_soon(bide_loop *loop, bide_callback *cb, void *arg);

/** Have `cb` called after `delay`.
 *
 *  loop      borrows
 *  delay     seconds; <= 0: in the next turn, behind what is ready; INFINITY:
 *            never; NaN: BIDE_EVALUE
 *  cb, arg   as bide_loop_call_soon
 *  Returns   as bide_loop_call_soon.
 *  Suspends  never.
 *  Cancel    bide_handle_cancel.
 *  Like      loop.call_later. Differs: equal deadlines fire in order of creation. */
BIDE_API bide_handle *bide_loop_call_later(bide_loop *loop, double delay, bide_callback *cb, void *arg);

/** Have `cb` called at the time `when` of bide_loop_time.
 *
 *  loop      borrows
 *  when      seconds; in the past: in the next turn
 *  cb, arg   as bide_loop_call_soon
 *  Returns   as bide_loop_call_later.
 *  Suspends  never.
 *  Cancel    bide_handle_cancel.
 *  Like      loop.call_at. */
BIDE_API bide_handle *bide_loop_call_at(bide_loop *loop, double when, bide_callback *cb, void *arg);

/** bide_loop_call_soon that also wakes a sleeping loop.
 *
 *  Returns   0, BIDE_ERUNTIME, BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    cannot be cancelled.
 *  Like      loop.call_soon_threadsafe. Differs: an instance has one thread;
 *            the caller must be in it. */
BIDE_API int bide_loop_call_soon_threadsafe(bide_loop *loop, bide_callback *cb, void *arg) BIDE_CHECK;

/** Keep the callback from being called.
 *
 *  h         borrows; NULL is fine. Cancelling twice or too late is harmless
 *  Suspends  never.
 *  Cancel    this is it.
 *  Like      Handle.cancel. */
BIDE_API void bide_handle_cancel(bide_handle *h);

/** Whether bide_handle_cancel was called.
 *
 *  h         borrows; NULL: false
 *  Returns   true or false.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      Handle.cancelled. */
BIDE_API bool bide_handle_cancelled(const bide_handle *h);

/** When a timer is due.
 *
 *  h         borrows
 *  Returns   seconds of bide_loop_time; NaN for NULL or a handle without a timer.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      TimerHandle.when. */
BIDE_API double bide_handle_when(const bide_handle *h);

/** One more reference to `h`, to keep it beyond the next suspension.
 *
 *  h         borrows
 *  Returns   a reference to `h`.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      assignment. */
BIDE_API bide_handle *bide_handle_retain(bide_handle *h);

/** Give up what bide_handle_retain returned.
 *
 *  h         takes; NULL is fine
 *  Suspends  never.
 *  Cancel    cancels nothing.
 *  Like      del. */
BIDE_API void bide_handle_release(bide_handle *h);

/** What the exception handler is told. The handler borrows it. */
typedef struct {
    const char *message;   /* what happened */
    int code;              /* the error, 0 if there is none */
    const char *error;     /* its message, never NULL */
    bide_future *future;   /* the task or future, or NULL */
    bide_handle *handle;   /* the callback, or NULL */
} bide_exception_context;
/** Gets errors that nobody else can get. A code that it returns goes to the default handler.
 *  A call in it that would suspend fails with BIDE_ERUNTIME. */
typedef int bide_exception_handler(bide_loop *loop, const bide_exception_context *context, void *arg);

/** Set who is told of errors in callbacks and of errors nobody retrieved.
 *
 *  loop      borrows
 *  handler   keeps until replaced, and is told of each error. NULL restores the default, which
 *            writes to stderr. When memory runs out, it counts the tasks that failed for that in one
 *            turn, and writes one line: how many, and how large their stacks are
 *  arg       keeps; handed to `handler`
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.set_exception_handler. */
BIDE_API void bide_loop_set_exception_handler(bide_loop *loop, bide_exception_handler *handler, void *arg);

/** Who is told of such errors.
 *
 *  loop      borrows
 *  Returns   what was set; NULL: the default.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.get_exception_handler. */
BIDE_API bide_exception_handler *bide_loop_get_exception_handler(bide_loop *loop);

/** Write an error to stderr: message, task, the error's name and text.
 *
 *  loop, context  borrows
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.default_exception_handler. */
BIDE_API void bide_loop_default_exception_handler(bide_loop *loop, const bide_exception_context *context);

/** Tell the loop's exception handler.
 *
 *  loop, context  borrows
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.call_exception_handler. */
BIDE_API void bide_loop_call_exception_handler(bide_loop *loop, const bide_exception_context *context);

/** Set what happens at a deadlock, in place of a report and exit code 13.
 *
 *  A deadlock is that a run call waits, but nothing is ready, no timer is set, and
 *  nothing can come from the host.
 *
 *  loop      borrows
 *  handler   called once. When it returns, the tasks that are left are cancelled and
 *            waited for, and the run call returns BIDE_EDEADLOCK. NULL restores the
 *            default
 *  arg       keeps; handed to `handler`
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Differs   asyncio waits forever. So does an app made by JavaScript's load, with a
 *            handler or without, because it can still be called. */
BIDE_API void bide_loop_set_deadlock_handler(bide_loop *loop, bide_callback *handler, void *arg);

/* ------------------------------------------------------------- descriptors */

/** Have `cb` called, turn after turn, while `fd` can be read.
 *
 *  loop      borrows
 *  fd        a descriptor; a file can always be read, and on JavaScript hosts all but
 *            stdin (0) are files
 *  cb, arg   keeps until removed; replaces an earlier reader of `fd`
 *  Returns   0, BIDE_EOS if `fd` is negative, BIDE_ERUNTIME (no loop, it
 *            is closed, or a task reads `fd`), BIDE_ENOMEM.
 *  Suspends  never.
 *  Cancel    bide_loop_remove_reader.
 *  Like      loop.add_reader. */
BIDE_API int bide_loop_add_reader(bide_loop *loop, int fd, bide_callback *cb, void *arg) BIDE_CHECK;

/** End what bide_loop_add_reader began.
 *
 *  loop      borrows
 *  fd        the descriptor
 *  Returns   true if there was a reader.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.remove_reader. */
BIDE_API bool bide_loop_remove_reader(bide_loop *loop, int fd);

/** Read from a descriptor while other tasks run.
 *
 *  fd        a descriptor; on JavaScript hosts all but stdin (0) are files, which never wait
 *  buffer    keeps until it returns
 *  size      bytes of room in `buffer`
 *  got       bytes read; 0 at the end of the file
 *  Returns   0, BIDE_EOS with the system's message, BIDE_ECANCELED, BIDE_ERUNTIME
 *            (not in a task, or `fd` has a reader or another task reads it).
 *  Suspends  until there is something to read; at least one turn.
 *  Cancel    nothing is read.
 *  Like      StreamReader.read(n). */
BIDE_API int bide_read(int fd, void *buffer, size_t size, size_t *got) BIDE_CHECK;

/* --------------------------------------------------------------- debugging */

/** Print the tasks of a loop that are not done, as a tree: below each task stand
 *  those that it waits for. A line has the task's name, what it waits for, for how
 *  long, the most of its stack that it was seen to use, and whether it was cancelled.
 *  The time at its head counts from the loop's first run.
 *
 *  `bide run` prints the tree on Ctrl-\ (SIGQUIT) and in the report of a deadlock.
 *  So do native programs that refer to this function. A program of `bide build` has
 *  a plain list in that report, and is smaller by this function, unless it refers
 *  to it or is built with -g or --debug. WASI preview 1 has no signals, so there is
 *  no Ctrl-\ there.
 *
 *  loop      borrows
 *  Suspends  never. Needs no memory and little stack, so it can be called anywhere.
 *  Cancel    nothing to cancel.
 *  Like      asyncio.print_call_graph. Differs: goes to stderr; no frames. */
BIDE_API void bide_dump(bide_loop *loop);

/** Turn debug mode on or off. It reports on stderr what is legal and suspicious,
 *  each in a line that begins with "bide: debug:":
 *
 *  - a step of a task, or a callback, that took at least as long as
 *    bide_loop_set_slow_callback_duration says, and between which calls that was
 *  - where the task or future of a report was created, and by whom, for instance
 *    below an error that nobody retrieved
 *  - a call from the wrong place: one that would suspend outside of a task, a run
 *    call while a loop runs, a task that awaits itself, a result set where nobody
 *    gets it, a task without a function
 *  - tasks that are left when the main task of bide_run ends, and tasks and
 *    futures that were never released
 *  - a promise that nobody awaited or dropped when the task that asked for it ended
 *  - a BIDE_JS that a call of bide/js.h gave, and that is not cleared when the program exits
 *  - a switch inside BIDE_NO_SWITCH
 *  - a break out of BIDE_WITH, BIDE_NO_SWITCH and the like
 *  - a return or goto out of a timeout or group, whose raw code the program went on with
 *  - an object that was moved, freed or overwritten while a task waits for it, or
 *    a bide_timeout before its exit. Debug mode looks for these when the loop is
 *    idle and when tasks come and go. It can't tell the object from memory that
 *    looks the same
 *  - what lies in a frame that has returned, or in the stack of a task that has
 *    ended, and is still in use: the argument of a task or callback, an object that
 *    a task waits for, a bide_timeout or bide_task_group that was not left
 *
 *  A program has debug mode if it refers to this function, or comes from
 *  `bide run --debug` or `bide build --debug`. Its loops start in debug mode if
 *  BIDE_DEBUG=1 stands in the environment; `bide run --debug` puts it there, and
 *  BIDE_DEBUG=1 before `bide run` means --debug. A program without debug mode
 *  ignores the variable, and is smaller. Reports have file and line from code that
 *  is compiled with -DBIDE_DEBUG, as --debug does.
 *
 *  loop      borrows
 *  on        true: on. Reports can't tell where older tasks and futures were created
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.set_debug. */
BIDE_API void bide_loop_set_debug(bide_loop *loop, bool on);

/** Whether debug mode is on.
 *
 *  loop      borrows
 *  Returns   true or false; false without a loop.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.get_debug. */
BIDE_API bool bide_loop_get_debug(bide_loop *loop);

/** Set how long a step or callback may take before debug mode reports it.
 *
 *  loop      borrows
 *  seconds   of the host's own clock, also if the loop's is virtual; 0.1 at first;
 *            0: each is reported; INFINITY: none
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.slow_callback_duration. */
BIDE_API void bide_loop_set_slow_callback_duration(bide_loop *loop, double seconds);

/** What bide_loop_set_slow_callback_duration has set.
 *
 *  loop      borrows
 *  Returns   seconds; NaN without a loop.
 *  Suspends  never.
 *  Cancel    nothing to cancel.
 *  Like      loop.slow_callback_duration. */
BIDE_API double bide_loop_get_slow_callback_duration(bide_loop *loop);

#ifdef BIDE_DEBUG
#define BIDE__NO_SWITCH \
    BIDE__QUIET \
    for (int bide__section __attribute__((cleanup(bide__no_switch_end))) = bide__no_switch_begin(__FILE__, __LINE__); \
         bide__no_switch_next(&bide__section, BIDE__PLACE);) BIDE__LOUD \
        for (bide__section = 2; bide__section == 2; bide__section = 3)
#else
#define BIDE__NO_SWITCH BIDE__QUIET for (int bide__section = 1; bide__section; bide__section = 0) BIDE__LOUD
#endif
int bide__no_switch_begin(const char *file, int number);
int bide__no_switch_next(const int *section, const char *place);
void bide__no_switch_end(const int *section);

/** `break` and `continue` in this block leave the block, not the loop around it: `BIDE_NO_SWITCH { from -= sum; to += sum; }`.
 *
 *  Nothing else is meant to run while the calling task is in it. If the task is
 *  suspended inside, debug mode reports it and what it waits for. It reports a
 *  `break`, too. The block costs nothing unless it is compiled with -DBIDE_DEBUG.
 *  BIDE_TRY and `return` may leave it as well. No twin in asyncio. */
#define BIDE_NO_SWITCH BIDE__NO_SWITCH

/* -------------------------------------------------------------- JavaScript */

/** The number under which the host keeps a promise. It can be awaited once; 0 is never valid.
 *  A promise that a task asked for, and that nobody has awaited when the task ends, is dropped
 *  then. Debug mode reports it. */
typedef int32_t bide_promise;

/** Wait for a promise that an import returned.
 *
 *  p         takes: the number is used up
 *  result    a JavaScript number is F64, a bigint I64, a boolean BOOL, a string TEXT,
 *            an ArrayBuffer and its views BYTES, undefined and null NONE, all else JS
 *  Returns   0; BIDE_EJS if it rejected (message: String(error)), or the code
 *            of a rejected bide call; BIDE_EVALUE for a bigint beyond 64 bits or a number that is no promise
 *            of ours; BIDE_ECANCELED; BIDE_ERUNTIME (not in a task); BIDE_ENOMEM.
 *  Suspends  if it is not settled.
 *  Cancel    aborts the AbortSignal that the import was given.
 *  Like      await. Differs: BIDE_ERUNTIME on hosts without JavaScript. */
BIDE_API int bide_await_promise(bide_promise p, bide_value *result) BIDE_CHECK;

/** Give up a promise that nobody awaits. What it settles with is ignored.
 *
 *  p         takes: the number is used up. One that is awaited, or is no promise, is left alone
 *  Suspends  never.
 *  Cancel    aborts the AbortSignal that the import was given, if it is pending.
 *  Like      del future. Differs: asyncio has none. */
BIDE_API void bide_promise_drop(bide_promise p);

/** Makes a function callable from JavaScript: `BIDE_EXPORT int add(int a, int b) { … }`. */
#define BIDE_EXPORT __attribute__((used, visibility("default")))

#ifdef __wasm__
/** A JavaScript function: `BIDE_IMPORT("now") double now(void);`. */
#define BIDE_IMPORT(name) __attribute__((import_module("env"), import_name(name)))
/** A JavaScript function whose outcome bide_await_promise waits for. It gets an
 *  AbortSignal as its last argument. */
#define BIDE_IMPORT_PROMISE(name) __attribute__((import_module("bide:promise"), import_name(name)))
#else
#define BIDE_IMPORT(name)
#define BIDE_IMPORT_PROMISE(name)
#endif

/* ----------------------------------------------------- places, for debug mode */

/* With -DBIDE_DEBUG calls note where they stand. Each macro has the name of the
 * function that it calls. Without parentheses behind it, the name means the function. */
#ifdef BIDE_DEBUG
bide_future *bide__created(bide_future *f, const char *file, int number) BIDE_CHECK;
bide_future *bide__created_child(bide_future *f, const char *file, int number);
bide_handle *bide__created_handle(bide_handle *h, const char *file, int number);
void bide__note_call(const char *name, const char *file, int number);

#define BIDE__CREATED(call) bide__created(call, __FILE__, __LINE__)
#define bide_create_task(...) BIDE__CREATED(bide_create_task(__VA_ARGS__))
#define bide_create_task_copy(...) BIDE__CREATED(bide_create_task_copy(__VA_ARGS__))
#define bide_create_task_with(...) BIDE__CREATED(bide_create_task_with(__VA_ARGS__))
#define bide_loop_create_task(...) BIDE__CREATED(bide_loop_create_task(__VA_ARGS__))
#define bide_task_new(...) BIDE__CREATED(bide_task_new(__VA_ARGS__))
#define bide_eager_task_factory(...) BIDE__CREATED(bide_eager_task_factory(__VA_ARGS__))
#define bide_ensure_future_call(...) BIDE__CREATED(bide_ensure_future_call(__VA_ARGS__))
#define bide_future_new(...) BIDE__CREATED(bide_future_new(__VA_ARGS__))
#define bide_gather(...) BIDE__CREATED(bide_gather(__VA_ARGS__))
#define bide_shield(...) BIDE__CREATED(bide_shield(__VA_ARGS__))
#define bide_shield_join(...) BIDE__CREATED(bide_shield_join(__VA_ARGS__))
#define bide_shield_call(...) BIDE__CREATED(bide_shield_call(__VA_ARGS__))
#define bide_task_group_create_task(...) bide__created_child(bide_task_group_create_task(__VA_ARGS__), __FILE__, __LINE__)
#define bide_task_group_create_task_with(...) bide__created_child(bide_task_group_create_task_with(__VA_ARGS__), __FILE__, __LINE__)
#define bide_task_group_create_task_copy(...) bide__created_child(bide_task_group_create_task_copy(__VA_ARGS__), __FILE__, __LINE__)
#define bide_loop_call_soon(...) bide__created_handle(bide_loop_call_soon(__VA_ARGS__), __FILE__, __LINE__)
#define bide_loop_call_later(...) bide__created_handle(bide_loop_call_later(__VA_ARGS__), __FILE__, __LINE__)
#define bide_loop_call_at(...) bide__created_handle(bide_loop_call_at(__VA_ARGS__), __FILE__, __LINE__)

#define BIDE__CALL(name, ...) (bide__note_call(#name, __FILE__, __LINE__), name(__VA_ARGS__))
#define bide_main(...) BIDE__CALL(bide_main, __VA_ARGS__)
#define bide_run(...) BIDE__CALL(bide_run, __VA_ARGS__)
#define bide_loop_run_forever(...) BIDE__CALL(bide_loop_run_forever, __VA_ARGS__)
#define bide_loop_run_until_complete(...) BIDE__CALL(bide_loop_run_until_complete, __VA_ARGS__)
#define bide_loop_run_until_complete_join(...) BIDE__CALL(bide_loop_run_until_complete_join, __VA_ARGS__)
#define bide_loop_run_until_complete_call(...) BIDE__CALL(bide_loop_run_until_complete_call, __VA_ARGS__)
#define bide_sleep(...) BIDE__CALL(bide_sleep, __VA_ARGS__)
#define bide_await(...) BIDE__CALL(bide_await, __VA_ARGS__)
#define bide_join(...) BIDE__CALL(bide_join, __VA_ARGS__)
#define bide_call(...) BIDE__CALL(bide_call, __VA_ARGS__)
#define bide_wait_for(...) BIDE__CALL(bide_wait_for, __VA_ARGS__)
#define bide_wait_for_join(...) BIDE__CALL(bide_wait_for_join, __VA_ARGS__)
#define bide_wait_for_call(...) BIDE__CALL(bide_wait_for_call, __VA_ARGS__)
#define bide_gather_join(...) BIDE__CALL(bide_gather_join, __VA_ARGS__)
#define bide_wait(...) BIDE__CALL(bide_wait, __VA_ARGS__)
#define bide_as_completed_next(...) BIDE__CALL(bide_as_completed_next, __VA_ARGS__)
#define bide_event_wait(...) BIDE__CALL(bide_event_wait, __VA_ARGS__)
#define bide_task_group_exit(...) BIDE__CALL(bide_task_group_exit, __VA_ARGS__)
#define bide_lock_acquire(...) BIDE__CALL(bide_lock_acquire, __VA_ARGS__)
#define bide_condition_acquire(...) BIDE__CALL(bide_condition_acquire, __VA_ARGS__)
#define bide_condition_wait(...) BIDE__CALL(bide_condition_wait, __VA_ARGS__)
#define bide_condition_wait_for(...) BIDE__CALL(bide_condition_wait_for, __VA_ARGS__)
#define bide_semaphore_acquire(...) BIDE__CALL(bide_semaphore_acquire, __VA_ARGS__)
#define bide_barrier_wait(...) BIDE__CALL(bide_barrier_wait, __VA_ARGS__)
#define bide_barrier_reset(...) BIDE__CALL(bide_barrier_reset, __VA_ARGS__)
#define bide_barrier_abort(...) BIDE__CALL(bide_barrier_abort, __VA_ARGS__)
#define bide_queue_put(...) BIDE__CALL(bide_queue_put, __VA_ARGS__)
#define bide_queue_get(...) BIDE__CALL(bide_queue_get, __VA_ARGS__)
#define bide_queue_join(...) BIDE__CALL(bide_queue_join, __VA_ARGS__)
#define bide_runner_run(...) BIDE__CALL(bide_runner_run, __VA_ARGS__)
#define bide_runner_run_with(...) BIDE__CALL(bide_runner_run_with, __VA_ARGS__)
#define bide_runner_close(...) BIDE__CALL(bide_runner_close, __VA_ARGS__)
#define bide_context_run(...) BIDE__CALL(bide_context_run, __VA_ARGS__)
#define bide_yield(...) BIDE__CALL(bide_yield, __VA_ARGS__)
#define bide_generator_next(...) BIDE__CALL(bide_generator_next, __VA_ARGS__)
#define bide_generator_send(...) BIDE__CALL(bide_generator_send, __VA_ARGS__)
#define bide_generator_throw(...) BIDE__CALL(bide_generator_throw, __VA_ARGS__)
#define bide_generator_close(...) BIDE__CALL(bide_generator_close, __VA_ARGS__)
#define bide_loop_shutdown_asyncgens(...) BIDE__CALL(bide_loop_shutdown_asyncgens, __VA_ARGS__)
#define bide_defer(...) BIDE__CALL(bide_defer, __VA_ARGS__)
#define bide_loop_add_reader(...) BIDE__CALL(bide_loop_add_reader, __VA_ARGS__)
#define bide_future_add_done_callback(...) BIDE__CALL(bide_future_add_done_callback, __VA_ARGS__)
#define bide_read(...) BIDE__CALL(bide_read, __VA_ARGS__)
#define bide_await_promise(...) BIDE__CALL(bide_await_promise, __VA_ARGS__)
#endif

#ifdef __cplusplus
}
#endif
#endif
