// A page. Stands beside the app.mjs that bide build has made of greet.c.

import load from './app.mjs';

const app = await load();
document.getElementById('here').textContent = await app.exports.greet('Ada');

// The same in a worker, which has an app of its own.
const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }) => { document.getElementById('there').textContent = data; };
worker.postMessage('Grace');
