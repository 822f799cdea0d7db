import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { projectRoot } from "~/server/infra/project-root";
import { Child } from "../chaos/child";
import { answersOn } from "../chaos/services";

/** The version of a program, or null where it is not installed. */
export const versionOf = (command: string, flag = "--version"): string | null => {
  try {
    const out = execFileSync(command, [flag], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return out.match(/\d+\.\d+(\.\d+)?/)?.[0] ?? "";
  } catch {
    return null;
  }
};

const deployed = (file: string): string => readFileSync(path.join(projectRoot, "deploy", file), "utf8");

/** The text with `from`, which has to be in it, replaced: what is deployed stays what is tried. */
const adapted = (text: string, replacements: [from: string | RegExp, to: string][]): string =>
  replacements.reduce((changed, [from, to]) => {
    const isThere = typeof from === "string" ? changed.includes(from) : changed.search(from) >= 0;
    if (!isThere) throw new Error(`deploy has changed: it no longer says ${from}`);
    return changed.replaceAll(from, to);
  }, text);

/** deploy/Caddyfile's proxy before the nodes at these ports. */
export const caddy = (folder: string, port: number, nodes: { web: number[]; ws: number[] }): Child => {
  const hosts = (ports: number[]) => ports.map((one) => `127.0.0.1:${one}`).join(" ");
  const file = path.join(folder, "Caddyfile");
  writeFileSync(file, `{\n\tadmin off\n}\n${deployed("Caddyfile")}`);
  return new Child({
    name: "caddy",
    command: "caddy",
    args: ["run", "--config", file, "--adapter", "caddyfile"],
    env: {
      ...process.env,
      SITE_ADDRESS: `http://127.0.0.1:${port}`,
      WEB_NODES: hosts(nodes.web),
      WS_NODES: hosts(nodes.ws),
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
    },
    log: path.join(folder, "caddy.log"),
    isReady: () => answersOn(port),
  });
};

/** deploy/pgbouncer.ini's pooler before the PostgreSQL at `url`; `version` older than 1.21 knows no prepared statements. */
export const pgbouncer = (
  folder: string,
  { port, url, version }: { port: number; url: string; version: string },
): Child => {
  const { hostname, pathname, port: postgresPort, username, password } = new URL(url);
  const users = path.join(folder, "users");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isOld = major === 1 && minor < 21;
  const text = adapted(deployed("pgbouncer.ini"), [
    ["host=postgres port=5432", `host=${hostname} port=${postgresPort || 5432} dbname=${pathname.slice(1)}`],
    ["listen_addr = *", "listen_addr = 127.0.0.1"],
    ["listen_port = 6432", `listen_port = ${port}`],
    ["auth_file = /tmp/users", `auth_file = ${users}`],
    ["auth_type = scram-sha-256", `auth_type = ${password ? "scram-sha-256" : "trust"}`],
    [/^max_prepared_statements.*$/gm, isOld ? "" : "$&"],
  ]);
  const file = path.join(folder, "pgbouncer.ini");
  writeFileSync(file, text);
  writeFileSync(users, `"${username}" "${decodeURIComponent(password)}"\n`);
  for (const one of [file, users]) chmodSync(one, 0o644); // it does not run as root, and gives root up
  return new Child({
    name: "pgbouncer",
    command: "pgbouncer",
    args: [...(process.getuid?.() === 0 ? ["--user", "nobody"] : []), file],
    log: path.join(folder, "pgbouncer.log"),
    isReady: () => answersOn(port),
  });
};

/** deploy/monitoring's Prometheus, asking the nodes at these ports. */
export const prometheus = (folder: string, port: number, metricsPorts: number[]): Child => {
  const targets = metricsPorts.map((one) => `"127.0.0.1:${one}"`).join(", ");
  const text = adapted(deployed("monitoring/prometheus.yml"), [
    [/dns_sd_configs:[\s\S]*$/g, `static_configs: [{ targets: [${targets}] }]\n`],
    ["15s", "1s"],
    ["alerts.yml", path.join(projectRoot, "deploy/monitoring/alerts.yml")],
  ]);
  const file = path.join(folder, "prometheus.yml");
  writeFileSync(file, text);
  return new Child({
    name: "prometheus",
    command: "prometheus",
    args: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${path.join(folder, "prometheus")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    log: path.join(folder, "prometheus.log"),
    isReady: async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => null);
      return answer?.ok ?? false;
    },
  });
};
