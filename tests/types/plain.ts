// A program without imports and exports.

import { load } from './app.mjs';

export const app = await load();
// @ts-expect-error it exports nothing
await app.exports.add(1);
