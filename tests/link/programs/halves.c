#include <bide.h>

#include <stdio.h>

BIDE_IMPORT("half") int half(int n);

int main(void) {
    int rc = half(3);
    printf("%d %s\n", half(4), rc == BIDE_EVALUE ? "odd" : "even");
    return 0;
}
