// Each entry of the package keeps what js/index.d.ts promises. Compiled, never run.

import type { Exports, load as promised } from 'bide';
import { load as anywhere } from '../../js/anywhere.js';
import { load as inPages } from '../../js/page.js';

export const page: typeof promised<Exports> = inPages;
export const bound: (options?: Parameters<typeof promised>[1]) => ReturnType<typeof promised<Exports>> = anywhere;
