import { createPublicKey } from "node:crypto";
import { jwtVerify } from "jose";
import { expect, it } from "vitest";
import { createVapid } from "./vapid";

const endpoint = new URL("https://push.example.org/send/abc?token=1");
const contact = "https://chat.example.org";

it("has the same key on every node, and another one for another secret", () => {
  const keyFor = (secretKey: string) => createVapid({ secretKey, contact }).key;
  expect(keyFor("one secret")).toBe(keyFor("one secret"));
  expect(keyFor("one secret")).not.toBe(keyFor("another secret"));
  // 65 bytes that begin with 4: a point, uncompressed.
  expect(keyFor("one secret")).toMatch(/^B[\w-]{86}$/);
});

it("signs for one push service, for less than a day, what its key verifies", async () => {
  const vapid = createVapid({ secretKey: "one secret", contact });
  const [, token = "", key] = /^vapid t=([^,]+), k=(.+)$/.exec(await vapid.authorize(endpoint)) ?? [];
  expect(key).toBe(vapid.key);
  const point = Buffer.from(vapid.key, "base64url");
  const x = point.subarray(1, 33).toString("base64url");
  const y = point.subarray(33).toString("base64url");
  const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const { payload } = await jwtVerify(token, publicKey, { algorithms: ["ES256"] });
  expect(payload).toMatchObject({ aud: "https://push.example.org", sub: contact });
  const hours = ((payload.exp ?? 0) - Date.now() / 1000) / 3600;
  expect(hours).toBeGreaterThan(1);
  expect(hours).toBeLessThan(24);
});
