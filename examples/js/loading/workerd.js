// Cloudflare Workers, and workerd. They compile no bytes, so load() is given the module. Each request has an app of its own.

import module from './app.wasm';
import load from './app.mjs';

export default {
  async fetch(request) {
    const app = await load({ module });
    const name = new URL(request.url).searchParams.get('name') ?? 'nobody';
    const text = await app.exports.greet(name);
    await app.close();
    return new Response(text);
  },
};
