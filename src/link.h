/* link.h -- what a C file tells whoever links and finishes a module.
 *
 * Each line stands in a custom section of the object. The linker joins the
 * sections of the members that it takes from the library, and `bide link` reads
 * and removes them:
 *
 *     bide_suspends   BIDE__SUSPENDS    functions that may lie on a suspended stack
 *     bide_runs       BIDE__RUNS        run calls
 *     bide_returns    BIDE__RETURNS     where that is suspended in them
 *     bide_cold       BIDE__COLD        functions that are kept out of line
 *     bide_link       BIDE__LINK        options for the linker; `bide link --flags` prints them
 *     bide_link_main  BIDE__LINK_MAIN   further ones if the program has a main
 *     bide_link_export  BIDE__LINK_EXPORT   further ones if it exports functions
 *     bide_link_promise  BIDE__LINK_PROMISE   further ones if it asks JavaScript for promises
 *     bide_link_generator  BIDE__LINK_GENERATOR   further ones if it has typed functions that are generators
 *
 * Outside of WebAssembly nothing of it exists. An attribute can't do it: data in
 * such a section does not become a custom section, assembly at file scope does. */
#ifndef BIDE_LINK_H
#define BIDE_LINK_H

#ifdef __wasm__
#define BIDE__TELL(section, text) \
    __asm__(".section .custom_section." section ",\"\",@\n.ascii \"" text "\\n\"\n.text")
#else
#define BIDE__TELL(section, text) _Static_assert(sizeof(text) > 1, "a text")
#endif

/* `function` suspends, or calls what may. Asyncify leaves every other function of ours as it is, so one that is
 * missing here would go on as if the call that suspended had returned. Static functions need no line: nobody
 * else can have a name that begins with bide_, but anybody can have theirs, so Asyncify looks at what they call. */
#define BIDE__SUSPENDS(function) BIDE__TELL("bide_suspends", #function)

/* `function` is a run call: in a module that has a BIDE__RETURNS, whose host returns to its caller, it suspends `main`. */
#define BIDE__RUNS(function) BIDE__TELL("bide_runs", #function)
#define BIDE__RETURNS(main) BIDE__TELL("bide_returns", #main)

/* `function` is called from many places or from short functions, but hardly ever. */
#define BIDE__COLD(function) BIDE__TELL("bide_cold", #function)

/* An option for the linker, as one writes it: BIDE__LINK("--wrap=vfprintf"). */
#define BIDE__LINK(option) BIDE__TELL("bide_link", option)
#define BIDE__LINK_MAIN(option) BIDE__TELL("bide_link_main", option)
#define BIDE__LINK_EXPORT(option) BIDE__TELL("bide_link_export", option)
#define BIDE__LINK_PROMISE(option) BIDE__TELL("bide_link_promise", option)
#define BIDE__LINK_GENERATOR(option) BIDE__TELL("bide_link_generator", option)

/* The file stands in every switch, wait or wake-up, or its frames lie on a task's stack below printf:
 * the build makes it fast (-O2), and files without this line small (-Oz). */
#define BIDE__FAST _Static_assert(1, "read by the build")

#endif
