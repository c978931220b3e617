/* policy.c -- who makes loops: the event-loop policy, and one that counts.
 *
 *     class CountingPolicy(asyncio.DefaultEventLoopPolicy):
 *         def new_event_loop(self):
 *             self.made += 1
 *             return super().new_event_loop()
 *
 *     asyncio.set_event_loop_policy(CountingPolicy())
 *     asyncio.run(main())
 *
 * asyncio has deprecated policies in favour of loop_factory, which
 * bide_runner_options has as well.
 */
#include <bide.h>
#include <stdio.h>

static bide_event_loop_policy *standard;

static bide_loop *count_loop(bide_event_loop_policy *policy) {
    int *made = policy->arg;
    ++*made;
    return standard->new_event_loop(standard);
}

static int async_main(void *arg) {
    (void)arg;
    printf("policy: %s\n", bide_get_event_loop_policy()->name);
    return 0;
}

int main(void) {
    int made = 0, code;
    bide_event_loop_policy counting = { .name = "counting", .new_event_loop = count_loop, .arg = &made };
    standard = bide_get_event_loop_policy();
    printf("policy: %s\n", standard->name);
    bide_set_event_loop_policy(&counting);
    code = bide_main(async_main, NULL);
    printf("loops made: %d\n", made);
    bide_set_event_loop_policy(NULL);
    return code;
}
