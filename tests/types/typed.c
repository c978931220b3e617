/* typed.c -- a program whose types typed.ts uses. */
#include "../support/described.h"
#include <bide.h>

TYPES("export interface Todo { id: number; title: string; done?: boolean }\n"
      "export type State = 'open' | `done ${number}%`;");
/* Names of the package's, too. */
TYPES("export interface Record { state: State; error: Error }\n"
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
FUNCTION(greet, "(name: string, times?: number): Promise<string>");
FUNCTION(ticks, "(period: number, count: number): AsyncGenerator<number>");

// The area of a rectangle.
// It is no */ estimate.
FUNCTION(
  area,
  "(w: number, "
  "h: number): number"
);

/** All that are in a state. */
FUNCTION(todos, "(state: State, ...more: Todo[]): Promise<Record[]> // all");
FUNCTION(new, "(): void");
FUNCTION(each, "(items: readonly (string | null)[], fn: (item: string, i: number) => void, then: bigint | undefined): Generator<Uint8Array>");
FUNCTION(delete, "<T extends App>(x: T): T | null");

/** Adds two. */
BIDE_EXPORT int add(int a, double b) { return a + (int)b; }

int main(void) { return 0; }
