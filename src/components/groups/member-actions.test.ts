import { expect, test } from "vitest";
import type { GroupMember } from "~/shared/groups";
import type { Role } from "~/shared/roles";
import { aUser } from "~/test/summaries";
import { memberActions } from "./member-actions";

const member = (role: Role, accepted = true): GroupMember => ({
  user: aUser("ada"),
  role,
  accepted,
  presence: null,
  readSeq: null,
});

test("the owner may do everything, an admin remove members, a member only write", () => {
  expect(memberActions("owner", member("admin"))).toEqual(["write", "makeMember", "makeOwner", "remove"]);
  expect(memberActions("owner", member("member"))).toEqual(["write", "makeAdmin", "makeOwner", "remove"]);
  expect(memberActions("admin", member("member"))).toEqual(["write", "remove"]);
  expect(memberActions("admin", member("admin"))).toEqual(["write"]);
  expect(memberActions("member", member("owner"))).toEqual(["write"]);
});

test("who has not answered yet gets no role", () => {
  expect(memberActions("owner", member("member", false))).toEqual(["write", "remove"]);
});
