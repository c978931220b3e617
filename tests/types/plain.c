/* plain.c -- a program that neither imports nor exports. */
int main(void) { return 0; }
