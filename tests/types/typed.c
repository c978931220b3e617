/* typed.c -- a program whose types typed.ts uses. */
#include <bide.h>
#include <bide/js.h>

BIDE_TYPES("export interface Todo { id: number; title: string; done?: boolean }\n"
      "export type State = 'open' | `done ${number}%`;");
/* Names of the package's, too. */
BIDE_TYPES("export interface Record { state: State; error: Error }\n"
      "export interface Error { code: number }\n"
      "export type App = Todo | Module;\n"
      "interface Module { imports: Iterable }\n"
      "type Iterable = 'iterable'");

/* Greets somebody.
 *
 *   - `politely`,
 *   - "often".
 *
 * @param name  whom */
BIDE_FUNCTION(greet, "(name: string, times?: number): Promise<string>") { return 0; }
BIDE_FUNCTION(ticks, "(period: number, count: number): AsyncGenerator<number>") { return 0; }

// The area of a rectangle.
// It is no */ estimate.
BIDE_FUNCTION(
  area,
  "(w: number, "
  "h: number): number"
) { return 0; }

/** All that are in a state. */
BIDE_FUNCTION(todos, "(state: State, ...more: Todo[]): Promise<Record[]> // all") { return 0; }
BIDE_FUNCTION_WITH(new, "(): void", .stack_size = 65536) { return 0; }
BIDE_FUNCTION(each, "(items: readonly (string | null)[], fn: (item: string, i: number) => void, then: bigint | undefined): Generator<Uint8Array>") { return 0; }
BIDE_FUNCTION(delete, "<T extends App>(x: T): T | null") { return 0; }

/** Shows a todo. */
BIDE_JAVASCRIPT(show, "(todo: Todo, ...more: Todo[]): Promise<State>", "console.log(todo.title, more.length); return 'open';");

/** Adds two. */
BIDE_EXPORT int add(int a, double b) {
    bide_value todo = { .kind = BIDE_NONE };
    BIDE_TRY(show(&todo, 1, NULL));
    return a + (int)b;
}

int main(void) { return 0; }
