import { describe, expect, it } from "vitest";
import { isUnavailable } from "./db";

describe("isUnavailable", () => {
  it.each([
    "connect ECONNREFUSED 127.0.0.1:5432",
    "timeout exceeded when trying to connect",
    "Query read timeout",
    "Connection terminated unexpectedly",
    "Client has encountered a connection error and is not queryable",
    "terminating connection due to administrator command",
    "the database system is starting up",
  ])("knows that PostgreSQL is away by: %s", (message) => {
    expect(isUnavailable(new Error(message))).toBe(true);
    expect(isUnavailable(new Error("outside", { cause: new Error(message) }))).toBe(true);
  });

  it.each(["syntax error at or near", "duplicate key value violates unique constraint"])(
    "takes for a fault of ours: %s",
    (message) => {
      expect(isUnavailable(new Error(message))).toBe(false);
    },
  );
});
