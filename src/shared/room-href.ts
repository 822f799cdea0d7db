const prefix = "/r/";

/** The address of a room: permanent, to keep and to share with its members. */
export const roomHref = (roomId: string): string => prefix + roomId;

/** Which room an address is of; undefined if of none. */
export const roomIdOf = (pathname: string): string | undefined =>
  pathname.startsWith(prefix) ? pathname.slice(prefix.length) || undefined : undefined;
