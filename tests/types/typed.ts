// What the types of typed functions accept, and what they refuse. The test writes them beside a copy of this file.

import load, { BideError, type App, type BideApp, type Error as Failure, type Exports, type LoadOptions, type Record, type State, type Todo } from './app.mjs';

const options: LoadOptions = { args: ['app'] };
const app: BideApp = await load(options), { exports }: { exports: Exports } = app;

await load({ imports: { async show(todo, ...more) { const first: Todo = todo, rest: Todo[] = more; return rest.length ? 'open' : `done ${first.id}%`; } } });
const text: string = await exports.greet('Ada') + await exports.greet('Ada', 2);
for await (const tick of exports.ticks(0.5, 3)) sum(tick, 1);
const size: number = exports.area(2, 3);
const state: State = 'done 5%', todo: Todo = { id: 1, title: 'a' };
const records: Record[] = await exports.todos(state, todo, todo), failure: Failure = records[0].error;
for (const bytes of exports.each(['a', null] as const, (item, i) => sum(item.length, i), undefined)) sum(bytes.length, 1);
const nothing: void = exports.new(), same: Todo | null = exports.delete(todo), other: App = todo;
const total: number = await exports.add(1, 2);
const called: number = app.call('area', [2, 3]), promised: Promise<string> = app.call('greet', ['Ada'], {});
for await (const tick of app.call('ticks', [0.5, 3])) sum(tick, called);
const void_: void = app.call('new');
const error: globalThis.Error = new BideError('EVALUE');
function sum(a: number, b: number): number { return a + b; }
export { error, promised, void_, failure, nothing, other, same, size, text, total };

// @ts-expect-error it takes a Todo
await load({ imports: { show: async (todo: number) => 'open' } });
// @ts-expect-error it is no such function
await load({ imports: { hide: () => 1 } });
// @ts-expect-error a name is a string
await exports.greet(1);
// @ts-expect-error it is no promise
exports.area(2, 3).then();
// @ts-expect-error an argument is missing
exports.area(2);
// @ts-expect-error there is no such state
await exports.todos('closed');
// @ts-expect-error more of them are Todos
await exports.todos('open', { id: 1 });
// @ts-expect-error the result is a string
const wrong: number = await exports.greet('Ada');
// @ts-expect-error a call by name is no promise either
app.call('area', [2, 3]).then();
// @ts-expect-error it needs its arguments
app.call('area');
// @ts-expect-error they are numbers
app.call('area', ['2', 3]);
// @ts-expect-error there is no function of that name
app.call('volume', [1, 2, 3]);
// @ts-expect-error there is no such function
exports.volume(1, 2, 3);
export { wrong };
