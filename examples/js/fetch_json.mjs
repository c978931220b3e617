// node fetch_json.mjs FOLDER: has fetch_json.c, which bide build has put there, ask a server of this process.

import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const { default: load } = await import(pathToFileURL(`${process.argv[2]}/app.mjs`).href);
const app = await load();

const DEGREES = { Rome: 24.5, Oslo: 11 };
const server = createServer(({ url }, response) => {
  const city = url.slice(1);
  if (city === 'Slow') console.log('the server lets it wait');
  else if (city === 'Odd') response.end('no JSON');
  else if (city in DEGREES) response.end(JSON.stringify({ city, degrees: DEGREES[city] }));
  else response.writeHead(404).end();
  response.on('close', () => response.writableEnded || console.log('the server sees that nobody waits'));
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const at = `http://127.0.0.1:${server.address().port}/`;

// Each call is a task. They wait at the same time.
console.log((await Promise.all([app.exports.weather(`${at}Rome`), app.exports.weather(`${at}Oslo`)])).join(', '));

// C says what is wrong, or hands on what JavaScript threw.
await app.exports.weather(`${at}Atlantis`).catch((error) => console.log(error.code, error.message.replace(at, '')));
await app.exports.weather(`${at}Odd`).catch((error) => console.log(error instanceof SyntaxError, error.name));

// An abort cancels the task, and with it the request.
const controller = new AbortController();
const call = app.call('weather', [`${at}Slow`], { signal: controller.signal });
server.once('request', () => controller.abort(new Error('changed my mind')));
await call.catch((error) => console.log(error.message));
server.close();
