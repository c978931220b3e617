/* parts.h -- parts of the library that cost nothing in a program that does not use them.
 *
 * Lower layers call these functions of higher ones where a program has them. They
 * are referred to weakly: without the part their address is 0, BIDE__HAS is
 * false, and what stands behind it is removed when the module is finished. This
 * header is the only place where a call goes up.
 *
 *     if (BIDE__HAS(bide__run_deferred)) bide__run_deferred(task);
 *
 * With BIDE__ALL_PARTS every part is there: all of the library is one file then
 * (`./build.sh amalgamation`), and the linker has nothing to choose. Parts from outside
 * of src/ need not be there then: they are BIDE__OUTER_PART. */
#ifndef BIDE_PARTS_H
#define BIDE_PARTS_H

#undef BIDE_DEBUG             /* its macros are for programs */
#include <bide.h>

/* bide_ignore of the core, which leaves no trace. */
static inline void bide__drop(int rc) { (void)rc; }

#ifdef BIDE__ALL_PARTS
#define BIDE__PART
#define BIDE__HAS(name) true
#define BIDE__REPLACEABLE __attribute__((weak))
#else
#define BIDE__PART __attribute__((weak))
#define BIDE__HAS(name) (&(name) != NULL)
#define BIDE__REPLACEABLE
#endif
#define BIDE__OUTER_PART __attribute__((weak))
#define BIDE__HAS_OUTER(name) (&(name) != NULL)

typedef struct bide__vars bide__vars;
typedef struct bide__blob bide__blob;
typedef struct bide__coroutine bide__coroutine;
typedef struct bide__timers bide__timers;
typedef struct bide__line bide__line;
typedef struct bide__task bide__task;
typedef struct bide__reader bide__reader;

/* --------------------------------------------------- contexts (task/context.c): in programs that set a variable */

/* The values of the running context: a reference, NULL: none. */
BIDE__PART bide__vars *bide__vars_now(void);
BIDE__PART void bide__vars_release(bide__vars *vars);    /* NULL is fine */
BIDE__PART void bide__context_enter(bide__coroutine *co, bide_context *context);
/* Give up the coroutine's own values and what it has entered. */
BIDE__PART void bide__context_leave(bide__coroutine *co);
BIDE__PART bool bide__context_is_entered(const bide_context *context);
/* A longjmp leaves the functions that bide_context_run called behind `context`; NULL: all of them. */
BIDE__PART void bide__context_return(const bide_context *context);
/* Let `to` run in the context of the task `f`, or of `outer` if `f` is no task. `back`: no longer. */
BIDE__PART void bide__context_lend(bide__coroutine *to, bide__coroutine *outer, bide_future *f, bool back);

/* ---------------------------------------------- the policy (loop/policy.c): in programs that ask for one or set one */

BIDE__PART bide_loop *bide__policy_new_loop(void), *bide__policy_get_loop(void);
BIDE__PART void bide__policy_set_loop(bide_loop *loop);

/* ------------------------------- functions that can't wait (loop/pin.c): in programs that give the library such a one */

/* The task that runs, and can't wait just now; NULL: none. */
BIDE__PART bide_task *bide__pinned_task(void);
/* 0, or BIDE_ERUNTIME: a run call would wait. */
BIDE__PART int bide__pin_refuses_run(void);
/* The program ends: whoever is pinned is to be seen in the report. */
BIDE__PART void bide__unpin_all(void);

/* --------------------------------------------- task factories (task/task_factory.c): in programs that set or ask for one */

/* A task made by the loop's factory; there is one. */
BIDE__PART bide_task *bide__task_by_factory(bide_loop *loop, const bide_task_options *options, bide_fn *fn, void *arg);

/* ------------- names, copied arguments, stack sizes of tasks (task/task_options.c): in programs that give or ask for some */

/* 0: an error is set. */
BIDE__PART size_t bide__task_stack_size(const bide_task_options *o);
/* Give a new task name and copy of the argument; false: no memory. */
BIDE__PART bool bide__task_take_options(bide__task *t, const bide_task_options *o);
BIDE__PART void bide__task_free_arg(bide__task *t);
BIDE__PART void bide__task_free_name(bide__task *t);
/* Does nothing, and is no part. A file that refers to it makes the linker take the parts. */
void bide__bring_task_options(void);

