/* described.h -- the descriptions that the macros of bide/js.h write, with no function behind them. */
#define QUOTED_(x) #x
#define QUOTED(x) QUOTED_(x)
#define SOURCE(x) QUOTED(QUOTED(x))
#define DESCRIBE(section, strings) __asm__(".section .custom_section." section ",\"\",@\n.asciz " strings "\n.text")
#define PLACE "\n.asciz " QUOTED(__FILE__) "\n.asciz \"" QUOTED(__LINE__) "\""
#define FUNCTION(name, signature) DESCRIBE("bide_function", "\"" #name "\"\n.asciz " SOURCE(signature) PLACE)
#define JAVASCRIPT(name, signature, body) DESCRIBE("bide_javascript", "\"" #name "\"\n.asciz " SOURCE(signature) "\n.asciz " SOURCE(body) PLACE)
#define TYPES(text) DESCRIBE("bide_types", SOURCE(text) PLACE)
