// Stands beside app.mjs, which bide build has made of todo.c, and is checked against its types, app.d.mts.

import load, { BideError, type Change, type Todo } from './app.mjs';

const { add, changes, list, listening, remove, toggle } = (await load()).exports;

const titles = (todos: Todo[]): string => todos.map(({ id, title }) => `${id} ${title}`).join(', ');
const told = ({ what, todo }: Change): string => `${what}: ${todo.title}, ${todo.done ? 'done' : 'open'}`;

/** Every number of changes is a loop of its own. */
async function show(watcher: string, count: number): Promise<void> {
  for await (const change of changes()) {
    console.log(`${watcher} sees ${told(change)}`);
    if (--count === 0) break;
  }
}

const watchers = Promise.all([show('one', 2), show('other', 4)]);
await listening();   // both loops, that is
const milk: Todo = add('buy milk');
const cat = add('feed the cat');
toggle(milk.id);
remove(cat.id);
await watchers;

add('fly a kite');
console.log(`open: ${titles(list('open'))}`);
console.log(`all: ${titles(list())}`);
try {
  toggle(7);
} catch (error) {
  if (error instanceof BideError) console.log(error.code, error.message);
}
