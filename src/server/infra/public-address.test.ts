import { promisify } from "node:util";
import { expect, it } from "vitest";
import { isPublicAddress, publicLookup } from "./public-address";

it.each(["8.8.8.8", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "2001:4860:4860::8888"])(
  "takes %s for public",
  (address) => expect(isPublicAddress(address)).toBe(true),
);

it.each([
  "127.0.0.1",
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "169.254.169.254",
  "172.16.0.1",
  "192.168.1.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:8.8.8.8",
  "64:ff9b::7f00:1",
  "2001:db8::1",
  "2002:7f00:1::",
  "fc00::1",
  "fe80::1",
  "fe80::1%eth0",
  "ff02::1",
  "localhost",
  "",
])("takes %s for something else", (address) => expect(isPublicAddress(address)).toBe(false));

it("finds no address for a name of this machine", async () => {
  const look = promisify(publicLookup);
  await expect(look("localhost", {})).rejects.toThrow("no public address");
  await expect(look("localhost", { all: true })).rejects.toThrow("no public address");
  await expect(look("nowhere.invalid", {})).rejects.toThrow();
});