/* ------------------------------- calls from JavaScript (wasm/js/call.c, end_js.c): in programs that export functions to it */

/* The function of a call's task, which has no name of its own: its number is that of the exported function. */
BIDE__OUTER_PART int bide__js_run_call(void *call);
BIDE__OUTER_PART const char *bide__js_call_name(uint32_t function);    /* borrowed until the next call */
/* Those of typed functions (wasm/js/function.c): its function, its end, and the end of its arguments. */
struct call;
BIDE__OUTER_PART int bide__function_run(struct call *call);
/* Those that C has made at run time (wasm/js/callback.c); see bide__typed_run. */
BIDE__OUTER_PART int bide__callback_run(const void *typed, const bide_value *args);
/* Those of generators (wasm/js/generator_js.c). */
BIDE__OUTER_PART int bide__stream_run(struct call *call);
BIDE__OUTER_PART void bide__stream_clear(struct call *call);
BIDE__OUTER_PART void bide__function_succeeded(const struct call *call), bide__function_clear(struct call *call);
/* Main has returned: calls in flight fail as those did that the end of its run has cancelled. True: the app is to be closed. The
 * program exits with this code when the calls have cleaned up. */
BIDE__PART bool bide__js_end_calls(int code);
/* Behind the turns of a wake-up: exit if the app is to be closed, and what that waits for has come. */
BIDE__PART void bide__js_ending(void);

/* -------------------------------- promises of JavaScript (wasm/js/promise.c): in programs that ask for or await some */

/* The task has asked for some, and ends: drop those that nobody awaits. */
BIDE__OUTER_PART void bide__promises_left(bide__task *t);
/* The same for its AbortSignal (wasm/js/signal_js.c): it is to be cancelled for the first time; it ends. */
BIDE__OUTER_PART void bide__signal_abort(const bide_task *t), bide__signal_forget(const bide_task *t);

/* ---------------------------------- reports of error groups (loop/report_members.c): in programs that make some */

/* A line for each member of the group with that message, if it is one. */
BIDE__PART void bide__report_members(bide__line *line, const bide__blob *message);
/* Does nothing, and is no part. A file that refers to it makes the linker take the part. */
void bide__bring_report_members(void);

/* ---------------------------------------------------- deferred calls (task/defer.c): in programs that make them */

/* The task ends with its value, or as cancelled. */
BIDE__PART void bide__run_deferred(bide_task *t, bool cancelled);

/* ------------------------------------ reports of MemoryError (task/memory_errors.c): in programs that create tasks */

/* Hold such a report back; false: it is another, and those that were held have been told. */
BIDE__PART bool bide__memory_error(bide_loop *loop, const bide_exception_context *context);
BIDE__PART void bide__memory_errors_tell(void);
/* Does nothing, and is no part. A file that refers to it makes the linker take the part. */
void bide__bring_memory_errors(void);

/* ----------------------------------------------- blocks (task/block.c): in programs that have one */

/* What a function means that the library called, and that has returned `rc`. Asked in its coroutine, at once. */
BIDE__PART int bide__block_meant(int rc);

/* ------------------------------------------------------------------------ generators (generator/generator.c) */

/* A run ends: close the asynchronous generators that are left. A step of a run call (run/run.h). */
BIDE__PART int bide__generators_close(bide_loop *loop);
/* The same as a coroutine function. */
BIDE__PART int bide__generators_close_all(void *loop);
/* The loop is closed: forget those that were not. */
BIDE__PART void bide__generators_forget(bide_loop *loop);
/* The task is abandoned: the generators that it was in end there. */
BIDE__PART void bide__generators_abandon(bide__coroutine *co);
/* The task that runs, or whose plain generator does; NULL: none. */
BIDE__PART bide_task *bide__task_behind(void);
/* The stack of a generator that does not run, and what stands for the generator, whose `inside` it is. For debug mode. */
BIDE__PART const struct coro *bide__generator_stack(const bide_generator *g);
BIDE__PART const bide__coroutine *bide__generator_coroutine(const bide_generator *g);
/* BIDE_ERUNTIME: a plain generator can't wait. */
BIDE__PART int bide__generator_refuses(void);
/* The generator that runs, in words, and the size of its stack. */
BIDE__PART void bide__line_generator(bide__line *line);

/* ------------------------------------------------- the dump (insight/dump.c): in programs that ask for it, and when developing */

