// A thread that compiles sources; side_by_side.js starts it.

import { parentPort, workerData } from 'node:worker_threads';
import { setVerbose } from './clang.js';
import { compileNext } from './side_by_side.js';

const { jobs, counter, verbose } = workerData;
setVerbose(verbose);
await compileNext(jobs, counter, (i, compiled) => parentPort?.postMessage({ i, compiled }));
