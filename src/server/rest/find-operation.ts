import type { Operation } from "./operation";
import { operations } from "./operations";

/** Before every operation's path. */
export const restPath = "/api";

const routes = operations.map((operation) => ({
  operation,
  method: operation.method.toUpperCase(),
  pattern: new RegExp(`^${restPath}${operation.path.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}/?$`),
}));

/** The operation asked for, with or without a slash at the end; or else the methods that this path knows. */
export const findOperation = (
  method: string | undefined,
  pathname: string,
): { operation: Operation; params: Record<string, string> } | { allowed: string[] } => {
  const here = routes.flatMap((route) => {
    const match = route.pattern.exec(pathname);
    return match ? [{ ...route, params: { ...match.groups } }] : [];
  });
  return here.find((route) => route.method === method) ?? { allowed: here.map((route) => route.method) };
};
