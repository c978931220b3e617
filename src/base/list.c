/* list.c -- see list.h. */
#include "base/list.h"

void bide__list_drop(bide__node *head) {
    while (!bide__list_empty(head)) {
        bide__node *n = head->next;
        bide__list_remove(n);
        n->type->drop(n);
    }
}
