/** Says why a module can't be finished. The message lacks its subject, which is the module: "is finished already". */
export class LinkError extends Error {}
