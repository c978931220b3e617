// `bide build` puts the bodies of BIDE_JAVASCRIPT in the place of this file (js/cli/bundle.js).

/** @type {Record<string, (...args: any[]) => any>} */
export default {};
