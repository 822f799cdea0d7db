import { expect, it, vi } from "vitest";
import { aMessage, aRoom, aUser } from "~/test/summaries";
import { Profiles } from "./profiles";

const before = aUser("ada");
const after = aUser("ada", { displayName: "Ada King", profileRev: 1 });

it("shows everybody in their newest state, wherever they stand and whatever came first", () => {
  const profiles = new Profiles();
  profiles.note({ type: "profile", user: after });
  const inbox = { rooms: [aRoom({ lastMessage: aMessage({ author: before }) })], writing: new Map() };
  const [room] = profiles.refresh(inbox).rooms;
  expect(room).toMatchObject({ peer: after, lastMessage: { author: after, createdAt: new Date(0) } });
  const notice = { type: "added" as const, users: [before, aUser("leo")] };
  expect(profiles.refresh(aMessage({ notice })).notice).toEqual({
    type: "added",
    users: [after, aUser("leo")],
  });
});

it("keeps what else is known of them where they stand", () => {
  const profiles = new Profiles();
  profiles.note(after);
  const person = { ...before, isContact: true, blockedByMe: false };
  expect(profiles.refresh([person])).toEqual([{ ...after, isContact: true, blockedByMe: false }]);
});

it("leaves everything else as it is, the very same object", () => {
  const profiles = new Profiles();
  profiles.note(before);
  const page = { items: [aMessage({ author: after }), aMessage({ author: aUser("leo") })], at: new Date() };
  expect(profiles.refresh(page)).toBe(page);
  profiles.note(after);
  const refreshed = profiles.refresh({ items: [aMessage(), page.items[1]] });
  expect(refreshed.items[1]).toBe(page.items[1]);
});

it("says so once when somebody who is known changes", () => {
  const profiles = new Profiles();
  const changed = vi.fn();
  const stop = profiles.subscribe(changed);
  profiles.note([aMessage({ author: before }), aMessage({ author: before })]);
  expect(changed).not.toHaveBeenCalled();
  profiles.note([aMessage({ author: after }), aMessage({ author: after }), aMessage({ author: before })]);
  expect(changed).toHaveBeenCalledOnce();
  stop();
  profiles.note(aUser("ada", { profileRev: 2 }));
  expect(changed).toHaveBeenCalledOnce();
});
