/* list.h -- doubly linked lists whose nodes stand in their owners, so that a member leaves without a search.
 *
 * Ready handles, the callbacks of a future and the tasks of a loop are such
 * lists. bide__node is in bide.h. A list's head is a node without a type; the
 * head of an empty list is linked to itself. */
#ifndef BIDE_LIST_H
#define BIDE_LIST_H

#include "parts.h"

static inline void bide__list_init(bide__node *head) { head->next = head->prev = head; }
static inline bool bide__list_empty(const bide__node *head) { return head->next == head; }

static inline void bide__list_add(bide__node *head, bide__node *n) {
    n->prev = head->prev, n->next = head;
    head->prev->next = n, head->prev = n;
}

/* Harmless if it is in none. */
static inline void bide__list_remove(bide__node *n) {
    if (!n->next) return;
    n->prev->next = n->next, n->next->prev = n->prev;
    n->next = NULL;
}

/* Take the first member out. */
static inline void bide__list_pop(bide__node *head, bide__node *first) {
    head->next = first->next, first->next->prev = head;
    first->next = NULL;
}

/* Move all members of `from` behind those of `to`. */
static inline void bide__list_splice(bide__node *to, bide__node *from) {
    if (bide__list_empty(from)) return;
    from->next->prev = to->prev, to->prev->next = from->next;
    from->prev->next = to, to->prev = from->prev;
    bide__list_init(from);
}

/* Take all members out; none of them will run. */
void bide__list_drop(bide__node *head);

#endif
