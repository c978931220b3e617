// The measure `call` of ../c/border.c by embind's val.
#include <emscripten/bind.h>
#include <emscripten/val.h>

static double call(emscripten::val fn, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) sum += fn(i, 2.0).as<double>();
    return sum;
}

EMSCRIPTEN_BINDINGS(peer) { emscripten::function("call", &call); }
