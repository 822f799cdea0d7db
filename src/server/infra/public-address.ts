import { type LookupAddress, lookup } from "node:dns";
import { BlockList, isIP, isIPv6, type LookupFunction } from "node:net";

/** Networks that are somebody's own, this machine, or nobody's: IANA's special-purpose registries (RFC 6890). */
const specialNetworks = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
  "::/3", // loopback, unspecified, IPv4 in IPv6 (mapped, NAT64), discard-only
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "4000::/2",
  "8000::/1", // unique local, link-local, multicast, and what nobody has been given
];

// A list for each: one list would compare IPv4 addresses with IPv6 networks too.
const special = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const network of specialNetworks) {
  const [address = "", prefix] = network.split("/");
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  special[family].addSubnet(address, Number(prefix), family);
}

/** Whether an IP address is one of the public Internet. */
export const isPublicAddress = (address: string): boolean => {
  if (isIP(address) === 0) return false;
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  return !special[family].check(address, family);
};

/**
 * Looks a name up for a connection that is about to be made, and finds public addresses alone. What the name stood for when
 * somebody gave it to us counts for nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[] = []) => {
    const addresses = found.filter(({ address }) => isPublicAddress(address));
    const [first] = addresses;
    if (!first) callback(error ?? new Error("no public address has this name"), []);
    else if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
