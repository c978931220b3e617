/* async_with.c -- a block with an enter and an exit that both wait. The exit runs whatever happens inside.
 *
 *     class Session:
 *         async def __aenter__(self): ...
 *         async def __aexit__(self, exc_type, exc, tb): ...
 *
 *     async with Session():
 *         print("body")
 *
 * The exit is told the code that the block ended with, and answers the code that
 * leaves the block.
 */
#include <bide.h>
#include <stdio.h>

struct session { bool is_open; };

static int session_enter(void *arg) {
    struct session *session = arg;
    BIDE_TRY(bide_sleep(0.2));
    session->is_open = true;
    puts("enter");
    return 0;
}

static int session_exit(void *arg, int code) {
    struct session *session = arg;
    session->is_open = false;
    BIDE_TRY(bide_sleep(0.2));
    if (code == 0) puts("exit");
    else printf("exit (%s)\n", code == BIDE_ECANCELED ? "cancelled" : bide_error_name(code));
    return code;
}

static int use(struct session *session) {
    BIDE_WITH(session_enter, session_exit, session) {
        puts("body");
    }
    return 0;
}

static int misuse(struct session *session) {
    BIDE_WITH(session_enter, session_exit, session) {
        BIDE_TRY(bide_raise(BIDE_EVALUE, "no such page"));
    }
    return 0;
}

static int use_forever(void *session) {
    BIDE_WITH(session_enter, session_exit, session) {
        BIDE_TRY(bide_sleep(INFINITY));
    }
    return 0;
}

static int async_main(void *arg) {
    struct session session = { .is_open = false };
    int rc;
    (void)arg;
    BIDE_TRY(use(&session));
    rc = misuse(&session);
    if (rc != BIDE_EVALUE) return rc;
    rc = bide_wait_for_call(use_forever, &session, 0.5, NULL);   /* cancels what runs too long */
    if (rc != BIDE_ETIMEDOUT) return rc;
    return 0;
}

int main(void) { return bide_main(async_main, NULL); }
