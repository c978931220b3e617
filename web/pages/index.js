// The first page shows the first program.

import { element } from './elements.js';
import { showSource } from './source.js';

await showSource(element('source'), 'apps/hello/hello.c');
