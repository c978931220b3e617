// Node's own modules. They are imported when they are needed, because app.mjs runs in pages too.

/** Import a module of Node's own. The two comments and the variable keep bundlers from looking for it.
 *  @param {string} name  @returns {Promise<any>} */
export const builtin = (name) => import(/* webpackIgnore: true */ /* @vite-ignore */ name);