extern __typeof__(bide_dump) bide_dump BIDE__PART;
BIDE__PART void bide__dump_tasks(bide_loop *loop);       /* the lines of bide_dump that are about tasks */
BIDE__PART void bide__dump_running(void);                /* bide_dump of the loop that runs */
extern volatile bool bide__dump_wanted BIDE__PART;       /* a signal asked for it */

/* What the dump itself asks, of files that a program may have. First: the task or
 * future that waits by way of the callback `n`; NULL: none, or it is not that file's. */
typedef bide_future *bide__waiter_of(const bide__node *n);
BIDE__PART bide__waiter_of bide__gather_waiter, bide__shield_waiter, bide__wait_waiter;
BIDE__PART bide__waiter_of bide__wait_for_waiter, bide__task_group_waiter, bide__as_completed_waiter;
/* The future in place `i` of a gather, NULL for an argument that was; false: `f` is no gather, or has none there. */
BIDE__PART bool bide__gather_child(const bide_future *f, size_t i, bide_future **child);
/* Whether `f` is a gather whose children are being cancelled. For tasks that wait for themselves by way of it. */
BIDE__PART bool bide__gather_is_walked(const bide_future *f);
/* What a shield waits for; NULL: `f` is none, or is done. */
BIDE__PART bide_future *bide__shield_inner(const bide_future *f);
/* The bide_task_group that the callback belongs to, or NULL. For debug mode. */
BIDE__PART const void *bide__task_group_of(const bide__node *n);

/* ---------------------------------- main as a coroutine (returning/returning.c): where a loop can run, or be called */

BIDE__PART void bide__returning_start(bide_fn *fn);      /* see returning.h */

/* ----------------------------------------------- coroutines: in programs that have a stack beside main's */

/* Its address tells whether the program has any; the backend defines it. */
extern const char bide__coroutines BIDE__PART;

/* ------------------------------ what wasm/libc asks (task/waiter.c, io/reader.c): in programs that have tasks
 *
 * A program may call sleep or lock a mutex and have no task. For that it need not carry the core. */

/* The task that runs; NULL: none. */
BIDE__PART bide__task *bide__libc_task(void);
/* A number of its own for each task, and for what else runs; never 0. */
BIDE__PART uint32_t bide__libc_number(void);
/* Whether a loop runs, but no task of it: nobody can wait here. */
BIDE__PART bool bide__libc_in_callback(void);
/* Whether a loop runs on the virtual clock, which stands at *now. */
BIDE__PART bool bide__libc_virtual_now(double *now);
/* Wait until woken, for at most `seconds`, INFINITY: no limit. See waiter.c. */
BIDE__PART int bide__libc_wait(bide__task *t, bide__waiters *ws, double seconds, const char *waits_for);
/* The same in a queue, and no cancel request ends it. */
BIDE__PART int bide__libc_hold(bide__task *t, bide__waiters *ws, double seconds, const char *waits_for);
/* Take the first out of the queue, and let it run. Answers its number; 0: there is none. */
BIDE__PART uint32_t bide__libc_hand_over(bide__waiters *ws);
/* Wait until one of `n` descriptors can be read: rs[i].fd is to be set, rs[i].ready tells. 0 (also when time is over),
 * BIDE_ECANCELED, BIDE_ENOMEM. */
BIDE__PART int bide__libc_look(bide__task *t, bide__reader *rs, size_t n, double seconds);
/* Does nothing, and is no part. A file that refers to it makes the linker take the parts. */
void bide__bring_look(void);

/* A bit for each descriptor below 64 that the program has made non-blocking. In programs that call fcntl. */
extern uint64_t bide__libc_nonblocking BIDE__PART;
/* Whether what runs does so on the shared stack, where nobody can wait. In programs that print. */
extern bool bide__libc_on_shared_stack BIDE__PART;

/* ------------------- thread-specific data (wasm/threads/pthread_key.c): in programs that have some. Natively it is libc's own */

/* The task of that number (bide__libc_number) has ended: call the destructors of its values. */
BIDE__OUTER_PART void bide__keys_end(uint32_t number);

/* ----------------------------------------------- debug mode (insight/debug*.c): in programs that are built with it */

/* Its address tells whether debug mode is linked. Unless the comment says "always", call the functions only if
 * the loop is in debug mode: if (bide__debugging(loop)) bide__debug_x(…). */
