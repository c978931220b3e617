// The layers of the C sources, lowest first: folders of src/ whose files use their own layer and those below.
// What lies in src/ itself are the contracts, which everybody may use.

/** The same on every host. */
export const CORE_LAYERS = ['base', 'loop', 'task', 'io', 'run', 'combine', 'sync', 'generator', 'insight'].map((name) => `src/${name}`);
/** Above them, one for each kind of host. */
export const HOST_LAYERS = ['src/blocking', 'src/returning'];
