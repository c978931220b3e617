// node events.mjs FOLDER: gives events.c, which bide build has put there, events to hear.

import { getEventListeners } from 'node:events';
import { pathToFileURL } from 'node:url';

const { default: load } = await import(pathToFileURL(`${process.argv[2]}/app.mjs`).href);
const app = await load();

const target = new EventTarget();

// C hears while JavaScript does other things. The loop's end removes the listener.
setTimeout(() => ['one', 'two', 'three'].forEach((detail) => target.dispatchEvent(new CustomEvent('said', { detail }))));
for await (const event of app.exports.events(target, 'said')) {
  console.log(event.type, event.detail);
  if (event.detail === 'two') break;
}

// In a page these are elements. Here something clicks twice, once, and three times, each when C has shown the clicks before.
const rows = [2, 1, 3];
const controller = new AbortController();
const click = () => {
  if (rows.length === 0) controller.abort(new Error('enough'));
  for (let n = rows.shift(); n > 0; n--) target.dispatchEvent(new Event('click'));
};
const shown = {
  set textContent(text) {
    console.log(text);
    setTimeout(click);
  },
};
setTimeout(click);
await app.call('count_clicks', [target, shown], { signal: controller.signal }).catch((error) => console.log(error.message));
console.log(['said', 'click'].flatMap((type) => getEventListeners(target, type)).length, 'listeners are left');
