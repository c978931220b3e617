/* body.h -- what the call of a body answers. */
#ifndef BIDE_JS_BODY_H
#define BIDE_JS_BODY_H

/* A value is written, but for the first; with BODY_PROMISE it is the promise. js/runtime/bodies.js has the same. */
enum body_how { BODY_NO_MEMORY, BODY_VALUE, BODY_PROMISE };

#endif
