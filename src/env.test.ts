import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseEnv, variables } from "./env";

const strongKey = "9fX2kq7Lw0Zt4Vb8Ny1Rc5Hd3Jm6Pg==";

const messagesOf = (source: Record<string, string>): string[] => {
  try {
    parseEnv(source);
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split("\n") : [];
  }
};

describe("the configuration", () => {
  it("needs nothing", () => {
    expect(parseEnv({})).toMatchObject({
      PORT: 3000,
      WS_PORT: 3001,
      REDIS_PREFIX: "charla:",
      TRUSTED_PROXIES: 0,
    });
  });

  it("takes an empty variable for one that is not set", () => {
    expect(parseEnv({ DATABASE_URL: "", PORT: "", SECRET_KEY: "" })).toEqual(parseEnv({}));
  });

  it.each([
    ["PORT", "http"],
    ["PORT", "70000"],
    ["DATABASE_URL", "mysql://localhost/charla"],
    ["DATABASE_URL", "postgresql://localhost"],
    ["REDIS_URL", "localhost:6379"],
    ["REDIS_URL", "redis://one:6379,redis://two:6379"],
    ["REDIS_CLUSTER", "perhaps"],
    ["PUBLIC_URL", "chat.example.org"],
    ["ALLOWED_ORIGINS", "https://a.example, b.example"],
    ["WS_URL", "https://chat.example.org"],
    ["TRUSTED_PROXIES", "-1"],
    ["LOG_LEVEL", "loud"],
    ["SECRET_KEY", "short"],
    ["SECRET_KEY", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
    ["SECRET_KEY", "una_clave_muy_secreta_una_clave_muy_secreta"],
  ])("says in a line what is wrong with %s=%s", (name, value) => {
    expect(messagesOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
  });

  it("makes no secret up in production", () => {
    const deployed = { NODE_ENV: "production", DATABASE_URL: "postgresql://db/charla" };
    expect(messagesOf(deployed)).toEqual([expect.stringMatching(/^SECRET_KEY: is required in production/)]);
    expect(messagesOf({ ...deployed, SECRET_KEY: strongKey })).toEqual([]);
  });

  it("says everything that is wrong at once", () => {
    expect(messagesOf({ PORT: "x", LOG_LEVEL: "x" })).toHaveLength(2);
  });

  it("is explained in .env.example, all of it", () => {
    const [app] = readFileSync(".env.example", "utf8").split("# --- docker compose alone ---");
    const explained = [...(app ?? "").matchAll(/^([A-Z0-9_]+)=/gm)].map((match) => match[1]);
    expect(explained.sort()).toEqual(variables.sort());
  });
});