extern const char bide__debug BIDE__PART;
/* The last call in this step that the macros of BIDE_DEBUG have noted; its name is NULL: none. */
typedef struct { const char *name, *file; int number; } bide__call_place;
extern bide__call_place bide__last_call BIDE__PART;
BIDE__PART void bide__debug_new_loop(bide_loop *loop);                /* always: it decides */
BIDE__PART bool bide__debug_batch(bide_loop *loop, double deadline);  /* run what is left of it; false: `deadline` has passed */
BIDE__PART void bide__debug_callback(bide_loop *loop, const bide_future *f, const bide_handle *h);    /* it has returned */
BIDE__PART void bide__debug_idle(bide_loop *loop);                    /* nothing is ready */
BIDE__PART void bide__debug_left(bide_loop *loop);                    /* the main task has ended */
BIDE__PART void bide__debug_forgotten(const bide_loop *loop);         /* the loop is over and has futures */
BIDE__PART void bide__debug_created(const bide_future *f);
enum { BIDE__GIVEN_FUTURE, BIDE__GIVEN_HANDLE, BIDE__GIVEN_DONE_CALLBACK, BIDE__GIVEN_DEFERRED, BIDE__GIVEN_READER, BIDE__GIVEN_VALUE, BIDE__GIVEN_NOTHING };   /* a task is a future */
BIDE__PART void bide__debug_given(const void *to, int kind, const void *arg);   /* its function is to be called with `arg` */
BIDE__PART void bide__debug_taken(const void *from);                  /* … will not be called */
BIDE__PART void bide__debug_begins(const void *object);               /* … is about to be called */
BIDE__PART void bide__debug_in_frame(const void *scope);              /* the running task has entered a timeout or group */
BIDE__PART void bide__debug_suspended(bide__task *t);                 /* it has run, and waits now */
BIDE__PART void bide__debug_generator_ended(const bide_generator *g); /* always: its function has returned, or never will */
BIDE__PART void bide__debug_raised(const void *sp);                   /* always: the stack is given back up to here; see coro_watch */
BIDE__PART void bide__debug_unwatch(void);                            /* always: no coro_watch any more */
BIDE__PART void bide__debug_here(void);                               /* always: the program's function goes on that called the caller */
BIDE__PART void bide__debug_ended(bide__task *t);                     /* its function has returned, the stack is still there */
BIDE__PART void bide__debug_new_task(bide__task *t);                  /* it has a stack, and has not begun */
BIDE__PART void bide__debug_measure(bide__task *t);                   /* always: how much of its stack was touched, if it was painted */
BIDE__PART void bide__debug_js_value(const bide_value *v);              /* always: the call that runs gives it to the program */
BIDE__PART void bide__debug_promise_left(const bide__task *t, const char *import);    /* it asked for one, and ends */
BIDE__PART void bide__debug_freed(const void *object);                /* always: a future, a handle, contents of a value */
BIDE__PART void bide__debug_report_created(const void *object);       /* always: a line about a future or handle */
BIDE__PART void bide__debug_misplaced(const char *why);               /* always: a call failed for where it stands */
BIDE__PART void bide__debug_run_call(void);                           /* always: a run call begins */
BIDE__PART bool bide__debug_timer_may_leave(const bide__timers *ts, const bide__timer *t);          /* always */
BIDE__PART bool bide__debug_may_leave(bide__task *t);                 /* always: the queue that it waits in */
BIDE__PART void bide__debug_check_waiters(bide__waiters *ws);         /* always: see bide__check_waiters */
BIDE__PART void bide__debug_line_wait(bide__line *line, const bide__task *t);     /* always: " at app.c:12", if that is known */
BIDE__PART void bide__debug_break(const char *place);                 /* always: out of the block at `place` */
/* Always. The running task's block at `place` was left with a raw code. It is reported unless the function returns it at
 * once to the library: bide__debug_left_over(true). A guard's exit that runs between hides it, and notes it again. */
BIDE__PART void bide__debug_left_raw(const char *place);
BIDE__PART const char *bide__debug_left_hide(void);
BIDE__PART void bide__debug_left_over(bool is_harmless);
/* A runner alone does not bring debug mode into the program. */
extern __typeof__(bide_loop_set_debug) bide_loop_set_debug BIDE__PART;

#define bide__debugging(loop) (BIDE__HAS(bide__debug) && (loop)->debug)

#endif
