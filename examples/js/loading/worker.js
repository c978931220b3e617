// A worker of a page. It listens from the start, while the program is being loaded.

import load from './app.mjs';

const loading = load();
onmessage = async ({ data: name }) => {
  const app = await loading;
  postMessage(await app.exports.greet(name));
};
