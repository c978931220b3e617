// node files.mjs FOLDER: gives one more text to files.c, which bide build has put there, and reads its report.

import { pathToFileURL } from 'node:url';

const { load } = await import(pathToFileURL(`${process.argv[2]}/app.mjs`).href);

const app = await load({ files: { '/texts/two.txt': 'two words' } });
const code = await app.run();

const report = new TextDecoder().decode(await app.readFile('/report/words.txt'));
console.log(`exit ${code}\n${report}files: ${app.files('/texts').join(', ')}`);
