import path from "node:path";
import { createDiskStorage } from "~/server/attachments/disk-storage";
import { createRuntime, type OwnedRuntime } from "~/server/create-runtime";
import { createLog } from "~/server/infra/log";
import type { Backplane } from "~/server/realtime/backplane";
import type { Rig } from "./rig";

/** A node in this process, where it can be looked into, on the rig's database. */
export const openNode = (rig: Rig, backplane: Backplane): OwnedRuntime =>
  createRuntime({
    databaseUrl: rig.urls.database,
    backplane,
    secretKey: rig.secretKey,
    storage: createDiskStorage(path.join(rig.folder, "files")),
    accessTokenMinutes: 15,
    secureCookie: false,
    log: createLog("silent"),
  });
