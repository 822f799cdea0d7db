import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { z } from "zod";
import { messagePageSchema } from "~/shared/messages";
import { roomPageSchema } from "~/shared/rooms";
import { userSchema } from "~/shared/users";
import { keptVersion } from "./kept-account";

/** What the browser keeps, as its version was given. */
const known = { version: 1, shape: "d3cde78cb76c" };

it("throws away what was kept in another shape", () => {
  const schemas = z.object({ me: userSchema, rooms: roomPageSchema, room: messagePageSchema });
  const json = JSON.stringify(z.toJSONSchema(schemas, { unrepresentable: "any" }));
  const shape = createHash("sha256").update(json).digest("hex").slice(0, 12);
  expect(
    { version: keptVersion, shape },
    "Rooms, messages or people look different: raise keptVersion in kept-account.ts, and say here what it stands for.",
  ).toEqual(known);
});
