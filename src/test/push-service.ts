import { createDecipheriv, createECDH, hkdfSync, randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { PushAddress, PushPayload } from "~/shared/notifications";

const text = (bytes: Buffer): string => bytes.toString("base64url");

/** A browser's half of the encryption: what it tells, and how it reads what is sent to it (RFC 8291, RFC 8188). */
export const browserKeys = (privateKey?: Buffer, auth = randomBytes(16)) => {
  const ecdh = createECDH("prime256v1");
  if (privateKey) ecdh.setPrivateKey(privateKey);
  else ecdh.generateKeys();
  const ours = ecdh.getPublicKey();
  const derive = (ikm: Buffer, salt: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync("sha256", ikm, salt, info, length));

  const decrypt = (body: Buffer): string => {
    const salt = body.subarray(0, 16);
    const keyEnd = 21 + body.readUInt8(20);
    const theirs = body.subarray(21, keyEnd);
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), ours, theirs]);
    const shared = derive(ecdh.computeSecret(theirs), auth, info, 32);
    const key = derive(shared, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
    const nonce = derive(shared, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
    const decipher = createDecipheriv("aes-128-gcm", key, nonce);
    decipher.setAuthTag(body.subarray(-16));
    const record = Buffer.concat([decipher.update(body.subarray(keyEnd, -16)), decipher.final()]);
    // A delimiter ends the text: 2 in the last record. Zeros may follow.
    const end = record.findLastIndex((byte) => byte !== 0);
    if (record[end] !== 2) throw new Error("the record does not end as the last one does");
    return record.subarray(0, end).toString("utf8");
  };
  return { address: { p256dh: text(ours), auth: text(auth) }, decrypt };
};

/** A request that a push service got, and what its browser read in it. */
export interface Delivery {
  path: string;
  headers: IncomingHttpHeaders;
  payload: PushPayload;
}

export interface PushService extends AsyncDisposable {
  /** `host:port` */
  host: string;
  deliveries: Delivery[];
  /** What it answers; undefined: nothing, ever. */
  status: number | undefined;
  /** A browser subscribes: what it then tells its server. */
  subscribe: () => PushAddress;
  /** It hangs up on whoever asks a second time on one connection, just as they do. */
  hangsUp: boolean;
}

/** A push service of browsers, on loopback and without TLS; on any port that is free, if not on this one. */
export const openPushService = async (port = 0): Promise<PushService> => {
  const known = new WeakSet<Socket>();
  const browsers = new Map<string, ReturnType<typeof browserKeys>>();
  const server = createServer(async (request, response) => {
    if (service.hangsUp && known.has(request.socket)) return void request.socket.destroy();
    known.add(request.socket);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const path = request.url ?? "";
    const browser = browsers.get(path);
    if (!browser) {
      response.writeHead(404).end();
      return;
    }
    const payload = JSON.parse(browser.decrypt(Buffer.concat(chunks))) as PushPayload;
    service.deliveries.push({ path, headers: request.headers, payload });
    if (service.status !== undefined) response.writeHead(service.status).end("a word from the push service");
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service: PushService = {
    host,
    deliveries: [],
    status: 201,
    subscribe: () => {
      const path = `/push/${randomUUID()}`;
      const keys = browserKeys();
      browsers.set(path, keys);
      return { endpoint: `http://${host}${path}`, ...keys.address };
    },
    hangsUp: false,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
};
