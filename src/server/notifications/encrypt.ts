import { createCipheriv, createECDH, ECDH, hkdfSync, randomBytes } from "node:crypto";

const curve = "prime256v1";
const bytesOf = (text: string): Buffer => Buffer.from(text, "base64url");

/** What a message is encrypted to: the browser's keys, in base64url. */
export interface PushKeys {
  p256dh: string;
  auth: string;
}

/** Whether the browser's key is a point of the curve: with anything else nothing can be encrypted to it. */
export const isKey = (p256dh: string): boolean => {
  try {
    ECDH.convertKey(bytesOf(p256dh), curve);
    return true;
  } catch {
    return false;
  }
};

/** Ours for one message alone. */
interface OwnSecrets {
  privateKey?: Buffer;
  salt?: Buffer;
}

/**
 * Encrypts a push message so that this browser alone can read it (RFC 8291, in one record of RFC 8188's `aes128gcm`).
 *
 * @param own given in tests alone: the same twice would give the message away
 */
export const encrypt = (plaintext: string, { p256dh, auth }: PushKeys, own: OwnSecrets = {}): Buffer => {
  const theirs = bytesOf(p256dh);
  const ecdh = createECDH(curve);
  if (own.privateKey) ecdh.setPrivateKey(own.privateKey);
  else ecdh.generateKeys();
  const ours = ecdh.getPublicKey();
  const salt = own.salt ?? randomBytes(16);
  const derive = (ikm: Buffer, from: Buffer, info: Buffer | string, length: number) =>
    Buffer.from(hkdfSync("sha256", ikm, from, info, length));

  const keyInfo = Buffer.concat([Buffer.from("WebPush: info\0"), theirs, ours]);
  const shared = derive(ecdh.computeSecret(theirs), bytesOf(auth), keyInfo, 32);
  const key = derive(shared, salt, "Content-Encoding: aes128gcm\0", 16);
  const nonce = derive(shared, salt, "Content-Encoding: nonce\0", 12);

  const cipher = createCipheriv("aes-128-gcm", key, nonce);
  // 2: the last record, and here the only one.
  const record = [cipher.update(plaintext, "utf8"), cipher.update(Buffer.from([2])), cipher.final()];
  const header = Buffer.alloc(21);
  salt.copy(header);
  header.writeUInt32BE(4096, 16);
  header.writeUInt8(ours.length, 20);
  return Buffer.concat([header, ours, ...record, cipher.getAuthTag()]);
};
