/* like_write.c -- calls something that suspends through a pointer, of the type that a stream's write has. */
#include <bide.h>
#include <stdio.h>

typedef size_t sends(void *to, const char *from, size_t size);

static size_t send_later(void *to, const char *from, size_t size) {
    (void)to;
    return bide_sleep(0.01) == 0 ? fwrite(from, 1, size, stdout) : 0;
}

static sends *volatile send = send_later;

static int sending(void *arg) {
    return send(arg, "sent\n", 5) == 5 ? 0 : bide_raise(BIDE_EOS, "not sent");
}

int main(void) { return bide_main(sending, NULL); }
