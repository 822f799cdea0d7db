import { expect, it } from "vitest";
import { browserKeys } from "~/test/push-service";
import { encrypt, isKey } from "./encrypt";

// RFC 8291, appendix A.
const example = {
  plaintext: "When I grow up, I want to be a watermelon",
  ourPrivateKey: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
  browserPrivateKey: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
  p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
  auth: "BTBZMqHH6r4Tts7J_aSIgg",
  salt: "DGv6ra1nlYgDCS1FRnbzlw",
  body: "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};
const bytes = (text: string) => Buffer.from(text, "base64url");

it("encrypts as the example of the standard does", () => {
  const own = { privateKey: bytes(example.ourPrivateKey), salt: bytes(example.salt) };
  expect(encrypt(example.plaintext, example, own).toString("base64url")).toBe(example.body);
});

it("is read by the browser of our tests, which reads the standard's example too", () => {
  const browser = browserKeys(bytes(example.browserPrivateKey), bytes(example.auth));
  expect(browser.address).toEqual({ p256dh: example.p256dh, auth: example.auth });
  expect(browser.decrypt(bytes(example.body))).toBe(example.plaintext);
  const text = "¿Qué tal? 🦀";
  expect(browser.decrypt(encrypt(text, browser.address))).toBe(text);
  expect(encrypt(text, browser.address)).not.toEqual(encrypt(text, browser.address));
});

it("tells a key from what is none", () => {
  expect(isKey(example.p256dh)).toBe(true);
  expect(isKey(`B${"A".repeat(86)}`)).toBe(false);
});
