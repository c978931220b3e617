// node events.mjs FOLDER: gives events.c, which bide build has put there, events to hear.

import { getEventListeners } from 'node:events';
import { pathToFileURL } from 'node:url';

const { default: load } = await import(pathToFileURL(`${process.argv[2]}/app.mjs`).href);
const app = await load();

// Speaks as soon as somebody listens.
class Speaker extends EventTarget {
  addEventListener(type, listener) {
    super.addEventListener(type, listener);
    setTimeout(() => ['one', 'two', 'three'].forEach((detail) => this.dispatchEvent(new CustomEvent(type, { detail }))));
  }
}

// C hears while JavaScript does other things. The loop's end removes the listener.
const speaker = new Speaker();
for await (const event of app.exports.events(speaker, 'said')) {
  console.log(event.type, event.detail);
  if (event.detail === 'two') break;
}

// In a page these are elements. Here a click follows on what C has shown: two of them, one, and three.
const button = new EventTarget(), rows = [2, 1, 3];
const controller = new AbortController();
const click = () => {
  if (rows.length === 0) controller.abort(new Error('enough'));
  for (let n = rows.shift(); n > 0; n--) button.dispatchEvent(new Event('click'));
};
const shown = {
  set textContent(text) {
    console.log(text);
    setTimeout(click);
  },
};
await app.call('count_clicks', [button, shown], { signal: controller.signal }).catch((error) => console.log(error.message));
console.log(getEventListeners(speaker, 'said').length + getEventListeners(button, 'click').length, 'listeners are left');
