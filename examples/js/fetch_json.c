/* fetch_json.c -- C calls fetch: it waits for the answer and reads it, fails if the server says so, and stops with its caller. */
#include <bide.h>
#include <bide/js.h>

/* fetch(url, { signal }). Whoever cancels the task that runs ends the request. */
static int request(bide_value url, bide_value *response) {
    BIDE_AUTO_VALUE bide_value fetch = { 0 }, options = { 0 }, signal = { 0 }, promise = { 0 };
    bide_value args[2];
    BIDE_TRY(bide_js_global("fetch", &fetch));
    BIDE_TRY(bide_js_object(&options));
    BIDE_TRY(bide_js_signal(&signal));
    BIDE_TRY(bide_js_set(options, "signal", bide_value_copy(signal)));
    args[0] = url, args[1] = options;
    BIDE_TRY(bide_js_call(fetch, args, 2, &promise));
    return bide_js_await(promise, response);
}

static int check_status(bide_value url, bide_value response) {
    BIDE_AUTO_VALUE bide_value ok = { 0 }, status = { 0 };
    BIDE_TRY(bide_js_get(response, "ok", &ok));
    BIDE_TRY(bide_js_get(response, "status", &status));
    return ok.i64 ? 0 : bide_raise(BIDE_EJS, "%s: status %g", url.bytes, status.f64);
}

static int fetch_json(bide_value url, bide_value *json) {
    BIDE_AUTO_VALUE bide_value response = { 0 }, promise = { 0 };
    BIDE_TRY(request(url, &response));
    BIDE_TRY(check_status(url, response));
    BIDE_TRY(bide_js_call_method(response, "json", NULL, 0, &promise));
    return bide_js_await(promise, json);
}

/** What a server of weather says, in a sentence. */
BIDE_FUNCTION(weather, "(url: string): Promise<string>") {
    BIDE_AUTO_VALUE bide_value json = { 0 }, city = { 0 }, degrees = { 0 };
    BIDE_TRY(fetch_json(args[0], &json));
    BIDE_TRY(bide_js_get(json, "city", &city));
    BIDE_TRY(bide_js_get(json, "degrees", &degrees));
    if (city.kind != BIDE_TEXT || degrees.kind != BIDE_F64) return bide_raise(BIDE_EVALUE, "%s: not what weather looks like", args[0].bytes);
    return bide_return_text("%s has %g degrees", city.bytes, degrees.f64);
}
