// Stands beside app.mjs, which bide build has made of todo.c, and is checked against its types, app.d.mts.

import load, { BideError, type State, type Todo } from './app.mjs';

const { add, list, remove, toggle, watch } = (await load()).exports;

const mark = ({ done }: Todo): string => (done ? 'x' : ' ');
const text = (todos: Todo[]): string => todos.map((todo) => `[${mark(todo)}] ${todo.title}`).join(', ') || 'nothing';

// Each step follows on what the list has become.
const steps: (() => Todo)[] = [() => add('buy milk'), () => add('feed the cat'), () => toggle(1), () => remove(2)];
for await (const todos of watch()) {
  console.log('now:', text(todos));
  const step = steps.shift();
  if (!step) break;
  step();
}

add('fly a kite');
const states: State[] = ['open', 'done'];
for (const state of states) console.log(`${state}:`, text(list(state)));
try {
  toggle(7);
} catch (error) {
  if (error instanceof BideError) console.log(error.code, error.message);
}
