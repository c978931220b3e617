/* pthread_key.c -- thread-specific data of pthreads: each task has values of its own.
 *
 * Where no task runs, there is one array of values. Those of tasks stand in lists, by the
 * number of the task. At its end, a task's values are handed to the destructors, which
 * run as a deferred call does (bide_defer): they can't wait. */
#include "locks.h"

#include <limits.h>

enum { KEY_LISTS = 64, KEY_ROUNDS = PTHREAD_DESTRUCTOR_ITERATIONS };

struct key { bool used; void (*destructor)(void *); };
struct key_value { struct key_value *next; uint32_t owner; pthread_key_t key; const void *value; };

static struct key keys[PTHREAD_KEYS_MAX];
static const void *keys_only[PTHREAD_KEYS_MAX];      /* where no task runs */
static struct key_value *keys_values[KEY_LISTS];
static uint32_t keys_ended;                          /* the task whose destructors run; 0: none */

static uint32_t key_owner(void) { return keys_ended ? keys_ended : bide__lock_self(); }
static struct key_value **key_list(uint32_t owner) { return &keys_values[owner / sizeof(max_align_t) % KEY_LISTS]; }

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *)) {
    for (pthread_key_t k = 0; k < PTHREAD_KEYS_MAX; k++) {
        if (keys[k].used) continue;
        keys[k] = (struct key){ true, destructor };
        return *key = k, 0;
    }
    return EAGAIN;
}

static void key_drop(struct key_value **at) {
    struct key_value *v = *at;
    *at = v->next;
    bide__free(v, sizeof *v);
}

int pthread_key_delete(pthread_key_t key) {
    if (key >= PTHREAD_KEYS_MAX || !keys[key].used) return EINVAL;
    keys[key] = (struct key){ .used = false };
    keys_only[key] = NULL;
    for (size_t i = 0; i < KEY_LISTS; i++)
        for (struct key_value **at = &keys_values[i]; *at;)
            if ((*at)->key == key) key_drop(at);
            else at = &(*at)->next;
    return 0;
}

static struct key_value *key_find(uint32_t owner, pthread_key_t key) {
    struct key_value *v = *key_list(owner);
    while (v && (v->owner != owner || v->key != key)) v = v->next;
    return v;
}

void *pthread_getspecific(pthread_key_t key) {
    const uint32_t owner = key_owner();
    if (owner == UINT32_MAX) return key < PTHREAD_KEYS_MAX ? (void *)keys_only[key] : NULL;
    struct key_value *v = key_find(owner, key);
    return v ? (void *)v->value : NULL;
}

int pthread_setspecific(pthread_key_t key, const void *value) {
    if (key >= PTHREAD_KEYS_MAX || !keys[key].used) return EINVAL;
    const uint32_t owner = key_owner();
    if (owner == UINT32_MAX) return keys_only[key] = value, 0;
    struct key_value *v = key_find(owner, key);
    if (v) return v->value = value, 0;
    v = bide__alloc(sizeof *v);
    if (!v) return ENOMEM;
    *v = (struct key_value){ *key_list(owner), owner, key, value };
    *key_list(owner) = v;
    return 0;
}

/* Call the destructor of a value that the task still has; false: there is none. */
static bool key_destroy_one(uint32_t owner) {
    for (struct key_value *v = *key_list(owner); v; v = v->next) {
        void *value = (void *)v->value;
        if (v->owner != owner || !value || !keys[v->key].destructor) continue;
        v->value = NULL;
        return keys[v->key].destructor(value), true;
    }
    return false;
}

void bide__keys_end(uint32_t owner) {
    const uint32_t outer = keys_ended;
    keys_ended = owner;
    for (size_t left = KEY_ROUNDS * PTHREAD_KEYS_MAX; left > 0 && key_destroy_one(owner);) left--;
    keys_ended = outer;
    for (struct key_value **at = key_list(owner); *at;)
        if ((*at)->owner == owner) key_drop(at);
        else at = &(*at)->next;
}

void *tss_get(pthread_key_t key);
void *tss_get(pthread_key_t key) { return pthread_getspecific(key); }
