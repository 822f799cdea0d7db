import { isIPv6 } from "node:net";
import type { Backplane, Limit } from "~/server/realtime/backplane";
import { AppError } from "~/shared/errors";

/** Tries with a password, right or wrong, on one account, from anywhere. A right one gives the budget back. */
export const triesPerAccount: Limit = { name: "password-account", points: 10, seconds: 15 * 60 };

/** Sign-ins from one address: a school or an office behind one address fits, a guesser over many accounts does not. */
export const signInsPerAddress: Limit = { name: "sign-in-address", points: 100, seconds: 15 * 60 };

/** New accounts from one address. */
export const registrationsPerAddress: Limit = { name: "register-address", points: 100, seconds: 60 * 60 };

/** Takes one from the budget, or throws `RATE_LIMITED` with the seconds to wait. */
export const takeOrRefuse = async (backplane: Backplane, limit: Limit, key: string): Promise<void> => {
  const retryAfterSeconds = await backplane.limits.take(limit, key);
  if (retryAfterSeconds > 0) throw new AppError("RATE_LIMITED", { retryAfterSeconds });
};

/** What counts as one address: an IPv4 address, or the /64 that an IPv6 customer has to themselves. */
export const addressKey = (ip: string): string => {
  const mapped = ip.match(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = "", tail = ""] = ip.toLowerCase().split("%")[0]?.split("::") ?? [];
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const zeros = Array<string>(Math.max(0, 8 - groups(head).length - groups(tail).length)).fill("0");
  const all = ip.includes("::") ? [...groups(head), ...zeros, ...groups(tail)] : groups(head);
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
};
