// Tests of types.

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;

/** Compiles if the two types are the same; `any` is the same as `any` alone. */
export function same<A, B>(_proof: Same<A, B>): void {}
