/* snippets.c -- functions of C whose body is JavaScript. The bodies stand in app.mjs as ordinary functions. */
#include <bide.h>
#include <bide/js.h>

BIDE_JAVASCRIPT(price, "(amount: number, locale: string): string",
    "return new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(amount);");

/* A promise suspends the task that calls it. */
BIDE_JAVASCRIPT(sha256, "(text: string): Promise<Uint8Array>",
    "const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));\n"
    "return new Uint8Array(digest);");

/** A bill, and the first bytes of its digest. */
BIDE_FUNCTION(bill, "(amount: number): Promise<string>") {
    BIDE_AUTO_VALUE bide_value locale = bide_text("en"), text = { 0 }, digest = { 0 };
    bide_value both[2];
    const unsigned char *byte;
    both[0] = args[0], both[1] = locale;
    BIDE_TRY(price(both, 2, &text));
    BIDE_TRY(sha256(&text, 1, &digest));
    byte = (const unsigned char *)digest.bytes;
    return bide_return_text("%s, signed %02x%02x%02x%02x", text.bytes, byte[0], byte[1], byte[2], byte[3]);
}
