/** The addresses of the chat's views; a room's is `roomHref`. */
export const paths = {
  rooms: "/",
  contacts: "/contacts",
  newGroup: "/groups/new",
  settings: "/settings",
} as const;
