// `bide build --files` puts the files that it copies in the place of this file (js/cli/bundle.js).

/** @returns {Record<string, string | URL>} by their paths; '' is an empty folder */
export default () => ({});
