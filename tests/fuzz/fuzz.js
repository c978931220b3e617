// Runs the fuzzer: over what it has found before, or for a while to find more.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/paths.js';
import { fuzzDir } from './build.js';

/** Inputs that reach every place of the core that was ever reached, as few and as small as can be. */
export const corpus = join(root, 'tests/fuzz/corpus');

// The blocks that a program has are counted at the end of each run. A leak check would take minutes.
const ALWAYS = ['-detect_leaks=0', '-timeout=25', '-rss_limit_mb=4096', '-close_fd_mask=0'];

/** Arguments that run each input of the corpus once. */
export const replayArguments = () => [...ALWAYS, '-runs=0', corpus];

/** Arguments that look for more during `seconds`; new inputs go to build/fuzz/corpus, one that fails to build/fuzz.
 *  @param {number} seconds */
export function fuzzArguments(seconds) {
  const found = join(fuzzDir(), 'corpus');
  mkdirSync(found, { recursive: true });
  return [
    ...ALWAYS, `-max_total_time=${seconds}`, '-max_len=600', '-print_final_stats=1', `-artifact_prefix=${fuzzDir()}/`, found, corpus,
  ];
}
