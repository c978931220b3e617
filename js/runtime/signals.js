// AbortSignals of tasks: bide_js_signal of bide/js.h. wasm/js/signal_js.c is C's half of it.

/** @typedef {import('./runtime.js').Runtime} Runtime */

/** The functions that signal_js.c imports.
 *  @param {Runtime} runtime  @returns {Record<string, (...args: number[]) => any>} */
export function signalImports(runtime) {
  /** By the task, until that ends. @type {Map<number, AbortController>} */
  const controllers = new Map();

  /** @param {number} task */
  function make(task) {
    const controller = new AbortController();
    controllers.set(task, controller);
    return controller;
  }

  /** @param {AbortController | undefined} controller */
  function abort(controller) {
    controller?.abort(runtime.calls.reason);
    if (runtime.ended) throw runtime.ended;      // a listener has ended the app
  }

  return {
    signal_of(task, late, out) {
      let controller = controllers.get(task);
      if (!controller || (controller.signal.aborted && !late)) controller = make(task);
      if (late) abort(controller);
      return Number(runtime.values.put(out, controller.signal));
    },
    signal_abort: (task) => abort(controllers.get(task)),
    signal_forget: (task) => { controllers.delete(task); },
  };
}
