/** Addresses of ours that may be asked for before signing in. Anything else could lead to another site. */
const known = /^\/(?:join|r)\/[\w-]{1,64}$/;

/** Where to go once signed in: the address that was asked for, or the chat. */
export const nextPath = (asked: string | string[] | undefined): string =>
  typeof asked === "string" && known.test(asked) ? asked : "/";

/** The sign-in or the registration, on the way to `next`. */
export const onTheWayTo = (next: string, page: "/sign-in" | "/register"): string =>
  next === "/" ? page : `${page}?next=${encodeURIComponent(next)}`;
